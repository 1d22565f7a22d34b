/** One HTTP request, whole: what is sent, printed and judged. */
export interface OutgoingRequest {
  readonly method: string;
  /** Absolute, without user name and password. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
