import type { ContractDefinition, WebhookDefinition } from "../runtime/decode.ts";
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

const CHOICES = {
  invalidPayload: ["reject", "report"],
  unknownEvent: ["accept", "reject"],
  acknowledge: ["after", "first"],
} as const;
const AMOUNTS = ["handlerSecondsMax", "bodySecondsMax", "bodyBytesMax"] as const;
const FUNCTIONS = ["onOutcome", "waitUntil", "now"] as const;
const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(CHOICES),
  ...AMOUNTS,
  ...FUNCTIONS,
  ...["on", "secrets", "schemes", "invalidPayloadOf", "duplicates", "publicUrl"],
]);

/**
 * Refuses what the compiler would, for those who have none, and before a delivery comes.
 * @throws TypeError that says everything which is to be mended
 */
export function checkOptions({ webhooks }: ReceivableContract, options: AnyOptions): void {
  const problems: string[] = [];
  const names = new Set(webhooks.map(({ name }) => name));
  const all = options as unknown as Readonly<Record<string, unknown>>;
  for (const option of Object.keys(all)) {
    if (!KNOWN.has(option)) problems.push(`there is no option ${option}; there are ${[...KNOWN].sort().join(", ")}`);
  }
  if (typeof options.on !== "object" || options.on === null) problems.push("on is missing: { [webhook]: handler }");
  for (const [option, values] of [
    ["on", options.on ?? {}],
    ["invalidPayloadOf", options.invalidPayloadOf ?? {}],
  ] as const) {
    for (const [name, value] of Object.entries(values)) {
      if (!names.has(name))
        problems.push(`${option}.${name}: the contract has no such webhook; it has ${listed(names)}`);
      else if (value === undefined) continue;
      else if (option === "on" && typeof value !== "function") problems.push(`on.${name} is no function`);
      else if (option !== "on" && !CHOICES.invalidPayload.includes(value as InvalidPayloadPolicy)) {
        problems.push(`${option}.${name} must be reject or report`);
      }
    }
  }
  for (const [option, choices] of Object.entries(CHOICES)) {
    const value = all[option];
    const isHandler = option === "unknownEvent" && typeof value === "function";
    if (value !== undefined && !isHandler && !(choices as readonly unknown[]).includes(value)) {
      problems.push(`${option} must be ${choices.join(" or ")}${option === "unknownEvent" ? ", or a handler" : ""}`);
    }
  }
  for (const option of AMOUNTS) {
    const value = all[option];
    if (value !== undefined && !(typeof value === "number" && value > 0)) problems.push(`${option} must be above 0`);
  }
  for (const option of FUNCTIONS) {
    if (all[option] !== undefined && typeof all[option] !== "function") problems.push(`${option} must be a function`);
  }
  if (options.publicUrl !== undefined && !/^https?:\/\/[^/?#\s]+[^?#\s]*$/i.test(options.publicUrl)) {
    problems.push("publicUrl must be the beginning of a URL, such as https://example.com");
  }
  if (problems.length > 0) {
    throw new TypeError(`The receiver cannot start:\n${problems.map((one) => `- ${one}\n`).join("")}`);
  }
}

/** A contract may have hundreds. */
const LISTED_MAX = 30;

function listed(names: ReadonlySet<string>): string {
  const all = [...names];
  const more = all.length > LISTED_MAX ? ` and ${all.length - LISTED_MAX} more` : "";
  return all.slice(0, LISTED_MAX).join(", ") + more;
}
