import { quote } from "../diagnostics/index.ts";
import type { Webhook } from "../model/index.ts";
import { Refusal } from "./refusal.ts";

/** Where a request goes that is only printed. */
const NOWHERE = "http://localhost:3000/";

/**
 * The address that deliveries go to: as it was given, but for the path where the webhook is recognised by it and only a host was given.
 * @param to  undefined where nothing is sent
 */
export function receiverUrl(to: string | undefined, webhook: Webhook): URL | Refusal {
  const url = URL.parse(to ?? NOWHERE);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    const hint = URL.canParse(`http://${to}`) ? `did you mean http://${to}` : "such as http://localhost:3000/webhooks";
    return new Refusal(`--to ${quote(to ?? "")} is no address that starts with http:// or https://.`, hint);
  }
  const placeholder = /(?:\{|%7B)([^{}/?&]*?)(?:\}|%7D)/i.exec(url.pathname + url.search)?.[1];
  if (to !== undefined && placeholder !== undefined) {
    return new Refusal(`--to has the placeholder {${placeholder}}.`, "write what stands there instead");
  }
  const template = webhook.route.find(({ in: place }) => place === "path")?.value;
  if (template !== undefined && url.pathname === "/" && url.search === "") {
    url.pathname = filled(String([template].flat()[0]));
  }
  return url;
}

/** A template with a word for each of its placeholders. */
function filled(template: string): string {
  const path = template.replace(/\{([^{}]*)\}/g, (_, name: string) => name.replace(/[^\w-]+/g, "") || "example");
  return path.startsWith("/") ? path : `/${path}`;
}
