// What a page does while it is read: lists are sorted and filtered, steps ticked, the theme kept.
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

/** The visible texts of a column, by its heading's key. */
const column = async (key) => {
  // Rows come by and by: a table says while it is busy.
  await page.waitForFunction(() => !document.querySelector("main table[aria-busy=true]"));
  return page.evaluate(texts, key);
};
const texts = (key) => {
  const place = document.querySelector(`main thead th[data-key="${key}"]`).cellIndex;
  const rows = [...document.querySelectorAll("main tbody tr")].filter((row) => !row.hidden);
  return rows.map((row) => row.cells[place].textContent.trim());
};

test("a list is sorted by a column, both ways", async () => {
  await page.goto(site.address("people/"));
  const heading = page.locator("main thead th").nth(0);
  const key = await heading.getAttribute("data-key");
  const collator = new Intl.Collator("fr", { numeric: true, sensitivity: "base" });
  const button = heading.getByRole("button");
  await button.click();
  const first = await column(key);
  const way = await heading.getAttribute("aria-sort");
  await button.click();
  const second = await column(key);
  assert.notEqual(await heading.getAttribute("aria-sort"), way);
  const [up, down] = way === "ascending" ? [first, second] : [second, first];
  assert.ok(up.length > 20);
  assert.deepEqual(up, [...up].sort(collator.compare));
  assert.deepEqual(down.map((text) => text.toLowerCase()), [...up].reverse().map((text) => text.toLowerCase()));
});

test("a list is filtered by words and by a facet, and its address keeps the filter", async () => {
  await page.goto(site.address("assets/"));
  const all = (await column("type")).length;
  const select = page.locator(".table-tools select[data-key=type]");
  const option = await select.locator("option").nth(1).getAttribute("value");
  await select.selectOption(option);
  const found = await column("type");
  assert.ok(found.length > 0 && found.length < all);
  assert.deepEqual([...new Set(found)], [option]);
  await page.reload();
  assert.deepEqual(await column("type"), found);
  await page.getByRole("button", { name: "Effacer les filtres" }).click();
  assert.equal((await column("type")).length, all);
  await page.locator(".table-tools input").fill("erp laiterie");
  const rows = await page.locator("main tbody tr:visible").allTextContents();
  assert.ok(rows.length > 0 && rows.length < all && rows.every((text) => /erp/i.test(text) && /laiterie/i.test(text)));
  await page.locator(".table-tools input").fill("zzyzxq");
  assert.equal((await column("type")).length, 0);
  assert.ok(await page.locator("tr.nobody").isVisible());
});

test("ticked steps survive a reload, on their page only, and are reset", async () => {
  const path = "procedures/infrastructure/panne-onduleur/";
  await page.goto(site.address(path));
  const boxes = page.locator("main .prose input.task");
  const count = await boxes.count();
  assert.ok(count > 2);
  await boxes.nth(1).check();
  await page.reload();
  assert.equal(await boxes.nth(1).isChecked(), true);
  assert.equal(await boxes.nth(0).isChecked(), false);
  assert.ok((await page.locator("[data-run-count]").textContent()).includes(String(count)));
  await page.goto(site.address("procedures/infrastructure/verification-sauvegardes/"));
  assert.equal(await page.locator("main input.task:checked").count(), 0);
  await page.goto(site.address(path));
  await page.locator("[data-run-reset]").click();
  await page.reload();
  assert.equal(await page.locator("main input.task:checked").count(), 0);
});

test("the chosen theme holds from page to page, before the first paint", async () => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto(site.address(""));
  const light = await ground();
  const toggle = page.locator("[data-theme-toggle]");
  while (await page.evaluate(() => document.documentElement.dataset.theme) !== "dark") await toggle.click();
  const dark = await ground();
  assert.notEqual(dark, light);
  // The first style computed for the body of the next page is already the dark one.
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      globalThis.firstTheme = document.documentElement.dataset.theme;
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(site.address("assets/"));
  assert.equal(await page.evaluate(() => globalThis.firstTheme), "dark");
  assert.equal(await ground(), dark);
  await toggle.click();
  await page.reload();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), undefined);
});

test("the contents follow what is read, and a code block copies", async () => {
  await page.goto(site.address("procedures/infrastructure/panne-onduleur/"));
  const links = page.locator("#contentsSheet a");
  assert.ok(await links.count() > 2);
  await links.nth(2).click();
  await page.waitForFunction(() => document.querySelector("#contentsSheet a.seen") !== null);
  const code = page.locator("figure.code").first();
  await code.getByRole("button").click();
  await page.waitForFunction(() => document.querySelector("figure.code .copy").textContent !== document.body.dataset.copy);
});

test("the address of a heading is copied on the way to it, and that is said", async () => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(site.address("")).origin });
  await page.goto(site.address("procedures/infrastructure/panne-onduleur/"));
  const anchor = page.locator("main .anchor").first();
  await anchor.click();
  const address = new URL(await anchor.getAttribute("href"), page.url()).href;
  assert.equal(page.url(), address);
  await page.getByRole("status").filter({ hasText: "Copié" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address);
});

test("a link to a record shows a card with what one looks for, which Escape takes away", async () => {
  await page.goto(site.address("assets/srv-erp-01/"));
  const link = page.locator(".strip a").first();
  await link.hover();
  const card = page.getByRole("tooltip");
  await card.waitFor();
  // The link names the room's site, which the card of the room tells among its facts.
  for (const part of (await link.textContent()).split(" › ")) assert.ok((await card.textContent()).includes(part), part);
  assert.equal(await link.getAttribute("aria-describedby"), await card.getAttribute("id"));
  // The pointer may go to the card, which then stays.
  await card.hover();
  await page.waitForTimeout(400);
  assert.equal(await card.count(), 1);
  await page.keyboard.press("Escape");
  assert.equal(await card.count(), 0);
  // With the keyboard too, and it goes with the focus.
  await link.focus();
  await card.waitFor();
  await page.keyboard.press("Tab");
  await card.waitFor({ state: "detached", timeout: 250 });
});
