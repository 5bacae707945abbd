// What holds for every page.
import assert from "node:assert/strict";
import { hostile } from "./fixtures.mjs";
import { drawn, open } from "./harness.mjs";

const items = ["invoice-0001", "drift-0001", "item_id", hostile.item_id];
const paths = ["/", "/items", ...items.map((id) => `/items/${encodeURIComponent(id)}`)];

const visit = async (browser, origin, path, options) => {
  const visited = await open(browser, origin + path, options);
  if (path === "/") await drawn(visited.page);
  return visited;
};

/** The contrast (WCAG 2) of each text on the page with the nearest ground behind it. */
const contrasts = () => {
  const rgb = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    const colour = rgb(getComputedStyle(element).backgroundColor);
    return colour[3] === 0 && element.parentElement ? ground(element.parentElement) : colour;
  };
  const texts = [...document.querySelectorAll("body *")].filter(
    (element) =>
      element.checkVisibility() &&
      !element.matches(".dot") &&
      [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()),
  );
  return texts.map((element) => {
    const [one, other] = [rgb(getComputedStyle(element).color), ground(element)].map(light);
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return { text: element.textContent.trim().slice(0, 40), contrast };
  });
};

export const cases = {
  async "pages: nothing is asked of another origin, and no policy is violated"({ browser, origin }) {
    for (const path of paths) {
      const { page, seen, response, close } = await visit(browser, origin, path);
      if (path === "/") {
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
    for (const path of ["/", "/items/invoice-0001"]) {
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
        // Swagger UI answers for its own colours.
        const weak = path === "/" ? [] : (await page.evaluate(contrasts)).filter(({ contrast }) => contrast < 4.5);
        assert.deepEqual(weak, [], `${path} ${colorScheme}`);
        await close();
      }
      assert.notEqual(grounds[0], grounds[1], path);
    }
  },

  async "pages: the reference follows a change of the colour scheme"({ browser, origin }) {
    const { page, close } = await visit(browser, origin, "/", { colorScheme: "light" });
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

  async "pages: an unknown item is said to be unknown"({ browser, origin }) {
    const { page, response, close } = await open(browser, `${origin}/items/no-such-item`);
    assert.equal(response.status(), 404);
    assert.match(await page.locator("main").innerText(), /There is no item no-such-item on this server/);
    await page.getByRole("link", { name: "All items" }).click();
    await page.locator(".items").waitFor();
    await close();
  },
};
