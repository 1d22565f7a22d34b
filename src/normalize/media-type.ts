import type { Encoding } from "../model/index.ts";

/** The type and subtype of a media type, lower case, its parameters cut off. */
function essence(mediaType: string): string {
  return (mediaType.split(";")[0] ?? "").trim().toLowerCase();
}

/** Whether a media type is JSON by name or by the `+json` suffix of RFC 6839 §3.1. */
export function isJson(mediaType: string): boolean {
  const type = essence(mediaType);
  return type === "application/json" || type === "text/json" || type.endsWith("+json");
}

/** How a body of a media type is written; null where it is none that can be decoded into fields. */
export function encodingOf(mediaType: string): Encoding | null {
  const type = essence(mediaType);
  if (isJson(type) || type === "*/*" || type === "application/*") return "json";
  if (type === "application/x-www-form-urlencoded") return "form";
  if (type === "multipart/form-data") return "multipart";
  return null;
}
