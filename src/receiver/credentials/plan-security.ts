import { type ReadSecret, readSecret } from "./read-secret.ts";
import { refuseWith } from "./refuse-with.ts";
import { describeScheme } from "./schemes.ts";
import type { SchemeDefinition, Secrets, SecuredContract } from "./types.ts";

type Definitions = Readonly<Record<string, SchemeDefinition>>;

/** What is checked of a contract's deliveries. */
export interface SecurityPlan {
  /** The schemes that are checked, by name. */
  readonly schemes: readonly string[];
  readonly definitions: Definitions;
  /** What each of them is checked with. */
  readonly secrets: readonly ReadSecret[];
  /** What webhooks ask for: alternatives of schemes, by their place in `schemes`. Most contracts have one. */
  readonly policies: readonly (readonly (readonly number[])[])[];
  /** The place of a webhook's policy. */
  readonly policyOf: (webhook: string) => number;
}

/**
 * Decides which alternatives of each webhook's security are checked, by the secrets that are there.
 * @throws TypeError where a webhook could never be authentic, for an unknown name, and for secrets that are none. The message
 *   names everything that is to be mended, and quotes no secret.
 */
export function planSecurity(contract: SecuredContract, secrets: Secrets, added: Definitions = {}): SecurityPlan {
  const definitions = { ...contract.security, ...added };
  const problems = problemsOfNames(definitions, secrets, added);
  const given = Object.keys(secrets).filter((name) => isGiven(secrets, name) && Object.hasOwn(definitions, name));
  // A contract without webhooks still knows whom to listen to.
  const webhooks = contract.webhooks.length > 0 ? contract.webhooks : [{ name: "", security: [] }];
  /** Webhooks that ask for the same. */
  const groups = new Map<string, Group>();
  for (const { name, security } of webhooks) {
    const wanted = security.map(Object.keys);
    const key = JSON.stringify(wanted);
    const group = groups.get(key) ?? { wanted, names: [] };
    group.names.push(name);
    groups.set(key, group);
  }
  const schemes: string[] = [];
  const policies: (readonly (readonly number[])[])[] = [];
  const places = new Map<string, number>();
  for (const { wanted, names } of groups.values()) {
    const checked = given.filter((name) => secrets[name] !== false);
    const alternatives = wanted.length === 0 ? anyOf(checked) : alternativesOf(wanted, given);
    if (alternatives === null) {
      problems.push(missingSecret(wanted, names, definitions));
      continue;
    }
    for (const name of names) places.set(name, policies.length);
    policies.push(alternatives.map((one) => one.map(placeOf)));
  }
  const read = schemes.flatMap((name): ReadSecret[] => {
    try {
      return [readSecret(definitions[name] as SchemeDefinition, secrets[name])];
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      problems.push(`secrets.${name}: ${error.message}`);
      return [];
    }
  });
  refuseWith(problems, "The deliveries of this contract cannot be checked");
  return { schemes, definitions, secrets: read, policies, policyOf: (webhook) => places.get(webhook) ?? 0 };

  function placeOf(scheme: string): number {
    const known = schemes.indexOf(scheme);
    return known === -1 ? schemes.push(scheme) - 1 : known;
  }
}

interface Group {
  /** Alternatives of names. */
  readonly wanted: readonly (readonly string[])[];
  readonly names: string[];
}

/** What is asked for where the document is silent. */
function anyOf(names: readonly string[]): readonly (readonly string[])[] {
  return names.length === 0 ? [[]] : names.map((name) => [name]);
}

/** @returns null where every alternative lacks a secret. */
function alternativesOf(
  wanted: readonly (readonly string[])[],
  given: readonly string[],
): readonly (readonly string[])[] | null {
  const usable = wanted.filter((names) => names.every((name) => given.includes(name)));
  // Who gives a secret wants it checked, though the document lets deliveries come without.
  const checked = usable.filter((names) => names.length > 0);
  if (checked.length > 0) return checked;
  return usable.length > 0 ? [[]] : null;
}

function isGiven(secrets: Secrets, name: string): boolean {
  return secrets[name] !== undefined && secrets[name] !== null;
}

/** A name that is there with nothing in it is a variable that was not set: to take it for none would let everybody in. */
function problemsOfNames(definitions: Definitions, secrets: Secrets, added: Definitions): string[] {
  const problems: string[] = [];
  for (const name of Object.keys(secrets)) {
    if (!Object.hasOwn(definitions, name)) {
      const known = Object.keys(definitions);
      const hint = known.length === 0 ? "it has none: describe yours in schemes" : `it has ${known.join(", ")}`;
      problems.push(`secrets.${name}: the contract has no security scheme of this name; ${hint}`);
    } else if (!isGiven(secrets, name)) {
      problems.push(`secrets.${name} is ${secrets[name]}; it needs the secret of ${describe(definitions, name)}`);
    }
  }
  for (const name of Object.keys(added)) {
    if (!Object.hasOwn(secrets, name)) problems.push(`schemes.${name} has no secret: give it as secrets.${name}`);
  }
  return problems;
}

function missingSecret(
  wanted: readonly (readonly string[])[],
  [first, ...others]: readonly string[],
  definitions: Definitions,
): string {
  const alternatives = wanted.map((names) => names.join(" and ")).join(", or ");
  const each = [...new Set(wanted.flat())].map((name) => `${name} is ${describe(definitions, name)}`).join("; ");
  const { length } = others;
  const count = length === 0 ? "" : ` and ${length} other webhook${length === 1 ? "" : "s"}`;
  const whose = `what ${first}${count} ask${length === 0 ? "s" : ""} for`;
  return `secrets lack ${alternatives}, ${whose}: ${each}. Give false for what is not to be checked here`;
}

function describe(definitions: Definitions, name: string): string {
  const scheme = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  return scheme === undefined ? "a scheme that the document does not describe" : describeScheme(scheme);
}
