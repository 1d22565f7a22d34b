import { isObject, setOwn } from "../../json/index.ts";
import type { Json, JsonObject, SecurityScheme } from "../../model/index.ts";
import { enumerated, quoted } from "./loss.ts";

/** A format that has security schemes. */
export type Family = "asyncapi" | "openapi";

/** The fields that a scheme of a type has beside `type`, `description` and extensions. */
const FIELDS: Readonly<Record<Family, Readonly<Record<string, readonly string[]>>>> = {
  // https://www.asyncapi.com/docs/reference/specification/v3.0.0#securitySchemeObject
  asyncapi: {
    apiKey: ["in"],
    asymmetricEncryption: [],
    gssapi: [],
    http: ["scheme", "bearerFormat"],
    httpApiKey: ["name", "in"],
    oauth2: ["flows"],
    openIdConnect: ["openIdConnectUrl"],
    plain: [],
    scramSha256: [],
    scramSha512: [],
    symmetricEncryption: [],
    userPassword: [],
    X509: [],
  },
  // https://spec.openapis.org/oas/v3.1.1.html#security-scheme-object
  openapi: {
    apiKey: ["name", "in"],
    http: ["scheme", "bearerFormat"],
    mutualTLS: [],
    oauth2: ["flows"],
    openIdConnect: ["openIdConnectUrl"],
  },
};

/** A security scheme in the words of a family; null where it has none for this type. */
export function writeSecurityScheme(
  scheme: SecurityScheme,
  family: Family,
): { readonly value: JsonObject | null; readonly lost: string | null } {
  const { type, signature, details = {}, ...texts } = scheme;
  const written = typeIn(family, scheme);
  const fields = written !== null && Object.hasOwn(FIELDS[family], written) ? FIELDS[family][written] : undefined;
  if (written === null || fields === undefined) return { value: null, lost: `its type ${quoted(type)}` };
  const value: Record<string, Json> = { type: written };
  const lost: string[] = [];
  for (const [field, content] of Object.entries({ ...texts, ...details })) {
    const isBearerFormat = field === "bearerFormat" && scheme.scheme !== "bearer";
    const isKnown = (fields.includes(field) && !isBearerFormat) || field === "description" || /^x-[\w.-]+$/.test(field);
    if (isKnown) setOwn(value, field, field === "flows" ? flowsIn(family, content) : content);
    else lost.push(quoted(field));
  }
  if (signature !== undefined) value["x-webhook-signature"] = signature;
  return {
    value,
    lost: lost.length === 0 ? null : `its ${lost.length === 1 ? "field" : "fields"} ${enumerated(lost)}`,
  };
}

/** What the model calls `apiKey`, as OpenAPI does, is AsyncAPI's `httpApiKey`, unless it is user or password of a broker. */
function typeIn(family: Family, { type, in: place }: SecurityScheme): string | null {
  const isOfBroker = place === "user" || place === "password";
  if (type === "apiKey" && family === "asyncapi") return isOfBroker ? type : "httpApiKey";
  return type === "apiKey" && isOfBroker ? null : type;
}

function flowsIn(family: Family, flows: Json): Json {
  if (family === "openapi" || !isObject(flows)) return flows;
  return Object.fromEntries(
    Object.entries(flows).map(([name, flow]) => {
      if (!isObject(flow) || flow["scopes"] === undefined) return [name, flow];
      const { scopes, ...rest } = flow;
      return [name, { ...rest, availableScopes: scopes }];
    }),
  );
}
