import { compileContract, decodedSchemas, makePlans } from "../emit/index.ts";
import type { Contract, Json, Webhook } from "../model/index.ts";
import { judgementError } from "../runtime/failure.ts";
import { createRecogniser } from "../runtime/recognise.ts";
import type { ValidationError, Validator } from "../runtime/types.ts";
import { compileUnwrap, NotUnwrapped } from "../runtime/unwrap.ts";
import { validationFunctions } from "./validation-functions.ts";

/** Says what is wrong with a payload, as it is on the wire, of one webhook of the contract: nothing where it is right. */
export type PayloadCheck = (webhook: Webhook, payload: Json) => readonly ValidationError[];

/**
 * Checks payloads by the validators that are emitted for a contract, and by the webhooks' routes: what passes is an event
 * that a receiver takes for this one.
 */
export function createPayloadCheck(contract: Contract): PayloadCheck {
  const plans = makePlans(contract, decodedSchemas(contract).differing);
  const compiled = compileContract(contract, { functions: validationFunctions, allErrors: true });
  const validators = compiled.validators as unknown as ReadonlyMap<string, Validator>;
  return ({ name, route, forms }, payload) => {
    const plan = plans.unwrap.get(name);
    // Decoding replaces JSON strings in place.
    const event = plan === undefined ? payload : compileUnwrap(plan, plans.shared)(structuredClone(payload));
    const errors = errorsOf(validators.get(name), event);
    // The rest of a delivery is the sender's business.
    const inBody = route.filter(({ in: place }) => place === "body");
    if (errors.length > 0 || createRecogniser([{ route: inBody, forms }], null).recognise(payload, {}).length > 0)
      return errors;
    const message = "must have the values by which the webhook is recognised";
    return [{ instancePath: "", schemaPath: "#", keyword: "route", params: {}, message }];
  };
}

function errorsOf(validate: Validator | undefined, event: unknown): readonly ValidationError[] {
  if (event instanceof NotUnwrapped) return event.errors;
  try {
    return validate === undefined || validate(event) ? [] : (validate.errors ?? []);
  } catch (error) {
    // A recursive schema is followed by recursion, and a payload may be nested deeper than the stack is.
    return [judgementError(error)];
  }
}
