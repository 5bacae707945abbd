// The server, the browser, and an eye on what pages load and complain about.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";

export const root = join(import.meta.dirname, "../../../..");

/** Starts `serve` on the bundled examples and these items; `origin` is where it listens. */
export async function serve(binary, { items = [], args = [] } = {}) {
  const data = mkdtempSync(join(tmpdir(), "browser-tests-"));
  for (const name of ["documented", "drift", "history"]) {
    cpSync(join(root, `openapi/examples/${name}.json`), join(data, `${name}.json`));
  }
  items.forEach((item, at) => writeFileSync(join(data, `item-${at}.json`), JSON.stringify(item)));

  const child = spawn(binary, ["serve", "--listen", "127.0.0.1:0", "--data", data, ...args]);
  let said = "";
  const origin = await new Promise((resolve, reject) => {
    const hear = (chunk) => {
      said += chunk;
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) resolve(found[0]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", (chunk) => (said += chunk));
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`serve ended with ${code}: ${said}`)));
  });
  const stop = () =>
    new Promise((resolve) => {
      child.removeAllListeners("exit");
      child.on("exit", resolve);
      child.kill("SIGTERM");
    }).finally(() => rmSync(data, { recursive: true }));
  return { origin, stop };
}

/** A report on these items, as a file that `remove` removes, and what the command said. */
export async function report(binary, items, ids) {
  const folder = mkdtempSync(join(tmpdir(), "browser-report-"));
  const path = join(folder, "report.html");
  const server = await serve(binary, { items });
  const child = spawn(binary, ["report", "--items", "-", "--out", path, "--base-url", server.origin], {
    env: { ...process.env, LLAMA_CLOUD_API_KEY: "llx-mock-key" },
  });
  let said = "";
  child.stderr.on("data", (chunk) => (said += chunk));
  child.stdin.end(ids.join("\n"));
  const code = await new Promise((resolve) => child.on("close", resolve));
  await server.stop();
  return { code, said, path, url: pathToFileURL(path).href, remove: () => rmSync(folder, { recursive: true }) };
}

/** Headless, and without anything that Chromium does by itself on a network. */
export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

/** A page, and in `seen` all that it asked for and complained about. */
export async function open(browser, url, options = {}) {
  const usual = { viewport: { width: 1200, height: 900 }, reducedMotion: "reduce" };
  const context = await browser.newContext({ ...usual, ...options });
  const seen = { requests: [], complaints: [], violations: [] };
  context.on("request", (request) => seen.requests.push(request.url()));
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) seen.complaints.push(message.text());
  });
  context.on("weberror", (error) => seen.complaints.push(String(error.error())));
  await context.exposeBinding("violated", (_, what) => seen.violations.push(what));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      window.violated(`${event.violatedDirective}: ${event.blockedURI}`);
    });
  });
  const page = await context.newPage();
  const response = await page.goto(url);
  return { page, seen, response, close: () => context.close() };
}

/** Until the reference has drawn the call and the components. */
export async function drawn(page) {
  await page.locator(".opblock").first().waitFor();
  await page.locator(".models .model-container, .models .json-schema-2020-12").first().waitFor();
}

/** What axe finds that keeps somebody from using the page. */
export async function serious(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  const found = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`));
}
