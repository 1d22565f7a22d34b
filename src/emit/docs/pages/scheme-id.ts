/** The id of a security scheme's section on its contract's page. */
export function schemeId(name: string): string {
  return `auth-${name.replace(/[^\w-]/g, "_")}`;
}
