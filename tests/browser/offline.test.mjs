// A site made with `offline: true`, opened from the disk as a reader without a server does.
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { buildOffline, remove } from "./estate.mjs";
import { QUERIES, dialog, results, type } from "./searching.mjs";

let browser, folder, page, wrongs, close, fetched;
const address = (path) => pathToFileURL(join(folder, path)).href;
before(async () => {
  folder = buildOffline();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  remove(folder);
});
beforeEach(async () => {
  ({ page, wrongs, close } = await open(browser));
  fetched = [];
  page.on("request", (request) => {
    if (["fetch", "xhr"].includes(request.resourceType())) fetched.push(request.url());
  });
  await page.goto(address("index.html"));
});
afterEach(async () => {
  await close();
  assert.deepEqual([...wrongs, ...fetched], []);
});

for (const [what, words, url] of QUERIES) {
  test(`${what}, from the disk: ${words}`, async () => {
    await page.keyboard.press("Control+k");
    await type(page, words);
    const hrefs = await results(page).evaluateAll((links) => links.map((link) => link.href));
    assert.ok(hrefs.slice(0, 3).some((href) => href.split("#")[0] === address(`${url}index.html`)), hrefs.join("\n"));
  });
}

test("a result opens, also at its section", async () => {
  await page.keyboard.press("Control+k");
  await type(page, "changer les batteries");
  const section = results(page).filter({ hasText: "Changer les batteries" }).first();
  await section.click();
  await page.waitForURL(/panne-onduleur\/index\.html#/);
  assert.match(await page.locator("h1").textContent(), /onduleur/);
});

test("links, navigation and theme work", async () => {
  await page.locator(".navigation a", { hasText: "Équipements" }).first().click();
  await page.waitForURL(/assets\/index\.html/);
  await page.locator("main tbody a").first().click();
  await page.waitForURL(/assets\/.+\/index\.html/);
  await page.locator(".site-name").click();
  await page.waitForURL(/site\/index\.html/);
  const toggle = page.locator("[data-theme-toggle]");
  while (await page.evaluate(() => document.documentElement.dataset.theme) !== "dark") await toggle.click();
  await page.goto(address("people/index.html"));
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
});

test("the search page answers its address", async () => {
  await page.goto(`${address("search/index.html")}?q=onduleur`);
  await page.locator("[data-search-page] .search-results a").first().waitFor();
  await page.goto(address("en/search/index.html"));
  await page.locator("#search-page-input").fill("callouts");
  await page.locator("[data-search-page] .search-results a").first().click();
  await page.waitForURL(/en\/manuel\/markdown\/index\.html/);
  assert.equal(await dialog(page).count(), 1);
});
