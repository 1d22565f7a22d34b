import { isObject, parsePointer } from "../json/index.ts";
import type { Json, Scalar } from "../model/index.ts";
import { isScalar } from "./constants.ts";
import type { DocumentReader, Node } from "./document-reader.ts";
import type { RouteWish } from "./draft.ts";

const PLACES: ReadonlySet<string> = new Set(["body", "header", "query", "path"]);

/** Reads `x-webhook-name`: a string that is not empty. */
export function readName(reader: DocumentReader, node: Node): string | undefined {
  const name = reader.text(node, "x-webhook-name");
  return name === "" ? undefined : name;
}

/** Reads `x-webhook-route`: one condition or a list; a condition that is none is reported and left out. */
export function readRoute(reader: DocumentReader, node: Node): readonly RouteWish[] | undefined {
  const route = reader.child(node, "x-webhook-route");
  if (route === undefined) return undefined;
  const wishes = (Array.isArray(route.value) ? reader.items(route) : [route]).flatMap((item) => {
    const wish = toWish(item.value);
    if (wish === null) reader.omit(item.location, "is no condition { in, at, value? }");
    return wish ?? [];
  });
  return wishes.length === 0 ? undefined : wishes;
}

function toWish(value: Json): RouteWish | null {
  if (!isObject(value) || typeof value["in"] !== "string" || !PLACES.has(value["in"])) return null;
  const place = value["in"] as RouteWish["in"];
  if (typeof value["at"] !== "string" || !isPlace(place, value["at"])) return null;
  const wanted = value["value"];
  if (wanted === undefined) return { in: place, at: value["at"] };
  if (isScalar(wanted)) return { in: place, at: value["at"], value: wanted };
  if (!Array.isArray(wanted) || wanted.length === 0 || !wanted.every(isScalar)) return null;
  return { in: place, at: value["at"], value: wanted as readonly Scalar[] };
}

/** A body is looked into by a pointer; taken as one, other text would mean the whole body. */
function isPlace(place: RouteWish["in"], at: string): boolean {
  switch (place) {
    case "body":
      return parsePointer(at) !== null;
    case "header":
    case "query":
      return at !== "";
    case "path":
      return at === "";
    default:
      return place satisfies never;
  }
}
