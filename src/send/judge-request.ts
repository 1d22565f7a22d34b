import { createLazyDecoders } from "../bridge/contract-decoder.ts";
import type { Contract, Webhook } from "../model/index.ts";
import type { Decoded } from "../runtime/decode.ts";
import type { ValidationError } from "../runtime/types.ts";
import type { OutgoingRequest } from "./request.ts";

/** What a receiver that goes by the document makes of a request. */
export interface Verdict {
  /** What is wrong with the payload, as one of its webhook. */
  readonly errors: readonly ValidationError[];
  /** Which webhook it is taken for; null where that cannot be told. */
  readonly recognised: string | null;
  /** Those it may be, where nothing tells them apart. */
  readonly candidates: readonly string[];
}

/** Decodes a request as its receiver would: as the webhook that it is meant to be, and as whichever it is recognised as. */
export type RequestJudge = (webhook: Webhook, request: OutgoingRequest) => Promise<Verdict>;

export async function createRequestJudge(contract: Contract): Promise<RequestJudge> {
  const { decode, decodeAs } = await createLazyDecoders(contract);
  return async (webhook, { method, url, headers, body }) => {
    const delivery = { method, url, headers, body };
    const meant = await decodeAs(webhook, delivery);
    const free = await decode(delivery);
    return { errors: meant.ok ? [] : meant.errors, recognised: free.webhook, candidates: candidatesOf(free) };
  };
}

function candidatesOf(decoded: Decoded): readonly string[] {
  const candidates = decoded.ok ? [] : decoded.errors[0]?.params["candidates"];
  return Array.isArray(candidates) ? candidates.map(String) : [];
}
