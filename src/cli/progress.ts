import type { Context } from "./context.ts";

/** Shows on a terminal what takes its time; elsewhere nothing. */
export async function withProgress<T>(context: Context, text: string, work: () => Promise<T>): Promise<T> {
  if (!context.interactive) return work();
  const { default: yoctoSpinner } = await import("yocto-spinner");
  const spinner = yoctoSpinner({ text, stream: process.stderr }).start();
  try {
    return await work();
  } finally {
    spinner.stop();
  }
}
