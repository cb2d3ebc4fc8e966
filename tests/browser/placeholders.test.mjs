// A procedure opened from an asset shows its values, by the address alone.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, open } from "./browser.mjs";
import { build, buildOffline, remove, serve } from "./estate.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const PROCEDURE = "procedures/equipements/imprimante/";

let browser, site, disk;
before(async () => {
  site = await serve(build());
  disk = buildOffline();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
  if (disk) remove(disk);
});

const hole = (page, field) => page.locator(`.placeholder[data-field=${field}]`).first();
const expects = (page) => page.locator("[data-placeholders] > p").first();
const told = (page) => page.locator("[data-placeholders] > p").nth(1);

test("from the asset's page, its values are filled in; they can be cleared", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address("assets/imp-gre-02/"));
  const entry = page.locator(".applicable li", { hasText: "Installer ou remplacer une imprimante" });
  assert.match(await entry.innerText(), /pour ce type d’équipement/);
  const carried = new URLSearchParams((await entry.locator("a").getAttribute("href")).split("#")[1]);
  assert.deepEqual([...carried.keys()].sort(), ["asset", "hostname", "ip", "room", "site"]);
  await entry.locator("a").click();
  await page.waitForSelector(".placeholder.filled");
  assert.equal(await hole(page, "ip").textContent(), "10.30.60.22");
  assert.match(await page.locator("figure.code").first().innerText(), /-Name 'imp-gre-02'/);
  assert.equal(await expects(page).isVisible(), false);
  assert.match(await told(page).innerText(), /Valeurs de imp-gre-02/);

  // A jump to a heading keeps what is filled.
  await page.locator(".contents a, .prose h2 a").last().evaluate((link) => link.click());
  assert.doesNotMatch(page.url(), /asset=/);
  assert.equal(await hole(page, "ip").textContent(), "10.30.60.22");

  await told(page).locator("button").click();
  assert.equal(await hole(page, "ip").textContent(), "‹Adresses IP›");
  assert.equal(await page.locator(".placeholder.filled").count(), 0);
  assert.ok(await expects(page).isVisible());
  await page.goBack();
  await page.waitForSelector(".placeholder.filled");
  await told(page).locator("a").click();
  assert.equal(page.url(), site.address("assets/imp-gre-02/"));
  assert.deepEqual(wrongs, []);
  await close();
});

test("opened without values it says what it expects, and a heading's fragment jumps", async () => {
  const { page, wrongs, close } = await open(browser, { bypassCSP: true, viewport: { width: 390, height: 700 } });
  await page.addInitScript({ path: AXE });
  await page.goto(site.address(PROCEDURE));
  assert.match(await expects(page).innerText(), /attend les valeurs d’un équipement \(Nom d’hôte, Adresses IP/);
  assert.equal(await told(page).isVisible(), false);
  const found = await page.evaluate(() => globalThis.axe.run("main"));
  assert.deepEqual(found.violations.map((violation) => violation.id), []);
  const id = await page.locator(".prose h2[id]").last().getAttribute("id");
  await page.goto(site.address(`${PROCEDURE}#${id}`));
  assert.ok(await page.evaluate(() => scrollY > 0));
  assert.equal(await page.locator(".placeholder.filled").count(), 0);
  assert.deepEqual(wrongs, []);
  await close();
});

test("opened without values it offers the machines that it is for, and a record leads to it from its head", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address(PROCEDURE));
  await expects(page).locator("a", { hasText: "imp-ann-01" }).click();
  await page.waitForSelector(".placeholder.filled");
  assert.equal(await expects(page).isVisible(), false);
  assert.match(await told(page).innerText(), /Valeurs de imp-ann-01/);
  assert.ok(await told(page).locator("button").evaluate((button) => document.activeElement === button));
  assert.match(await page.locator("[data-run-state]").textContent(), /^imp-ann-01/);
  assert.equal(await page.evaluate(() => scrollY), 0);
  await told(page).locator("button").click();
  assert.ok(await expects(page).locator("a").first().isVisible());

  await page.goto(site.address("assets/ups-gre-01/"));
  const link = page.locator(".facts a", { hasText: "Réagir à une panne d’onduleur" });
  assert.match(await link.innerText(), /^Procédure\s: /);
  await link.click();
  await page.waitForSelector(".placeholder.filled");
  assert.match(await told(page).innerText(), /ups-gre-01/);
  assert.deepEqual(wrongs, []);
  await close();
});

test("without a script nothing is offered that would not fill in", async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(site.address(PROCEDURE));
  assert.ok(await expects(page).isVisible());
  assert.equal(await expects(page).locator("a").first().isVisible(), false);
  await close();
});

test("an address made by somebody else is text, and leads nowhere", async () => {
  const { page, wrongs, close } = await open(browser);
  const evil = encodeURIComponent("<img src=x onerror=alert(1)>");
  for (const asset of ["javascript:alert(1)", "../../..//evil.example/", "%zz", "<b>x</b>"]) {
    await page.goto("about:blank");
    const fragment = `#asset=${asset === "%zz" ? asset : encodeURIComponent(asset)}&hostname=${evil}&inconnu=1`;
    await page.goto(site.address(PROCEDURE + fragment));
    assert.equal(await hole(page, "hostname").textContent(), "<img src=x onerror=alert(1)>");
    assert.equal(await page.locator(".placeholder *").count(), 0);
    assert.equal(await told(page).locator("a").getAttribute("href"), null, asset);
    assert.equal(await hole(page, "ip").textContent(), "‹Adresses IP›");
  }
  assert.deepEqual(wrongs, []);
  await close();
});

test("from the disk too; other procedures load no script for it", async () => {
  const { page, wrongs, close } = await open(browser);
  const start = pathToFileURL(`${disk}/`).href;
  await page.goto(`${start}assets/imp-gre-02/index.html`);
  await page.locator(".applicable a", { hasText: "Installer ou remplacer une imprimante" }).click();
  await page.waitForSelector(".placeholder.filled");
  await told(page).locator("a").click();
  assert.equal(page.url(), `${start}assets/imp-gre-02/index.html`);
  await page.goBack();
  await page.waitForSelector(".placeholder.filled");
  await told(page).locator("button").click();
  assert.equal(await page.locator(".placeholder.filled").count(), 0);
  assert.equal(page.url(), `${start}${PROCEDURE}index.html`);
  await page.goto(site.address("procedures/assister/escalade/"));
  assert.equal(await page.locator("script[src*=placeholders]").count(), 0);
  assert.deepEqual(wrongs, []);
  await close();
});
