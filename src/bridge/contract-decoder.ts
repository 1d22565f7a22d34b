import { isObject } from "../json/index.ts";
import type { Contract, Diagnostic, Webhook } from "../model/index.ts";
import { createDecoder, type Decoded } from "../runtime/decode.ts";
import type { Delivery, Validator } from "../runtime/types.ts";

export interface ContractDecoder {
  readonly decode: (delivery: Delivery) => Promise<Decoded>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * A contract's decoder without generating anything: the same routing, decoding and schemas as the generated code, with
 * every error of a payload reported and not just the first.
 * @param webhook  decode everything as this webhook, whatever its route says
 */
export async function createContractDecoder(contract: Contract, webhook?: Webhook): Promise<ContractDecoder> {
  const [{ compileContract, decodedSchemas, makePlans }, { validationFunctions }] = await Promise.all([
    import("../emit/index.ts"),
    import("./validation-functions.ts"),
  ]);
  const decoded = decodedSchemas(contract);
  const plans = makePlans(contract, decoded.differing);
  const { validators, diagnostics } = compileContract(contract, { functions: validationFunctions, allErrors: true });
  const chosen = webhook === undefined ? contract.webhooks : [webhook];
  const decode = createDecoder({
    sharedPlans: plans.shared,
    routedBy: plans.routedBy,
    webhooks: chosen.map(({ name, route, forms, headers }) => ({
      name,
      route: webhook === undefined ? route : [],
      forms,
      headers: isObject(headers) && isObject(headers["properties"]) ? Object.keys(headers["properties"]) : [],
      unwrap: plans.unwrap.get(name) ?? null,
      coerce: plans.coerce.get(name) ?? null,
      isList: webhook === undefined && plans.lists.has(name),
      load: async () => (validators.get(name) ?? (() => true)) as unknown as Validator,
    })),
  });
  return { decode, diagnostics };
}
