import type { ValidationError } from "./types.ts";

/**
 * The errors that validators report most, in AJV's words. Validators call these where AJV writes each out: a receiver of a
 * large contract would read the same sentence thousands of times before its first delivery.
 */
export function typeError(instancePath: string, schemaPath: string, type: string): ValidationError {
  return {
    instancePath,
    schemaPath: `${schemaPath}/type`,
    keyword: "type",
    params: { type },
    message: `must be ${type}`,
  };
}

/** Of a property at a place that its schema describes by `properties` alone. */
export function propertyTypeError(parent: string, path: string, type: string): ValidationError {
  return typeError(parent + path, schemaPathOf(path), type);
}

export function formatError(instancePath: string, schemaPath: string, format: string): ValidationError {
  const message = `must match format "${format}"`;
  return { instancePath, schemaPath: `${schemaPath}/format`, keyword: "format", params: { format }, message };
}

export function propertyFormatError(parent: string, path: string, format: string): ValidationError {
  return formatError(parent + path, schemaPathOf(path), format);
}

export function requiredError(instancePath: string, schemaPath: string, missingProperty: string): ValidationError {
  const message = `must have required property '${missingProperty}'`;
  return {
    instancePath,
    schemaPath: `${schemaPath}/required`,
    keyword: "required",
    params: { missingProperty },
    message,
  };
}

function schemaPathOf(path: string): string {
  return `#${path.replaceAll("/", "/properties/")}`;
}
