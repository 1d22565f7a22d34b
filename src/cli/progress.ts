import type { Context } from "./context.ts";

/**
 * Shows on a terminal what takes its time; elsewhere nothing.
 * @param work  is given a function that shows another text
 */
export async function withProgress<T>(
  context: Context,
  text: string,
  work: (show: (text: string) => void) => Promise<T>,
): Promise<T> {
  if (!context.interactive) return work(() => {});
  const { default: yoctoSpinner } = await import("yocto-spinner");
  const spinner = yoctoSpinner({ text, stream: process.stderr }).start();
  try {
    return await work((next) => {
      spinner.text = next;
    });
  } finally {
    spinner.stop();
  }
}
