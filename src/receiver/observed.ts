type AnyHandler = (event: never, delivery: never) => unknown;
type Observing = typeof globalThis & { readonly [OBSERVE]?: <Handler extends AnyHandler>(handler: Handler) => Handler };

/** On the global object, since the receiver of generated code and that of the package are two instances. */
const OBSERVE: unique symbol = Symbol.for("hookbook.observe");

/** A handler as it is called: contract tests register to watch what it reads, and in production nobody does. */
export function observed<Handler extends AnyHandler>(handler: Handler): Handler {
  return (globalThis as Observing)[OBSERVE]?.(handler) ?? handler;
}
