// A report: one file, opened from the disk.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { failing, ids, items } from "./collection.mjs";
import { contrasts } from "./contrasts.mjs";
import { secrets } from "./fixtures.mjs";
import { open, report, serious } from "./harness.mjs";

let once;

/** The report on the collection, made once and gone with the tests. */
function reported(binary) {
  once ??= report(binary, [...items, failing], ids).then((made) => {
    process.on("exit", made.remove);
    return made;
  });
  return once;
}

async function visit({ browser, binary }, look, options) {
  const made = await reported(binary);
  const visited = await open(browser, made.url, options);
  try {
    await look({ ...visited, made });
  } finally {
    await visited.close();
  }
}

const runs = items.flatMap((item) => item.processing_results);

/** Runs by what they have in common, the most first. */
function counted(list, key) {
  const counts = new Map();
  for (const each of list) counts.set(key(each), (counts.get(key(each)) ?? 0) + 1);
  return [...counts].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
}

/** Runs of an item that repeat an earlier one, by job type. */
const repeats = (item) => {
  const groups = counted(item.processing_results, (run) => JSON.stringify([run.job_type, run.parameters_hash]));
  return groups.flatMap(([key, count]) => Array(count - 1).fill(JSON.parse(key)[0]));
};

/** The texts of a table's cells, without the names of its columns. */
const table = (page, caption) =>
  page
    .locator("table", { has: page.locator("caption", { hasText: caption }) })
    .first()
    .evaluate((table) =>
      [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim().replaceAll(",", ""))),
    );

