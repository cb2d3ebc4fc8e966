// Searching as a technician does: a key, a few letters, Enter. Under a sub-path and the published policy.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { build, serve } from "./estate.mjs";
import { QUERIES, answered, dialog, results, type } from "./searching.mjs";

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

for (const [what, words, url] of QUERIES) {
  test(`${what}: ${words}`, async () => {
    await page.keyboard.press("Control+k");
    await type(page, words);
    const hrefs = await results(page).evaluateAll((links) => links.map((link) => link.href));
    assert.ok(hrefs.slice(0, 3).some((href) => href.split("#")[0] === site.address(url)), hrefs.join("\n"));
  });
}

test("a word is found behind a curly apostrophe, and Enter opens the page", async () => {
  await page.keyboard.press("/");
  const found = await type(page, "onduleur");
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
  await page.keyboard.press("Control+k");
  assert.equal(await dialog(page).evaluate((element) => element.open), true);
  assert.equal(await page.evaluate(() => document.activeElement.id), "searchInput");
  await page.keyboard.insertText("onduleur");
  await page.keyboard.press("Escape");
  assert.equal(await dialog(page).evaluate((element) => element.open), false);
  assert.ok(await link.evaluate((element) => element === document.activeElement));
});

test("a slash typed into a field stays a slash", async () => {
  await page.goto(site.address("assets/"));
  await page.locator(".table-tools input").focus();
  await page.keyboard.type("/");
  assert.equal(await page.locator(".table-tools input").inputValue(), "/");
  assert.equal(await dialog(page).evaluate((element) => element.open), false);
});

test("the single key can be switched off, from page to page", async () => {
  await page.keyboard.press("Control+k");
  await dialog(page).locator("[data-slash]").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  assert.equal(await dialog(page).evaluate((element) => element.open), false);
  await page.goto(site.address("people/"));
  await page.keyboard.press("/");
  assert.equal(await dialog(page).evaluate((element) => element.open), false);
  await page.keyboard.press("Control+k");
  await dialog(page).locator("[data-slash]").check();
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  assert.equal(await dialog(page).evaluate((element) => element.open), true);
});

test("the keyboard alone: the combobox says which option is chosen, in which group", async () => {
  await page.keyboard.press("Control+k");
  await type(page, "onduleur");
  const input = page.locator("#searchInput");
  assert.equal(await input.getAttribute("aria-expanded"), "true");
  const chosen = () => page.evaluate(() => {
    const named = document.querySelector("#searchInput").getAttribute("aria-activedescendant");
    const option = document.getElementById(named);
    const group = option.closest("[role=group]");
    const label = document.getElementById(group.getAttribute("aria-labelledby")).textContent;
    const selected = document.querySelectorAll("#searchDialog [aria-selected=true]");
    return { named, role: option.getAttribute("role"), list: group.parentElement.getAttribute("role"), label, alone: selected.length === 1 && selected[0] === option };
  });
  const first = await chosen();
  assert.deepEqual({ ...first, named: "", label: "" }, { named: "", role: "option", list: "listbox", label: "", alone: true });
  assert.ok(first.label.length > 0);
  await page.keyboard.press("ArrowDown");
  const second = await chosen();
  assert.notEqual(second.named, first.named);
  await page.keyboard.press("ArrowUp");
  assert.equal((await chosen()).named, first.named);
  await page.keyboard.press("ArrowUp");
  const last = await chosen();
  assert.notEqual(last.named, first.named);
  assert.equal(await page.evaluate(() => document.activeElement.id), "searchInput");
});

test("results of one kind stand together, with the words marked", async () => {
  await page.keyboard.press("Control+k");
  await type(page, "onduleur");
  const groups = await dialog(page).locator("[role=group] .search-group").allTextContents();
  assert.ok(groups.length > 1);
  assert.deepEqual([...new Set(groups)], groups);
  const marks = await dialog(page).locator("mark").allTextContents();
  assert.ok(marks.length > 3 && marks.every((mark) => /^onduleur/i.test(mark)), marks.join());
});

