// The pages of `serve`, and a report, in a real browser: node crates/cli/tests/browser/run.mjs BINARY
import { launch, serve } from "./harness.mjs";
import { hostile } from "./fixtures.mjs";
import { cases as pages } from "./pages.mjs";
import { cases as report } from "./report.mjs";
import { cases as reference } from "./reference.mjs";
import { cases as timeline } from "./timeline.mjs";

const [binary, only = ""] = process.argv.slice(2);
if (!binary) {
  console.error("usage: node crates/cli/tests/browser/run.mjs BINARY [PART OF A NAME]");
  process.exit(2);
}

const server = await serve(binary, { items: [hostile] });
const browser = await launch();
const all = Object.entries({ ...reference, ...timeline, ...pages, ...report });
let failed = 0;
const chosen = all.filter(([name]) => name.includes(only));
for (const [name, run] of chosen) {
  try {
    await run({ browser, binary, origin: server.origin });
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n${error.stack}`);
  }
}
await browser.close();
await server.stop();
console.log(`${chosen.length - failed} passed, ${failed} failed`);
process.exitCode = failed || !chosen.length ? 1 : 0;
