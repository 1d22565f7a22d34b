import { describe, expect, test } from "vitest";
import { createRecogniser } from "../../src/runtime/recognise.ts";
import type { Condition, Delivery, Form } from "../../src/runtime/types.ts";

type Routes = Readonly<Record<string, readonly Condition[]>>;

/** The names of the webhooks that a payload may be: the same by whichever pointer they are looked up. */
function recognised(
  routes: Routes,
  payload: unknown,
  delivery: Delivery = {},
  methods: Readonly<Record<string, readonly string[]>> = {},
): readonly string[] {
  const webhooks = Object.entries(routes).map(([name, route]) => ({
    name,
    route,
    forms: (methods[name] ?? ["POST"]).map(
      (method): Form => ({ method, address: null, contentType: "application/json", encoding: "json" }),
    ),
  }));
  const pointers = new Set(["/unused", ...webhooks.flatMap(({ route }) => route.map(({ at }) => at))]);
  const namesBy = (pointer: string | null) => {
    const { settled, recognise } = createRecogniser(webhooks, pointer);
    const found = recognise(payload, delivery);
    // One look never says anything but what all conditions say.
    const only = settled(payload);
    if (only !== null) expect([only]).toEqual(found);
    return found.map(({ name }) => name).sort();
  };
  const names = namesBy(null);
  for (const pointer of pointers) expect(namesBy(pointer)).toEqual(names);
  return names;
}

const body = (at: string, value: Condition["value"]): Condition => ({ in: "body", at, value });
const header = (at: string, value: Condition["value"]): Condition => ({ in: "header", at, value });
const path = (value: string): Condition => ({ in: "path", at: "", value });

describe("body", () => {
  const routes: Routes = {
    hangup: [body("/eventType", "hangup")],
    reject: [body("/eventType", "hangup"), body("/cause", "CALL_REJECTED")],
    answer: [body("/eventType", ["answer", "answered"])],
  };

  test.each([
    { given: { eventType: "hangup" }, want: ["hangup"] },
    { given: { eventType: "hangup", cause: "NORMAL" }, want: ["hangup"] },
    { given: { eventType: "hangup", cause: "CALL_REJECTED" }, want: ["reject"] },
    { given: { eventType: "answered" }, want: ["answer"] },
    { given: { eventType: "other", cause: "CALL_REJECTED" }, want: [] },
    { given: { cause: "CALL_REJECTED" }, want: [] },
    { given: null, want: [] },
    { given: [], want: [] },
    { given: "hangup", want: [] },
    { given: '{"eventType":"hangup"}', want: ["hangup"] },
  ])("$given → $want", ({ given, want }) => {
    expect(recognised(routes, given)).toEqual(want);
  });

  test.each([
    { at: "/a/b", value: "x", given: { a: { b: "x" } }, want: true },
    { at: "/a/b", value: "x", given: { a: '{"b":"x"}' }, want: true },
    { at: "/a/b/c", value: "x", given: { a: '{"b":"{\\"c\\":\\"x\\"}"}' }, want: true },
    { at: "/a/b", value: "x", given: { a: "{" }, want: false },
    { at: "/a/0", value: "x", given: { a: ["x"] }, want: true },
    { at: "/a~1b/~0", value: "x", given: { "a/b": { "~": "x" } }, want: true },
    { at: "", value: "x", given: "x", want: true },
    { at: "/constructor/name", value: "Object", given: {}, want: false },
    { at: "/__proto__", value: "x", given: JSON.parse('{"__proto__":"x"}'), want: true },
    { at: "/length", value: 1, given: ["a"], want: false },
    { at: "/n", value: 1, given: { n: 1 }, want: true },
    { at: "/n", value: 1, given: { n: "1" }, want: true },
    { at: "/n", value: "1", given: { n: 1 }, want: false },
    { at: "/n", value: true, given: { n: "true" }, want: true },
    { at: "/n", value: null, given: { n: null }, want: true },
    { at: "/n", value: null, given: {}, want: false },
    { at: "/n", value: [1, 2], given: { n: 2 }, want: true },
  ] as const)("$at = $value in $given: $want, alone and among others", ({ at, value, given, want }) => {
    expect(recognised({ a: [body(at, value)] }, given)).toEqual(want ? ["a"] : []);
    const others = { b: [body("/other", "b"), body("/more", 1)], c: [body("/other", "c"), body("/more", 2)] };
    expect(recognised({ a: [body(at, value)], ...others }, given)).toEqual(want ? ["a"] : []);
  });

  test("two that look at one place with one value are both candidates", () => {
    expect(recognised({ a: [body("/t", "x")], b: [body("/t", "x")] }, { t: "x" })).toEqual(["a", "b"]);
  });

  test("one without conditions is taken where no other fits", () => {
    const routes = { any: [], a: [body("/t", "a")] };
    expect(recognised(routes, { t: "a" })).toEqual(["a"]);
    expect(recognised(routes, { t: "b" })).toEqual(["any"]);
  });

  test("of several that hold the one with the most conditions is taken, wherever they look", () => {
    const routes = { a: [body("/t", "a")], b: [body("/u", "b"), body("/v", "c")] };
    expect(recognised(routes, { t: "a", u: "b", v: "c" })).toEqual(["b"]);
    expect(recognised(routes, { t: "a", u: "b" })).toEqual(["a"]);
  });
});

