// `/reference`: the contract as an interactive reference.
import assert from "node:assert/strict";
import { components, invoice } from "./fixtures.mjs";
import { drawn, open, serve } from "./harness.mjs";

const execute = async (page) => {
  const answered = page.waitForResponse((response) => response.url().includes("/processing-results"));
  await page.getByRole("button", { name: "Execute" }).click();
  return answered;
};

export const cases = {
  async "reference: no text touches the edge of the window"({ browser, origin }) {
    for (const width of [360, 1280]) {
      const { page, close } = await open(browser, `${origin}/reference`, { viewport: { width, height: 740 } });
      await drawn(page);
      for (const part of [".info .title", ".schemes select", ".opblock", ".models"]) {
        const { x, width: wide } = await page.locator(part).first().boundingBox();
        assert.ok(x >= 12 && x + wide <= width - 12, `${part} at ${width}: ${x} and ${wide}`);
      }
      await close();
    }
  },

  async "reference: the call and all components are drawn"({ browser, origin }) {
    const { page, close } = await open(browser, `${origin}/reference`);
    await drawn(page);
    assert.ok(components.includes("ItemProcessingResults"), `read from the contract: ${components}`);
    const names = await page.locator(".models .model-title, .models .json-schema-2020-12__title").allInnerTexts();
    assert.deepEqual(names.map((name) => name.trim()), components);
    assert.equal(await page.locator(".opblock").count(), 1);
    const path = (await page.locator(".opblock-summary-path").innerText()).replaceAll("\u200b", "");
    assert.equal(path, "/api/v1/beta/batch-processing/items/{item_id}/processing-results");
    const parameters = await page.locator("tr[data-param-name]").evaluateAll((rows) =>
      rows.map((row) => row.dataset.paramName),
    );
    assert.deepEqual(parameters, ["item_id", "job_type", "organization_id", "project_id", "session"]);
    assert.equal(await page.locator(".errors-wrapper").count(), 0);
    await close();
  },

  async "reference: every component opens"({ browser, origin }) {
    const { page, seen, close } = await open(browser, `${origin}/reference`);
    await drawn(page);
    const parts = page.locator(".models .model-container, .models > .no-margin > .json-schema-2020-12");
    for (let at = 0; at < components.length; at += 1) {
      await parts.nth(at).locator("button, .model-toggle").first().click();
    }
    const text = await page.locator(".models").innerText();
    for (const field of ["adaptive_long_table", "webhook_headers", "parse_page_with_lvm", "output_s3_path"]) {
      assert.ok(text.includes(field), `${field} is not shown`);
    }
    assert.deepEqual(seen.complaints, []);
    await close();
  },

  async "reference: trying the call returns the example, the key is filled in"({ browser, origin }) {
    const { page, close } = await open(browser, `${origin}/reference`);
    await drawn(page);
    const response = await execute(page);
    assert.equal(new URL(response.url()).origin, origin);
    assert.equal((await response.request().allHeaders()).authorization, "Bearer llx-mock-key");
    assert.equal(response.status(), 200);
    assert.deepEqual(await response.json(), invoice);
    const shown = page.locator(".live-responses-table .response").first();
    await shown.waitFor();
    assert.match(await shown.innerText(), /^200[^]*"item_name": "invoice-0001\.pdf"/);
    await close();
  },

  async "reference: the call can be narrowed to a job type"({ browser, origin }) {
    const { page, close } = await open(browser, `${origin}/reference`);
    await drawn(page);
    await page.locator("tr[data-param-name=job_type] select").selectOption("extract");
    const { processing_results: results } = await (await execute(page)).json();
    assert.deepEqual(results.map((result) => result.job_type), ["extract"]);
    await close();
  },

  async "reference: a key of one's own is not given away, and can be typed in"({ browser, binary }) {
    const server = await serve(binary, { args: ["--api-key", "llx-of-ones-own"] });
    const { page, close } = await open(browser, `${server.origin}/reference`);
    await drawn(page);
    assert.doesNotMatch(await page.content(), /llx-of-ones-own/);
    assert.equal((await execute(page)).status(), 401);
    await page.getByRole("button", { name: "Authorize" }).first().click();
    await page.locator(".auth-container input").first().fill("llx-of-ones-own");
    await page.locator(".auth-btn-wrapper .authorize").first().click();
    await page.locator(".btn-done").first().click();
    assert.equal((await execute(page)).status(), 200);
    await close();
    await server.stop();
  },
};
