import type { VerifierOptions } from "../authenticity/check-signature.ts";
import type { RawDelivery } from "../authenticity/types.ts";
import { type SchemeCheck, type SchemeVerdict, schemeCheck } from "./check-scheme.ts";
import { planSecurity, type SecurityPlan } from "./plan-security.ts";
import type { ReadSecret } from "./read-secret.ts";
import { kindOf } from "./schemes.ts";
import type {
  Authentication,
  AuthenticationFailure,
  NotAuthentic,
  SchemeDefinition,
  Secrets,
  SecuredContract,
} from "./types.ts";

export interface AuthenticatorOptions extends VerifierOptions {
  /** Security schemes that the document does not know, or describes in another way than the sender does. */
  readonly schemes?: Readonly<Record<string, SchemeDefinition>> | undefined;
}

/** Whether a delivery is from its sender; answers at once wherever the runtime's cryptography does. */
export interface Authenticator {
  (delivery: RawDelivery): Authentication | Promise<Authentication>;
  /** What a 401 says in `WWW-Authenticate`: the schemes that are asked for; null where there are none. */
  readonly challenge: string | null;
}

/**
 * Makes the check of who sent a delivery, by what a contract says of its webhooks. A webhook's security is a list of
 * alternatives, one of which must be met whole; those whose secrets are not given are passed over. A webhook without
 * documented security takes any of the schemes that secrets are given for, and everything where there are none.
 * @throws TypeError where a webhook could never be authentic, for an unknown name, and for secrets that are none. The message
 *   names everything that is to be mended, and quotes no secret.
 */
export function createAuthenticator(
  contract: SecuredContract,
  secrets: Secrets = {},
  { schemes, ...options }: AuthenticatorOptions = {},
): Authenticator {
  return authenticatorOf(planSecurity(contract, secrets, schemes), options);
}

/** The same of a plan that was made before. */
export function authenticatorOf(plan: SecurityPlan, options: VerifierOptions): Authenticator {
  const definitions = plan.schemes.map((name) => plan.definitions[name] as SchemeDefinition);
  const checks: readonly SchemeCheck[] = definitions.map((definition, index) =>
    schemeCheck(definition, plan.secrets[index] ?? REFUSES_ALL, options),
  );

  const authenticate = (delivery: RawDelivery): Authentication | Promise<Authentication> => {
    const verdicts = checks.map((check) => check(delivery));
    return verdicts.every((verdict) => !(verdict instanceof Promise))
      ? conclude(verdicts as SchemeVerdict[])
      : Promise.all(verdicts).then(conclude);
  };

  function conclude(verdicts: readonly SchemeVerdict[]): Authentication {
    // Which webhook it is is not known yet: it must be one of those that these credentials are good for.
    const failures = plan.policies.map((policy) => failureOf(policy, verdicts));
    if (!failures.includes(null)) return closest(failures as NotAuthentic[]);
    let [signedAt, id]: [number | null, string | null] = [null, null];
    for (const verdict of verdicts) {
      if (!verdict.ok) continue;
      signedAt ??= verdict.signedAt;
      id ??= verdict.id;
    }
    return { ok: true, signedAt, id, missingFor: (webhook) => failures[plan.policyOf(webhook)] ?? null };
  }

  /** @returns null where one of the alternatives is met. */
  function failureOf(policy: readonly (readonly number[])[], verdicts: readonly SchemeVerdict[]): NotAuthentic | null {
    const failures: NotAuthentic[] = [];
    for (const alternative of policy) {
      const failed: NotAuthentic[] = [];
      for (const index of alternative) {
        const verdict = verdicts[index] as SchemeVerdict;
        if (!verdict.ok) failed.push({ ok: false, reason: verdict.reason, scheme: plan.schemes[index] ?? "" });
      }
      if (failed.length === 0) return null;
      failures.push(...failed);
    }
    return closest(failures);
  }

  const asked = definitions.filter((_, index) => plan.secrets[index]?.kind !== "unchecked");
  return Object.assign(authenticate, { challenge: challengeOf(asked) });
}

/** There is a secret for every scheme; if ever there were none, nothing would be right. */
const REFUSES_ALL: ReadSecret = { kind: "own", check: () => false };

/** What says most about what is wrong: a delivery of another alternative's lacks all of this one. */
const TELLING: readonly AuthenticationFailure[] = [
  "stale",
  "wrong-signature",
  "wrong-credentials",
  "malformed-signature",
  "missing-signature",
  "missing-credentials",
];

function closest(failures: readonly NotAuthentic[]): NotAuthentic {
  const [first, ...others] = failures as readonly [NotAuthentic, ...NotAuthentic[]];
  return others.reduce((best, one) => (TELLING.indexOf(one.reason) < TELLING.indexOf(best.reason) ? one : best), first);
}

const CHALLENGES = {
  basic: 'Basic realm="webhooks", charset="UTF-8"',
  "basic-part": 'Basic realm="webhooks", charset="UTF-8"',
  bearer: 'Bearer realm="webhooks"',
  token: 'ApiKey realm="webhooks"',
  signature: 'Signature realm="webhooks"',
};

/** Some clients send their credentials only when they were asked for. */
function challengeOf(schemes: readonly SchemeDefinition[]): string | null {
  const asked = schemes.map((scheme) => {
    const kind = kindOf(scheme);
    return kind === null ? 'Webhook realm="webhooks"' : CHALLENGES[kind];
  });
  return asked.length === 0 ? null : [...new Set(asked)].join(", ");
}
