import { createHmac } from "node:crypto";
import { examples as webrtc } from "../generated/bandwidth-webrtc/examples.js";
import { examples as conference } from "../generated/conference/examples.js";
import { encode as encodeConference } from "../generated/conference/index.js";

export const TOKEN = "a-token-of-the-admin-ui";
export const SECRET = "0123456789abcdef0123456789abcdef";

export interface ReceiveCase {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is delivered, with the credentials of each server: Standard Webhooks signs what the conference system does not. */
export async function receiveCase(name: string, server: string): Promise<ReceiveCase> {
  const json = { "content-type": "application/json" };
  switch (name) {
    case "webrtc":
      return { body: Buffer.from(JSON.stringify(Object.values(webrtc.onConnect)[0])), headers: json };
    case "conference": {
      const event = Object.values(conference.conference_end)[0];
      const { body } = await encodeConference("conference_end", event as never);
      if (server !== "express-standardwebhooks-zod")
        return { body: Buffer.from(body), headers: { ...json, "x-signing-token": TOKEN } };
      const time = String(Math.floor(Date.now() / 1_000));
      const key = Buffer.from(SECRET, "base64");
      const signature = createHmac("sha256", key).update(`msg_1.${time}.${body}`).digest("base64");
      const signed = { "webhook-id": "msg_1", "webhook-timestamp": time, "webhook-signature": `v1,${signature}` };
      return { body: Buffer.from(body), headers: { ...json, ...signed } };
    }
    case "github": {
      const { default: examples } = await import("@octokit/webhooks-examples", { with: { type: "json" } });
      const all = (examples as unknown as { name: string; examples: { action?: string }[] }[]).find(
        (one) => one.name === "pull_request",
      );
      const payload = all?.examples.find(({ action }) => action === "closed") ?? all?.examples[0];
      const body = Buffer.from(JSON.stringify(payload));
      const signature = createHmac("sha256", SECRET).update(body).digest("hex");
      const github = {
        "x-github-event": "pull_request",
        "x-github-delivery": "d",
        "x-hub-signature-256": `sha256=${signature}`,
      };
      return { body, headers: { ...json, ...github } };
    }
    default:
      throw new Error(`no case ${name}`);
  }
}
