import { equal, isObject } from "../json/index.ts";
import type { Json } from "../model/index.ts";
import { distinct } from "./distinct.ts";
import type { WebhookDraft } from "./draft.ts";
import { pathTemplate } from "./path-template.ts";

/**
 * Joins what a document has to describe several times because it is delivered in several ways: drafts of one key that are
 * alike in everything but their forms are one webhook with all of these forms. In OpenAPI they are the operations of one path
 * item, of the expressions of one callback, or of callbacks that many operations repeat; in AsyncAPI messages of different
 * content types that their channels call the same. Security and replies of each count; the examples must be the same, or none.
 *
 * They have to say that they are one: by one `x-webhook-name`, or by one method, one path as far as a path is written, and a
 * payload that is no accident.
 */
export function mergeForms(drafts: readonly WebhookDraft[]): readonly WebhookDraft[] {
  const merged: WebhookDraft[] = [];
  const byName = new Map<string, number>();
  for (const draft of drafts) {
    const id = identityOf(draft);
    const index = id === null ? undefined : byName.get(id);
    const known = index === undefined ? undefined : merged[index];
    if (index === undefined || known === undefined) {
      if (id !== null) byName.set(id, merged.length);
      merged.push(draft);
    } else if (isSameEvent(known, draft)) merged[index] = join(known, draft);
    else merged.push(draft);
  }
  return merged;
}

/** What drafts of one webhook share; null for one that is a webhook of its own whatever it looks like. */
function identityOf({ documentKey, wantedName, forms, payload }: WebhookDraft): string | null {
  if (wantedName !== undefined) return JSON.stringify([documentKey, wantedName]);
  const isTelling =
    isObject(payload) && ["$ref", "allOf", "anyOf", "oneOf", "properties"].some((key) => key in payload);
  const ways = forms.map(({ method, address }) => JSON.stringify([method, address && pathTemplate(address)]));
  return isTelling ? JSON.stringify([documentKey, null, distinct(ways.sort())]) : null;
}

function join(known: WebhookDraft, draft: WebhookDraft): WebhookDraft {
  return {
    ...known,
    forms: distinct([...known.forms, ...draft.forms]),
    security: distinct([...known.security, ...draft.security]),
    replies: distinct([...known.replies, ...draft.replies]),
    examples: known.examples.length > 0 ? known.examples : draft.examples,
  };
}

function isSameEvent(known: WebhookDraft, draft: WebhookDraft): boolean {
  if (!equal(contentOf(known), contentOf(draft))) return false;
  return draft.examples.length === 0 || known.examples.length === 0 || equal(examplesOf(known), examplesOf(draft));
}

function contentOf(draft: WebhookDraft): Json {
  const { forms, security, replies, examples, source, headerConstants, ...content } = draft;
  return content as unknown as Json;
}

function examplesOf({ examples }: WebhookDraft): Json {
  return examples.map(({ source, ...example }) => example) as unknown as Json;
}
