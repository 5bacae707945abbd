// Makes the pictures of the README again: node crates/cli/tests/browser/screenshots.mjs BINARY
import { join } from "node:path";
import { usual } from "./collection.mjs";
import { drawn, launch, open, report, root, serve } from "./harness.mjs";

const server = await serve(process.argv[2]);
const browser = await launch();

const scrolled = (page, selector) =>
  page.locator(selector).first().evaluate((element) => scrollTo(0, scrollY + element.getBoundingClientRect().top - 16));

for (const colorScheme of ["light", "dark"]) {
  const { page, close } = await open(browser, `${server.origin}/items/invoice-0001`, {
    colorScheme,
    viewport: { width: 900, height: 1225 },
  });
  await page.locator("#result-1 summary").click();
  await page.locator("#result-2 summary").click();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(root, `crates/cli/docs/timeline-${colorScheme}.png`) });
  await close();
}

const { page, close } = await open(browser, `${server.origin}/reference`, { viewport: { width: 900, height: 820 } });
await drawn(page);
const answered = page.waitForResponse((response) => response.url().includes("/processing-results"));
await page.getByRole("button", { name: "Execute" }).click();
await answered;
await page.locator(".live-responses-table").waitFor();
await scrolled(page, "tr[data-param-name=session]");
await page.screenshot({ path: join(root, "crates/cli/docs/reference.png") });
await close();

const made = await report(process.argv[2], usual, usual.map((item) => item.item_id));
const { page: reported, close: leave } = await open(browser, made.url, { viewport: { width: 900, height: 1068 } });
await reported.screenshot({ path: join(root, "crates/cli/docs/report-light.png") });
await leave();
made.remove();

await browser.close();
await server.stop();
