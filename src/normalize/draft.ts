import type { Condition, Scalar, Webhook } from "../model/index.ts";

/** A condition as `x-webhook-route` writes it: without `value`, the value is read from each event's schema. */
export type RouteWish = Omit<Condition, "value"> & { readonly value?: Scalar | readonly Scalar[] };

/** A webhook as a version's reader finds it: what is decided over all webhooks together (name, key, route) is open. */
export interface WebhookDraft extends Omit<Webhook, "name" | "key" | "route"> {
  /** `x-webhook-name`. */
  readonly wantedName?: string;
  /** The message's or webhook's key in the document. */
  readonly documentKey: string;
  /** `x-webhook-route` on the webhook, operation or message itself: final. */
  readonly ownRoute?: readonly RouteWish[];
  /** The condition by which a `discriminator` tells this branch from the others. */
  readonly discriminator?: Condition;
  /** Header parameters that can hold one value only, by lower-case name. */
  readonly headerConstants: ReadonlyMap<string, Scalar>;
}

/** What a version's reader returns. */
export interface DocumentDraft {
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  readonly drafts: readonly WebhookDraft[];
  /** `x-webhook-route` at the document's root. */
  readonly commonRoute?: readonly RouteWish[];
}
