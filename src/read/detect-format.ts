import { diagnose } from "../diagnostics/index.ts";
import { isObject, isScalar, own } from "../json/index.ts";
import type { DocumentFormat, Json, Result } from "../model/index.ts";

interface Specification {
  readonly title: string;
  readonly family: "asyncapi" | "openapi";
  /** Newest known minor version by major version. */
  readonly known: Readonly<Record<string, number>>;
  readonly supported: string;
  /** Who brings older documents up to date. */
  readonly converter: string;
}

const SPECIFICATIONS: readonly Specification[] = [
  {
    title: "AsyncAPI",
    family: "asyncapi",
    known: { "2": 6, "3": 1 },
    supported: "2.0 to 3.1",
    converter: "the AsyncAPI converter (npx @asyncapi/cli convert)",
  },
  {
    title: "OpenAPI",
    family: "openapi",
    known: { "3": 2 },
    supported: "3.0 to 3.2",
    converter: "swagger2openapi",
  },
];

/**
 * Tells which specification a document follows, from its `asyncapi` or `openapi` member. A version that is newer only in
 * its minor number is taken with a warning.
 * @returns the format with the version's major.minor, or null with a diagnostic.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0#A2SVersionString
 * @see https://spec.openapis.org/oas/v3.1.1.html#oas-version
 */
export function detectFormat(value: Json, file: string): Result<DocumentFormat | null> {
  if (isObject(value)) {
    for (const specification of SPECIFICATIONS) {
      const version = own(value, specification.family);
      if (version !== undefined) return checkVersion(version, specification, file);
    }
    const swagger = own(value, "swagger");
    const openapi = SPECIFICATIONS[1];
    if (swagger !== undefined && openapi !== undefined) {
      const params = {
        ...openapi,
        specification: "Swagger",
        version: isScalar(swagger) ? String(swagger) : NO_VERSION,
        supported: "OpenAPI 3.0 to 3.2",
      };
      return {
        value: null,
        diagnostics: [diagnose("unsupported-version", params, { file, pointer: "/swagger" })],
      };
    }
  }
  return { value: null, diagnostics: [diagnose("not-a-description", { file }, { file, pointer: "" })] };
}

const NO_VERSION = "without a version";

function checkVersion(written: Json, specification: Specification, file: string): Result<DocumentFormat | null> {
  const { family, title, known, supported, converter } = specification;
  const location = { file, pointer: `/${family}` };
  // Without quotes, YAML reads 3.1 as a number and 3.0 as 3. What is meant is plain, so it is taken.
  const version = typeof written === "number" ? String(written) : typeof written === "string" ? written : "";
  const [, major = "", minor = "0"] = /^(\d{1,4})(?:\.(\d{1,4}))?(?:\.|-|$)/.exec(version) ?? [];
  const newest = Object.hasOwn(known, major) ? known[major] : undefined;
  if (newest === undefined) {
    const isOlder = major !== "" && Number(major) < 3;
    const params = {
      specification: title,
      version: version === "" ? NO_VERSION : version,
      supported,
      converter: isOlder ? converter : undefined,
    };
    return { value: null, diagnostics: [diagnose("unsupported-version", params, location)] };
  }
  const value: DocumentFormat = `${family}-${major}.${Number(minor)}`;
  if (Number(minor) <= newest) return { value, diagnostics: [] };
  const params = { specification: title, version, known: `${major}.${newest}` };
  return { value, diagnostics: [diagnose("newer-version", params, location)] };
}
