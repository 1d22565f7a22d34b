import type { Contract, Json, Webhook } from "../../model/index.ts";
import type { TypeTexts } from "../type-texts.ts";

/** Everything that a site is made of. */
export interface DocsSite {
  readonly contracts: readonly DocsContract[];
  /** In the order in which they are to be listed. */
  readonly guides: readonly GuideFile[];
}

/** A contract with what else its pages show. */
export interface DocsContract {
  readonly contract: Contract;
  /** The document as commands name it: `specs/orders/openapi.yaml`. */
  readonly documentPath: string;
  /** Pointers to the operations and messages that the webhooks were read from. */
  readonly origins: readonly string[];
  /** The document's own text, to be downloaded, and before all others that of the entry. */
  readonly sources: readonly SourceText[];
  /** What `types.ts` has, of which each event's page shows some. */
  readonly types: TypeTexts;
  /** Writes a payload as the names and texts of a query or form. */
  readonly fieldsOf: (webhook: Webhook, payload: Json) => readonly (readonly [name: string, text: string])[];
  /** By webhook name: the type of the event. */
  readonly eventTypes: ReadonlyMap<string, string>;
  /** By scheme name, for schemes that sign: a delivery that was really signed. */
  readonly signatures?: ReadonlyMap<string, SignedExample>;
  /** Which consumers use what, as their pacts say. */
  readonly usage?: readonly ConsumerUsage[];
  readonly history?: History;
  /** What else there is about it, made by others. */
  readonly links?: readonly SiteLink[];
}

/** A way to pages that are not made here. */
export interface SiteLink {
  readonly text: string;
  /** From the site's root, with slashes, or an address on the web. */
  readonly to: string;
}

export interface SourceText {
  /** Relative to the entry's folder, with slashes; it may lead upwards. */
  readonly path: string;
  readonly text: string;
}

/** A page of Markdown. */
export interface GuideFile {
  /** Relative to the guides' folder, with slashes: `receive.md`, `diagnostics/name-unsafe.md`. */
  readonly path: string;
  readonly text: string;
}

/** A signature made with a secret that everybody may know, so that a reader can make it too. */
export interface SignedExample {
  readonly algorithm: string;
  readonly secret: string;
  /** What was signed, as text. */
  readonly content: string;
  readonly body: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What one consumer's pacts say of one webhook. */
export interface ConsumerUsage {
  readonly consumer: string;
  readonly webhook: string;
  /** The fields it reads, as JSON pointers into the decoded event; `*` stands for every item of a list. */
  readonly fields: readonly string[];
  /** The headers it reads, in lower case. */
  readonly headers: readonly string[];
}

/** What became of a document, as its receivers felt it. */
export interface History {
  /** The newest first. */
  readonly entries: readonly ChangelogEntry[];
  /** False where it goes further back. */
  readonly isComplete: boolean;
}

/** What changed for receivers from one state of the document to the next. */
export interface ChangelogEntry {
  /** The document's version. */
  readonly version: string;
  /** As the history has it: `2026-03-01`; none where it is in no history yet. */
  readonly date?: string;
  readonly changes: readonly DocumentedChange[];
}

/** One edit, and all that it reaches. */
export interface DocumentedChange {
  readonly level: "breaking" | "risky" | "safe";
  /** Names, each once. */
  readonly webhooks: readonly string[];
  readonly message: string;
  /** Where in the decoded event, as JSON pointers; none for what lies elsewhere. */
  readonly fields: readonly string[];
}

export interface DocsOptions {
  readonly title: string;
  readonly logo?: Logo;
  /** The pages of a command, in the order in which they are listed. */
  readonly commands?: CommandReference;
  /** Beside the contracts and guides. */
  readonly links?: readonly SiteLink[];
  readonly assets: DocsAssets;
  /** Where the guides were read, for messages. */
  readonly guidesFolder?: string;
  /** Where on the web a file is that guides link to and that is no page, if it is there; its path counts from their folder. */
  readonly fileAddress?: (path: string) => string | null;
}

/** A picture as it is written into the site. */
export interface Logo {
  /** The text of an SVG. */
  readonly svg: string;
  /** In CSS pixels, so that nothing moves when it comes. */
  readonly width: number;
  readonly height: number;
}

/** The style sheet and scripts, the same for every site. */
export interface DocsAssets {
  readonly style: string;
  /** Runs before the page is drawn. */
  readonly theme: string;
  readonly site: string;
  /** Loaded when somebody searches. */
  readonly search: string;
}

/** A command line's own reference, as the program that parses it knows it. */
export interface CommandReference {
  readonly name: string;
  readonly description: string;
  readonly notes: string;
  readonly commands: readonly CommandPage[];
}

export interface CommandPage {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly arguments: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly {
    readonly flags: string;
    readonly description: string;
    readonly choices?: readonly string[];
    readonly default?: Json;
  }[];
  readonly example?: string;
}
