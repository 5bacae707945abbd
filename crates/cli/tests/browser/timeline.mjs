// `/items/{id}`: the history of an item.
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { hostile, invoice, script, secrets } from "./fixtures.mjs";
import { open } from "./harness.mjs";

const inTime = invoice.processing_results.toSorted(
  (one, other) => new Date(one.processed_at) - new Date(other.processed_at),
);

/** Names and marks of what differs between two parse runs, from the data alone. */
function differences(before, now) {
  const [old, set] = [before, now].map((result) => result.job_config.parameters);
  const marks = {};
  for (const name of new Set([...Object.keys(old), ...Object.keys(set)])) {
    const [was, is] = [old[name] ?? null, set[name] ?? null];
    if (isDeepStrictEqual(was, is)) continue;
    marks[name] = was === null ? "added" : is === null ? "removed" : "changed";
  }
  return marks;
}

export const cases = {
  async "timeline: the runs stand in order, each with its job, time and output"({ browser, origin }) {
    const { page, close } = await open(browser, `${origin}/items/invoice-0001`);
    assert.equal(await page.locator("h1").innerText(), "invoice-0001.pdf");
    const runs = await page.locator(".run").evaluateAll((runs) =>
      runs.map((run) => ({
        job: run.querySelector("h2").textContent,
        at: run.querySelector("time").dateTime,
        output: run.querySelector(".output")?.textContent ?? "",
      })),
    );
    assert.deepEqual(
      runs.map(({ job, at, output }) => [job, Date.parse(at), output]),
      inTime.map((result) => [result.job_type, Date.parse(result.processed_at), result.output_s3_path]),
    );
    assert.deepEqual(await page.locator(".since").allInnerTexts(), [
      "6 minutes 51 seconds later",
      "46 days later",
      "2 minutes 36 seconds later",
    ]);
    assert.equal(await page.locator(".axis a").count(), runs.length);
    await close();
  },

  async "timeline: changed parameters are marked, the others are not"({ browser, origin }) {
    const { page, close } = await open(browser, `${origin}/items/invoice-0001`);
    const [first, second] = inTime.filter((result) => result.job_type === "parse");
    const marked = await page.locator("#result-3 .changes tr").evaluateAll((rows) =>
      rows.map((row) => [row.querySelector("th").textContent, row.querySelector(".mark").textContent]),
    );
    assert.deepEqual(Object.fromEntries(marked), differences(first, second));
    assert.equal(await page.locator(".changes").count(), 1);
    const mode = page.locator("#result-3 tr", { hasText: "parse_mode" });
    assert.equal(await mode.locator("del").innerText(), "parse_page_with_llm");
    assert.equal(await mode.locator("ins").innerText(), "parse_page_with_lvm");
    await close();
  },

  async "timeline: unchanged parameters open on request, without a script"({ browser, origin }) {
    const { page, close } = await open(browser, `${origin}/items/invoice-0001`, { javaScriptEnabled: false });
    const row = page.locator("#result-3 .same", { hasText: "max_pages" });
    assert.equal(await row.isVisible(), false);
    await page.locator("#result-3 summary").click();
    assert.equal(await row.isVisible(), true);
    await page.locator("#result-3 .compared a").click();
    assert.equal(new URL(page.url()).hash, "#result-1");
    await close();
  },

  async "timeline: secrets are masked"({ browser, origin }) {
    assert.ok(secrets.length > 5);
    for (const id of ["invoice-0001", "drift-0001", "item_id"]) {
      const { page, close } = await open(browser, `${origin}/items/${id}`);
      const html = await page.content();
      for (const secret of secrets) assert.ok(!html.includes(secret), `${secret} is in the page of ${id}`);
      await close();
    }
    const { page, close } = await open(browser, `${origin}/items/invoice-0001`);
    const key = page.locator("#result-3 tr", { hasText: "vendor_multimodal_api_key" });
    assert.equal(await key.locator("ins").innerText(), "***");
    const proxy = page.locator("#result-3 tr", { hasText: "http_proxy" });
    assert.equal(await proxy.locator("ins").innerText(), "http://***@proxy.example.com:3128");
    await close();
  },

  async "timeline: an item that is all script is text and runs nothing"({ browser, origin }) {
    const { page, seen, close } = await open(browser, `${origin}/items`);
    await page.locator(".items a", { hasText: script }).click();
    await page.locator(".timeline").waitFor();
    assert.equal(await page.locator("h1").innerText(), script);
    assert.equal(await page.title(), `${script} · processing-results`);
    const [, second] = hostile.processing_results;
    assert.equal(await page.locator("#result-2 h2").innerText(), second.job_type);
    assert.equal(await page.locator("#result-1 .output").first().innerText(), hostile.processing_results[0].output_s3_path);
    assert.equal(await page.evaluate(() => window.ran), undefined);
    assert.equal(await page.locator("main script, main img").count(), 0);
    assert.deepEqual([seen.complaints, seen.violations], [[], []]);
    await close();
  },
};
