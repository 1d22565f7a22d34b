/** Where pacts come from, and how: Pact's own words. */
export interface BrokerOptions {
  /** Default: `PACT_BROKER_BASE_URL`. */
  readonly url?: string;
  /** Default: `PACT_BROKER_TOKEN`. */
  readonly token?: string;
  /** Default: `PACT_BROKER_USERNAME`. */
  readonly username?: string;
  /** Default: `PACT_BROKER_PASSWORD`. */
  readonly password?: string;
  /** Default: the main branch, the branch of the same name, and what is deployed or released. */
  readonly consumerVersionSelectors?: readonly Readonly<Record<string, unknown>>[];
  /** What was never verified before does not fail the provider. Default: true. */
  readonly enablePending?: boolean;
  /** A date; pacts of other branches since then are verified as pending. */
  readonly includeWipPactsSince?: string;
  /** Default: `GIT_COMMIT`. */
  readonly providerVersion?: string;
  /** Default: `GIT_BRANCH`. */
  readonly providerVersionBranch?: string;
  /** Default: where `CI` is set. */
  readonly publishVerificationResult?: boolean;
}

const REACHABLE_MILLISECONDS = 5_000;

const SELECTORS = [{ mainBranch: true }, { matchingBranch: true }, { deployedOrReleased: true }];

/** A broker that cannot be used; its message is a sentence. */
export class BrokerFailure extends Error {
  override readonly name = "BrokerFailure";
}

/**
 * What Pact's verifier is told of a broker, once the broker answers: left alone, it would try for a minute.
 * @throws BrokerFailure
 */
export async function brokerSettings(options: BrokerOptions, env: NodeJS.ProcessEnv): Promise<object> {
  const url = options.url ?? env["PACT_BROKER_BASE_URL"];
  if (url === undefined || !/^https?:\/\//.test(url)) {
    throw new BrokerFailure("Which broker? Give broker.url, or set PACT_BROKER_BASE_URL.");
  }
  const token = options.token ?? env["PACT_BROKER_TOKEN"];
  const username = options.username ?? env["PACT_BROKER_USERNAME"];
  const password = options.password ?? env["PACT_BROKER_PASSWORD"];
  const providerVersion = options.providerVersion ?? env["GIT_COMMIT"];
  const branch = options.providerVersionBranch ?? env["GIT_BRANCH"];
  const publishes = options.publishVerificationResult ?? env["CI"] === "true";
  if (publishes && providerVersion === undefined) {
    throw new BrokerFailure("Results are published under a version: give broker.providerVersion, or set GIT_COMMIT.");
  }
  await reach(url, token === undefined ? basic(username, password) : `Bearer ${token}`);
  const enablePending = options.enablePending ?? true;
  const selectors = options.consumerVersionSelectors ?? SELECTORS;
  return {
    pactBrokerUrl: url,
    ...(token === undefined ? {} : { pactBrokerToken: token }),
    ...(token === undefined && username !== undefined
      ? { pactBrokerUsername: username, pactBrokerPassword: password ?? "" }
      : {}),
    // Without a branch there is none of the same name.
    consumerVersionSelectors: branch === undefined ? selectors.filter((one) => !("matchingBranch" in one)) : selectors,
    enablePending,
    ...(options.includeWipPactsSince === undefined ? {} : { includeWipPactsSince: options.includeWipPactsSince }),
    ...(providerVersion === undefined ? {} : { providerVersion }),
    ...(branch === undefined ? {} : { providerVersionBranch: branch }),
    // Pact asks for a version wherever the word stands, even as false.
    ...(publishes ? { publishVerificationResult: true } : {}),
  };
}

function basic(username: string | undefined, password: string | undefined): string | undefined {
  if (username === undefined) return undefined;
  return `Basic ${Buffer.from(`${username}:${password ?? ""}`).toString("base64")}`;
}

async function reach(url: string, authorization: string | undefined): Promise<void> {
  const headers = { accept: "application/hal+json", ...(authorization === undefined ? {} : { authorization }) };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(REACHABLE_MILLISECONDS) }).catch(
    (error: Error) => {
      const isLate = error.name === "TimeoutError";
      const reason = error.cause instanceof Error ? error.cause.message : error.message;
      throw new BrokerFailure(
        `The broker ${url} does not answer${isLate ? ` within ${REACHABLE_MILLISECONDS / 1_000} s` : `: ${reason}`}.`,
      );
    },
  );
  await response.body?.cancel();
  if (response.status === 401 || response.status === 403) {
    throw new BrokerFailure(
      `The broker ${url} refuses the credentials (${response.status}): set PACT_BROKER_TOKEN, or user name and password.`,
    );
  }
  if (!response.ok) throw new BrokerFailure(`The broker ${url} answers ${response.status}.`);
}