describe("a list", () => {
  const single = { name: "single", route: [], forms: [] };
  const batch = { name: "batch", route: [], forms: [], isList: true };
  const typed = { name: "typed", route: [body("/t", "a")], forms: [] };

  test.each<{
    why: string;
    webhooks: readonly { name: string; route: readonly Condition[]; forms: readonly Form[] }[];
    given: unknown;
    want: string[];
  }>([
    {
      why: "may be a batch, or what says nothing of its shape",
      webhooks: [single, batch],
      given: [{}],
      want: ["single", "batch"],
    },
    {
      why: "is no single event whose route does not hold",
      webhooks: [typed, batch],
      given: [{ t: "a" }],
      want: ["batch"],
    },
    { why: "is what a batch must be", webhooks: [single, batch], given: {}, want: ["single"] },
    {
      why: "is what a batch must be, so an event that nobody knows is none",
      webhooks: [typed, batch],
      given: { t: "b" },
      want: [],
    },
    { why: "in a member is none", webhooks: [batch], given: { value: [] }, want: [] },
  ])("$why", ({ webhooks, given, want }) => {
    for (const pointer of [null, "/t"]) {
      expect(
        createRecogniser(webhooks, pointer)
          .recognise(given, {})
          .map(({ name }) => name),
      ).toEqual(want);
    }
  });
});

describe("header, query and path", () => {
  test.each<{ why: string; condition: Condition; delivery: Delivery; want: boolean }>([
    { why: "the header's value", condition: header("x-e", "a"), delivery: { headers: { "X-E": "a" } }, want: true },
    { why: "another value", condition: header("x-e", "a"), delivery: { headers: { "X-E": "b" } }, want: false },
    { why: "other headers only", condition: header("x-e", "a"), delivery: { headers: {} }, want: false },
    { why: "no headers: passed over", condition: header("x-e", "a"), delivery: {}, want: true },
    {
      why: "a number in a header",
      condition: header("x-e", [1, 2]),
      delivery: { headers: { "x-e": "2" } },
      want: true,
    },
    {
      why: "a query parameter",
      condition: { in: "query", at: "e", value: "a b" },
      delivery: { url: "/?e=x&e=a+b" },
      want: true,
    },
    { why: "another", condition: { in: "query", at: "e", value: "a" }, delivery: { url: "/?f=a" }, want: false },
    { why: "no URL: passed over", condition: { in: "query", at: "e", value: "a" }, delivery: {}, want: true },
    {
      why: "the end of the path",
      condition: path("/hooks/paid"),
      delivery: { url: "https://x.example/v1/hooks/paid?a=/x" },
      want: true,
    },
    { why: "slashes at the end", condition: path("/hooks/paid"), delivery: { url: "/hooks/paid/" }, want: true },
    { why: "another path", condition: path("/hooks/paid"), delivery: { url: "/hooks/lost" }, want: false },
    { why: "less than the template", condition: path("/hooks/paid"), delivery: { url: "/paid" }, want: false },
    { why: "part of a segment", condition: path("/paid"), delivery: { url: "/unpaid" }, want: false },
    {
      why: "a parameter is one segment",
      condition: path("/users/{id}/paid"),
      delivery: { url: "/users/5/paid" },
      want: true,
    },
    { why: "not two", condition: path("/users/{id}/paid"), delivery: { url: "/users/5/6/paid" }, want: false },
    { why: "no URL: passed over", condition: path("/paid"), delivery: {}, want: true },
  ])("$why: $want", ({ condition, delivery, want }) => {
    expect(recognised({ a: [condition] }, {}, delivery)).toEqual(want ? ["a"] : []);
  });

  test("a condition that cannot be judged counts neither way", () => {
    const routes = {
      a: [body("/t", "x"), header("x-e", "a")],
      b: [body("/t", "x"), header("x-e", "b")],
      c: [body("/t", "x")],
    };
    expect(recognised(routes, { t: "x" })).toEqual(["a", "b", "c"]);
    expect(recognised(routes, { t: "x" }, { headers: { "x-e": "b" } })).toEqual(["b"]);
    expect(recognised(routes, { t: "x" }, { headers: {} })).toEqual(["c"]);
  });
});

describe("method", () => {
  const alike: Routes = { made: [body("/kind", "a")], mended: [body("/kind", "a")], other: [body("/kind", "b")] };
  const methods = { made: ["POST"], mended: ["PUT", "PATCH"] };

  test.each([
    { method: "POST", want: ["made"] },
    { method: "patch", want: ["mended"] },
    { method: "DELETE", want: ["made", "mended"] },
    { method: undefined, want: ["made", "mended"] },
  ])("$method decides between those that nothing else tells apart", ({ method, want }) => {
    expect(recognised(alike, { kind: "a" }, { method }, methods)).toEqual(want);
  });

  test("decides nothing where conditions do", () => {
    expect(recognised(alike, { kind: "b" }, { method: "PUT" }, methods)).toEqual(["other"]);
  });
});
