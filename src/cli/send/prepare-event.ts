import { createPayloadWriter } from "../../bridge/payload-writer.ts";
import type { Contract, Form, Webhook } from "../../model/index.ts";
import {
  type ChosenPayload,
  chooseForm,
  choosePayload,
  composeRequest,
  editPayload,
  eventHeaders,
  finishRequest,
  type OutgoingRequest,
  parseHeader,
  parseSecret,
  parseSet,
  parseUnset,
  Refusal,
  receiverUrl,
  signRequest,
} from "../../send/index.ts";
import { version } from "../../version.ts";
import { type Context, UsageError } from "../context.ts";

/** Which event, and what is done to it. */
export interface EventOptions {
  readonly to?: string;
  readonly example?: string;
  readonly form?: string;
  /** As written, in the order of the command line. */
  readonly edits: readonly { readonly option: "set" | "unset"; readonly text: string }[];
  readonly header: readonly string[];
  readonly secret: readonly string[];
  readonly unsigned?: boolean;
  readonly dryRun?: boolean;
}

/** An event that was made ready. */
export interface PreparedEvent {
  readonly contract: Contract;
  readonly webhook: Webhook;
  readonly form: Form;
  readonly chosen: ChosenPayload;
  readonly isEdited: boolean;
  readonly schemes: readonly string[];
  readonly request: OutgoingRequest;
}

/** Makes an event ready as the options say; nothing is sent. */
export async function prepareEvent(
  contract: Contract,
  webhook: Webhook,
  options: EventOptions,
  { env }: Pick<Context, "env">,
): Promise<PreparedEvent> {
  const form = orRefuse(chooseForm(webhook, options.form));
  const secrets = new Map(options.secret.map((text) => orRefuse(parseSecret(text))));
  const edits = options.edits.map(({ option, text }) => orRefuse(option === "set" ? parseSet(text) : parseUnset(text)));
  const changes = new Map(options.header.map((text) => orRefuse(parseHeader(text))));
  const to = addressOf(options, webhook);
  // A payload that is given whole needs none to begin with.
  const isWhole = edits[0]?.pointer === "" && edits[0].kind === "set";
  const chosen: ChosenPayload = isWhole
    ? { name: "given", origin: "made", payload: null, headers: {} }
    : orRefuse(choosePayload(contract, webhook, { example: options.example, form }));
  const payload = orRefuse(editPayload(chosen.payload, edits));
  const composed = orRefuse(
    composeRequest({
      webhook,
      form,
      payload,
      headers: eventHeaders(contract, webhook, chosen.headers),
      to,
      userAgent: `hookbook/${version}`,
      write: createPayloadWriter(contract, webhook),
    }),
  );
  const { request: signed, schemes } =
    options.unsigned === true
      ? { request: composed, schemes: [] }
      : orRefuse(
          await signRequest(composed, {
            contract,
            webhook,
            secrets,
            environment: env,
            credentials: credentialsOf(to),
          }),
        );
  const request = orRefuse(finishRequest(signed, changes));
  return { contract, webhook, form, chosen, isEdited: edits.length > 0, schemes, request };
}

function addressOf({ to, dryRun }: EventOptions, webhook: Webhook): URL {
  if (to === undefined && dryRun !== true) {
    throw new UsageError(
      "It is not said where to send it.",
      "--to http://localhost:3000/webhooks, or --dry-run to see it only",
    );
  }
  return orRefuse(receiverUrl(to, webhook));
}

/** The user and password of an address. */
function credentialsOf({ username, password }: URL): string | null {
  if (username === "" && password === "") return null;
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } catch {
    return `${username}:${password}`;
  }
}

/** Ends the command where something cannot be done. */
export function orRefuse<T>(result: T | Refusal): T {
  if (result instanceof Refusal) throw new UsageError(result.problem, result.hint);
  return result;
}
