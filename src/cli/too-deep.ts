import { UsageError } from "./context.ts";

/**
 * Makes code of a document's schemas, or ends the command with a sentence: chains of thousands of references, one inside
 * the other, run out of stack, and schemas can be made to meet without end. No vendor has them, so they are refused whole.
 * @param path  the document, as it was named
 */
export async function orTooDeep<T>(path: string, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`The schemas of ${JSON.stringify(path)} lead too deep for code to be made of them.`);
  }
}
