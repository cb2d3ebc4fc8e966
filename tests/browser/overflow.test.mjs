// No page of the example is wider than a telephone, record by record: what one record says can push where another of
// its kind does not. The parts of each page are put into one page that stays open, which is quicker than opening it.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
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

for (const width of [360, 320]) {
  test(`none of all pages is wider than ${width} px`, async () => {
    const { page, close } = await open(browser, { viewport: { width, height: 740 } });
    await page.goto(site.address("data/"));
    const all = pages(site.folder);
    assert.ok(all.length > 1000, `${all.length}`);
    assert.deepEqual(await page.evaluate(wider, all.map(site.address)), []);
    await close();
  });
}
