import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { visible } from "../diagnostics/index.ts";
import { version } from "../version.ts";
import { type Context, type ExitCode, UsageError } from "./context.ts";

/** Runs one command line. Whatever goes wrong ends in a sentence on standard error and a status, never in a stack trace. */
export async function runProgram(args: readonly string[], context: Context): Promise<ExitCode> {
  let status: ExitCode = 0;
  const program = createProgram(context, (code) => {
    status = code;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError) {
      // Both may quote a document: the names of its webhooks, say.
      const hint = error.hint === undefined ? "" : `\n  hint: ${visible(error.hint)}`;
      context.stderr(`${visible(error.message)}${hint}\n`);
      return 2;
    }
    throw error;
  }
}

/** @param onDone  is told the status of the command that ran */
export function createProgram(context: Context, onDone: (status: ExitCode) => void): Command {
  const program = new Command("hookbook")
    .description("One description of your webhooks; types, validators and checks made from it.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .showHelpAfterError("(see hookbook --help)")
    .exitOverride()
    .configureOutput({
      writeOut: context.stdout,
      writeErr: context.stderr,
      getOutHasColors: () => context.colors.stdout,
      getErrHasColors: () => context.colors.stderr,
    })
    .addHelpText(
      "after",
      "\nDocuments are AsyncAPI or OpenAPI files, or REV:path for one of a git revision. Without any, those are taken that\n" +
        "hookbook.config.{ts,mjs,json} names, else specs/*/{openapi,asyncapi}.{yaml,yml,json} and specs/*.{yaml,yml,json}.\n" +
        "\nStatus: 0 clean, 1 findings, 2 could not do it.",
    );

  command("generate", "write types, validators and decoder of each document to generated/<contract>/")
    .addArgument(documents())
    .option("--out <dir>", "folder to write to (default: generated)")
    .option("--check", "write nothing; status 1 where files are stale, and which")
    .option("--watch", "write again whenever a document is saved")
    .addOption(new Option("--closed <how>", "drop additionalProperties: false").choices(["ignore"]))
    .addOption(new Option("--runtime <how>", "import the runtime from the package").choices(["import"]))
    .addHelpText("after", example("hookbook generate specs/orders/asyncapi.yaml --out generated"))
    .action(async (paths: string[], options) => {
      const { generate } = await import("./commands/generate.ts");
      onDone(await generate(paths, options, context));
    });

  command("list", "show every webhook with its route and place, and what was left out")
    .addArgument(documents())
    .addOption(new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"))
    .addHelpText("after", example("hookbook list specs/orders/openapi.yaml --format json"))
    .action(async (paths: string[], options) => {
      const { list } = await import("./commands/list.ts");
      onDone(await list(paths, options, context));
    });

  const pact = program
    .command("pact")
    .description("hold pacts of consumers against a document")
    .helpCommand(false)
    .addHelpText("after", example("hookbook pact check specs/orders/openapi.yaml generated/pacts"));

  command("check", "check whether each pact expects only what the document promises", pact)
    .argument("<document>", "the description")
    .argument("<pacts...>", "pact files of version 1 to 4, or folders of them")
    .addOption(
      new Option("--format <format>", "how to print").choices(["text", "json", "junit", "github"]).default("text"),
    )
    .addHelpText("after", example("hookbook pact check specs/orders/openapi.yaml generated/pacts/billing-orders.json"))
    .action(async (path: string, pacts: string[], options) => {
      const { pactCheck } = await import("./commands/pact-check.ts");
      onDone(await pactCheck(path, pacts, options, context));
    });

  command("coverage", "show which documented events and properties the pacts of consumers cover", pact)
    .argument("<document>", "the description")
    .argument("<pacts...>", "pact files of version 1 to 4, or folders of them")
    .addOption(new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"))
    .addOption(
      new Option("--min <percent>", "status 1 where fewer of the events are handled").argParser((value: string) => {
        const number = Number(value);
        if (/^\d+(?:\.\d+)?$/.test(value) && number <= 100) return number;
        throw new InvalidArgumentError("It must be a number from 0 to 100.");
      }),
    )
    .addHelpText("after", example("hookbook pact coverage specs/orders/openapi.yaml generated/pacts --min 100"))
    .action(async (path: string, pacts: string[], options) => {
      const { pactCoverage } = await import("./commands/pact-coverage.ts");
      onDone(await pactCoverage(path, pacts, options, context));
    });

  command("lint", "check whether documents are right, complete and usable")
    .addArgument(documents())
    .addOption(
      new Option("--format <format>", "how to print")
        .choices(["text", "json", "sarif", "junit", "github"])
        .default("text"),
    )
    .addOption(
      new Option("--fail-on <severity>", "status 1 from which severity").choices(["error", "warning"]).default("error"),
    )
    .option("--update-baseline", "accept what is found now, in .hookbook-baseline.json")
    .addHelpText("after", example("hookbook lint specs/orders/asyncapi.yaml --format sarif > lint.sarif"))
    .action(async (paths: string[], options) => {
      const { lint } = await import("./commands/lint.ts");
      onDone(await lint(paths, options, context));
    });

  command("validate", "check recorded or sample payloads against a contract")
    .argument("<document>", "the description")
    .argument("<payloads...>", ".json (one), .ndjson (one a line), or - for standard input")
    .option("--webhook <name>", "take every payload for this webhook, by name or key")
    .addOption(
      new Option("--as <kind>", "what the payloads are (default: a recorded delivery where it looks like one)").choices(
        ["body", "delivery"],
      ),
    )
    .addOption(new Option("--format <format>", "how to print").choices(["text", "json", "junit"]).default("text"))
    .addHelpText("after", example("hookbook validate specs/orders/openapi.yaml recorded/*.json"))
    .action(async (path: string, payloads: string[], options) => {
      const { validate } = await import("./commands/validate.ts");
      onDone(await validate(path, payloads, options, context));
    });

  command("diff", "tell what changed for receivers between two revisions, and how bad it is")
    .argument(
      "[documents...]",
      "BASE and REVISION: documents, folders of documents, or REV:path; with --base, documents",
    )
    .option("--base <rev>", "compare documents of the working folder (default: the project's) with this git revision")
    .addOption(
      new Option("--format <format>", "how to print")
        .choices(["text", "json", "markdown", "html", "sarif", "junit", "github"])
        .default("text"),
    )
    .addOption(
      new Option("--fail-on <level>", "status 1 from which level")
        .choices(["breaking", "risky", "none"])
        .default("breaking"),
    )
    .option("--prose", "report changed descriptions, examples and tags too")
    .option("--frames", "as text, show the lines around each place")
    .option("--pacts <dir>", "pacts of consumers: say which of them each change reaches")
    .option("--explain <rule>", "print what a rule means, and compare nothing")
    .addHelpText("after", example("hookbook diff main:specs/orders/openapi.yaml specs/orders/openapi.yaml"))
    .action(async (documents: string[], options) => {
      const { diff } = await import("./commands/diff.ts");
      onDone(await diff(documents, options, context));
    });

  command("changelog", "tell what changed for receivers over the git history of a document")
    .argument("<document>", "the description; REV:path for its history up to a revision")
    .addOption(new Option("--format <format>", "how to print").choices(["markdown", "json"]).default("markdown"))
    .option("--limit <count>", "how many revisions are read, the newest first", positiveInteger, 200)
    .option("--prose", "report changed descriptions, examples and tags too")
    .addHelpText("after", example("hookbook changelog specs/orders/openapi.yaml > CHANGES.md"))
    .action(async (path: string, options) => {
      const { changelog } = await import("./commands/changelog.ts");
      onDone(await changelog(path, options, context));
    });

  command("export", "write a contract as AsyncAPI 3.0, OpenAPI 3.1 or JSON Schema")
    .argument("<document>", "the description")
    .addOption(
      new Option("--to <format>", "what to write")
        .choices(["asyncapi", "openapi", "json-schema"])
        .makeOptionMandatory(),
    )
    .option("--out <file>", "file to write, as YAML where it ends in .yaml or .yml (default: JSON to standard output)")
    .addHelpText("after", example("hookbook export specs/orders/openapi.yaml --to asyncapi --out orders.asyncapi.yaml"))
    .action(async (path: string, options) => {
      const { exportDocument } = await import("./commands/export.ts");
      onDone(await exportDocument(path, options, context));
    });

  command("template", "run an installed template of AsyncAPI Generator on a contract")
    .argument("<document>", "the description")
    .argument("<template>", "an installed package, or a folder")
    .requiredOption("--out <dir>", "folder to write to")
    .option("--param <name=value>", "parameter of the template (repeatable)", collect, [])
    .addHelpText(
      "after",
      example("hookbook template specs/orders/openapi.yaml @asyncapi/html-template --out site --param singleFile=true"),
    )
    .action(async (path: string, name: string, options) => {
      const { template } = await import("./commands/template.ts");
      onDone(await template(path, name, options, context));
    });

  command("docs", "write a static HTML site about each document to generated/docs/")
    .addArgument(documents())
    .option("--out <dir>", "folder to write to (default: generated/docs)")
    .option("--title <text>", "title of the site")
    .option("--guides <dir>", "folder of Markdown files that become pages too")
    .option(
      "--link <[contract:]text=address>",
      "link to a page that is not made here, of the site or of a contract (repeatable)",
      collect,
      [],
    )
    .option(
      "--pacts <path>",
      "pact file, or folder of them, that tells which consumers read which fields (default: generated/pacts)",
    )
    .option("--no-pacts", "say nothing of consumers")
    .option("--no-changelog", "say nothing of what changed in the documents' git history")
    .option("--check", "write nothing; status 1 where files are stale, and which")
    .option("--watch", "serve the pages on this machine, and make them again whenever a document or guide is saved")
    .addOption(
      new Option("--port <number>", "where --watch serves (default: 4400, or any that is free)").argParser(port),
    )
    .addHelpText("after", example("hookbook docs specs/orders/asyncapi.yaml --out site"))
    .action(async (paths: string[], options) => {
      const { docs } = await import("./commands/docs.ts");
      onDone(await docs(paths, options, context));
    });

  const edits: { option: "set" | "unset"; text: string }[] = [];
  const edit = (option: "set" | "unset") => (text: string) => {
    edits.push({ option, text });
    return edits;
  };
  command("send", "deliver an event, signed, to a receiver")
    .argument("<document>", "the description")
    .argument("<webhook>", "which event, by name or key")
    .option("--to <url>", "where to send it")
    .option("--example <name>", "which example; minimal, full and more are made from the schema (default: the first)")
    .option("--form <form>", "method, content type or encoding, where there are several (default: the first)")
    .option("--set <pointer=json>", "change the payload; what is not JSON is a string (repeatable)", edit("set"))
    .option("--unset <pointer>", "take something out of the payload (repeatable)", edit("unset"))
    .option("--header <name: value>", "send this header; without a value, send none (repeatable)", collect, [])
    .option(
      "--secret <name=value>",
      "secret of a security scheme; else $HOOKBOOK_SECRET_<NAME> (repeatable)",
      collect,
      [],
    )
    .option("--unsigned", "send it without credentials")
    .option("--timeout <seconds>", "how long to wait for the reply", "30")
    .option("--dry-run", "send nothing; print the request, and a curl command that makes it")
    .addOption(new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"))
    .addHelpText(
      "after",
      `${example("hookbook send specs/orders/openapi.yaml order.paid --to http://localhost:3000/hooks --set /amount=0")}\n\n` +
        "Status: 0 the receiver accepted it (2xx), 1 it did not, 2 it could not be delivered.",
    )
    .action(async (path: string, webhook: string, options) => {
      const { send } = await import("./commands/send.ts");
      onDone(await send(path, webhook, { ...options, edits }, context));
    });

  return program;

  function command(name: string, summary: string, parent = program): Command {
    return parent
      .command(name)
      .description(summary)
      .option("--root <dir>", "folder that references may not leave")
      .option("--allow-remote <host>", "host that references may be fetched from (repeatable)", collect, [])
      .addOption(
        new Option("--role <role>", "which side an AsyncAPI document describes (default: guessed)").choices([
          "sender",
          "receiver",
        ]),
      );
  }
}

function documents(): Argument {
  return new Argument("[documents...]", "AsyncAPI or OpenAPI documents").default([], "the project's");
}

function port(value: string): number {
  const number = Number(value);
  if (/^\d{1,5}$/.test(value) && number <= 65_535) return number;
  throw new InvalidArgumentError("It must be a number up to 65535.");
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function positiveInteger(value: string): number {
  if (!/^[1-9][0-9]{0,5}$/.test(value)) throw new InvalidArgumentError("Not a whole number from 1 on.");
  return Number(value);
}

function example(line: string): string {
  return `\nExample:\n  $ ${line}`;
}