test("searches are remembered in the browser, offered again, and forgotten", async () => {
  await page.keyboard.press("Control+k");
  await type(page, "ups-gre-01");
  await page.keyboard.press("Enter");
  await page.waitForURL(/ups-gre-01/);
  await page.keyboard.press("Control+k");
  const offered = dialog(page).locator("[role=option]");
  await offered.first().waitFor();
  assert.deepEqual(await offered.allTextContents(), ["ups-gre-01"]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await answered(page);
  assert.equal(await page.locator("#searchInput").inputValue(), "ups-gre-01");
  assert.ok(await results(page).count() > 0);
  await page.locator("#searchInput").fill("");
  await dialog(page).locator("[data-forget]").click();
  await page.keyboard.press("Escape");
  await page.reload();
  await page.keyboard.press("Control+k");
  assert.equal(await offered.count(), 0);
});

test("an answer that comes late never replaces a newer one, and typing never waits", async () => {
  let hold = [];
  await page.route(/_carnet\/search\/fr\//, async (route) => {
    if (hold) await new Promise((go) => hold.push(go));
    await route.continue();
  });
  await page.keyboard.press("Control+k");
  await page.keyboard.insertText("imprimante");
  await page.waitForFunction(() => document.querySelector("#searchStatus .search-wait") !== null);
  await page.locator("#searchInput").fill("ups-gre-01");
  assert.equal(await page.locator("#searchInput").inputValue(), "ups-gre-01");
  await page.waitForTimeout(200);
  const held = hold;
  hold = null;
  // The files of the newer question arrive first, those of the older one last.
  for (const go of held.reverse()) {
    go();
    await page.waitForTimeout(50);
  }
  await answered(page);
  await page.waitForTimeout(300);
  assert.equal(await page.locator("#searchStatus .search-wait").count(), 0);
  const hrefs = await results(page).evaluateAll((links) => links.map((link) => link.href));
  assert.equal(hrefs[0], site.address("assets/ups-gre-01/"));
});

test("Enter before the answer waits for it", async () => {
  await page.route(/_carnet\/search\/fr\//, async (route) => {
    await new Promise((go) => setTimeout(go, 150));
    await route.continue();
  });
  await page.keyboard.press("Control+k");
  await page.keyboard.insertText("ups-gre-01");
  await page.keyboard.press("Enter");
  await page.waitForURL(/assets\/ups-gre-01/);
});

test("a search that cannot be loaded says so, and works once it can", async () => {
  await page.route(/_carnet\/search\//, (route) => route.abort("aborted"));
  await page.keyboard.press("Control+k");
  await page.keyboard.insertText("onduleur");
  const said = await page.evaluate(() => carnetSearch.words.error);
  await page.waitForFunction((text) => document.querySelector("#searchStatus").textContent === text, said);
  await page.unroute(/_carnet\/search\//);
  await page.keyboard.insertText("s");
  await results(page).first().waitFor();
});

test("an unknown word is said to be unknown", async () => {
  await page.keyboard.press("/");
  assert.deepEqual(await type(page, "zzyzxq"), []);
  assert.match(await page.locator("#searchStatus").textContent(), /«\s?zzyzxq\s?»/);
  assert.equal(await page.locator("#searchInput").getAttribute("aria-expanded"), "false");
});

test("what the index holds is shown as text", async () => {
  await page.goto(site.address("manuel/"));
  await page.keyboard.press("Control+k");
  await type(page, "script");
  assert.equal(await dialog(page).locator("#searchResults script, #searchResults img").count(), 0);
});

test("on a phone the search fills the screen", async () => {
  await page.setViewportSize({ width: 390, height: 740 });
  await page.locator(".search-button").click();
  await type(page, "mot de passe");
  const box = await dialog(page).boundingBox();
  assert.ok(await dialog(page).locator("[data-slash]").isVisible());
  assert.deepEqual([box.x, box.y, box.width, box.height].map(Math.round), [0, 0, 390, 740]);
  assert.equal(await page.evaluate(() => document.querySelector("#searchDialog").scrollWidth <= 390), true);
});

test("where there are no keys nothing speaks of keys", async () => {
  const phone = await open(browser, { viewport: { width: 390, height: 740 }, hasTouch: true, isMobile: true });
  await phone.page.goto(site.address(""));
  assert.equal(await phone.page.locator("main .search-large kbd").isVisible(), false);
  // With a search to forget the foot of the dialog is there, with that alone.
  await phone.page.evaluate(() => localStorage.setItem(`carnet:recent:${location.pathname}`, "onduleur"));
  await phone.page.locator("main .search-large").tap();
  await dialog(phone.page).locator("[data-forget]").waitFor();
  for (const part of ["kbd", "[data-slash]"]) assert.equal(await dialog(phone.page).locator(part).first().isVisible(), false);
  await phone.page.goto(site.address("search/"));
  assert.equal(await phone.page.getByText("Ctrl+K").first().isVisible(), false);
  await phone.close();
  assert.deepEqual(phone.wrongs, []);
});
