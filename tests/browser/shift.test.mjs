// Nothing that is read moves by itself while a page arrives: the sum of all layout shifts is zero, on a telephone and
// on a desk.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { build, serve } from "./estate.mjs";

// As over a slow network: what stands at a page's end is not there when its beginning is painted.
const PIECES = 4;

let browser, site;
before(async () => {
  site = await serve(build(), { pieces: PIECES });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

const PAGES = {
  home: "",
  "a long list": "assets/",
  asset: "assets/srv-erp-01/",
  procedure: "procedures/infrastructure/panne-onduleur/",
  search: "search/?q=onduleur",
  "search of few results": "search/?q=zzyzxq",
};
// Shifts are written down from the first byte on, with what moved.
const watch = () => {
  globalThis.shifts = [];
  const note = (list) => {
    for (const { value, sources } of list.getEntries()) {
      const moved = sources.map(({ node }) => `${node?.nodeName}.${node?.className ?? ""}`);
      globalThis.shifts.push(`${value.toFixed(4)}: ${moved.join(", ")}`);
    }
  };
  new PerformanceObserver(note).observe({ type: "layout-shift", buffered: true });
};

for (const [width, height] of [[390, 740], [1280, 900]]) {
  test(`no shift while a page arrives at ${width} px`, async () => {
    const { page, wrongs, close } = await open(browser, { viewport: { width, height } });
    await page.addInitScript(watch);
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(site.address(path), { waitUntil: "networkidle" });
      if (path.includes("q=")) await page.waitForFunction(() => document.querySelector("main [role=status]")?.textContent);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      assert.deepEqual(await page.evaluate(() => globalThis.shifts), [], name);
    }
    assert.deepEqual(wrongs, []);
    await close();
  });
}
