// The keyboard alone: Tab, Enter, Space, arrows and Escape lead through search, tables, a procedure that is followed
// and the navigation. Wherever they lead, the focus is somewhere, can be seen, and is not under anything.
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

/** What is wrong with where the focus is; an empty text when all is well. */
const wrong = (page) => page.evaluate(async () => {
  const at = document.activeElement;
  if (!at || at === document.body) return "no focus";
  // The start of the text, where the skip link leads, is no control.
  if (at.id === "main") return "";
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const name = at.outerHTML.replace(/\s+/g, " ").slice(0, 120);
  const boxes = [...at.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
  if (!boxes.length) return `has no place: ${name}`;
  const points = boxes.flatMap(({ left, top, width, height }) => [.5, .1, .9].flatMap((x) => [.5, .1, .9].map((y) => [left + x * width, top + y * height])));
  const isOwn = (hit) => hit && (at.contains(hit) || hit.contains(at) && hit.closest("label, summary, dialog, [popover]") === hit || [...(at.labels ?? [])].some((label) => label.contains(hit)));
  if (!points.some(([x, y]) => isOwn(document.elementFromPoint(x, y)))) return `is hidden: ${name}`;
  // A box of a diagram has its frame thickened.
  if (at.matches(".diagram a") && parseFloat(getComputedStyle(at.querySelector(".box") ?? at).strokeWidth) > 3) return "";
  const isShown = (element) => {
    const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(element);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || (boxShadow !== "none" && borderColor !== "");
  };
  return at.matches(":focus-visible") && (isShown(at) || isShown(at.parentElement)) ? "" : `has no ring: ${name}`;
});
const look = async (page, where) => assert.equal(await wrong(page), "", where);
/** Presses Tab (or another key) until the focus is on what a selector names; each stop is looked at. */
async function reach(page, selector, key = "Tab") {
  for (let stop = 0; stop < 250; stop += 1) {
    await page.keyboard.press(key);
    await look(page, `on the way to ${selector}`);
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
  }
  assert.fail(`${selector} is not reached`);
}
const isAt = (page, selector) => page.evaluate((selector) => document.activeElement.matches(selector), selector);
async function press(page, ...keys) {
  for (const key of keys) {
    await page.keyboard.press(key);
    await look(page, `after ${key}`);
  }
}

test("the skip link comes first and leads to the text; the navigation leads on", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address(""));
  await press(page, "Tab");
  assert.ok(await isAt(page, ".skip"));
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "main");
  await press(page, "Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest("main")));
  await page.goto(site.address(""));
  await reach(page, ".navigation summary");
  const isOpen = () => page.evaluate(() => document.activeElement.parentElement.open);
  const before = await isOpen();
  await press(page, "Enter");
  assert.notEqual(await isOpen(), before);
  await press(page, "Space");
  assert.equal(await isOpen(), before);
  await reach(page, '.navigation a[href$="assets/"]');
  await page.keyboard.press("Enter");
  await page.waitForURL(site.address("assets/"));
  assert.deepEqual(wrongs, []);
  await close();
});

test("on a phone the menu opens, is gone through, and gives the focus back", async () => {
  const { page, wrongs, close } = await open(browser, { viewport: { width: 360, height: 740 } });
  await page.goto(site.address("assets/srv-erp-01/"));
  await reach(page, ".menu-button");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.closest("#navigationSheet:popover-open"));
  await press(page, "Tab", "Tab");
  await press(page, "Escape");
  assert.ok(await isAt(page, ".menu-button"));
  await reach(page, ".contents-button");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.closest("#contentsSheet:popover-open"));
  await press(page, "Tab");
  await press(page, "Escape");
  assert.ok(await isAt(page, ".contents-button"));
  assert.deepEqual(wrongs, []);
  await close();
});

test("the search opens, answers and closes where it was opened", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address("assets/"));
  await reach(page, ".search-button");
  await press(page, "Enter");
  assert.ok(await isAt(page, "#searchInput"));
  await page.keyboard.type("srv-erp");
  await page.locator("#searchDialog [role=option] a, #searchDialog [role=option]").first().waitFor();
  await press(page, "ArrowDown", "ArrowUp", "Escape");
  // The first Escape may empty the box, the last one closes.
  if (await isAt(page, "#searchInput")) await press(page, "Escape");
  assert.ok(await isAt(page, ".search-button"));
  // Enter opens the first answer to what was typed, be it there yet or not.
  await page.keyboard.press("/");
  await page.keyboard.type("srv-erp-01");
  await page.keyboard.press("Enter");
  await page.waitForURL(site.address("assets/srv-erp-01/"));
  // An arrow chooses among the answers to what was typed: those to another word may still stand there before.
  await page.keyboard.press("/");
  await page.keyboard.type("sauvegarde");
  await page.locator('#searchDialog [role=option][href$="?q=sauvegarde"]').waitFor();
  await press(page, "ArrowDown");
  const chosen = await page.evaluate(() => document.querySelectorAll("#searchDialog [role=option]")[1].href);
  await page.keyboard.press("Enter");
  await page.waitForURL(chosen);
  assert.deepEqual(wrongs, []);
  await close();
});

