import type { Undelivered } from "./deliver.ts";

/** Says what a failed connection was about. */
export function deliveryProblem(error: NodeJS.ErrnoException, { hostname, host, port, protocol }: URL): Undelivered {
  // Of a host with several addresses, each has its error; they are alike.
  const first = error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException) : error;
  const code = first?.code ?? error.code ?? "";
  const at = port === "" ? `${host}:${protocol === "https:" ? 443 : 80}` : host;
  switch (code) {
    case "ECONNREFUSED":
      return { problem: `Nothing listens at ${at}.`, hint: "start the receiver first, or mend --to" };
    case "ENOTFOUND":
      return { problem: `There is no host ${hostname}.` };
    case "EAI_AGAIN":
      return { problem: `The host ${hostname} cannot be looked up just now.` };
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EADDRNOTAVAIL":
      return { problem: `${at} cannot be reached.` };
    case "ECONNRESET":
    case "EPIPE":
      return { problem: `${at} closed the connection without a reply.` };
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return { problem: `The certificate of ${at} is for another host.` };
    case "CERT_NOT_YET_VALID":
      return { problem: `The certificate of ${at} is not valid yet.` };
    case "CERT_HAS_EXPIRED":
      return { problem: `The certificate of ${at} has expired.` };
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
      return {
        problem: `The certificate of ${at} is signed by nobody who is trusted here.`,
        hint: "for one of your own, name the file of its issuer: NODE_EXTRA_CA_CERTS=ca.pem hookbook send …",
      };
  }
  if (code.startsWith("HPE_")) {
    return { problem: `${at} answers something that is not HTTP.`, hint: otherProtocol(protocol) };
  }
  if (code === "EPROTO" || code.startsWith("ERR_SSL")) {
    return { problem: `${at} does not speak TLS.`, hint: otherProtocol(protocol) };
  }
  return { problem: `${at} could not be reached: ${first?.message || error.message || code}.` };
}

function otherProtocol(protocol: string): string {
  return protocol === "https:" ? "does it listen for http:// instead" : "does it listen for https:// instead";
}
