import { describe, expect, test } from "vitest";
import type { Json } from "../../src/model/index.ts";
import { type Edit, editPayload, parseSet, parseUnset } from "../../src/send/edit-payload.ts";
import { Refusal } from "../../src/send/refusal.ts";

const PAYLOAD: Json = {
  id: 1,
  note: "plain",
  "a/b~c": true,
  list: [1, 2],
  data: '{"call":{"id":"c-1","legs":[1]}}',
  customer: { name: "Ada" },
};

function edited(...options: readonly string[]): Json | string {
  const edits = options.map((option) => {
    const [kind, text = ""] = option.split(/ (.*)/s);
    return kind === "set" ? parseSet(text) : parseUnset(text);
  });
  const refused = edits.find((edit) => edit instanceof Refusal);
  const result = refused ?? editPayload(PAYLOAD, edits as readonly Edit[]);
  return result instanceof Refusal ? [result.problem, result.hint].filter(Boolean).join(" – ") : result;
}

const changed = (members: object) => ({ ...(PAYLOAD as object), ...members });

describe("changes", () => {
  test.each<[readonly string[], Json]>([
    [["set /id=2"], changed({ id: 2 })],
    [["set /id=two"], changed({ id: "two" })],
    [["set /id="], changed({ id: "" })],
    [["set /id=a=b"], changed({ id: "a=b" })],
    [['set /id="2"'], changed({ id: "2" })],
    [["set /id=1e999"], changed({ id: "1e999" })],
    [["set /id=null"], changed({ id: null })],
    [["set /a~1b~0c=0"], changed({ "a/b~c": 0 })],
    [["set /list/0=9"], changed({ list: [9, 2] })],
    [["set /list/-=3", "set /list/3=4"], changed({ list: [1, 2, 3, 4] })],
    [["unset /list/0"], changed({ list: [2] })],
    [["set /new/deep/er=1"], changed({ new: { deep: { er: 1 } } })],
    [["set /customer/age=36"], changed({ customer: { name: "Ada", age: 36 } })],
    [["unset /customer/name"], changed({ customer: {} })],
    // Inside JSON that a string holds, and the whole of such a string.
    [["set /data/call/id=c-2"], changed({ data: '{"call":{"id":"c-2","legs":[1]}}' })],
    [["unset /data/call/legs/0"], changed({ data: '{"call":{"id":"c-1","legs":[]}}' })],
    [['set /data={"x":1}'], changed({ data: '{"x":1}' })],
    [["set /data=5"], changed({ data: 5 })],
    [
      ["set =[1,2]", "set /0=3"],
      [3, 2],
    ],
  ])("%j", (options, want) => {
    expect(edited(...options)).toEqual(want);
  });

  test("the order of members stays, the payload itself too, and __proto__ is a name like any other", () => {
    const before = JSON.stringify(PAYLOAD);
    expect(Object.keys(edited("set /id=2") as object)).toEqual(Object.keys(PAYLOAD as object));
    const polluted = edited("set /__proto__/x=1") as object;
    expect(Object.hasOwn(polluted, "__proto__")).toBe(true);
    expect(Object.getPrototypeOf(polluted)).toBe(Object.prototype);
    expect(JSON.stringify(PAYLOAD)).toBe(before);
  });
});

describe("what cannot be changed is said", () => {
  test.each([
    ["set id", "--set id has no value. – write --set /pointer=value"],
    ["set id=2", '--set: "id" is no JSON pointer. – did you mean --set /id'],
    ["set $.customer.name=2", '--set: "$.customer.name" is no JSON pointer. – did you mean --set /customer/name'],
    ["set /a~2=2", '--set: "/a~2" is no JSON pointer. – a tilde is written ~0, a slash in a name ~1'],
    ["set /id/x=2", '--set /id/x: "/id" is a number, and has no members.'],
    ["set /note/x=2", '--set /note/x: "/note" is a string that holds no JSON, and has no members.'],
    [
      "set /list/7=2",
      '--set /list/7: "/list" is a list of 2 items and has none at "7". – index from 0, or - for a new item at the end',
    ],
    ["unset /list/-", '--unset /list/-: "/list" is a list of 2 items and has none at "-".'],
    ["unset /custmer", '--unset /custmer: the payload has nothing at "/custmer". – did you mean /customer'],
    ["unset /customer/xyz", '--unset /customer/xyz: the payload has nothing at "/customer/xyz". – there are name'],
    ["unset /data/cal/id", '--unset /data/cal/id: the payload has nothing at "/data/cal". – did you mean /data/call'],
    ["unset ", "--unset needs a pointer to a member of the payload. – such as --unset /id"],
  ])("%s", (option, want) => {
    expect(edited(option)).toBe(want);
  });
});
