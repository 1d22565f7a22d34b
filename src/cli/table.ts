import { styleText } from "node:util";

/** A longer cell does not widen its column: one such name would push every row off the screen. */
const WIDTH_MAX = 60;

/** Lays out rows in columns of equal width, two spaces apart; the last column is as long as it likes. */
export function table(
  rows: readonly (readonly string[])[],
  { header = false }: { readonly header?: boolean },
): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.slice(0, -1).forEach((cell, index) => {
      if (cell.length <= WIDTH_MAX) widths[index] = Math.max(widths[index] ?? 0, cell.length);
    });
  }
  return rows.map((row, index) => {
    const line = `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd();
    return header && index === 0 ? styleText("gray", line, { validateStream: false }) : line;
  });
}
