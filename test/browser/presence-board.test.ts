/** The example's page, while events come. */
import { expect, test } from "vitest";
import { createPresenceServer } from "../../examples/presence-board/presence-board.ts";
import * as webrtc from "../../generated/bandwidth-webrtc/index.js";
import { serving } from "../examples/serving.ts";
import { launchBrowser } from "./browser.ts";

const TOKEN = "a-token-of-this-test";

async function deliver(origin: string, event: webrtc.ParticipantEvent["event"], timestamp: string): Promise<number> {
  const { method, headers, body } = await webrtc.encode(event, {
    event,
    participantId: "0f3e7f06-5d3c-4f0e-9c2b-1c2a4f0e9c2b",
    deviceId: "5a8b1f06-5d3c-4f0e-9c2b-1c2a4f0e9c2b",
    timestamp,
    tag: "<img src=x onerror=alert(1)>",
  } as never);
  return (await fetch(`${origin}/callbacks?token=${TOKEN}`, { method, headers, body })).status;
}

test("the board changes as events come, and what they hold stays text", async () => {
  const origin = await serving(createPresenceServer({ token: TOKEN }));
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("pageerror", ({ message }) => problems.push(message));
    page.on("dialog", (dialog) => problems.push(dialog.message()));
    await page.goto(origin);
    const status = page.getByRole("status");
    await status.getByText("Waiting for the first event.").waitFor();

    expect(await deliver(origin, "onConnect", "1628786234676")).toBeLessThan(300);
    await status.getByText("1 of 1 connected").waitFor();
    expect(await page.getByRole("row").nth(1).textContent()).toContain("<img src=x onerror=alert(1)>");

    expect(await deliver(origin, "onLeave", "1628786234677")).toBeLessThan(300);
    await status.getByText("0 of 1 connected").waitFor();
    expect(problems).toEqual([]);
  } finally {
    await browser.close();
  }
});
