// Searching as a technician does: a key, a few letters, Enter.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { build, serve } from "./estate.mjs";

let browser, site, page, wrongs, close;
before(async () => {
  site = await serve(build());
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});
beforeEach(async () => {
  ({ page, wrongs, close } = await open(browser));
  await page.goto(site.address("assets/srv-erp-01/"));
});
afterEach(async () => {
  await close();
  assert.deepEqual(wrongs, []);
});

const dialog = () => page.locator("dialog#search");
const results = () => dialog().locator(".search-results a");

/** Types into the open search and waits for its answer. */
async function type(words) {
  await page.keyboard.insertText(words);
  await page.waitForFunction(() => {
    const said = document.querySelector("#search-status").textContent;
    return said !== "" && said !== document.querySelector("#search").dataset.textLoading;
  });
  return results().allTextContents();
}

test("a word is found behind a curly apostrophe, and Enter opens the page", async () => {
  await page.keyboard.press("/");
  const found = await type("onduleur");
  const place = found.findIndex((text) => text.includes("panne d’onduleur"));
  assert.ok(place >= 0, found.join("\n"));
  for (let step = 0; step < place; step++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/panne-onduleur/);
  assert.match(await page.locator("main").textContent(), /L’onduleur/);
});

test("Ctrl+K opens the search and Escape gives the focus back", async () => {
  const link = page.locator("main a[href]").first();
  await link.focus();
  const before = await link.evaluate((element) => element === document.activeElement);
  await page.keyboard.press("Control+k");
  assert.equal(await dialog().evaluate((element) => element.open), true);
  assert.equal(await page.evaluate(() => document.activeElement.id), "search-input");
  await page.keyboard.press("Escape");
  assert.equal(await dialog().evaluate((element) => element.open), false);
  assert.ok(before && await link.evaluate((element) => element === document.activeElement));
});

test("a slash typed into a field stays a slash", async () => {
  await page.goto(site.address("assets/"));
  await page.locator(".table-tools input").focus();
  await page.keyboard.type("/");
  assert.equal(await page.locator(".table-tools input").inputValue(), "/");
  assert.equal(await dialog().evaluate((element) => element.open), false);
});

for (const [what, words, url] of [
  ["a host name by its first letters", "srv-e", "assets/srv-erp-01/"],
  ["a serial number", "EXS650-0218", "assets/srv-hyp-02/"],
  ["a word without its accents", "verification sauvegardes", "procedures/infrastructure/verification-sauvegardes/"],
  ["a name without its accent", "amelie", "people/amelie-fabre/"],
]) {
  test(`${what}: ${words}`, async () => {
    await page.keyboard.press("Control+k");
    const found = await type(words);
    assert.ok(found.length > 0);
    const hrefs = await results().evaluateAll((links) => links.map((link) => link.href));
    assert.ok(hrefs.slice(0, 3).includes(site.address(url)), hrefs.join("\n"));
  });
}

test("an unknown word is said to be unknown", async () => {
  await page.keyboard.press("/");
  assert.deepEqual(await type("zzyzxq"), []);
  assert.match(await page.locator("#search-status").textContent(), /«\s?zzyzxq\s?»/);
});

test("the search page answers what its address asks", async () => {
  await page.goto(site.address("search/?q=onduleur"));
  await page.locator("[data-search-page] .search-results a").first().waitFor();
  assert.equal(await page.locator("#search-page-input").inputValue(), "onduleur");
  assert.match(await page.locator("[data-search-page] [role=status]").textContent(), /résultats/);
});
