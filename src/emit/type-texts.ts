/** The declarations that `types.ts` has, each written when it is asked for. */
export interface TypeTexts {
  readonly has: (name: string) => boolean;
  /** With its comment. */
  readonly text: (name: string) => string;
  /** How many lines its text has at least; found out without writing it. */
  readonly linesMin: (name: string) => number;
}
