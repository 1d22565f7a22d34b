import { nearest } from "../../diagnostics/index.ts";
import { joinPointer } from "../../json/index.ts";
import type { Schema } from "../../model/index.ts";
import type { SchemaDifference } from "../difference.ts";
import type { Node, ObjectFacts, Shape } from "../schema/shape.ts";
import type { Comparison, Proof } from "./pair.ts";

/** Notes how the properties of two objects differ. */
export function compareObjects(base: Shape, revision: Shape, comparison: Comparison): void {
  new ObjectComparison(base, revision, comparison).run();
}

/** New properties that are compared with one that is gone, to find it under its new name. */
const RENAMES_MAX = 50;

class ObjectComparison {
  readonly #base: Shape;
  readonly #revision: Shape;
  readonly #comparison: Comparison;

  constructor(base: Shape, revision: Shape, comparison: Comparison) {
    this.#base = base;
    this.#revision = revision;
    this.#comparison = comparison;
  }

  run(): void {
    const gone: string[] = [];
    const added: string[] = [];
    for (const name of namesOf(this.#base.object, this.#revision.object)) {
      const was = this.#comparison.base.declares(this.#base.object, name);
      const is = this.#comparison.revision.declares(this.#revision.object, name);
      if (was && is) this.#compareProperty(name);
      else if (was) gone.push(name);
      else if (is) added.push(name);
      else this.#compareUndeclared(name);
    }
    const renames = this.#renames(gone, added);
    for (const name of gone) this.#noteGone(name, renames.get(name));
    for (const name of added) this.#noteNew(name, [...renames].find(([, to]) => to === name)?.[0]);
    this.#compareRequired(new Set([...gone, ...added]));
    this.#compareDependentRequired();
    this.#comparePatterns();
    this.#compareAdditional();
  }

  #compareProperty(name: string): void {
    this.#comparison.enter(joinPointer("", name), this.#was(name), this.#is(name));
  }

  /** A property that both sides name, or one forbids by name. */
  #compareUndeclared(name: string): void {
    const [was, is] = [this.#was(name), this.#is(name)];
    const [wasNone, isNone] = [this.#comparison.base.isImpossible(was), this.#comparison.revision.isImpossible(is)];
    if (wasNone === isNone) {
      if (!wasNone) this.#comparison.enter(joinPointer("", name), was, is);
      return;
    }
    this.#differ(
      { kind: "constraint", fate: wasNone ? "loosened" : "tightened", keyword: "properties" },
      { forward: isNone, backward: wasNone },
      name,
    );
  }

