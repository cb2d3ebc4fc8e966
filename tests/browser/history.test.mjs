// The history in the browser: its filter, what is new since the last visit, the words of a change.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { serve } from "./estate.mjs";
import { journal } from "./journal.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

let browser, past, site;
before(async () => {
  past = journal(60);
  site = await serve(past.folder);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

const status = (page) => page.locator(".history-filter [role=status]");
const found = (page) => page.locator(".found .changes > li");
// A click that leads to the page does not wait for its end: the form may not have arrived yet.
const settled = (page) => page.waitForFunction(() => /modif/i.test(document.querySelector(".history-filter [role=status]")?.textContent));

test("the filter narrows by kind, place, author and field, and the address keeps it", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address("history/"));
  assert.ok(await page.locator(".days").isVisible());
  await page.locator("select[name=site]").selectOption({ label: "Grenoble" });
  await settled(page);
  // The room is in Grenoble: the machine that moved there counts, with its whole past.
  assert.equal(await status(page).textContent(), "2 modifications");
  assert.equal(await page.locator(".days").isVisible(), false);
  await page.locator("select[name=field]").selectOption("site");
  await settled(page);
  assert.equal(await found(page).count(), 1);
  const entry = await found(page).first().innerText();
  assert.match(entry, /Déménage srv-ad-02 <à> Grenoble/);
  assert.match(entry, /Lieu\s:\s*Lyon Part-Dieu\s*→\s*(devient)?\s*Grenoble › Salle B/);
  assert.doesNotMatch(entry, /garantie/i, "only the field that was asked for");
  const address = new URL(page.url());
  assert.deepEqual(Object.fromEntries(address.searchParams), { site: "grenoble", field: "site" });
  await page.reload();
  await settled(page);
  assert.equal(await found(page).count(), 1);
  await found(page).locator("a", { hasText: "srv-ad-02" }).click();
  assert.equal(page.url(), site.address("assets/srv-ad-02/"));
  assert.deepEqual(wrongs, []);
  await close();
});

test("authors, nothing found, and the way back to all days", async () => {
  const { page, close } = await open(browser);
  await page.goto(site.address("history/?author=Karim+Benali"));
  await settled(page);
  assert.equal(await status(page).textContent(), "2 modifications");
  assert.match(await found(page).first().innerText(), /pc-0009/);
  await page.locator("select[name=kind]").selectOption({ label: "Procédures" });
  await page.locator("select[name=field]").selectOption("site");
  await page.waitForFunction(() => document.querySelector(".history-filter [role=status]")?.textContent === "Aucune modification ne correspond.");
  assert.equal(await found(page).count(), 0);
  await page.getByRole("button", { name: "Effacer les filtres" }).click();
  assert.ok(await page.locator(".days").isVisible());
  assert.equal(page.url(), site.address("history/"));
  assert.equal(await page.locator("select[name=kind]").evaluate((select) => select === document.activeElement), true);
  await close();
});

test("what no filter offers is named, nothing is shown for it, and it can be taken away", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address("history/?kind=xyz&site=lyon"));
  assert.equal(await status(page).textContent(), "Aucune modification ne correspond. «\u00a0xyz\u00a0» est inconnu du filtre «\u00a0Genre\u00a0».");
  assert.equal(await page.locator(".days").isVisible(), false);
  assert.equal(await found(page).count(), 0);
  await page.getByRole("button", { name: /Retirer ce filtre\s: Genre\s: xyz/ }).click();
  await page.locator(".found .changes > li").first().waitFor();
  assert.equal(new URL(page.url()).search, "?site=lyon", "the filter that is known stays");
  await page.goto(site.address("history/?author=Personne"));
  assert.match(await status(page).textContent(), /«\s?Personne\s?» est inconnu du filtre «\s?Auteur\s?»/);
  await page.locator("select[name=author]").selectOption("Karim Benali");
  await page.locator(".found .changes > li").first().waitFor();
  assert.equal(await status(page).textContent(), "2 modifications", "a choice takes the place of the unknown value");
  await page.goto(site.address("history/?since=hier"));
  assert.match(await status(page).textContent(), /«\s?hier\s?» est inconnu/);
  await page.getByRole("button", { name: "Effacer les filtres" }).click();
  assert.ok(await page.locator(".days").isVisible());
  assert.equal(page.url(), site.address("history/"));
  assert.deepEqual(wrongs, []);
  await close();
});

