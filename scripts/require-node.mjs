// The sources run as they are, without a build, which takes a Node that strips types. npm puts the right one on the
// PATH of its scripts (the devDependency `node`); this says so in one sentence where that did not happen.
const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 24) {
  process.stderr.write(
    `Working on Hookbook takes Node 24, and this is ${process.versions.node}: run "npm ci" and then the npm scripts, which bring their own.\n`,
  );
  process.exit(2);
}
