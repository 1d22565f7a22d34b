/** The style of the page, light and dark. It must stay free of what depends on a document: its hash is the page's policy. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #fff; --ink: #1c2330; --quiet: #5d6778; --line: #dfe3ea; --code: #f3f5f8; --link: #1f5fbf;
  --breaking: #b3261e; --breaking-soft: #fdecea; --risky: #8a5a00; --risky-soft: #fff4dc; --safe: #1d6b3c; --safe-soft: #e6f5eb;
  --was: #ffe3e0; --now: #dcf5e3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11151c; --card: #191f29; --ink: #e4e8ef; --quiet: #9aa5b6; --line: #2b3443; --code: #141a23; --link: #8ab8ff;
    --breaking: #ff8a80; --breaking-soft: #3a1c1c; --risky: #ffc966; --risky-soft: #362a12; --safe: #7fd8a0; --safe-soft: #15301f;
    --was: #46211f; --now: #173b25;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
code, ol, .places { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .875em; }
code { overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, input:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
h1, h2, h3, h4, p { margin: 0; }
.quiet { color: var(--quiet); font-weight: 400; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; }
.top { background: var(--card); border-top: 6px solid var(--quiet); border-bottom: 1px solid var(--line); padding: 2rem max(1.5rem, calc(50vw - 40rem)) 1.5rem; }
.top.breaking, .top.unread { border-top-color: var(--breaking); }
.top.risky { border-top-color: var(--risky); }
.top.safe, .top.none { border-top-color: var(--safe); }
.eyebrow { color: var(--quiet); font-size: .8125rem; letter-spacing: .04em; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: .25rem 0 .5rem; overflow-wrap: anywhere; }
.verdict { font-size: 1.125rem; font-weight: 600; }
.breaking .verdict, .unread .verdict { color: var(--breaking); }
.risky .verdict { color: var(--risky); }
.safe .verdict, .none .verdict { color: var(--safe); }
.sides { display: flex; flex-wrap: wrap; gap: .25rem .75rem; margin-top: .75rem; color: var(--quiet); font-size: .9375rem; }
.sides b { font-weight: 600; color: var(--ink); }
.overview { list-style: none; margin: 1rem 0 0; padding: 0; }
.overview li { padding: .5rem 0; border-top: 1px solid var(--line); }
.overview a { font-weight: 600; }
.overview .sides { margin-top: 0; padding-left: 1rem; font-size: .875rem; }
.dot.none { background: var(--line); }
.notes { margin: 1rem 0 0; padding: .75rem 1rem .75rem 2rem; background: var(--risky-soft); border-radius: 6px; }
.counts { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem; padding: 1.25rem max(1.5rem, calc(50vw - 40rem)) 0; }
.counts label { display: flex; align-items: baseline; gap: .5rem; padding: .5rem 1rem .5rem .75rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; cursor: pointer; }
.counts input { accent-color: currentColor; align-self: center; margin: 0; }
.counts b { font-size: 1.25rem; font-variant-numeric: tabular-nums; }
.counts .breaking { color: var(--breaking); } .counts .risky { color: var(--risky); } .counts .safe { color: var(--safe); }
.counts p { font-size: .875rem; }
.columns { display: grid; grid-template-columns: minmax(11rem, 16rem) minmax(0, 1fr); gap: 2rem; padding: 1.5rem max(1.5rem, calc(50vw - 40rem)) 3rem; align-items: start; }
.columns:not(:has(nav)) { grid-template-columns: minmax(0, 1fr); }
nav { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow: auto; font-size: .875rem; }
nav ul { list-style: none; margin: 0 0 1rem; padding: 0; }
.nav-title { font-weight: 600; margin-bottom: .25rem; }
nav a { display: block; padding: .25rem .5rem; border-radius: 5px; color: var(--ink); text-decoration: none; overflow-wrap: anywhere; }
nav a:hover { background: var(--line); }
.dot { display: inline-block; width: .5rem; height: .5rem; border-radius: 50%; margin-right: .5rem; vertical-align: .0625rem; background: var(--safe); }
.dot.breaking { background: var(--breaking); } .dot.risky { background: var(--risky); border-radius: 1px; }
h2 { font-size: 1.375rem; margin: 0 0 1rem; }
.contract { scroll-margin-top: 1rem; }
.contract + .contract { margin-top: 3rem; }
.group { font-size: .9375rem; color: var(--quiet); font-weight: 600; margin: 0 0 .75rem; }
* + .group, section + section .group { margin-top: 2.5rem; }
.event { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.25rem 1.25rem; margin-bottom: 1rem; scroll-margin-top: 1rem; }
.event:target { border-color: var(--link); }
h4 { font-size: 1.0625rem; }
h4 code { font-size: 1em; }
.names { color: var(--quiet); font-size: .875rem; margin-top: .125rem; }
.names p, .untouched p { margin-top: .5rem; line-height: 1.9; }
.names code, .untouched code { margin-right: .5rem; }
summary { cursor: pointer; overflow-wrap: anywhere; }
.change { margin-top: 1rem; padding-left: .875rem; border-left: 3px solid var(--safe); }
.change.breaking { border-left-color: var(--breaking); } .change.risky { border-left-color: var(--risky); }
.what { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem .625rem; }
.level { padding: 0 .5rem; border-radius: 4px; font-size: .8125rem; font-weight: 600; line-height: 1.6; background: var(--safe-soft); color: var(--safe); }
.breaking .level { background: var(--breaking-soft); color: var(--breaking); } .risky .level { background: var(--risky-soft); color: var(--risky); }
.where { font-weight: 600; font-size: .9375em; }
.rule { margin-left: auto; color: var(--quiet); font-size: .8125rem; }
.message { margin-top: .25rem; max-width: 75ch; overflow-wrap: anywhere; }
.places { margin-top: .375rem; color: var(--quiet); font-size: .75rem; overflow-wrap: anywhere; }
.both { display: grid; grid-template-columns: 1fr 1fr; margin-top: .625rem; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; background: var(--code); }
.code { min-width: 0; overflow-x: auto; }
.code + .code { border-left: 1px solid var(--line); }
.code p { padding: .25rem .75rem; color: var(--quiet); font-size: .75rem; border-bottom: 1px solid var(--line); background: var(--card); }
.code .nothing { border: 0; background: none; padding: .5rem .75rem; font-size: .875rem; }
.code ol { list-style: none; margin: 0; padding: .25rem 0; line-height: 1.6; font-size: .8125rem; }
.code li { display: flex; min-height: 1.6em; padding-right: .75rem; }
.code i { flex: none; min-width: 3.25rem; padding: 0 .75rem 0 .5rem; text-align: right; font-style: normal; color: var(--quiet); opacity: .75; user-select: none; }
.code code { white-space: pre-wrap; min-width: 0; font-size: 1em; }
.code:first-child .changed { background: var(--was); }
.code:last-child .changed { background: var(--now); }
.code .gap { color: var(--quiet); }
.shared { list-style: none; margin: .75rem 0 0; padding: 0; font-size: .9375rem; }
.shared li { padding: .125rem 0; }
.brief { display: flex; flex-wrap: wrap; gap: .125rem 1rem; padding: .375rem 1.25rem; border-bottom: 1px solid var(--line); font-size: .9375rem; scroll-margin-top: 1rem; }
.brief > code { flex: 1 1 14rem; font-weight: 600; }
.brief:target { background: var(--card); }
.brief a { color: var(--quiet); font-size: .875rem; overflow-wrap: anywhere; }
.event + .brief { margin-top: 1.5rem; }
.untouched { color: var(--quiet); margin-top: 1rem; }
.accepted { padding-left: 1.25rem; }
.glossary dl { display: grid; grid-template-columns: minmax(0, max-content) minmax(0, 1fr); gap: .375rem 1rem; margin: 0; font-size: .9375rem; }
.glossary dd { margin: 0; color: var(--quiet); }
footer { color: var(--quiet); font-size: .8125rem; padding: 0 max(1.5rem, calc(50vw - 40rem)) 2rem; }
body:has(#show-breaking:not(:checked)) [data-level="breaking"],
body:has(#show-risky:not(:checked)) [data-level="risky"],
body:has(#show-safe:not(:checked)) [data-level="safe"] { display: none; }
@media (max-width: 52rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  nav { position: static; max-height: 16rem; border: 1px solid var(--line); border-radius: 8px; padding: .75rem; background: var(--card); }
  .both { grid-template-columns: minmax(0, 1fr); }
  .code + .code { border-left: 0; border-top: 1px solid var(--line); }
  .code .empty { display: none; }
  .glossary dl { grid-template-columns: 1fr; }
  .rule { margin-left: 0; }
}
@media print {
  nav, .counts, .skip { display: none; }
  .columns { grid-template-columns: minmax(0, 1fr); }
  .change { break-inside: avoid; }
}
`;
