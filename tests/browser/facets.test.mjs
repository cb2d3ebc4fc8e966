// The search page's facets and better spellings, over an engine of a few lines: what the page does with an answer.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { build, serve } from "./estate.mjs";

// Answers each query with itself: two kinds, one of them chosen when the query names it.
const ENGINE = `Object.assign(globalThis.carnetSearch, {
  mark: (text) => [{ text, marked: false }],
  search: async (query, limit) => {
    const written = query.includes('kind:"mot de passe"') ? 'kind:"mot de passe"' : "";
    const long = query === "long" ? "m".repeat(10000) : "";
    const hit = (number) => ({ url: "assets/x" + number + "/", title: "<b>" + number + "</b>" + long, heading: "", kind: "asset", kindLabel: "Équipement",
      id: "x" + number, subtitle: "", excerpt: [{ text: "<img src=x onerror=alert(1)>", marked: true }] });
    return { hits: written ? [hit(1)] : [hit(1), hit(2)], total: written ? 1 : 2, more: false, estimated: true, unknown: [], partial: false, needles: [],
      suggestions: query.startsWith("ondulleur") ? [{ words: "onduleur" }] : [],
      facets: [{ key: "kind", label: "Genre", values: [
        { value: "mot de passe", label: "Mot de passe", count: 1200, chosen: Boolean(written), written },
        { value: "asset", label: "Équipement" + long, count: 2, chosen: false, written: "" }] }] };
  },
});`;

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
  await page.route(/search-engine\./, (route) => route.fulfill({ contentType: "text/javascript", body: ENGINE }));
});
afterEach(async () => {
  await close();
  assert.deepEqual(wrongs, []);
});

const facet = (name) => page.locator(".search-facets button", { hasText: name });
const asked = () => new URL(page.url()).searchParams.get("q");

test("a facet is a part of the query, pressed and released, by keyboard, back and forward", async () => {
  await page.goto(site.address("search/?q=coffre"));
  await facet("Mot de passe").focus();
  assert.equal(await facet("Mot de passe").getAttribute("aria-pressed"), "false");
  assert.match(await facet("Mot de passe").textContent(), /≈\s1\s200/);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector(".search-facets button").getAttribute("aria-pressed") === "true");
  assert.equal(asked(), 'coffre kind:"mot de passe"');
  assert.equal(await page.locator("#search-page-input").inputValue(), 'coffre kind:"mot de passe"');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^Mot de passe/);
  await page.goBack();
  await page.waitForFunction(() => document.querySelector(".search-facets button").getAttribute("aria-pressed") === "false");
  assert.equal(asked(), "coffre");
  await page.goForward();
  await page.waitForFunction(() => document.querySelector(".search-facets button").getAttribute("aria-pressed") === "true");
  await facet("Mot de passe").click();
  await page.waitForFunction(() => document.querySelector(".search-facets button").getAttribute("aria-pressed") === "false");
  assert.equal(asked(), "coffre");
});

test("a better spelling is a button that asks for it, on the page and in the dialog", async () => {
  await page.goto(site.address("search/?q=ondulleur"));
  await page.locator("[data-search-page] [role=status] button").click();
  assert.equal(await page.locator("#search-page-input").inputValue(), "onduleur");
  await page.waitForFunction(() => new URL(location.href).searchParams.get("q") === "onduleur");
  await page.keyboard.press("Control+k");
  await page.locator("#searchInput").fill("ondulleur");
  await page.locator("#searchStatus button").click();
  assert.equal(await page.locator("#searchInput").inputValue(), "onduleur");
  assert.equal(await page.evaluate(() => document.activeElement.id), "searchInput");
});

test("what an index says is text, never markup", async () => {
  await page.goto(site.address("search/?q=coffre"));
  const first = page.locator("[data-search-page] .search-results a").first();
  assert.match(await first.textContent(), /<b>1<\/b>.*<img src=x/);
  assert.equal(await page.locator(".search-results img, .search-results b").count(), 0);
});

test("a word of any length stays on a narrow page", async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(site.address("search/?q=long"));
  await page.locator("[data-search-page] .search-results a").first().waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.ok(await page.evaluate(() => [...document.querySelectorAll("[data-search-page] :is(a, button)")].every((one) => one.getBoundingClientRect().right <= innerWidth)));
});