test("the rest of a message is folded, on the page and among what the filter finds", async () => {
  const { page, close } = await open(browser);
  for (const path of ["history/", "history/?record=asset:srv-ad-02", "assets/srv-ad-02/"]) {
    await page.goto(site.address(path));
    const rest = page.locator(path.includes("?") ? ".found details.rest" : "main details.rest").first();
    await rest.waitFor();
    assert.equal(await rest.locator("p").isVisible(), false, path);
    await rest.locator("summary").click();
    assert.equal(await rest.locator("p").textContent(), "Le bail de Lyon finit.\n\nVu avec zoe@….", path);
  }
  await page.goto(site.address("history/tags/v2026/"));
  assert.equal(await page.locator("blockquote.tag-message").innerText(), "Inventaire de février\n\nRelu par <Karim>.");
  await close();
});

test("what the page's date says leads to the log", async () => {
  const { page, close } = await open(browser);
  await page.goto(site.address("assets/srv-ad-02/"));
  await page.getByRole("link", { name: /^Mis à jour le 12 novembre 2025$/ }).click();
  assert.equal(page.url(), site.address("assets/srv-ad-02/#change-log"));
  assert.ok(await page.locator("#contentsSheet a[href='#change-log']").count());
  await close();
});

test("a long record's log leads to all of it, fifty at a time, and the chip takes the filter away", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address("assets/imp-01/"));
  assert.equal(await page.locator(".change-log .changes > li").count(), 20);
  await page.getByRole("link", { name: "40 modifications plus anciennes" }).click();
  await settled(page);
  assert.equal(await status(page).textContent(), "60 modifications");
  assert.equal(await found(page).count(), 50);
  await page.getByRole("button", { name: "Afficher la suite" }).click();
  assert.equal(await found(page).count(), 60);
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Relevé/, "the first of the new ones has the focus");
  await page.getByRole("button", { name: /Retirer ce filtre\s: fiche imp-01/ }).click();
  assert.ok(await page.locator(".days").isVisible());
  assert.deepEqual(wrongs, []);
  await close();
});

test("without JavaScript there is no form, and each kind has its pages", async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(site.address("history/"));
  assert.equal(await page.locator(".history-filter").isVisible(), false);
  await page.locator(".by-kind summary").click();
  await page.locator(".by-kind a", { hasText: "Procédures" }).click();
  assert.equal(page.url(), site.address("history/kinds/procedures/"));
  assert.equal(await page.locator(".changes > li").count(), 2);
  assert.match(await page.locator("main").innerText(), /section «\s*Clore\s*» ajoutée/);
  await close();
});

test("a month is found by its link, without JavaScript too, and by the form, whose address keeps it", async () => {
  for (const javaScriptEnabled of [false, true]) {
    const { page, wrongs, close } = await open(browser, { javaScriptEnabled });
    await page.goto(site.address("history/"));
    await page.locator(".by-month summary").click();
    assert.deepEqual(await page.locator(".by-month li").allInnerTexts(), ["avril 2026 60", "février 2026 1", "novembre 2025 2", "mars 2024 1"]);
    await page.locator(".by-month a", { hasText: "novembre 2025" }).click();
    assert.equal(page.url(), site.address("history/#d2025-11-13"));
    assert.match(await page.locator(":target").innerText(), /13 novembre 2025/);
    if (javaScriptEnabled) {
      await page.getByLabel("Mois").selectOption("novembre 2025");
      await settled(page);
      assert.equal(await status(page).textContent(), "2 modifications");
      assert.ok(page.url().includes("?month=2025-11"));
      assert.equal(await page.locator(".by-month").isVisible(), false);
      await page.goto(site.address("history/?month=2024-03&kind=asset"));
      await settled(page);
      assert.equal(await status(page).textContent(), "1 modification");
    }
    assert.deepEqual(wrongs, []);
    await close();
  }
});

test("what changed in a text is folded and spoken, and a procedure on paper goes without it", async () => {
  const { page, close } = await open(browser);
  await page.goto(site.address("procedures/support/panne/"));
  assert.match(await page.locator("main").innerText(), /À relire depuis le 12 mars 2026/);
  const diff = page.locator("details.diff").first();
  const removed = diff.locator("del").first();
  assert.equal(await removed.isVisible(), false);
  await diff.locator("summary").click();
  assert.ok(await removed.isVisible());
  assert.match(await removed.textContent(), /^retiré\s: /);
  assert.match(await diff.locator("ins").first().textContent(), /^ajouté\s: /);
  await diff.locator("summary").click();
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await removed.isVisible(), false);
  assert.ok(await page.locator("main h1").isVisible());
  await close();
});