export const cases = {
  async "report: nothing is loaded, nothing runs, no policy is violated"(context) {
    await visit(context, async ({ page, seen, made }) => {
      await page.waitForLoadState("networkidle");
      assert.deepEqual(seen, { requests: [made.url], complaints: [], violations: [] });
      assert.equal(await page.locator("script, img, link, iframe, object, [style]").count(), 0);
      assert.equal(await page.evaluate(() => window.ran), undefined);
      const html = readFileSync(made.path, "utf8");
      for (const secret of secrets) assert.ok(!html.includes(secret), secret);
      await page.evaluate(() => {
        const script = document.createElement("script");
        script.textContent = "window.ran = true";
        document.body.append(script);
      });
      assert.equal(await page.evaluate(() => window.ran), undefined);
      assert.equal(seen.violations.length, 1, String(seen.violations));
    });
  },

  async "report: its numbers are those of the items"(context) {
    await visit(context, async ({ page, made }) => {
      assert.equal(made.code, 7, made.said);
      const repeated = items.flatMap(repeats);
      const figures = await page.locator(".figures dd").allInnerTexts();
      const share = ((repeated.length * 100) / runs.length).toFixed(1);
      const expected = [items.length, runs.length, `${repeated.length} ${share}%`, ids.length - items.length];
      assert.deepEqual(figures.map((text) => text.replaceAll(/\s+/g, " ")), expected.map(String));

      const sum = (rows, at) => rows.reduce((sum, row) => sum + Number(row[at]), 0);
      const kinds = await table(page, "By job type and tier");
      for (const [type, count] of counted(runs, (run) => run.job_type)) {
        const rows = kinds.filter(([name]) => name === type);
        assert.equal(sum(rows, 2), count, type);
        assert.equal(sum(rows, 3), repeated.filter((each) => each === type).length, type);
      }
      const listed = [...(await table(page, /^Duplicates$/)), ...(await table(page, "Further duplicates"))];
      assert.equal(sum(listed, 2), repeated.length);
    });
  },

  async "report: settings and drift are those of the items"(context) {
    await visit(context, async ({ page }) => {
      const parsed = runs.filter((run) => run.job_type === "parse").map((run) => run.job_config.parameters);
      const lang = (value) => parsed.filter((parameters) => parameters.lang === value).length;
      const shown = await table(page, `parse: ${parsed.length} results`);
      const further = await table(page, "Further parameters");
      assert.ok(further.length > 0);
      const settings = [...shown, ...further];
      const english = settings.find(([name, value]) => name === "lang" && value === "en");
      assert.deepEqual(english.slice(2, 4), [`${lang("en")}`, `${((lang("en") * 100) / parsed.length).toFixed(1)}%`]);
      const key = settings.find(([name]) => name === "gpt4o_api_key");
      assert.deepEqual(key.slice(1, 3), ["***", `${parsed.filter((it) => it.gpt4o_api_key).length}`]);

      const name = "made_up_option";
      const has = (run) => run.job_config.parameters?.[name];
      const drift = await table(page, /^Differences$/);
      const found = drift.find(([place]) => place === `BatchParseJobConfig.${name}`);
      const inItems = items.filter((item) => item.processing_results.some(has)).length;
      assert.deepEqual(found.slice(1), ["unknown field: string", `${inItems}`, `${runs.filter(has).length}`]);
    });
  },

  async "report: the chart has every run, to scale, and its table too"(context) {
    await visit(context, async ({ page }) => {
      const heights = await page.locator("svg.wide").evaluate((svg) => {
        const sums = {};
        for (const bar of svg.querySelectorAll("rect[fill^='var(--']")) {
          sums[bar.getAttribute("fill")] = (sums[bar.getAttribute("fill")] ?? 0) + Number(bar.getAttribute("height"));
        }
        return sums;
      });
      const known = ["parse", "extract", "classify"];
      const count = (type) => runs.filter((run) => type === (known.includes(run.job_type) ? run.job_type : "other")).length;
      const scale = heights["var(--parse)"] / count("parse");
      for (const type of [...known, "other"]) {
        const drawn = heights[`var(--${type})`] / scale;
        assert.ok(Math.abs(drawn - count(type)) < 0.2, `${type}: ${drawn} of ${count(type)}`);
      }
      await page.locator("#runs summary").click();
      const rows = await table(page, "Results over time");
      assert.equal(rows.reduce((sum, row) => sum + Number(row.at(-1)), 0), runs.length);
    });
  },

  async "report: dark looks different, and every text can be read in both"(context) {
    const grounds = [];
    for (const colorScheme of ["light", "dark"]) {
      const look = async ({ page }) => {
        await page.locator("details").evaluateAll((all) => all.forEach((it) => (it.open = true)));
        const looked = await page.evaluate(contrasts);
        assert.ok(looked.length > 100);
        assert.deepEqual(looked.filter(({ contrast }) => !(contrast >= 4.5)), [], colorScheme);
        const bar = page.locator("svg.wide rect[fill='var(--parse)']").first();
        grounds.push(await bar.evaluate((bar) => getComputedStyle(bar).fill + getComputedStyle(document.body).backgroundColor));
      };
      await visit(context, look, { colorScheme });
    }
    assert.notEqual(grounds[0], grounds[1]);
  },

  async "report: nothing is cut off on a narrow screen"(context) {
    for (const width of [390, 360]) {
      const look = async ({ page }) => {
        await page.locator("details").evaluateAll((all) => all.forEach((it) => (it.open = true)));
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
        assert.equal(await page.locator("svg.narrow").isVisible(), true);
        assert.equal(await page.locator("svg.wide").isVisible(), false);
        const letters = page.locator("svg.narrow text").first();
        assert.ok((await letters.boundingBox()).height > 10);
      };
      await visit(context, look, { viewport: { width, height: 844 } });
    }
  },

  async "report: axe finds nothing serious"(context) {
    for (const colorScheme of ["light", "dark"]) {
      const look = async ({ page }) => {
        await page.locator("details").evaluateAll((all) => all.forEach((it) => (it.open = true)));
        assert.deepEqual(await serious(page), []);
      };
      await visit(context, look, { colorScheme, bypassCSP: true });
    }
  },

  async "report: a screen reader finds its way"(context) {
    await visit(context, async ({ page }) => {
      const headings = await page.locator("h1, h2").evaluateAll((all) => all.map((heading) => heading.tagName));
      assert.deepEqual(headings, ["H1", "H2", "H2", "H2", "H2", "H2"]);
      const chart = page.getByRole("img", { name: /^Results over time, by job type .* results, a bar for each week/ });
      assert.equal(await chart.count(), 1);
      const bare = await page.locator("table").evaluateAll(
        (tables) => tables.filter((table) => !table.caption || !table.tHead.querySelector("th[scope=col]")).length,
      );
      assert.equal(bare, 0);
      const ids = await page.locator("[id]").evaluateAll((all) => all.map((element) => element.id));
      assert.equal(new Set(ids).size, ids.length);
    });
  },
};
