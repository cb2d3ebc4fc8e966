// Reading without the network: pages that were opened, sections that were chosen, a new build, and every way in which
// a browser or a server may refuse.
import assert from "node:assert/strict";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { FLAGS, launch, open, PROGRAM } from "./browser.mjs";
import { BASE, project, serve } from "./estate.mjs";

let browser, estate, site;
before(async () => {
  estate = project();
  estate.build();
  site = await serve(estate.folder);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

const PAGE = "offline/";
const ROW = (section) => `[data-section="${section}"]`;
/** A context of its own with the worker, and what goes wrong in it; without the network requests do fail. */
async function reader(options = {}) {
  const opened = await open(browser, { serviceWorkers: "allow", ...options });
  const sound = () => opened.wrongs.filter((wrong) => !/ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(wrong));
  return { ...opened, context: opened.page.context(), sound };
}
/** Opens a page and waits until the worker holds it. */
async function visit(page, path) {
  await page.goto(site.address(path));
  const isHeld = () => page.evaluate(async () => navigator.serviceWorker.controller && Boolean(await caches.match(location.href)));
  for (let tries = 0; !(await isHeld()); tries += 1) {
    assert.ok(tries < 100, `${path} is not held`);
    await page.waitForTimeout(100);
  }
}
async function ready(page) {
  await page.goto(site.address(PAGE));
  await page.locator("[data-keep]:enabled").waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller);
}
const said = (page) => page.locator("[data-offline-said]");
const text = async (locator) => (await locator.textContent()).replace(/[\u00a0\u202f]/g, " ").trim();
async function keep(page, ...sections) {
  await ready(page);
  for (const section of sections) await page.locator(`${ROW(section)} input`).check();
  await page.locator("[data-keep]").click();
  await said(page).filter({ hasText: /C’est gardé/ }).waitFor({ timeout: 60_000 });
}

test("pages that were opened read without the network, whole; others say that they are not kept", async () => {
  const { page, context, sound, close } = await reader();
  await visit(page, "assets/srv-erp-01/");
  await visit(page, "procedures/infrastructure/panne-onduleur/");
  await context.setOffline(true);
  await page.goto(site.address("assets/srv-erp-01/"));
  assert.match(await page.locator("h1").textContent(), /ERP de la laiterie/);
  // Style and scripts came too.
  assert.equal(await page.locator(".visually-hidden").first().evaluate((element) => getComputedStyle(element).position), "absolute");
  assert.ok(await page.locator("[data-theme-toggle]").getAttribute("aria-label"));
  await page.goto(site.address("assets/imp-lyo-01/"));
  assert.match(page.url(), /offline\/\?missing=/);
  assert.match(await text(said(page)), /la page demandée n’est pas gardée/);
  assert.equal(await said(page).locator("a").getAttribute("href"), site.address("assets/imp-lyo-01/"));
  // What can be read all the same is a list, the newest first, and the search says why it finds nothing.
  const links = page.locator("[data-list] a");
  assert.deepEqual(await links.evaluateAll((all) => all.map((link) => link.href)), ["procedures/infrastructure/panne-onduleur/", "assets/srv-erp-01/"].map(site.address));
  assert.match(await text(links.last()), /^ERP de la laiterie/);
  await page.keyboard.press("Control+k");
  await page.locator("#searchInput").fill("onduleur");
  const status = page.locator("#searchStatus");
  await status.filter({ hasText: "La recherche a besoin du réseau." }).waitFor();
  assert.equal(await status.locator("a").evaluate((link) => link.href), site.address(PAGE));
  await page.keyboard.press("Escape");
  await links.last().click();
  await page.waitForURL(site.address("assets/srv-erp-01/"));
  await page.goto(`${site.address(PAGE)}?missing=${site.address("assets/imp-lyo-01/")}`);
  await context.setOffline(false);
  await said(page).locator("a").click();
  await page.waitForURL(site.address("assets/imp-lyo-01/"));
  assert.deepEqual(sound(), []);
  await close();
});

test("an address that leads elsewhere is not offered as a missing page", async () => {
  const { page, close } = await reader();
  await page.goto(`${site.address(PAGE)}?missing=javascript:alert(1)`);
  await page.locator("[data-keep]:enabled").waitFor();
  assert.equal(await said(page).locator("a").count(), 0);
  await close();
});

test("sizes are shown first; a chosen section reads whole without the network, search included, and can be removed", async () => {
  const { page, context, sound, close } = await reader();
  await ready(page);
  assert.match(await text(page.locator(`${ROW("assets")} [data-size]`)), /^\d+(,\d)? [kM]o$/i);
  assert.equal(await text(page.locator("[data-total]")), "0 octet");
  await page.locator(`${ROW("assets")} input`).check();
  const index = JSON.parse(readFileSync(join(site.folder, "_offline/index.json"), "utf8"));
  // The search comes with the first section, unless it is taken out.
  assert.ok(await page.locator(`${ROW("search")} input`).isChecked());
  const expected = ["assets", "search", "_base"].reduce((sum, name) => sum + index.sections[name].bytes, 0) / 1e6;
  assert.ok(Math.abs(parseFloat((await text(page.locator("[data-total]"))).replace(",", ".")) - expected) < 0.6);
  await keep(page, "assets", "search");
  assert.match(await text(page.locator("[data-offline-state]")), /Place encore libre pour ce site : environ [\d,]+ [GM]o/);
  await context.setOffline(true);
  for (const path of ["assets/", "assets/imp-lyo-01/", ""]) {
    await page.goto(site.address(path));
    assert.ok(!page.url().includes("missing"), path);
    assert.ok(await page.locator("h1").isVisible(), path);
  }
  await page.keyboard.press("Control+k");
  await page.keyboard.type("srv-erp");
  await page.locator(".search-results a[href$='assets/srv-erp-01/']").waitFor();
  await page.goto(site.address("people/claire-dumas/"));
  assert.match(page.url(), /missing/);
  await context.setOffline(false);
  await ready(page);
  await page.locator(`${ROW("assets")} [data-kept]`).filter({ hasText: "Gardée" }).and(page.locator(":visible")).waitFor();
  await page.locator("[data-remove]").click();
  await said(page).filter({ hasText: /Plus rien/ }).waitFor();
  await context.setOffline(true);
  await page.goto(site.address("assets/imp-lyo-01/"));
  assert.match(page.url(), /missing/);
  assert.deepEqual(sound(), []);
  await close();
});

test("the whole site is chosen at once, by keyboard; what is no longer chosen goes", async () => {
  const { page, close } = await reader();
  await ready(page);
  await page.locator("[data-all]").focus();
  await page.keyboard.press("Space");
  assert.equal(await page.locator("[data-section]:not([hidden]) input:not(:checked)").count(), 0);
  for (const input of await page.locator("[data-section]:not([hidden]) input").all()) {
    if (!["vlans", "budgets"].includes(await input.evaluate((input) => input.closest("tr").dataset.section))) await input.uncheck();
  }
  assert.ok(await page.locator("[data-all]").evaluate((all) => all.indeterminate));
  await page.locator("[data-keep]").focus();
  await page.keyboard.press("Enter");
  await said(page).filter({ hasText: /C’est gardé/ }).waitFor();
  assert.ok(await page.locator("[data-keep]").evaluate((button) => button === document.activeElement));
  const kept = (path) => page.evaluate(async (path) => {
    const keys = (await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))).flat();
    return keys.some(({ url }) => url.includes(encodeURIComponent(path)));
  }, path);
  assert.ok(await kept("vlans/"));
  await page.locator(`${ROW("vlans")} input`).uncheck();
  await page.locator("[data-keep]").click();
  await page.locator(`${ROW("vlans")} [data-kept]`).waitFor({ state: "hidden" });
  assert.ok(!(await kept("vlans/")) && (await kept("budgets/")));
  await close();
});

