// A scanned label leads to its record, by a script or by one tap.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { build, serve } from "./estate.mjs";

const LABEL = "q/NAC-011/#01";

let browser, site;
before(async () => {
  site = await serve(build());
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

test("a label opens the record, and the way back does not lead into it again", async () => {
  const { page, wrongs, close } = await open(browser, { viewport: { width: 390, height: 800 } });
  await page.goto(site.address(""));
  await page.goto(site.address(LABEL));
  await page.waitForURL(/\/assets\/[^/]+\/$/);
  assert.match(await page.locator("main").innerText(), /NAC-01101/);
  await page.goBack();
  assert.equal(page.url(), site.address(""));
  assert.deepEqual(wrongs, []);
  await close();
});

test("a label of no asset stays on the list", async () => {
  const { page, wrongs, close } = await open(browser);
  for (const end of ["#ZZ", "#%E0%A4", ""]) {
    await page.goto(site.address(`q/NAC-011/${end}`));
    assert.equal(await page.locator("h1").innerText(), "Étiquettes des équipements");
  }
  assert.deepEqual(wrongs, []);
  await close();
});

test("without scripts the line of the label stands out and leads on", async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  await page.goto(site.address(LABEL));
  const line = page.locator("li:target");
  assert.match(await line.innerText(), /^NAC-01101 /);
  assert.equal(await line.evaluate((item) => getComputedStyle(item).outlineStyle), "solid");
  assert.ok((await line.boundingBox()).y < 800);
  await line.locator("a").click();
  assert.match(await page.locator("main").innerText(), /NAC-01101/);
  await close();
});
