import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as voice from "../../generated/bandwidth-voice-messaging/index.js";
import * as webrtc from "../../generated/bandwidth-webrtc/index.js";
import * as conference from "../../generated/conference/index.js";
import type { Contract } from "../../src/model/index.ts";
import type {
  DecodeFailure,
  DecodeSuccess,
  Delivery,
  EncodedDelivery,
  EncodeOptions,
} from "../../src/runtime/types.ts";

export const repository = join(import.meta.dirname, "../..");

/** What this repository ships: a document, and what was generated from it. */
interface Shipped {
  readonly id: string;
  /** The document, as seen from the repository's root. */
  readonly document: string;
  readonly decode: (delivery: Delivery) => Promise<DecodeSuccess | DecodeFailure>;
  readonly encode: (webhook: string, event: unknown, options?: EncodeOptions) => Promise<EncodedDelivery>;
  readonly contract: Contract;
}

export const shipped: readonly Shipped[] = [
  entry("bandwidth-webrtc", "openapi.yaml", webrtc),
  entry("conference", "openapi.yaml", conference),
  entry("bandwidth-voice-messaging", "asyncapi.yaml", voice),
];

export function shippedBy(id: string): Shipped {
  const found = shipped.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no contract ${id}.`);
  return found;
}

/** A request as the senders write it: one JSON text in the body of a POST. */
export function posted(body: string | Uint8Array): Delivery {
  return { method: "POST", url: "/", headers: { "content-type": "application/json" }, body };
}

/** The other form of one sender: every field in the query of a GET. */
export function queried(query: Readonly<Record<string, string>>): Delivery & { readonly url: string } {
  return { method: "GET", url: `/callbacks?${new URLSearchParams(query)}`, headers: {}, body: "" };
}

interface Generated {
  readonly decode: Shipped["decode"];
  /** Takes each name with its own event only, which a test of all of them cannot say. */
  readonly encode: unknown;
}

function entry(id: string, file: string, { decode, encode }: Generated): Shipped {
  const text = readFileSync(join(repository, "generated", id, "contract.json"), "utf8");
  const contract = JSON.parse(text) as Contract;
  return { id, document: `specs/${id}/${file}`, decode, encode: encode as Shipped["encode"], contract };
}