test("a new build is taken: only what changed is fetched again, and offline it is whole", async () => {
  const { page, context, sound, close } = await reader();
  await keep(page, "procedures", "_pages");
  const before = JSON.parse(readFileSync(join(site.folder, "_offline/index.json"), "utf8")).build;
  const file = join(estate.root, "procedures/infrastructure/panne-onduleur.md");
  assert.ok(existsSync(file));
  appendFileSync(file, "\n## Fraîchement écrit\n\nUne étape de plus.\n");
  estate.build();
  assert.notEqual(JSON.parse(readFileSync(join(site.folder, "_offline/index.json"), "utf8")).build, before);
  site.asked.length = 0;
  // Any page takes it, in the background.
  await page.goto(site.address(PAGE));
  await said(page).filter({ hasText: /C’est gardé/ }).waitFor({ timeout: 60_000 });
  const fetched = site.asked.filter((path) => path.startsWith("procedures/"));
  assert.ok(fetched.includes("procedures/infrastructure/panne-onduleur/"), fetched.join(" "));
  assert.ok(!fetched.includes("procedures/infrastructure/port-commutateur/"), fetched.join(" "));
  await context.setOffline(true);
  await page.goto(site.address("procedures/infrastructure/panne-onduleur/"));
  assert.equal(await page.locator("h2", { hasText: "Fraîchement écrit" }).count(), 1);
  await page.goto(site.address("procedures/infrastructure/port-commutateur/"));
  assert.ok(!page.url().includes("missing"));
  assert.deepEqual(sound(), []);
  await close();
});

