/** The `code` of a system error (`ENOENT`), or null. */
export function errorCode(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

/** A short reason for people, without stack trace or the path, which the message says already. */
export function errorReason(error: unknown): string {
  const code = errorCode(error);
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "ELOOP") return "its symbolic links lead round in a circle";
  if (code !== null) return code;
  return error instanceof Error ? error.message : "unknown reason";
}