  #noteGone(name: string, renamedTo: string | undefined): void {
    const is = this.#is(name);
    const wasRequired = this.#base.object.required.has(name);
    const isAllowed = !this.#comparison.revision.isImpossible(is);
    const isAny = this.#was(name).schemas.length === 0;
    const stays = this.#revision.object.required.has(name);
    this.#differ(
      { kind: "property-gone", name, wasRequired, isAllowed, ...(renamedTo === undefined ? {} : { renamedTo }) },
      { forward: (!wasRequired || stays) && (!isAllowed || isAny), backward: isAllowed && is.schemas.length === 0 },
      name,
    );
  }

  #noteNew(name: string, renamedFrom: string | undefined): void {
    const [was, is] = [this.#was(name), this.#is(name)];
    const isRequired = this.#revision.object.required.has(name);
    const wasAllowed = !this.#comparison.base.isImpossible(was);
    const isFree = !isRequired || this.#base.object.required.has(name);
    this.#differ(
      { kind: "property-new", name, isRequired, wasAllowed, ...(renamedFrom === undefined ? {} : { renamedFrom }) },
      { forward: wasAllowed, backward: isFree && (!wasAllowed || is.schemas.length === 0) },
      name,
    );
    // What the base said of properties it did not name holds for this one too.
    if (wasAllowed && was.schemas.length > 0) this.#comparison.enter(joinPointer("", name), was, is);
  }

  /** A property that is gone, and a new one of the same shape with much the same name. */
  #renames(gone: readonly string[], added: readonly string[]): ReadonlyMap<string, string> {
    const renames = new Map<string, string>();
    if (added.length > RENAMES_MAX || gone.length > RENAMES_MAX) return renames;
    const left = new Set(added);
    for (const name of gone) {
      const before = this.#comparison.base.typed(this.#was(name)).types;
      const alike = [...left].filter((one) => this.#comparison.revision.typed(this.#is(one)).types === before);
      const words = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
      const to = alike.find((one) => words(one) === words(name)) ?? nearest(name, alike);
      if (to === undefined) continue;
      renames.set(name, to);
      left.delete(to);
    }
    return renames;
  }

  #compareRequired(noted: ReadonlySet<string>): void {
    const [before, after] = [this.#base.object.required, this.#revision.object.required];
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const isRequired = after.has(name);
      if (noted.has(name) || isRequired === before.has(name)) continue;
      this.#differ({ kind: "requirement", name, isRequired }, { forward: isRequired, backward: !isRequired }, name);
    }
  }

  #compareDependentRequired(): void {
    const { base, revision } = { base: this.#base.object, revision: this.#revision.object };
    const isLost = missingDependencies(base, revision);
    const isNew = missingDependencies(revision, base);
    if (!isLost && !isNew) return;
    const fate = isLost ? (isNew ? "changed" : "loosened") : "tightened";
    this.#differ({ kind: "constraint", fate, keyword: "dependentRequired" }, { forward: !isLost, backward: !isNew });
  }

  #comparePatterns(): void {
    const [before, after] = [patternsOf(this.#base.object), patternsOf(this.#revision.object)];
    const additional = {
      base: this.#comparison.base.additional(this.#base.object),
      revision: this.#comparison.revision.additional(this.#revision.object),
    };
    for (const [pattern, schemas] of before) {
      const was = this.#comparison.base.node(schemas);
      const others = after.get(pattern);
      if (others !== undefined) {
        this.#enterAny(was, this.#comparison.revision.node(others));
        continue;
      }
      this.#notePattern(this.#comparison.prove(was, additional.revision));
    }
    for (const [pattern, schemas] of after) {
      if (before.has(pattern)) continue;
      this.#notePattern(this.#comparison.prove(additional.base, this.#comparison.revision.node(schemas)));
    }
  }

  /** @param proof  of properties of these names: what is said of them there, and what is said of any others here */
  #notePattern(proof: Proof): void {
    if (proof.forward && proof.backward) return;
    const fate = proof.forward ? "tightened" : proof.backward ? "loosened" : "changed";
    this.#differ({ kind: "constraint", fate, keyword: "patternProperties" }, proof);
  }

  #compareAdditional(): void {
    const was = this.#comparison.base.additional(this.#base.object);
    const is = this.#comparison.revision.additional(this.#revision.object);
    const [isClosedBase, isClosed] = [
      this.#comparison.base.isImpossible(was),
      this.#comparison.revision.isImpossible(is),
    ];
    if (isClosedBase && isClosed) return;
    if (!isClosedBase && !isClosed) this.#enterAny(was, is);
    else this.#differ({ kind: "object", isOpen: isClosedBase }, { forward: isClosed, backward: isClosedBase });
  }

  #enterAny(was: Parameters<Comparison["enter"]>[1], is: Parameters<Comparison["enter"]>[2]): void {
    this.#comparison.enter("/*", was, is);
  }

  #was(name: string) {
    return this.#comparison.base.property(this.#base.object, name);
  }

  #is(name: string) {
    return this.#comparison.revision.property(this.#revision.object, name);
  }

  /** @param name  the property that it is about; the object itself where left out */
  #differ(difference: SchemaDifference, proof: Proof, name?: string): void {
    const { base, revision } = this.#comparison;
    const written = (side: Comparison["base"], { object, schemas }: Shape, property: Node | null) =>
      side.locate([...(property?.schemas ?? []), ...object.parts.map(({ holder }) => holder), ...schemas]);
    this.#comparison.differ({
      ...difference,
      at: name === undefined ? "" : joinPointer("", name),
      ...proof,
      base: written(base, this.#base, name === undefined ? null : this.#was(name)),
      revision: written(revision, this.#revision, name === undefined ? null : this.#is(name)),
    });
  }
}

function namesOf(...facts: readonly ObjectFacts[]): ReadonlySet<string> {
  return new Set(facts.flatMap(({ parts }) => parts.flatMap(({ properties }) => Object.keys(properties))));
}

function patternsOf({ parts }: ObjectFacts): ReadonlyMap<string, readonly Schema[]> {
  const found = new Map<string, Schema[]>();
  for (const { patterns } of parts) {
    for (const [pattern, schema] of patterns) found.set(pattern, [...(found.get(pattern) ?? []), schema]);
  }
  return found;
}

/** Whether one object says of some property that another must come with it, and the other object does not. */
function missingDependencies(one: ObjectFacts, other: ObjectFacts): boolean {
  return [...one.dependentRequired].some(([name, needed]) =>
    [...needed.keys()].some(
      (wanted) =>
        wanted !== name && !other.required.has(wanted) && other.dependentRequired.get(name)?.has(wanted) !== true,
    ),
  );
}