test("files that are not those of the list are refused, and the build that was whole stays", async () => {
  const { page, context, close } = await reader();
  await keep(page, "rotas");
  const list = join(site.folder, "rotas/index.html");
  const index = join(site.folder, "_offline/index.json");
  const [whole, listed] = [list, index].map((path) => readFileSync(path));
  try {
    // As when a server is half way through a publication by copy: the new page, the old list.
    writeFileSync(list, whole.toString().replaceAll("</h1>", " (moitié)</h1>"));
    const changed = JSON.parse(listed);
    changed.build = "0".repeat(16);
    changed.sections.vlans.lists[0][0] = "0".repeat(16);
    writeFileSync(index, JSON.stringify(changed));
    await ready(page);
    await page.locator(`${ROW("vlans")} input`).check();
    await page.locator("[data-keep]:enabled").click();
    await said(page).filter({ hasText: /tels qu’ils ont été publiés/ }).waitFor();
    await page.evaluate(async () => {
      for (const name of await caches.keys()) if (name.includes("opened")) await caches.delete(name);
    });
    await context.setOffline(true);
    await page.goto(site.address("rotas/"));
    assert.doesNotMatch(await page.locator("h1").textContent(), /moitié/);
  } finally {
    writeFileSync(list, whole);
    writeFileSync(index, listed);
  }
  await close();
});

test("keeping is stopped and goes on where it was; a device without room says so", async () => {
  const { page, context, sound, close } = await reader();
  await ready(page);
  await page.locator("[data-all]").check();
  await page.locator("[data-keep]").click();
  await page.locator("[data-stop]").click();
  await said(page).filter({ hasText: /Arrêté/ }).waitFor();
  assert.ok(await page.locator("[data-keep]").isVisible());
  const session = await context.newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: site.origin, quotaSize: 2_000_000 });
  await page.locator("[data-keep]").click();
  await said(page).filter({ hasText: /La place manque/ }).waitFor({ timeout: 30_000 });
  assert.deepEqual(sound(), []);
  await close();
});

test("a slow network gives way to the copy", async () => {
  const { page, close } = await reader();
  await visit(page, "assets/srv-erp-01/");
  await visit(page, "assets/");
  site.silent.add("assets/srv-erp-01/");
  const start = Date.now();
  await page.goto(site.address("assets/srv-erp-01/"));
  assert.match(await page.locator("h1").textContent(), /ERP de la laiterie/);
  assert.ok(Date.now() - start < 10_000);
  site.silent.clear();
  await close();
});

test("over plain http by host name nothing is kept: the page says why, and reads as before", async () => {
  const named = await chromium.launch({ executablePath: PROGRAM, args: [...FLAGS, "--host-resolver-rules=MAP parc.test 127.0.0.1"] });
  const page = await named.newPage({ locale: "fr-FR" });
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(`http://parc.test:${new URL(site.origin).port}${BASE}${PAGE}`);
  assert.match(await text(page.locator("[data-offline-state]")), /commence par http:\/\/.*https/);
  assert.equal(await page.locator("[data-keep]").isVisible(), false);
  await page.locator(".site-name").click();
  assert.ok(await page.locator("h1").isVisible());
  assert.deepEqual(errors, []);
  await named.close();
});

test("a server whose policy allows no worker: the page says so, and nothing else changes", async () => {
  const strict = await serve(estate.folder, { policy: "default-src 'self'; worker-src 'none'" });
  const { page, close } = await open(browser, { serviceWorkers: "allow" });
  await page.goto(strict.address(PAGE));
  await page.locator("[data-offline-state]").filter({ hasText: /refuse de garder/ }).waitFor();
  await close();
  // The folder stays: the other tests read it.
  strict.end();
});

test("without JavaScript the page says what it needs", async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(site.address(PAGE));
  assert.equal(await page.locator("[data-keep]").isVisible(), false);
  assert.ok(await page.locator("main .notice", { hasText: "JavaScript" }).isVisible());
  await close();
});
