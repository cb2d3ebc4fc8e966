// No page of the example is wider than a telephone, record by record: what one record says can push where another of
// its kind does not. The parts of each page are put into one page that stays open, which is quicker than opening it.
// The narrowest telephone stands for all: up to 480 px no rule of the style asks for a width, but for the sheets of labels.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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

/** The addresses of all pages. */
const pages = (folder) => readdirSync(folder, { recursive: true })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /(^|\/)index\.html$/.test(path))
  .map((path) => path.replace(/index\.html$/, "")).sort();

/** Which of the pages are wider than the window, and by what; run in the browser. */
const wider = async (addresses) => {
  const load = (address) => new Promise((done, failed) => {
    const request = Object.assign(new XMLHttpRequest(), { onload: () => done(request.response), onerror: failed });
    request.open("GET", address);
    request.responseType = "document";
    request.send();
  });
  const middle = document.querySelector(".middle");
  const found = [];
  let next = load(addresses[0]);
  for (const [place, address] of addresses.entries()) {
    const page = await next;
    next = addresses[place + 1] && load(addresses[place + 1]);
    const own = page.querySelector(".middle");
    if (!own) continue;
    document.body.className = page.body.className;
    middle.replaceChildren(...own.children);
    const { scrollWidth, clientWidth } = document.scrollingElement;
    if (scrollWidth > clientWidth) found.push(`${scrollWidth} px: ${address}`);
  }
  return found;
};

test("none of all pages is wider than 320 px", async () => {
  const { page, close } = await open(browser, { viewport: { width: 320, height: 740 } });
  await page.goto(site.address("data/"));
  const all = pages(site.folder);
  assert.ok(all.length > 1000, `${all.length}`);
  assert.deepEqual(await page.evaluate(wider, all.map(site.address)), []);
  await close();
});

test("what holds at 320 px holds up to 480 px: no rule of the style asks for a width between", () => {
  const folder = join(site.folder, "_carnet");
  const sheets = readdirSync(folder).filter((name) => name.endsWith(".css") && !name.startsWith("labels."));
  const text = sheets.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  const asked = [...text.matchAll(/@(?:media|container)[^{]*/g)].flatMap(([query]) => [...query.matchAll(/width\s*[:<>=]+\s*([\d.]+)(rem|em|px)/g)]);
  const widths = asked.map(([, number, unit]) => Number(number) * (unit === "px" ? 1 : 16));
  assert.ok(widths.length > 10, `${widths}`);
  assert.deepEqual(widths.filter((width) => width < 480), []);
});
