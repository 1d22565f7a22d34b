import { isObject } from "../json/index.ts";
import type { Contract, Diagnostic, Webhook } from "../model/index.ts";
import { type ContractDefinition, createDecoder, type Decoded } from "../runtime/decode.ts";
import type { Delivery, Validator } from "../runtime/types.ts";

export type ContractDecode = (delivery: Delivery) => Promise<Decoded>;

export interface ContractDecoder {
  readonly decode: ContractDecode;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * A contract's decoder without generating anything: the same routing, decoding and schemas as the generated code, with
 * every error of a payload reported and not just the first.
 * @param webhook  decode everything as this webhook, whatever its route says
 */
export async function createContractDecoder(contract: Contract, webhook?: Webhook): Promise<ContractDecoder> {
  const { compile, define } = await tools();
  const { validators, diagnostics } = compile(contract);
  const decode = createDecoder(define(contract, (name) => validators.get(name), webhook));
  return { decode, diagnostics };
}

/** As `createContractDecoder`, but compiling nothing before a delivery needs it: for one or two of a large contract's events. */
export async function createLazyDecoder(contract: Contract, webhook?: Webhook): Promise<ContractDecode> {
  const { compile, define } = await tools();
  const find: FindValidator = (name) => {
    const webhooks = contract.webhooks.filter((one) => one.name === name);
    return compile({ ...contract, webhooks }).validators.get(name);
  };
  return createDecoder(define(contract, find, webhook));
}

type FindValidator = (webhook: string) => Validator | undefined;

async function tools() {
  const [{ compileContract, decodedSchemas, makePlans }, { validationFunctions: functions }] = await Promise.all([
    import("../emit/index.ts"),
    import("./validation-functions.ts"),
  ]);
  const compile = (contract: Contract) => {
    const { validators, diagnostics } = compileContract(contract, { functions, allErrors: true });
    return { validators: validators as unknown as ReadonlyMap<string, Validator>, diagnostics };
  };
  const define = (contract: Contract, find: FindValidator, webhook?: Webhook): ContractDefinition => {
    const decoded = decodedSchemas(contract);
    const plans = makePlans(contract, decoded.differing);
    const chosen = webhook === undefined ? contract.webhooks : [webhook];
    return {
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
        load: async () => find(name) ?? ((() => true) as unknown as Validator),
      })),
    };
  };
  return { compile, define };
}