test("a table is sorted, filtered, and shows other columns", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address("assets/"));
  await reach(page, ".table-tools input");
  await page.keyboard.type("lyon");
  await page.waitForFunction(() => /^\D*\d+\D+\d+/.test(document.querySelector(".table-tools output").textContent));
  await look(page, "in the filter");
  await reach(page, "button[popovertarget$='-columns']");
  await press(page, "Enter", "Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest(".column-choice")), await page.evaluate(() => document.activeElement.outerHTML.slice(0, 200)));
  const columns = () => page.locator("main thead tr:first-child th:visible").count();
  const before = await columns();
  await press(page, "Space");
  assert.notEqual(await columns(), before);
  await press(page, "Space", "Escape");
  assert.ok(await isAt(page, "button[popovertarget$='-columns']"));
  await reach(page, "main thead button");
  await press(page, "Enter");
  assert.equal(await page.evaluate(() => document.activeElement.closest("th").getAttribute("aria-sort")), "ascending");
  await press(page, "Space");
  assert.equal(await page.evaluate(() => document.activeElement.closest("th").getAttribute("aria-sort")), "descending");
  // Through the rows, none of which may lie under the head that stays.
  await reach(page, "main tbody th a");
  await press(page, ...Array(25).fill("Tab"));
  await press(page, ...Array(10).fill("Shift+Tab"));
  assert.deepEqual(wrongs, []);
  await close();
});

test("a procedure is followed: values, steps, notes, a wait, the end, a new run", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address("procedures/infrastructure/panne-onduleur/#asset=ups-lyo-01"));
  await reach(page, "[data-run-who]");
  await page.keyboard.type("Karim");
  await reach(page, "input.task");
  await press(page, "Space");
  assert.ok(await page.evaluate(() => document.activeElement.checked));
  await reach(page, ".note-button");
  await press(page, "Enter");
  assert.ok(await isAt(page, "textarea"));
  await page.keyboard.type("vu");
  await press(page, "Tab");
  await reach(page, ".note-button", "Shift+Tab");
  // Every control of the run down to the end of the page, then back up to the buttons.
  await reach(page, ".site-footer a");
  await reach(page, "[data-run-finish]", "Shift+Tab");
  await press(page, "Enter");
  assert.ok(await isAt(page, "[data-run-reset]"));
  await press(page, "Enter");
  assert.equal(await page.locator("input.task:checked").count(), 0);
  assert.deepEqual(wrongs, []);
  await close();
});

for (const [path, width] of [["", 1280], ["assets/srv-erp-01/", 1280], ["assets/srv-erp-01/", 360], ["tickets/inc-2026-0014/", 360], ["offline/", 1280], ["search/?q=onduleur", 1280]]) {
  test(`each stop of /${path} at ${width} px is seen, forth and back`, async () => {
    const { page, close } = await open(browser, { viewport: { width, height: 740 } });
    await page.goto(site.address(path));
    let stops = 0;
    // At the end of the page the browser's own controls take the focus, which no page sees: the body has it then.
    for (const key of ["Tab", "Shift+Tab"]) {
      for (let stop = 0; stop < 150; stop += 1) {
        await page.keyboard.press(key);
        if (await page.evaluate(() => document.activeElement === document.body)) break;
        await look(page, `${key} ${stop}`);
        stops += 1;
      }
    }
    assert.ok(stops > 20, `${stops} stops`);
    await close();
  });
}

test("on a phone each link of a wide drawing that takes the focus is whole in sight", async () => {
  const { page, close } = await open(browser, { viewport: { width: 360, height: 740 } });
  await page.goto(site.address("network/topology/"));
  let scrolled = 0;
  const cut = [];
  for (let stop = 0; stop < 400; stop += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(async () => {
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const at = document.activeElement;
      if (at === document.body) return null;
      const frame = at.matches("svg a") && at.closest(".diagram-scroll");
      if (!frame) return {};
      const [{ left, right }, seen] = [at.getBoundingClientRect(), frame.getBoundingClientRect()];
      return { isCut: left < seen.left || right > seen.right, isScrolled: frame.scrollLeft > 0, name: at.textContent };
    });
    if (!found) break;
    if (found.isCut) cut.push(found.name);
    if (found.isScrolled) scrolled += 1;
  }
  assert.deepEqual(cut, []);
  assert.ok(scrolled > 5, `${scrolled} links had to be scrolled to`);
  await close();
});
