import { pathOf, queryOf } from "../runtime/url.ts";
import type { RawDelivery } from "./authenticity/types.ts";

/** The delivery with the URL that its sender knows: a receiver behind a proxy knows another, and most know only the path. */
export function withPublicUrl(delivery: RawDelivery, publicUrl: string): RawDelivery {
  const { url = "" } = delivery;
  const query = queryOf(url);
  return { ...delivery, url: publicUrl.replace(/\/+$/, "") + pathOf(url) + (query === "" ? "" : `?${query}`) };
}
