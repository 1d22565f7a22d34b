import { validationFunctions } from "../../src/bridge/validation-functions.ts";
import { compileContract, decodedSchemas, makePlans } from "../../src/emit/index.ts";
import { isObject } from "../../src/json/index.ts";
import type { Contract } from "../../src/model/index.ts";
import { completeSecurity, createReceiver } from "../../src/receiver/index.ts";
import type { AnyOptions, ReceivableContract } from "../../src/receiver/options.ts";
import type { Validator } from "../../src/runtime/types.ts";

/** A receiver of any contract, as generated code would bring it: a fetch handler. */
export function receiverOf(contract: Contract, options: AnyOptions): (request: Request) => Promise<Response> {
  const plans = makePlans(contract, decodedSchemas(contract).differing);
  const { validators } = compileContract(contract, { functions: validationFunctions });
  const definition: ReceivableContract = {
    id: contract.id,
    sharedPlans: plans.shared,
    routedBy: plans.routedBy,
    security: completeSecurity(contract.security),
    webhooks: contract.webhooks.map(({ name, route, forms, headers, security, replies }) => ({
      name,
      route,
      forms,
      security,
      replies: replies.map(({ status }) => status),
      headers: isObject(headers) && isObject(headers["properties"]) ? Object.keys(headers["properties"]) : [],
      unwrap: plans.unwrap.get(name) ?? null,
      coerce: plans.coerce.get(name) ?? null,
      isList: plans.lists.has(name),
      load: async () => validators.get(name) as unknown as Validator,
    })),
  };
  return createReceiver(definition as never, options as never) as unknown as (request: Request) => Promise<Response>;
}
