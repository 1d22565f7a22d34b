import { isObject } from "../../json/index.ts";
import type { Contract, Webhook } from "../../model/index.ts";
import type { DescribedPart } from "./compare-part.ts";

/** What a document says of the deliveries of a webhook. */
export function describeDelivery(webhook: Webhook, contract: Contract): DescribedPart {
  const { payload, headers, forms, examples, source } = webhook;
  return {
    payload,
    headers,
    contentTypes: [
      ...new Set(forms.filter(({ encoding }) => encoding !== "query").map(({ contentType }) => contentType)),
    ],
    encoding: forms.every(({ encoding }) => encoding !== "json") ? (forms[0]?.encoding ?? "json") : "json",
    otherHeaders: securityHeaders(webhook, contract),
    place: source,
    samples: examples,
  };
}

/** The headers in which tokens and signatures come. */
function securityHeaders({ security }: Webhook, contract: Contract): ReadonlySet<string> {
  const names = security.flatMap((requirement) => Object.keys(requirement));
  const headers = names.flatMap((name) => {
    const scheme = Object.hasOwn(contract.security, name) ? contract.security[name] : undefined;
    if (scheme === undefined) return [];
    const { signature } = scheme;
    const signed = isObject(signature) && typeof signature["header"] === "string" ? [signature["header"]] : [];
    const own = scheme.type === "apiKey" && scheme.in === "header" ? [scheme.name ?? ""] : ["authorization"];
    return [...own, ...signed];
  });
  return new Set(headers.map((header) => header.toLowerCase()));
}
