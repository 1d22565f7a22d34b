export type {
  ChangelogEntry,
  CommandPage,
  CommandReference,
  ConsumerUsage,
  DocsAssets,
  DocsContract,
  DocsOptions,
  DocsSite,
  DocumentedChange,
  GuideFile,
  History,
  Logo,
  SignedExample,
  SiteLink,
  SourceText,
} from "./docs-site.ts";
export { emitDocs } from "./emit-docs.ts";
