/** Property names by which vendors usually tell their events apart, the likeliest first. */
const USUAL_NAMES: readonly string[] = [
  "event",
  "type",
  "eventtype",
  "event_type",
  "event-type",
  "eventname",
  "event_name",
  "topic",
  "action",
  "kind",
  "name",
  "subject",
  "status",
];

/** Whether the member a pointer leads to is one that says which event it is: `type`, `eventType`, `event_name`, `topic`, …. */
export function saysEvent(pointer: string): boolean {
  const words = wordsOf(pointer.slice(pointer.lastIndexOf("/") + 1));
  const last = words.at(-1) ?? "";
  return (
    /^(event|type|topic|action|kind|trigger)$/.test(last) || (words.includes("event") && /^(name|code|id)$/.test(last))
  );
}

/** Rank of a place among those that could say which event it is: low where vendors usually say it. */
export function usualness(pointer: string): number {
  const name = pointer.slice(pointer.lastIndexOf("/") + 1).toLowerCase();
  const index = USUAL_NAMES.indexOf(name);
  if (index !== -1) return index;
  return saysEvent(pointer) ? USUAL_NAMES.length : UNUSUAL;
}

/** `usualness` of a place that could be anything. */
const UNUSUAL = USUAL_NAMES.length + 1;

/** Members that have one value in many documents and are about all of a vendor's events. */
const SAYS_NO_EVENT = /^(version|currency|environment|env|mode|format|encoding|locale|language|timezone)$/;

/**
 * Whether a value at a place can be taken to name the event though no other webhook has another one there: where vendors
 * usually say it, or at the top of the payload.
 */
export function mayNameAlone(pointer: string): boolean {
  if (usualness(pointer) < UNUSUAL) return true;
  const last = wordsOf(pointer.slice(1)).at(-1) ?? "";
  return pointer.lastIndexOf("/") === 0 && !SAYS_NO_EVENT.test(last);
}

/** `accountHolder.created` and `ACCOUNT_HOLDER_CREATED` are the same words. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
