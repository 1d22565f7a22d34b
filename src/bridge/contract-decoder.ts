import { isObject } from "../json/index.ts";
import type { Contract, Diagnostic, Webhook } from "../model/index.ts";
import { type ContractDefinition, createDecoder, type Decoded } from "../runtime/decode.ts";
import type { Delivery, Validator } from "../runtime/types.ts";

type Decode = (delivery: Delivery) => Promise<Decoded>;

export interface ContractDecoder {
  readonly decode: Decode;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * A contract's decoder without generating anything: the same routing, decoding and schemas as the generated code, with
 * every error of a payload reported and not just the first.
 * @param webhook  decode everything as this webhook, whatever its route says
 */
export async function createContractDecoder(contract: Contract, webhook?: Webhook): Promise<ContractDecoder> {
  const { compile, define } = await toolsFor(contract);
  const { validators, diagnostics } = compile(contract.webhooks);
  const decode = createDecoder(define((name) => validators.get(name), webhook));
  return { decode, diagnostics };
}

/** Decoders of a contract that compile nothing before a delivery needs it: for a few of a large contract's events. */
export interface LazyDecoders {
  readonly decode: Decode;
  /** Decodes everything as this webhook, whatever its route says. */
  readonly decodeAs: (webhook: Webhook, delivery: Delivery) => Promise<Decoded>;
}

export async function createLazyDecoders(contract: Contract): Promise<LazyDecoders> {
  const { compile, define } = await toolsFor(contract);
  const compiled = new Map<string, Validator | undefined>();
  const find = (name: string) => {
    if (!compiled.has(name)) {
      compiled.set(name, compile(contract.webhooks.filter((one) => one.name === name)).validators.get(name));
    }
    return compiled.get(name);
  };
  const decode = createDecoder(define(find));
  return { decode, decodeAs: (webhook, delivery) => createDecoder(define(find, webhook))(delivery) };
}

async function toolsFor(contract: Contract) {
  const [{ compileContract, decodedSchemas, makePlans }, { validationFunctions: functions }] = await Promise.all([
    import("../emit/index.ts"),
    import("./validation-functions.ts"),
  ]);
  const plans = makePlans(contract, decodedSchemas(contract).differing);
  const compile = (webhooks: readonly Webhook[]) => {
    const { validators, diagnostics } = compileContract({ ...contract, webhooks }, { functions, allErrors: true });
    return { validators: validators as unknown as ReadonlyMap<string, Validator>, diagnostics };
  };
  const define = (find: (webhook: string) => Validator | undefined, webhook?: Webhook): ContractDefinition => ({
    sharedPlans: plans.shared,
    routedBy: plans.routedBy,
    webhooks: (webhook === undefined ? contract.webhooks : [webhook]).map(({ name, route, forms, headers }) => ({
      name,
      route: webhook === undefined ? route : [],
      forms,
      headers: isObject(headers) && isObject(headers["properties"]) ? Object.keys(headers["properties"]) : [],
      unwrap: plans.unwrap.get(name) ?? null,
      coerce: plans.coerce.get(name) ?? null,
      isList: webhook === undefined && plans.lists.has(name),
      load: async () => find(name) ?? ((() => true) as unknown as Validator),
    })),
  });
  return { compile, define };
}
