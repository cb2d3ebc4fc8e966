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
      id: "x" + number, subtitle: "", excerpt: [{ text: "<img src=x onerror=alert(1)>", marked: true }], missing: [] });
    return { hits: written ? [hit(1)] : [hit(1), hit(2)], total: written ? 1 : 2, more: false, estimated: true, unknown: [], partial: false, needles: [],
      suggestions: query.startsWith("ondulleur") ? [{ words: "onduleur" }] : [],
      facets: [{ key: "kind", label: "Genre", values: [
        { value: "mot de passe", label: "Mot de passe", count: 1200, chosen: Boolean(written), written },
        { value: "asset", label: "Équipement" + long, count: 2, chosen: false, written: "" }] },
        { key: "status", label: "État", values: [{ value: "active", label: "Actif", count: 2, chosen: false, written: "" }] },
        { key: "site", label: "Lieu", values: Array.from({ length: 9 }, (_, place) => (
          { value: "s" + place, label: "Lieu " + place, count: 9 - place, chosen: place === 8 && query.includes("site:s8"), written: "site:s8" })) }] };
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

test("a filter of one value is left out, and what follows six values is behind a button", async () => {
  await page.goto(site.address("search/?q=coffre"));
  await facet("Mot de passe").waitFor();
  const groups = page.locator(".search-facets [role=group]");
  assert.deepEqual(await groups.locator("h2").allTextContents(), ["Genre", "Lieu"]);
  assert.equal(await page.getByRole("group", { name: "Lieu", exact: true }).count(), 1);
  const shown = () => groups.nth(1).locator("li:visible .search-value").allTextContents();
  assert.deepEqual(await shown(), [0, 1, 2, 3, 4, 5].map((place) => `Lieu ${place}`));
  await groups.nth(1).getByRole("button", { name: "3 de plus" }).click();
  assert.equal((await shown()).length, 9);
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^Lieu 6/);
  // They stay while somebody types; a chosen one is never hidden.
  await page.locator("#search-page-input").fill("coffres");
  await page.waitForFunction(() => location.search === "?q=coffres");
  assert.equal((await shown()).length, 9);
  await page.goto(site.address("search/?q=coffre+site:s8"));
  await facet("Lieu 8").waitFor();
  assert.equal((await shown()).length, 7);
});

test("on a phone the filters are folded above the results, and stay as they were left", async () => {
  const phone = await open(browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await phone.page.goto(site.address("search/?q=onduleur"));
  const first = phone.page.locator("[data-search-page] .search-results a").first();
  await first.waitFor();
  assert.ok((await first.boundingBox()).y < 600);
  const summary = phone.page.locator(".search-filters summary"), list = phone.page.locator(".search-facets");
  assert.match(await summary.textContent(), /^Filtrer \(\d+\+?\)$/);
  assert.equal(await list.isVisible(), false);
  await summary.click();
  assert.ok(await list.isVisible());
  await phone.page.locator("#search-page-input").fill("onduleurs infrastructure");
  await phone.page.waitForFunction(() => location.search.includes("infrastructure"));
  assert.ok(await list.isVisible());
  for (const width of [390, 360]) {
    await phone.page.setViewportSize({ width, height: 844 });
    assert.ok(await phone.page.evaluate(() => document.documentElement.scrollWidth) <= width);
  }
  await phone.close();
  assert.deepEqual(phone.wrongs, []);
});

test("on a desk the filters stand beside the results", async () => {
  await page.goto(site.address("search/?q=coffre"));
  const first = page.locator("[data-search-page] .search-results a").first();
  await first.waitFor();
  const [filters, result] = [await page.locator(".search-facets").boundingBox(), await first.boundingBox()];
  assert.ok(filters.x + filters.width <= result.x && Math.abs(filters.y - result.y) < 40);
  assert.equal(await page.locator(".search-filters summary").isVisible(), false);
});

test("a better spelling is a button that asks for it, on the page and in the dialog", async () => {
  await page.goto(site.address("search/?q=ondulleur"));
  assert.equal(await page.locator("[data-search-page] [role=status]").textContent(), "2 résultats pour « onduleur ».");
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
