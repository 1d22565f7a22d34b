import type { KeptFailure } from "../runtime/decode.ts";
import type { DecodeSuccess, FormFile, ValidationError } from "../runtime/types.ts";
import type { RawDelivery } from "./authenticity/types.ts";
import type { Authentic } from "./credentials/types.ts";
import { Deadline } from "./deadline.ts";
import type { AbortSignalLike } from "./types.ts";

/** By a symbol, so that a copy of a delivery has the same one. */
const DEADLINE: unique symbol = Symbol("deadline");
const NOTHING: readonly [] = [];
const NO_HEADERS: Readonly<Record<string, string>> = Object.freeze({});

/**
 * What a handler is told beside the event, by any of the types that it knows deliveries by. Classes, since a literal with a
 * getter takes longer to make than all of the receiver's own steps.
 */
export class GivenDelivery {
  readonly request: RawDelivery;
  id: string | null;
  readonly signedAt: number | null;
  readonly webhook: string | null;
  readonly event: unknown;
  readonly files: readonly FormFile[];
  readonly [DEADLINE]: Deadline;

  constructor(
    request: RawDelivery,
    { id, signedAt }: Authentic,
    webhook: string | null,
    event: unknown,
    files: readonly FormFile[] = NOTHING,
  ) {
    this.request = request;
    this.id = id;
    this.signedAt = signedAt;
    this.webhook = webhook;
    this.event = event;
    this.files = files;
    this[DEADLINE] = new Deadline();
  }

  get signal(): AbortSignalLike {
    return this[DEADLINE].signal;
  }

  /** What aborts the signal. */
  static deadlineOf(given: GivenDelivery): Deadline {
    return given[DEADLINE];
  }
}

/** One that a webhook was recognised in. */
export class GivenEvent extends GivenDelivery {
  readonly headers: unknown;
  readonly valid: boolean;
  readonly problems: readonly ValidationError[];

  constructor(request: RawDelivery, authentic: Authentic, decoded: DecodeSuccess | KeptFailure) {
    super(request, authentic, decoded.webhook, decoded.event, decoded.ok ? decoded.files : NOTHING);
    this.headers = decoded.ok ? decoded.headers : NO_HEADERS;
    this.valid = decoded.ok;
    this.problems = decoded.ok ? NOTHING : decoded.errors;
  }
}

/** One that none was recognised in. */
export class GivenUnknown extends GivenDelivery {
  readonly candidates: readonly string[];

  constructor(request: RawDelivery, authentic: Authentic, event: unknown, candidates: readonly string[]) {
    super(request, authentic, null, event);
    this.candidates = candidates;
  }
}
