/**
 * A member of a parsed JSON value that is its own. Reading straight through is fast and right but for names that every
 * object inherits, which a payload must not be taken to have.
 */
export function ownMember(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  if (name in Object.prototype || Array.isArray(value)) {
    // An array's own `length` is no item of it.
    const isItsOwn = Object.hasOwn(value, name) && !(name === "length" && Array.isArray(value));
    return isItsOwn ? (value as Record<string, unknown>)[name] : undefined;
  }
  return (value as Record<string, unknown>)[name];
}

/** Sets a member so that it is the object's own whatever its name. */
export function setMember(object: object, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    (object as Record<string, unknown>)[name] = value;
  }
}

export function unescapePointer(token: string): string {
  return token.includes("~") ? token.replaceAll("~1", "/").replaceAll("~0", "~") : token;
}

export function escapePointer(token: string): string {
  return token.includes("~") || token.includes("/") ? token.replaceAll("~", "~0").replaceAll("/", "~1") : token;
}
