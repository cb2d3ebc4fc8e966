// Sheets of labels of a site: millimetres as the paper's, without scripts and with them, and codes that lead on.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { build, serve } from "./estate.mjs";

const SHEET = "sites/lyon/labels/";
// A browser counts 96 pixels an inch; a tenth of a millimetre is finer than any cutter.
const MILLIMETRE = 96 / 25.4;

let browser, site;
before(async () => {
  site = await serve(build());
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

/** Left, top, width and height of what a selector finds, in millimetres from its sheet's corner. */
const places = (page, selector) => page.locator(selector).evaluateAll((found, unit) => found.map((element) => {
  const [own, sheet] = [element, element.closest(".sheet")].map((it) => it.getBoundingClientRect());
  return [own.left - sheet.left, own.top - sheet.top, own.width, own.height].map((length) => length / unit);
}), MILLIMETRE);
const near = (found, expected) => found.forEach((length, at) => assert.ok(Math.abs(length - expected[at]) < 0.1, `${found} is not ${expected}`));
const sheets = (pdf) => [...pdf.toString("latin1").matchAll(/\/Type\s*\/Page\b/g)].length;

test("without scripts sheets print in exact millimetres, each on a page", async () => {
  const { page, wrongs, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(site.address(SHEET));
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("form").isVisible(), false);
  assert.equal(await page.locator("h1").isVisible(), false);
  near((await places(page, ".sheet"))[0], [0, 0, 210, 297]);
  const full = ".sheet:has(.label:nth-child(21))";
  const labels = await places(page, `${full} >> nth=0 >> .label`);
  assert.equal(labels.length, 21);
  labels.forEach((place, at) => near(place, [7.25 + 66 * (at % 3), 15.15 + 38.1 * Math.floor(at / 3), 63.5, 38.1]));
  near((await places(page, `${full} .qr`))[0].slice(2), [28.575, 28.575]);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.equal(sheets(pdf), await page.locator(".sheet").count());
  assert.match(pdf.toString("latin1"), /\/MediaBox\s*\[0 0 59[45][\d.]* 84[12][\d.]*\]/);
  assert.deepEqual(wrongs, []);
  await close();
});

test("without scripts the address of a room prints that room alone", async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(site.address(SHEET));
  const all = await page.locator(".room").count();
  assert.ok(all > 1);
  const link = page.locator("nav a").last();
  const told = Number(/\((\d+)/.exec(await link.innerText())[1]);
  await link.click();
  assert.equal(await page.locator(".room:visible").count(), 1);
  assert.equal(await page.locator(".words:visible").count(), told);
  await close();
});

test("words fit in their label", async () => {
  const { page, close } = await open(browser);
  await page.goto(site.address(SHEET));
  for (const format of await page.locator("option").evaluateAll((options) => options.map((option) => option.value))) {
    await page.locator("select").selectOption(format);
    const cut = await page.locator(".tag").evaluateAll((tags) => tags.filter((tag) => tag.scrollWidth > tag.clientWidth + 1).map((tag) => tag.textContent));
    assert.deepEqual(cut, [], format);
  }
  await close();
});

test("a reader chooses format, first place and labels, and they follow one another", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address(SHEET));
  const labels = await page.locator(".words").count();
  assert.equal(await page.locator(".sheet").count(), Math.ceil(labels / 21));
  await page.locator("[name=start]").fill("14");
  await page.locator("[name=format]").selectOption("label-L7651");
  assert.equal(await page.locator(".sheet").count(), Math.ceil((labels + 13) / 65));
  // The fourteenth of five a row is the fourth of the third row.
  near((await places(page, ".label:has(.words)"))[0], [4.75 + 3 * 40.6, 10.7 + 2 * 21.2, 38.1, 21.2]);
  await page.locator("summary").click();
  for (const box of (await page.locator("legend input").all()).slice(1)) await box.uncheck();
  const first = page.locator("fieldset").first().locator("div").first().locator("input");
  await first.nth(1).uncheck();
  const chosen = Number(/\((\d+)/.exec(await page.locator("legend").first().innerText())[1]) - 1;
  assert.equal(await page.locator("main .words").count(), chosen);
  assert.match(await page.locator("[data-facts]").innerText(), new RegExp(`^Étiquettes\\s: ${chosen} `));
  assert.equal(await page.locator("legend input").first().evaluate((box) => box.indeterminate), true);
  await page.locator("[name=format]").selectOption("label-62x29");
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  assert.equal(sheets(Buffer.from(pdf, "latin1")), chosen);
  assert.match(pdf, /\/MediaBox\s*\[0 0 17[56][\d.]* 8[123][\d.]*\]/);
  assert.deepEqual(wrongs, []);
  await close();
});

test("the address of a room chooses it where scripts run, and nothing chosen prints nothing", async () => {
  const { page, close } = await open(browser);
  await page.goto(site.address(`${SHEET}#room-2`));
  const told = Number(/\((\d+)/.exec(await page.locator("nav a").nth(1).innerText())[1]);
  assert.equal(await page.locator("main .words").count(), told);
  await page.locator("summary").click();
  await page.locator("legend input").nth(1).uncheck();
  assert.equal(await page.locator(".sheet").count(), 0);
  await close();
});

test("what a code holds leads to the record of its label", async () => {
  const { page, close } = await open(browser);
  await page.goto(site.address(SHEET));
  const [code, tag, name] = await page.locator("main .label").nth(3).evaluate((label) => [
    label.querySelector(".qr path").getAttribute("d"), label.querySelector(".tag").textContent, label.querySelector(".name").textContent,
  ]);
  // The same drawing stands on the asset's own page and in the list of the physical inventory, whose tests read it.
  const list = readFileSync(join(site.folder, "sites/lyon/inventory/index.html"), "utf8");
  assert.ok(list.includes(`d="${code}"`), "the code of the inventory");
  await page.goto(site.address(`q/${tag.slice(0, -2)}/#${tag.slice(-2)}`));
  await page.waitForURL(/\/assets\/[^/]+\/$/);
  assert.equal(await page.locator("h1").innerText(), name);
  await close();
});

test("the page of all labels leads to the sheets of each place", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address("assets/labels/"));
  const link = page.locator("main tbody th a").first();
  const name = await link.innerText();
  await link.click();
  await page.waitForURL(/\/labels\/$/);
  assert.equal(await page.locator("h1").innerText(), `Étiquettes · ${name}`);
  assert.deepEqual(wrongs, []);
  await close();
});
