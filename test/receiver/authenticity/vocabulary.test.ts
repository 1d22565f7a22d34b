import { expect, test } from "vitest";
import vocabulary from "../../../src/check/vocabulary.schema.json" with { type: "json" };
import { completeRecipe } from "../../../src/receiver/authenticity/declaration.ts";
import { type PresetName, presets } from "../../../src/receiver/authenticity/presets.ts";

const { preset, recipe } = vocabulary.$defs;

test("the presets are those that the vocabulary names", () => {
  expect(Object.keys(presets).sort()).toEqual([...preset.enum].sort());
});

test("what is left out is what the vocabulary says", () => {
  const { format, signedContent, timestampUnit, toleranceSeconds, secretEncoding } = completeRecipe({
    header: "x",
    algorithm: "hmac-sha256",
    encoding: "hex",
  });
  const { properties } = recipe;
  expect({ format, signedContent, timestampUnit, toleranceSeconds, secretEncoding }).toEqual({
    format: properties.format.default,
    signedContent: properties.signedContent.default,
    timestampUnit: properties.timestampUnit.default,
    toleranceSeconds: properties.toleranceSeconds.default,
    secretEncoding: properties.secretEncoding.default,
  });
});

test("a preset says nothing that the vocabulary does not know", () => {
  const known = new Set(Object.keys(recipe.properties));
  for (const name of preset.enum) {
    expect(Object.keys(presets[name as PresetName]).filter((member) => !known.has(member))).toEqual([]);
  }
});
