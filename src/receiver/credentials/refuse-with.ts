/** @throws TypeError with the list of everything that is to be mended, if there is anything */
export function refuseWith(problems: readonly string[], what: string): void {
  if (problems.length > 0) throw new TypeError(`${what}:\n${problems.map((one) => `- ${one}\n`).join("")}`);
}
