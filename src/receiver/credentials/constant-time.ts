/** Whether it is one of them; all are compared, whichever fits. */
export function isOneOf(given: string, secrets: readonly string[]): boolean {
  let found = false;
  for (const secret of secrets) found = equalText(given, secret) || found;
  return found;
}

/**
 * Compares without telling by its time where the first difference is, nor how long the secret is: it takes as long as the
 * text that came.
 */
function equalText(given: string, secret: string): boolean {
  let difference = given.length ^ secret.length;
  for (let index = 0; index < given.length; index++) {
    difference |= given.charCodeAt(index) ^ secret.charCodeAt(index % secret.length);
  }
  return difference === 0;
}
