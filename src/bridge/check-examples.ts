import { diagnose } from "../diagnostics/index.ts";
import type { DecodedExample, Plans } from "../emit/index.ts";
import type { Contract, Diagnostic, Example, Json, Webhook } from "../model/index.ts";
import { createRecogniser } from "../runtime/recognise.ts";
import type { ValidationError, Validator } from "../runtime/types.ts";
import { compileUnwrap, NotUnwrapped } from "../runtime/unwrap.ts";

export interface CheckedExamples {
  /** By webhook name: the examples that keep to their schema, decoded. */
  readonly examples: ReadonlyMap<string, readonly DecodedExample[]>;
  /** One `example-invalid` or `example-misrouted` for every example that does not. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Decodes and validates the examples of a contract as a receiver would. */
export function checkExamples(
  contract: Contract,
  plans: Plans,
  validators: ReadonlyMap<string, Validator>,
): CheckedExamples {
  const diagnostics: Diagnostic[] = [];
  const examples = new Map<string, readonly DecodedExample[]>();
  for (const webhook of contract.webhooks) {
    const validate = validators.get(webhook.name);
    const plan = plans.unwrap.get(webhook.name);
    const unwrap = plan === undefined ? null : compileUnwrap(plan, plans.shared);
    const isRecognised = recognises(webhook);
    const decoded = webhook.examples.flatMap((example): DecodedExample[] => {
      const { name, summary, payload, source } = example;
      // Decoding replaces JSON strings in place, and the contract must stay as it is.
      const event = unwrap === null ? payload : unwrap(structuredClone(payload));
      const [first] = errorsOf(event, validate);
      if (first === undefined && !isRecognised(example)) {
        diagnostics.push(diagnose("example-misrouted", { example: name, webhook: webhook.name }, source));
        return [];
      }
      if (first === undefined) return [{ name, ...(summary === undefined ? {} : { summary }), event: event as Json }];
      const problem = `${first.instancePath === "" ? "it" : first.instancePath} ${first.message}`;
      diagnostics.push(diagnose("example-invalid", { example: name, webhook: webhook.name, problem }, source));
      return [];
    });
    examples.set(webhook.name, decoded);
  }
  return { examples, diagnostics };
}

function errorsOf(event: unknown, validate: Validator | undefined): readonly ValidationError[] {
  if (event instanceof NotUnwrapped) return event.errors;
  return validate === undefined || validate(event) ? [] : (validate.errors ?? []);
}

/** Whether a receiver would take an example for its webhook; headers that the example leaves out are not looked at. */
function recognises({ route, forms }: Webhook): (example: Example) => boolean {
  const { recognise } = createRecogniser([{ route, forms }], null);
  return ({ payload, headers }) => {
    const shown = Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));
    const areAllShown = route.every(({ in: place, at }) => place !== "header" || Object.hasOwn(shown, at));
    return recognise(payload, areAllShown ? { headers: shown } : {}).length > 0;
  };
}
