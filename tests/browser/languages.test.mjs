// A language that a site brings along in one file: its search folds its letters, a page that nobody has translated
// says so in the reader's language, and the switch leads from one language to the others.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { CARNET, REPOSITORY, serve } from "./estate.mjs";
import { results, type } from "./searching.mjs";

let browser, site;
before(async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "carnet-languages-")), "site");
  const root = join(REPOSITORY, "tests/sites/langues/project");
  execFileSync(CARNET, ["--root", root, "build", "--no-history", "--out", folder], { stdio: ["ignore", "ignore", "pipe"] });
  site = await serve(folder);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

test("a German page finds German words however they are spelt", async () => {
  const { page, close, wrongs } = await open(browser);
  await page.goto(site.address("de/"));
  assert.equal(await page.locator("html").getAttribute("lang"), "de");
  for (const words of ["hauptstrasse", "HAUPTSTRASSE", "Hauptstraße"]) {
    await page.keyboard.press("/");
    const found = await type(page, words);
    assert.equal(found.length, 1, words);
    assert.match(found[0], /Das Heft/, words);
    assert.match(await results(page).first().getAttribute("href"), /\/de\/$|^\.\/$|^$/, words);
    await page.keyboard.press("Escape");
    await page.reload();
  }
  await close();
  assert.deepEqual(wrongs, []);
});

test("a page without a translation says so, and its text has its own language", async () => {
  const { page, close, wrongs } = await open(browser);
  await page.goto(site.address("de/procedures/serveurs/sauvegarder/"));
  assert.equal(await page.locator("html").getAttribute("lang"), "de");
  assert.match(await page.locator("main").textContent(), /noch nicht übersetzt/);
  assert.equal(await page.locator(".prose.body").getAttribute("lang"), "fr");
  await page.locator(".translations a[lang=fr]").click();
  assert.equal(page.url(), site.address("procedures/serveurs/sauvegarder/"));
  await close();
  assert.deepEqual(wrongs, []);
});

test("the switch leads to the translation", async () => {
  const { page, close, wrongs } = await open(browser);
  await page.goto(site.address("procedures/serveurs/redemarrer/"));
  await page.locator(".translations a[lang=de]").click();
  assert.equal(page.url(), site.address("de/procedures/serveurs/redemarrer/"));
  assert.equal(await page.locator("h1").textContent(), "Einen Server neu starten");
  await close();
  assert.deepEqual(wrongs, []);
});
