// What holds for every page.
import assert from "node:assert/strict";
import { contrasts } from "./contrasts.mjs";
import { hostile } from "./fixtures.mjs";
import { drawn, open, serious, serve } from "./harness.mjs";

const items = ["invoice-0001", "drift-0001", "item_id", hostile.item_id];
const reference = "/reference";
const paths = ["/", reference, "/items?q=invoice&sort=name", ...items.map((id) => `/items/${encodeURIComponent(id)}`)];

const visit = async (browser, origin, path, options) => {
  const visited = await open(browser, origin + path, options);
  if (path === reference) await drawn(visited.page);
  return visited;
};

export const cases = {
  async "pages: nothing is asked of another origin, and no policy is violated"({ browser, origin }) {
    for (const path of paths) {
      const { page, seen, response, close } = await visit(browser, origin, path);
      if (path === reference) {
        await page.getByRole("button", { name: "Execute" }).click();
        await page.locator(".live-responses-table").waitFor();
      }
      await page.waitForLoadState("networkidle");
      const elsewhere = seen.requests.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith("data:"));
      assert.deepEqual(elsewhere, [], path);
      assert.deepEqual([seen.complaints, seen.violations], [[], []], path);
      const policy = response.headers()["content-security-policy"];
      assert.match(policy, /^default-src 'none';/, path);
      assert.doesNotMatch(policy, /unsafe/, path);
      await close();
    }
  },

  async "pages: the policy stops a script that gets in, and the tests notice"({ browser, origin }) {
    for (const path of [reference, "/items/invoice-0001"]) {
      const { page, seen, close } = await visit(browser, origin, path);
      await page.evaluate(() => {
        const script = document.createElement("script");
        script.textContent = "window.ran = true";
        document.body.append(script);
        const image = new Image();
        image.src = "http://127.0.0.1:9/";
      });
      await page.waitForTimeout(200);
      assert.equal(await page.evaluate(() => window.ran), undefined);
      assert.equal(seen.violations.length, 2, String(seen.violations));
      await close();
    }
  },

  async "pages: dark looks different, and every text can be read in both"({ browser, origin }) {
    for (const path of paths) {
      const grounds = [];
      for (const colorScheme of ["light", "dark"]) {
        const { page, close } = await visit(browser, origin, path, { colorScheme });
        grounds.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
        // Swagger UI is responsible for its own colours.
        const weak = path === reference ? [] : (await page.evaluate(contrasts)).filter(({ contrast }) => contrast < 4.5);
        assert.deepEqual(weak, [], `${path} ${colorScheme}`);
        await close();
      }
      assert.notEqual(grounds[0], grounds[1], path);
    }
  },

  async "pages: the reference follows a change of the colour scheme"({ browser, origin }) {
    const { page, close } = await visit(browser, origin, reference, { colorScheme: "light" });
    const title = () => page.locator(".info .title").evaluate((title) => getComputedStyle(title).color);
    const before = await title();
    await page.emulateMedia({ colorScheme: "dark" });
    assert.notEqual(await title(), before);
    await close();
  },

  async "pages: nothing is cut off on a narrow screen"({ browser, origin }) {
    for (const path of paths) {
      const { page, close } = await visit(browser, origin, path, { viewport: { width: 360, height: 740 } });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, path);
      await close();
    }
  },

  async "pages: axe finds nothing serious"({ browser, origin }) {
    for (const path of [...paths, "/items/no-such-item"]) {
      for (const colorScheme of ["light", "dark"]) {
        const { page, close } = await visit(browser, origin, path, { colorScheme, bypassCSP: true });
        assert.deepEqual(await serious(page), [], `${path} ${colorScheme}`);
        await close();
      }
    }
  },

  async "pages: items are found, sorted and paged, and what repeats is marked"({ browser, binary }) {
    const result = (id, at) => ({
      item_id: id, result_id: `${id}-${at}`, job_type: "parse", job_config: {}, parameters_hash: "h",
      processed_at: `2026-01-0${at}T00:00:00Z`, output_s3_path: `s3://b/${id}/${at}`,
    });
    const items = Array.from({ length: 120 }, (_, at) => {
      const id = `doc-${String(at).padStart(3, "0")}`;
      const results = at === 7 ? [result(id, 1), result(id, 2)] : [result(id, 1)];
      return { item_id: id, item_name: `${id}.pdf`, processing_results: results };
    });
    const server = await serve(binary, { items });
    const { page, close } = await open(browser, `${server.origin}/`);
    assert.equal(await page.locator(".items li").count(), 50);
    await page.getByRole("link", { name: "Next" }).click();
    assert.match(await page.locator(".pages").innerText(), /page 2 of 3/);
    await page.getByLabel("Search").fill("DOC-01");
    await page.getByLabel("Sort").selectOption("duplicates");
    await page.getByRole("button", { name: "Show" }).click();
    assert.equal(await page.locator(".items li").count(), 10);
    await page.goto(`${server.origin}/items?sort=duplicates`);
    assert.match(await page.locator(".items li").first().innerText(), /doc-007.*1 duplicate/s);
    await page.locator(".items a").first().click();
    assert.equal(await page.locator(".run.repeat .badge.repeats").innerText(), "duplicate of result 1");
    assert.equal(await page.locator(".copier").count(), 1 + 2 * 2);
    await page.getByRole("link", { name: "Raw JSON" }).click();
    assert.match(await page.locator("body").innerText(), /"item_id":"doc-007"/);
    await close();
    await server.stop();
  },

  async "pages: an unknown item is said to be unknown"({ browser, origin }) {
    const { page, response, close } = await open(browser, `${origin}/items/no-such-item`);
    assert.equal(response.status(), 404);
    assert.match(await page.locator("main").innerText(), /There is no item no-such-item on this server/);
    await page.getByRole("link", { name: "All items" }).click();
    await page.locator(".items").waitFor();
    await close();
  },
};
