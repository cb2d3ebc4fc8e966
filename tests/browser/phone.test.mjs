// What a technician with a telephone in the hand needs first: the home page in the order of the work, rows that say
// which record they are however far one scrolls, ids and numbers in one piece, and no word of keys.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { build, serve } from "./estate.mjs";

let browser, site;
before(async () => {
  site = await serve(build());
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

const PHONE = { viewport: { width: 390, height: 844 } };

test("the home page comes in the order of the work, for the eye, the reader of screens and the keyboard", async () => {
  const { page, close } = await open(browser, PHONE);
  await page.goto(site.address(""));
  const tops = await page.evaluate(() => {
    const parts = ["main .search-large", ".on-call", ".activity", "#tickets", "#changes", "#steer", "#keep", ".kind-tiles"];
    return parts.map((part) => document.querySelector(part).getBoundingClientRect().top);
  });
  assert.deepEqual(tops, [...tops].sort((one, other) => one - other), "what helps to intervene comes first");
  // A stop of the keyboard never stands above the one before, beyond the height of a line that both share.
  const back = await page.evaluate(() => {
    const stops = [...document.querySelectorAll("main :is(a[href], button)")].filter((stop) => stop.checkVisibility());
    const boxes = stops.map((stop) => stop.getBoundingClientRect());
    return stops.filter((_, place) => place && boxes[place].bottom < boxes[place - 1].top).map((stop) => stop.textContent);
  });
  assert.deepEqual(back, []);
  await close();
});

test("a row says which record it is however far one scrolls: its name and its number stay", async () => {
  const { page, close } = await open(browser, PHONE);
  for (const [path, id] of [["tickets/", /^(inc|dem)-2026-\d{4}$/], ["assets/", /^[a-z]+-[a-z0-9-]+$/]]) {
    await page.goto(site.address(path));
    const head = page.locator("tbody th").first();
    await page.locator(".table-scroll").evaluate((box) => box.scrollTo(400, 0));
    const [{ x, width }, frame] = [await head.boundingBox(), await page.locator(".table-scroll").boundingBox()];
    assert.ok(Math.abs(x - frame.x) < 3 && width < 200, `${path} ${x} ${width}`);
    assert.match(await head.locator(".hint").innerText(), id, path);
  }
  // A wide screen has a column for it.
  await page.setViewportSize({ width: 1280, height: 800 });
  assert.equal(await page.locator("tbody th .hint").first().isVisible(), false);
  await close();
});

/** The ids and numbers of a page's cells, titles and fields that stand on more than one line; run in the browser. */
const torn = () => {
  const found = [];
  for (const cell of document.querySelectorAll("main :is(td, tbody th, h1, h2, h3, dd)")) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const { 0: word, index } of texts.currentNode.data.matchAll(/[\p{L}\d]+(?:-[\p{L}\d]+)+/gu)) {
        if (!/\d/.test(word) || word.length > 20) continue;
        const range = document.createRange();
        range.setStart(texts.currentNode, index);
        range.setEnd(texts.currentNode, index + word.length);
        const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top)));
        if (lines.size > 1) found.push(word);
      }
    }
  }
  return found;
};

for (const width of [390, 1280]) {
  test(`ids and numbers stand in one piece at ${width} px`, async () => {
    const { page, close } = await open(browser, { viewport: { width, height: 844 } });
    for (const path of ["assets/fixed-assets/", "licences/evidence/", "changes/", "problems/", "contracts/", "contracts/ctr-pare-feu/", "assets/srv-erp-01/", "problems/prb-2026-03/"]) {
      await page.goto(site.address(path));
      assert.deepEqual(await page.evaluate(torn), [], path);
    }
    await close();
  });
}

