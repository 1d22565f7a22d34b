import type { ContractDefinition, WebhookDefinition } from "../runtime/decode.ts";
import { refuseWith } from "./credentials/refuse-with.ts";
import type { Secrets, SecuredContract } from "./credentials/types.ts";
import type { InvalidPayloadPolicy, ReceivedDelivery, ReceiverPolicies, Schemes, UnknownDelivery } from "./types.ts";

/** What a receiver goes by of a contract. */
export interface ReceivableContract extends ContractDefinition, Pick<SecuredContract, "security"> {
  readonly id: string;
  readonly webhooks: readonly (WebhookDefinition &
    SecuredContract["webhooks"][number] & { readonly replies: readonly string[] })[];
}

/** The options of any receiver: what the types of a contract say in detail is checked by the compiler. */
export type AnyOptions = Omit<
  ReceiverPolicies<object, object, InvalidPayloadPolicy, object>,
  "on" | "invalidPayloadOf" | "duplicates" | "unknownEvent"
> & {
  readonly on: Readonly<Record<string, ((event: unknown, delivery: ReceivedDelivery) => unknown) | undefined>>;
  readonly unknownEvent?: "accept" | "reject" | ((event: unknown, delivery: UnknownDelivery) => unknown);
  readonly invalidPayloadOf?: Readonly<Record<string, InvalidPayloadPolicy | undefined>>;
  readonly duplicates?: ReceiverPolicies<object, object, InvalidPayloadPolicy, object>["duplicates"];
  readonly secrets?: Secrets;
  readonly schemes?: Schemes;
};

/** What an option must be, in words and as a check; undefined passes, since options may be left out. */
type Rule = readonly [wanted: string, isMet: (value: unknown) => boolean];

const isFunction = (value: unknown) => typeof value === "function";
const oneOf = (...choices: readonly unknown[]): Rule => [choices.join(" or "), (value) => choices.includes(value)];
const POLICY = oneOf("reject", "report");
const AMOUNT: Rule = ["above 0", (value) => typeof value === "number" && value > 0];
const FUNCTION: Rule = ["a function", isFunction];
/** What is looked at elsewhere, or member by member. */
const ANY: Rule = ["", () => true];

const RULES: Readonly<Record<string, Rule>> = {
  acknowledge: oneOf("after", "first"),
  bodyBytesMax: AMOUNT,
  bodySecondsMax: AMOUNT,
  duplicates: ANY,
  handlerSecondsMax: AMOUNT,
  invalidPayload: POLICY,
  invalidPayloadOf: ANY,
  now: FUNCTION,
  on: ANY,
  onOutcome: FUNCTION,
  publicUrl: [
    "the beginning of a URL, such as https://example.com",
    (value) => /^https?:\/\/[^/?#\s]+[^?#\s]*$/i.test(String(value)),
  ],
  schemes: ANY,
  secrets: ANY,
  unknownEvent: [
    "accept or reject, or a handler",
    (value) => isFunction(value) || value === "accept" || value === "reject",
  ],
  waitUntil: FUNCTION,
};

/**
 * Refuses what the compiler would, for those who have none, and before a delivery comes.
 * @throws TypeError that says everything which is to be mended
 */
export function checkOptions({ webhooks }: ReceivableContract, options: AnyOptions): void {
  const problems: string[] = [];
  const names = webhooks.map(({ name }) => name);
  const check = (option: string, value: unknown, [wanted, isMet]: Rule) => {
    if (value !== undefined && !isMet(value)) problems.push(`${option} must be ${wanted}`);
  };
  const checkMembers = (option: string, members: object, rule: Rule) => {
    for (const [name, value] of Object.entries(members)) {
      if (names.includes(name)) check(`${option}.${name}`, value, rule);
      else problems.push(`${option}.${name}: the contract has no such webhook; it has ${listed(names)}`);
    }
  };
  for (const [option, value] of Object.entries(options)) {
    if (Object.hasOwn(RULES, option)) check(option, value, RULES[option] ?? ANY);
    else problems.push(`there is no option ${option}; there are ${Object.keys(RULES).join(", ")}`);
  }
  if (typeof options.on !== "object" || options.on === null) problems.push("on is missing: { [webhook]: handler }");
  checkMembers("on", options.on ?? {}, FUNCTION);
  checkMembers("invalidPayloadOf", options.invalidPayloadOf ?? {}, POLICY);
  refuseWith(problems, "The receiver cannot start");
}

/** A contract may have hundreds. */
const LISTED_MAX = 30;

function listed(names: readonly string[]): string {
  const more = names.length > LISTED_MAX ? ` and ${names.length - LISTED_MAX} more` : "";
  return names.slice(0, LISTED_MAX).join(", ") + more;
}
