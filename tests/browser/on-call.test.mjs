// Who is on call: marked by the browser's clock, told without a script, printed on one sheet, read by calendars.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { build, serve } from "./estate.mjs";

const ROTA = "rotas/astreinte-2026-t4/";
let browser, site, opened;
before(async () => {
  site = await serve(build());
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});
afterEach(async () => {
  await opened.close();
  assert.deepEqual(opened.wrongs, []);
});

/** Opens a page by a clock that stands still. */
async function at(time, path) {
  opened = await open(browser, { timezoneId: "Europe/Paris" });
  await opened.page.clock.setFixedTime(new Date(time));
  await opened.page.goto(site.address(path));
  return opened.page;
}

const names = (page) => page.locator(".weeks .duties .current .name").allTextContents();

test("the mark follows the clock to the second", async () => {
  const before = await at("2026-11-20T16:59:59Z", ROTA);
  assert.deepEqual(await names(before), ["Yann Le Goff"]);
  await opened.close();
  const page = await at("2026-11-20T17:00:00Z", ROTA);
  assert.deepEqual(await names(page), ["Nadia Lefort"]);
  const line = await page.locator("[data-on-call]").textContent();
  assert.match(line, /horloge de ce navigateur \(ven\. 20 nov\.,? 18:00\)/);
  assert.match(line, /Nadia Lefort$/);
});

test("after the last shift nobody is on call, and the page says so", async () => {
  const page = await at("2027-01-02T12:00:00Z", ROTA);
  assert.deepEqual(await names(page), []);
  assert.match(await page.locator("[data-on-call]").textContent(), /personne/);
});

test("the home page marks whoever is on call now", async () => {
  const page = await at("2026-11-21T12:00:00Z", "");
  assert.equal(await page.locator(".on-call [data-span]").count(), 2, "both shifts of the day of the site");
  assert.deepEqual(await page.locator(".on-call .current .name").allTextContents(), ["Nadia Lefort"]);
  const shown = page.locator(".on-call [data-span]:visible .name");
  assert.deepEqual(await shown.allTextContents(), ["Nadia Lefort"], "whose turn is over is not offered a call");
});

test("before the turn ends the next person stands second, and long after it all turns are told to be over", async () => {
  const page = await at("2026-11-20T12:00:00Z", "");
  assert.deepEqual(await page.locator(".on-call [data-span]:visible .name").allTextContents(), ["Yann Le Goff", "Nadia Lefort"]);
  await opened.close();
  const later = await at("2027-02-20T12:00:00Z", "");
  assert.equal(await later.locator(".on-call .over:visible").count(), 2);
});

test("numbers can be called from abroad", async () => {
  const page = await at("2026-11-21T12:00:00Z", ROTA);
  const links = await page.locator('a[href^="tel:"]').evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  assert.ok(links.length > 10);
  for (const link of links) assert.match(link, /^tel:\+33\d{9}$/);
});

test("without a script the day's shifts are told, and no clock is claimed", async () => {
  opened = await open(browser, { javaScriptEnabled: false });
  await opened.page.goto(site.address(ROTA));
  assert.ok(await opened.page.locator(".weeks > li").count() >= 14);
  assert.equal(await opened.page.locator("[data-on-call]").isVisible(), false);
});

test("a quarter of weekly shifts prints on one sheet", async () => {
  const page = await at("2026-11-21T12:00:00Z", ROTA);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  assert.equal(pdf.match(/\/Type \/Page\b(?!s)/g).length, 1);
});

test("a person's page lists what comes and leads to a calendar", async () => {
  const page = await at("2026-11-21T12:00:00Z", "people/nadia-lefort/");
  assert.equal(await page.locator(".duties .current .name").count(), 1);
  const href = await page.locator('a[href$="on-call.ics"]').getAttribute("href");
  assert.equal(href, "on-call.ics");
});

test("calendars keep RFC 5545: lines, ends, one event a shift", () => {
  opened = { wrongs: [], close() {} };
  const text = readFileSync(join(site.folder, ROTA, "on-call.ics"), "utf8");
  const lines = text.split("\r\n");
  assert.equal(lines.pop(), "");
  for (const line of lines) assert.ok(Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line), line);
  assert.equal(lines.filter((line) => line === "BEGIN:VEVENT").length, 14);
  const uids = lines.filter((line) => line.startsWith("UID:"));
  assert.equal(new Set(uids).size, 14);
  assert.ok(lines.includes("DTSTART:20261120T170000Z"));
});

test("on a phone the home page has who is on call, then procedures, before lists; a long message takes two lines", async () => {
  const { page, close } = await open(browser, { viewport: { width: 390, height: 844 } });
  await page.goto(site.address(""));
  const tops = await page.locator("#on-call, .activity h3, #tickets, #changes").evaluateAll((all) => all.map((one) => [one.id, one.getBoundingClientRect().top]));
  assert.deepEqual(tops.map(([, top]) => top), tops.map(([, top]) => top).toSorted((one, other) => one - other), "read in the order that is seen");
  const ids = tops.map(([id]) => id);
  assert.equal(ids[0], "on-call");
  assert.deepEqual(ids.slice(-2), ["tickets", "changes"]);
  assert.ok(ids.length > 4);
  const message = page.locator(".latest .message").first();
  await message.evaluate((line) => (line.textContent = "one more word of a long message ".repeat(20)));
  const [height, line] = await message.evaluate((one) => [one.getBoundingClientRect().height, parseFloat(getComputedStyle(one).lineHeight)]);
  assert.ok(height <= 2 * line + 1, `${height} ${line}`);
  await close();
});