test("the first deadline is on the first screen, below the choices that are used most", async () => {
  const { page, close } = await open(browser, PHONE);
  await page.goto(site.address("deadlines/"));
  const tools = page.locator(".table-tools");
  await tools.waitFor();
  const top = (part) => page.locator(`main .data-table ${part}`).first().evaluate((element) => element.getBoundingClientRect().top);
  assert.ok((await top(".table-tools")) < (await top("tbody tr")) && (await top("tbody tr")) < 700);
  const seen = () => tools.locator("select:visible").evaluateAll((all) => all.map((select) => select.dataset.key));
  assert.deepEqual(await seen(), ["what", "responsible"]);
  // The others come once one of them is used.
  await page.locator("select[data-key=responsible]").selectOption("Julie Armand");
  assert.ok((await seen()).length > 4);
  await page.locator("h1").click();
  assert.ok((await seen()).length > 4);
  await close();
});

test("a figure over the deadlines asks for one thing more: who was asked for stays", async () => {
  const { page, wrongs, close } = await open(browser, PHONE);
  await page.goto(site.address("people/julie-armand/"));
  await page.locator('.strip a[href*="deadlines/?responsible="]').click();
  const rows = page.locator(".data-table tbody tr");
  await page.locator("select[data-key=responsible].active").waitFor();
  const all = await rows.count();
  await page.locator(".figures a").filter({ hasText: "De 31 à 90 jours" }).click();
  await page.locator("select[data-key=urgency].active").waitFor();
  assert.equal(await page.locator("select[data-key=responsible]").inputValue(), "Julie Armand");
  await page.waitForFunction((before) => document.querySelectorAll(".data-table tbody tr:not([hidden])").length < before, all);
  assert.deepEqual([...new Set(await page.locator(".data-table tbody tr").evaluateAll((rows) => rows.map((row) => row.textContent.includes("Julie Armand"))))], [true]);
  assert.deepEqual(wrongs, []);
  await close();
});

for (const path of ["licences/positions/", "network/addressing/"]) {
  test(`what is free on /${path} is seen without scrolling aside`, async () => {
    const { page, close } = await open(browser, PHONE);
    await page.goto(site.address(path));
    const heading = page.locator("main thead th").filter({ hasText: /^Libres?/ }).first();
    const { x, width } = await heading.boundingBox();
    assert.ok(x + width <= 390, `${x} + ${width}`);
    await close();
  });
}

test("a drawing that is wider than the telephone says so at its edge", async () => {
  const { page, close } = await open(browser, PHONE);
  await page.goto(site.address("network/topology/"));
  const wide = page.locator(".diagram-scroll").first();
  assert.ok(await wide.evaluate((box) => box.scrollWidth > box.clientWidth));
  assert.match(await wide.evaluate((box) => getComputedStyle(box).backgroundImage), /linear-gradient/);
  await close();
});

test("the menu stands at the list that one reads, or whose record one reads", async () => {
  const { page, close } = await open(browser, { viewport: { width: 1280, height: 600 } });
  for (const path of ["suppliers/", "suppliers/rhodatech/"]) {
    await page.goto(site.address(path));
    await page.waitForFunction(() => document.querySelector(".navigation").scrollTop > 0);
    const { y } = await page.locator(".navigation [aria-current]").boundingBox();
    assert.ok(y > 50 && y < 600, `${path} ${y}`);
  }
  await close();
});

test("on a tablet, wide and without keys, nothing speaks of keys", async () => {
  const { page, close } = await open(browser, { viewport: { width: 1180, height: 820 }, hasTouch: true, isMobile: true });
  await page.goto(site.address(""));
  for (const place of [".search-button kbd", "main .search-large kbd"]) assert.equal(await page.locator(place).isVisible(), false, place);
  await close();
});

test("figures of a card stand under one another, at the end of their lines", async () => {
  const { page, close } = await open(browser, PHONE);
  await page.goto(site.address(""));
  const ends = await page.evaluate(() => [...document.querySelectorAll("#steer ~ .activities .panel:has(.figures)")].map((card) =>
    [...card.querySelectorAll(".figures strong")].map((figure) => Math.round(figure.getBoundingClientRect().right))));
  assert.ok(ends.length > 1, `${ends.length}`);
  for (const card of ends) assert.equal(new Set(card).size, 1, card.join());
  await close();
});
