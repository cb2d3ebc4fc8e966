// The search page: the query in its address, back and forward, more results, and lists without a script.
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
beforeEach(async () => ({ page, wrongs, close } = await open(browser)));
afterEach(async () => {
  await close();
  assert.deepEqual(wrongs, []);
});

const found = () => page.locator("[data-search-page] .search-results a");
const input = () => page.locator("#search-page-input");
const asked = () => new URL(page.url()).searchParams.get("q");

test("the page answers what its address asks", async () => {
  await page.goto(site.address("search/?q=onduleur"));
  await found().first().waitFor();
  assert.equal(await input().inputValue(), "onduleur");
  assert.match(await page.locator("[data-search-page] [role=status]").textContent(), /résultats/);
});

test("where nothing is found the lists from A to Z stand below, until something is", async () => {
  const lists = page.locator(".search-browse");
  await page.goto(site.address("search/?q=zzzqqq"));
  await lists.waitFor();
  assert.match(await page.locator("[data-search-page] [role=status]").textContent(), /Aucun résultat/);
  await input().fill("onduleur");
  await found().first().waitFor();
  assert.equal(await lists.isVisible(), false);
});

test("the address follows the query, back and forward too", async () => {
  await page.goto(site.address("search/"));
  await input().fill("onduleur");
  await found().first().waitFor();
  assert.equal(asked(), "onduleur");
  await page.keyboard.press("Enter");
  await input().fill("imprimante");
  await page.waitForFunction(() => new URL(location.href).searchParams.get("q") === "imprimante");
  const printers = await found().first().textContent();
  await page.goBack();
  await page.waitForFunction(() => document.querySelector("#search-page-input")?.value === "onduleur");
  await page.waitForFunction((text) => (document.querySelector("[data-search-page] .search-results a")?.textContent ?? text) !== text, printers);
  await page.goForward();
  await page.waitForFunction(() => document.querySelector("#search-page-input")?.value === "imprimante");
});

test("back leads to the question before, not through the letters of this one", async () => {
  const back = async (words) => {
    await page.goBack();
    await page.waitForFunction((text) => document.querySelector("#search-page-input")?.value === text, words);
  };
  const typed = async (words) => {
    await input().fill(words);
    await page.waitForFunction((text) => new URL(location.href).searchParams.get("q") === text, words);
  };
  await page.goto(site.address("search/?q=onduleur"));
  await found().first().waitFor();
  for (const words of ["", "i", "impri", "imprimante"]) {
    await input().fill(words);
    await page.waitForFunction((text) => (new URL(location.href).searchParams.get("q") ?? "") === text, words);
  }
  await back("onduleur");
  await page.goForward();
  await page.waitForFunction(() => document.querySelector("#search-page-input")?.value === "imprimante");
  await typed("imprimantes");
  await page.waitForTimeout(1700);
  await typed("commutateur");
  await back("imprimantes");
  await back("imprimante");
  await back("onduleur");
});

test("a filter that no page has names the values that exist", async () => {
  const said = page.locator("[data-search-page] [role=status]");
  await page.goto(site.address("search/?q=onduleur+lieu:mars"));
  await said.getByRole("button").first().waitFor();
  assert.match(await said.textContent(), /^« lieu:mars »\s: valeur inconnue\. .*\s: .*Salle serveurs.*\. Aucun résultat\. Chercher sans les filtres\s: onduleur\.$/);
  await said.getByRole("button").first().click();
  await found().first().waitFor();
  assert.match(asked(), /^onduleur site:/);
  await page.goto(site.address("search/?q=kind:foo"));
  await page.waitForFunction(() => document.querySelector("[data-search-page] [role=status]")?.textContent.startsWith("« kind:foo »"));
  assert.match(await said.textContent(), /^« kind:foo »\s: valeur inconnue\. Aucun résultat\. Chercher sans les filtres\s: foo\.$/);
});

test("more results come on request, the first new one gets the focus, and a reload keeps them", async () => {
  await page.goto(site.address("search/?q=laiterie"));
  await found().first().waitFor();
  const before = await found().count();
  await page.locator("[data-search-more]").click();
  await page.waitForFunction((count) => document.querySelectorAll("[data-search-page] .search-results a").length > count, before);
  const place = await page.evaluate(() => [...document.querySelectorAll("[data-search-page] .search-results a")].indexOf(document.activeElement));
  assert.equal(place, before);
  const after = await found().count();
  await page.reload();
  await found().first().waitFor();
  assert.equal(await found().count(), after);
});

test("a phrase is looked for further on request, down to the last document", async () => {
  await page.goto(site.address(`search/?q=${encodeURIComponent('"mot de passe"')}`));
  const more = page.locator("[data-search-more]");
  await found().first().waitFor();
  const first = await found().count();
  assert.equal(first, 20);
  for (let presses = 0; await more.isVisible() && presses < 20; presses++) {
    const before = await found().count();
    await more.click();
    await page.waitForFunction((count) => document.querySelectorAll("[data-search-page] .search-results a").length > count
      || document.querySelector("[data-search-more]").hidden, before);
  }
  assert.ok(!await more.isVisible());
  assert.ok(await found().count() > 40);
  assert.doesNotMatch(await page.locator("[data-search-page] [role=status]").textContent(), /\+/);
});

test("an empty answer to filters offers the words alone", async () => {
  await page.goto(site.address(`search/?q=${encodeURIComponent("onduleur kind:licence")}`));
  const again = page.locator("[data-search-page] [role=status] .search-again");
  await again.waitFor();
  assert.match(await page.locator("[data-search-page] [role=status]").textContent(), /Chercher sans les filtres\s: onduleur\.$/);
  await again.click();
  await found().first().waitFor();
  assert.equal(await input().inputValue(), "onduleur");
  assert.equal(await again.count(), 0);
});

test("what is asked on the page with Enter is among the recent searches", async () => {
  await page.goto(site.address("search/"));
  await input().fill("onduleur -lyon");
  await page.keyboard.press("Enter");
  await found().first().waitFor();
  await page.goto(site.address("assets/srv-erp-01/"));
  await page.keyboard.press("Control+k");
  await page.locator("#searchDialog [role=option]", { hasText: /^onduleur -lyon$/ }).waitFor();
});

test("the dialog's last option leads to all results", async () => {
  await page.goto(site.address("assets/srv-erp-01/"));
  await page.keyboard.press("Control+k");
  await page.keyboard.insertText("laiterie");
  await page.locator("dialog#searchDialog a[role=option]").first().waitFor();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\/\?q=laiterie/);
  await found().first().waitFor();
});

test("without a script every record is reached from the search page, from A to Z or by kind", async () => {
  const bare = await open(browser, { javaScriptEnabled: false });
  await bare.page.goto(site.address(""));
  await bare.page.locator(".site-header a.search-button").click();
  assert.ok(await bare.page.locator("main .notice").isVisible());
  const kinds = await bare.page.locator(".search-browse .links a").count();
  assert.ok(kinds > 20);
  await bare.page.locator(".letters a", { hasText: /^O$/ }).click();
  await bare.page.locator("main .titles a", { hasText: "Onduleur de la salle serveurs" }).click();
  assert.match(bare.page.url(), /ups-lyo-01/);
  await bare.close();
  assert.deepEqual(bare.wrongs, []);
});
