/** How loudly a rule of `lint` speaks. */
export type RuleLevel = "error" | "warning" | "info" | "off";

/** What `diff` makes of a rule; `"off"` does not report it. */
export type DiffLevel = "breaking" | "risky" | "safe" | "off";

/** A change that was talked over and is wanted. It is still shown, and counts no more until the day it expires. */
export interface AcceptedChange {
  /** The rule that reports it: `"property-removed"`. */
  readonly rule: string;
  /** The contract, where several have such a change. */
  readonly contract?: string;
  /**
   * The webhook.
   * @default every webhook that has the change
   */
  readonly webhook?: string;
  /** What changed, as `diff` prints it: `"/customer/email"`. */
  readonly pointer: string;
  /** Why it is accepted, for whoever reads the configuration later. */
  readonly reason: string;
  /** The day from which on it counts again: `"2027-01-31"`. */
  readonly expires: string;
}

/** The settings of `diff`. */
export interface DiffConfig {
  /**
   * Levels of rules: `{ "enum-value-added": "breaking", "deprecated": "off" }`.
   * @default {} (each rule has its own level)
   */
  readonly levels?: Readonly<Record<string, DiffLevel>>;
  /**
   * Changes that are accepted for a while.
   * @default []
   */
  readonly accepted?: readonly AcceptedChange[];
}

/** The settings of a project, in `hookbook.config.ts`, `.mjs` or `.json`. Options of a command go before them. */
export interface Config {
  /**
   * The documents of a command that is given none: paths or patterns (`specs/*\/openapi.yaml`, `**`, `{a,b}`), counted
   * from the folder of the configuration, or URLs.
   * @default every `specs/*\/{openapi,asyncapi}.{yaml,yml,json}` and `specs/*.{yaml,yml,json}`
   */
  readonly documents?: readonly string[];
  /**
   * The folder that generated files go to.
   * @default "generated"
   */
  readonly out?: string;
  /**
   * `"ignore"` drops `additionalProperties: false` from the validators, for receivers that prefer tolerance.
   * @default the validators obey the document
   */
  readonly closed?: "ignore";
  /**
   * `"import"` lets generated code import the runtime from the package `hookbook`.
   * @default the runtime is generated beside it, and generated code needs nothing else
   */
  readonly runtime?: "import";
  /**
   * The folder that references may not leave.
   * @default the working folder where the document lies in it, else the document's own folder
   */
  readonly root?: string;
  /**
   * Hosts that references may be fetched from: `"schemas.example.com"`, or with a port.
   * @default [] (nothing is fetched)
   */
  readonly allowRemote?: readonly string[];
  /**
   * Which side AsyncAPI documents describe.
   * @default guessed for each document, and the guess is noted
   */
  readonly role?: "sender" | "receiver";
  /**
   * Levels of rules by their code: `{ "example-invalid": "error", "newer-version": "off" }`.
   * @default {} (each rule has its own level)
   */
  readonly rules?: Readonly<Record<string, RuleLevel>>;
  /** What `diff` makes of changes. */
  readonly diff?: DiffConfig;
  /** The pages that `hookbook docs` makes. */
  readonly docs?: DocsConfig;
}

/** How the published pages look and what is in them beside the contracts. Paths count from the folder of the configuration. */
export interface DocsConfig {
  /**
   * Stands in the head of every page.
   * @default the title of the only contract, or "Webhooks"
   */
  readonly title?: string;
  /** A picture before the title: an `.svg` or a `.png` file. */
  readonly logo?: string;
  /** A folder of Markdown files, each of which becomes a page. */
  readonly guides?: string;
  /**
   * Guides to list first, by their names without `.md`; the others follow by name.
   * @default []
   */
  readonly guidesFirst?: readonly string[];
  /**
   * The address on the web at which the folder of guides is: `"https://example.com/shop/blob/main/docs/"`. What a guide links to
   * that is a file and no guide is linked there.
   * @default such a link is shown as its text
   */
  readonly guidesAddress?: string;
  /** A style sheet that stands behind the site's own, to set its variables. */
  readonly style?: string;
  /**
   * A pact file, or a folder of them: the pages tell which consumers read which fields. `false` leaves them out.
   * @default the folder `pacts` of the output, where there is one
   */
  readonly pacts?: string | false;
  /**
   * Whether the pages tell what changed in the document's git history, or of how many of its newest revisions.
   * @default true (up to 20 revisions, fewer of a long document; nothing where it is in no repository)
   */
  readonly changelog?: boolean | number;
  /**
   * Whether the site has a page of Hookbook's own commands.
   * @default false
   */
  readonly commands?: boolean;
}

/**
 * Gives a configuration its types; returns it as it is.
 * ```ts
 * import { defineConfig } from "hookbook";
 * export default defineConfig({ documents: ["specs/*\/asyncapi.yaml"], role: "sender" });
 * ```
 */
export function defineConfig(config: Config): Config {
  return config;
}
