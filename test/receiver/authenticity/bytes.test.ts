import { expect, test } from "vitest";
import { fromText } from "../../../src/receiver/authenticity/bytes.ts";

const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const hex = Buffer.from(all).toString("hex");

test("hex is read in either case, every byte of it", () => {
  expect(fromText(hex, "hex")).toEqual(all);
  expect(fromText(hex.toUpperCase(), "hex")).toEqual(all);
  expect(fromText("", "hex")).toEqual(new Uint8Array());
});

test.each(["0", "0g", "/0", ":0", "@0", "`0", " 00", "００"])("%j is no hex", (text) => {
  expect(fromText(text, "hex")).toBeNull();
});
