export type {
  ChangelogEntry,
  CommandPage,
  CommandReference,
  ConsumerUsage,
  DocsAssets,
  DocsContract,
  DocsOptions,
  DocsSite,
  GuideFile,
  Logo,
  SignedExample,
  SiteLink,
  SourceText,
} from "./docs-site.ts";
export { emitDocs } from "./emit-docs.ts";