test("the home page counts what is new since the last visit, once there was one", async () => {
  const { page, wrongs, close } = await open(browser);
  const line = page.locator("[data-visits]");
  await page.goto(site.address(""));
  assert.equal(await line.textContent(), "", "a first visit says nothing");
  await page.reload();
  assert.equal(await line.textContent(), "", "nor does the same visit");
  past.add(61);
  past.add(62);
  // Two days later: the last visit is moved back instead of the clock.
  const older = () => page.evaluate(() => {
    const key = Object.keys(localStorage).find((key) => key.startsWith("carnet:visits:"));
    const visits = JSON.parse(localStorage.getItem(key));
    visits.last.at -= 2 * 24 * 3600 * 1000;
    localStorage.setItem(key, JSON.stringify(visits));
    return key;
  });
  assert.equal(await older(), "carnet:visits:/carnet/history/");
  await page.reload();
  const day = await page.evaluate(() => new Date(Date.now() - 2 * 24 * 3600 * 1000).toLocaleDateString("fr", { day: "numeric", month: "long" }));
  assert.equal(await line.textContent(), `2 modifications depuis votre dernière visite (${day})`);
  assert.equal(await line.getAttribute("role"), "status");
  assert.equal(await page.locator(".fresh").count(), 2);
  await page.reload();
  assert.match(await line.textContent(), /^2 modifications/, "it stays for the whole visit");
  await line.locator("a").click();
  await settled(page);
  assert.equal(await status(page).textContent(), "2 modifications");
  await page.goto(site.address(""));
  await older();
  await page.reload();
  assert.equal(await line.textContent(), "", "seen is seen");
  assert.deepEqual(wrongs, []);
  await close();
});

test("what arrives during a first visit is told, with the hour, until the visit is over", async () => {
  const { page, wrongs, close } = await open(browser);
  const line = page.locator("[data-visits]");
  await page.goto(site.address(""));
  assert.equal(await line.textContent(), "");
  past.add(63);
  await page.reload();
  assert.match(await line.textContent(), /^1 modification depuis votre dernière visite \(aujourd’hui à \d\d:\d\d\)$/);
  await page.reload();
  assert.match(await line.textContent(), /^1 modification/, "loading the page again is not yet having seen it");
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((key) => key.startsWith("carnet:visits:"));
    const visits = JSON.parse(localStorage.getItem(key));
    visits.last.at -= 31 * 60 * 1000;
    localStorage.setItem(key, JSON.stringify(visits));
  });
  await page.reload();
  assert.equal(await line.textContent(), "", "the next visit starts from what was told");
  assert.deepEqual(wrongs, []);
  await close();
});

test("a refused or foreign storage harms nothing", async () => {
  for (const broken of [
    () => Object.defineProperty(globalThis, "localStorage", { get: () => { throw new Error("refused"); } }),
    () => Storage.prototype.getItem = () => '{"last":7,"before":{"at":1,"ids":"no"}}',
  ]) {
    const { page, wrongs, close } = await open(browser);
    await page.addInitScript(broken);
    await page.goto(site.address(""));
    assert.equal(await page.locator("[data-visits]").textContent(), "");
    assert.deepEqual(wrongs, []);
    await close();
  }
});

for (const colorScheme of ["light", "dark"]) {
  test(`the pages of the history keep to WCAG, ${colorScheme}`, async () => {
    const { page, close } = await open(browser, { colorScheme, bypassCSP: true });
    await page.addInitScript({ path: AXE });
    for (const path of ["", "history/", "history/?kind=asset&record=asset:imp-01", "history/kinds/assets/", "history/tags/", "history/tags/v2026/", "assets/srv-ad-02/", "procedures/support/panne/"]) {
      await page.goto(site.address(path));
      if (path.includes("?")) await settled(page);
      await page.evaluate(() => document.querySelectorAll("main details").forEach((part) => (part.open = true)));
      const wrong = await page.evaluate(async (values) => {
        const answer = await globalThis.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
        return answer.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
      }, RULES);
      assert.deepEqual(wrong, [], path);
    }
    await close();
  });
}

test("nothing of the history is wider than a phone", async () => {
  const { page, close } = await open(browser, { viewport: { width: 320, height: 800 }, hasTouch: true, isMobile: true });
  for (const path of ["", "history/", "history/?kind=asset", "history/tags/v2026/", "assets/srv-ad-02/", "procedures/support/panne/"]) {
    await page.goto(site.address(path));
    if (path.includes("?")) await settled(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    assert.equal(wide, false, path);
  }
  await close();
});
