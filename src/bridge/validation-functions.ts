import type { ValidationFunctions } from "../emit/index.ts";
import * as equal from "../runtime/equal.ts";
import * as errors from "../runtime/errors.ts";
import * as dateTime from "../runtime/formats/date-time.ts";
import * as duration from "../runtime/formats/duration.ts";
import * as email from "../runtime/formats/email.ts";
import * as hostname from "../runtime/formats/hostname.ts";
import * as ipAddress from "../runtime/formats/ip-address.ts";
import * as jsonPointer from "../runtime/formats/json-pointer.ts";
import * as openapi from "../runtime/formats/openapi.ts";
import * as regex from "../runtime/formats/regex.ts";
import * as uri from "../runtime/formats/uri.ts";
import * as uriTemplate from "../runtime/formats/uri-template.ts";
import * as url from "../runtime/formats/url.ts";
import * as uuid from "../runtime/formats/uuid.ts";
import { formats } from "../runtime/formats.ts";
import * as linearExpression from "../runtime/linear-expression.ts";
import * as multipleOf from "../runtime/multiple-of.ts";
import * as once from "../runtime/once.ts";
import * as stringLength from "../runtime/string-length.ts";
import * as uniqueItems from "../runtime/unique-items.ts";

/** The runtime's modules that validators import from, by path below `runtime/`: a validator loads only what it calls. */
const modules: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  // A receiver has loaded these when its first validator is: most events have a time or an id, and all may be wrong.
  index: { ...dateTime, ...errors, ...uuid },
  equal,
  "formats/duration": duration,
  "formats/email": email,
  "formats/hostname": hostname,
  "formats/ip-address": ipAddress,
  "formats/json-pointer": jsonPointer,
  "formats/openapi": openapi,
  "formats/regex": regex,
  "formats/uri": uri,
  "formats/uri-template": uriTemplate,
  "formats/url": url,
  "linear-expression": linearExpression,
  "multiple-of": multipleOf,
  once,
  "string-length": stringLength,
  "unique-items": uniqueItems,
};

/** The paths of those modules, without extension. */
export const validationModules: readonly string[] = Object.keys(modules).filter((path) => path !== "index");

/** The runtime's own checks, as the validator compiler wants them: what is emitted is what was tried. */
export const validationFunctions: ValidationFunctions = {
  formats,
  functions: Object.fromEntries(
    Object.entries(modules).flatMap(([module, exports]) =>
      Object.entries(exports).flatMap(([name, value]) => {
        const call = value as (...values: never[]) => unknown;
        return typeof value === "function" ? [[name, { module, call }] as const] : [];
      }),
    ),
  ),
};
