import { chooseWebhook, createRequestJudge } from "../../send/index.ts";
import { type Context, type ExitCode, UsageError } from "../context.ts";
import { type DocumentOptions, loadSingle } from "../load-documents.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { deliver } from "../send/deliver.ts";
import { type EventOptions, orRefuse, prepareEvent } from "../send/prepare-event.ts";
import { sendJson, sentText, undeliveredText, verdictText } from "../send/report.ts";
import { orTooDeep } from "../too-deep.ts";

export interface SendOptions extends DocumentOptions, EventOptions {
  readonly timeout: string;
  readonly format: "text" | "json";
}

/** More of a reply than this is not read. */
const REPLY_BYTES_MAX = 64 * 1024;
const TIMEOUT_SECONDS_MAX = 3_600;

/** `hookbook send`: delivers one event of a contract, as its sender would. */
export async function send(path: string, name: string, options: SendOptions, context: Context): Promise<ExitCode> {
  const secondsMax = secondsOf(options.timeout);
  const document = await loadSingle(path, options, context);
  if (document === null) return 2;
  const { contract } = document;
  const webhook = orRefuse(chooseWebhook(contract, name));
  const prepared = await orTooDeep(path, () => prepareEvent(contract, webhook, options, context));
  printDiagnostics(document, context);
  const verdict = await orTooDeep(path, async () => {
    const judge = await createRequestJudge(contract);
    return judge(webhook, prepared.request);
  });
  context.stderr(verdictText(prepared, verdict));
  if (options.dryRun === true) {
    context.stdout(
      options.format === "json" ? sendJson(prepared, verdict, null) : sentText(prepared, null, context.colors.stdout),
    );
    return 0;
  }

  const result = await deliver(prepared.request, { secondsMax, bodyBytesMax: REPLY_BYTES_MAX, signal: context.signal });
  const isAnswered = "status" in result;
  if (options.format === "json") context.stdout(sendJson(prepared, verdict, result));
  else context.stdout(sentText(prepared, result, context.colors.stdout));
  if (!isAnswered) {
    context.stderr(undeliveredText(result));
    return 2;
  }
  return result.status >= 200 && result.status < 300 ? 0 : 1;
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== "" && seconds > 0 && seconds <= TIMEOUT_SECONDS_MAX) return seconds;
  throw new UsageError(`--timeout ${text} is no number of seconds up to ${TIMEOUT_SECONDS_MAX}.`);
}
