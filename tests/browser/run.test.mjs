// A run of a procedure: kept per page and per asset, with notes, waits and a log; on plain http by host name, without
// a script, without storage and by keyboard too.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { launch, open, PROGRAM, FLAGS } from "./browser.mjs";
import { BASE, build, serve } from "./estate.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const PROCEDURE = "procedures/infrastructure/panne-onduleur/";
const ASSET = "#asset=ups-lyo-01&hostname=ups-lyo-01";

let browser, site;
before(async () => {
  site = await serve(build());
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

/** A page whose clock stands at a moment of Paris until it is moved. */
async function standing(options = {}) {
  const opened = await open(browser, { timezoneId: "Europe/Paris", ...options });
  await opened.page.clock.install({ time: new Date("2026-11-21T14:00:00+01:00") });
  await opened.page.clock.pauseAt(new Date("2026-11-21T14:03:00+01:00"));
  return opened;
}
const step = (page, text) => page.locator("li.task-item", { hasText: text }).first();
const box = (page, text) => step(page, text).locator("input.task").first();
/** A text with ordinary blanks. */
const text = async (locator) => (await locator.textContent()).replace(/[\u00a0\u202f]/g, " ");
const count = (page) => text(page.locator("[data-run-count]"));
const copied = (page) => page.evaluate(() => {
  navigator.clipboard.writeText = async (text) => void (globalThis.taken = text);
});
const taken = (page) => page.evaluate(() => globalThis.taken);

test("a run is kept by page and by asset, and comes back after a jump to a heading", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address(PROCEDURE + ASSET));
  await box(page, "Gagner du temps").check();
  await page.goto(site.address("procedures/infrastructure/port-commutateur/"));
  assert.equal(await page.locator("input.task:checked").count(), 0);
  await page.goto(site.address(PROCEDURE));
  assert.equal(await page.locator("input.task:checked").count(), 0);
  await box(page, "Noter l’heure").check();
  await page.goto("about:blank");
  await page.goto(site.address(PROCEDURE + ASSET));
  assert.ok(await box(page, "Gagner du temps").isChecked());
  assert.ok(!(await box(page, "Noter l’heure").isChecked()));
  await page.locator(".contents a").nth(2).click();
  await page.waitForFunction(() => !location.hash.includes("asset"));
  await page.reload();
  assert.ok(await box(page, "Gagner du temps").isChecked());
  assert.match(await page.locator("[data-run-state]").textContent(), /^ups-lyo-01 · Commencé/);
  assert.ok(await page.locator(".placeholder.filled").count());
  // Clearing the values leaves the asset's run.
  await page.locator("[data-placeholders] button").click();
  assert.ok(await box(page, "Noter l’heure").isChecked());
  assert.deepEqual(wrongs, []);
  await close();
});

test("links from an asset and from a ticket carry them", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address("tickets/inc-2026-0037/"));
  const link = page.locator(`.applicable a[href*="${PROCEDURE}"]`);
  const address = await link.getAttribute("href");
  assert.match(address, /#asset=ups-gre-01&hostname=ups-gre-01&ticket=inc-2026-0037$/);
  await link.click();
  // The new page shows before its script has run.
  await page.waitForFunction(() => document.querySelector("[data-run-ticket]")?.value === "inc-2026-0037");
  assert.deepEqual(wrongs, []);
  await close();
});

test("ticks of before runs were kept are carried over", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address(PROCEDURE));
  const name = "Noter l’heure. Commutateurs et pare-feu s’arrêtent seuls, sans dommage.#1";
  await page.evaluate((name) => localStorage.setItem(`carnet:ticks:${location.pathname}`, JSON.stringify([name])), name);
  await page.reload();
  assert.ok(await box(page, "Noter l’heure").isChecked());
  assert.equal(await page.evaluate(() => localStorage.getItem(`carnet:ticks:${location.pathname}`)), null);
  assert.deepEqual(wrongs, []);
  await close();
});

test("the log tells who did what and when, word for word; earlier runs keep theirs", async () => {
  const { page, wrongs, close } = await standing();
  await page.goto(site.address(PROCEDURE + ASSET));
  await copied(page);
  await page.locator("[data-run-who]").fill("Karim Benali");
  await page.locator("[data-run-ticket]").fill("INC-2026-0037");
  await box(page, "Accès à la salle").check();
  await page.clock.pauseAt(new Date("2026-11-21T14:10:00+01:00"));
  await box(page, "Gagner du temps").check();
  await step(page, "Gagner du temps").locator(".note-button").click();
  await step(page, "Gagner du temps").locator("textarea").fill("Deux écrans restés allumés\ndans la salle");
  await page.clock.pauseAt(new Date("2026-11-22T00:04:00+01:00"));
  await box(page, "Autotest").check();
  await page.locator("[data-run-finish]").click();
  assert.equal(await page.locator("[data-run-finish]").isVisible(), false);
  await page.reload();
  await copied(page);
  await page.locator("[data-run-copy]").click();
  const log = (await taken(page)).split("\n");
  const commit = await page.locator("[data-run]").getAttribute("data-commit");
  const version = commit ? [`Version de la page : ${commit}`] : [];
  assert.deepEqual(log.slice(0, 18 + version.length), [
    "Réagir à une panne d’onduleur ou de courant",
    site.address(PROCEDURE),
    ...version,
    "Équipement : ups-lyo-01",
    "Suivie par : Karim Benali",
    "Ticket : INC-2026-0037",
    "Commencé : 21 novembre 2026, 14:03",
    "Terminé : 22 novembre 2026, 00:04",
    "Durée : 10 h 01 min",
    "2 sur 24 étapes cochées",
    "",
    "Prérequis",
    "[x] 14:03 Accès à la salle et clé de la baie",
    "[ ] Ordre d’arrêt et de démarrage imprimé dans la baie",
    "[ ] Deuxième personne joignable : voir l’astreinte",
    "",
    "Avant de commencer",
    "[ ] L’onduleur crie-t-il parce que le courant manque, ou parce que lui va mal ?",
    "[ ] Regardez les lampes de la pièce, puis l’écran de l’onduleur : charge, minutes restantes.",
  ]);
  const at = log.indexOf("2. Courant coupé, batterie pleine");
  assert.deepEqual(log.slice(at, at + 6), [
    "2. Courant coupé, batterie pleine",
    "[ ] 1. Prévenir la superviseure et le client ; appeler l’accueil du site : panne du bâtiment ou du quartier ?",
    "[x] 14:10 2. Gagner du temps : éteindre les écrans, le second hyperviseur s’il est vide, les ports PoE non vitaux.",
    "    Note : Deux écrans restés allumés",
    "    dans la salle",
    "[ ] 3. Attendre le retour du courant (minuteur : 10 min), puis relire l’état.",
  ]);
  // The asset's value stands in the step, and a step of another day says which.
  assert.ok(log.some((line) => /^\[x\] 22 nov\. 00:04 Autotest : upscmd -u admin ups-lyo-01@/.test(line)), log.join("\n"));

  await page.clock.runFor(1000);
  await page.locator("[data-run-reset]").click();
  assert.equal(await page.locator("input.task:checked").count(), 0);
  assert.equal(await page.locator("[data-run-who]").inputValue(), "Karim Benali");
  const old = page.locator("[data-runs]");
  await old.locator("summary").click();
  assert.match(await old.locator("li").innerText(), /21 novembre 2026, 14:03 · ups-lyo-01 · INC-2026-0037 · 2\ssur\s24/);
  await page.evaluate(() => delete globalThis.taken);
  await old.locator("li button").first().click();
  assert.equal(await taken(page), log.join("\n"));
  await old.locator("li button").nth(1).click();
  assert.equal(await old.isVisible(), false);
  assert.deepEqual(wrongs, []);
  await close();
});

test("of steps that « ou » joins one is enough: it counts once, and the log tells it", async () => {
  const { page, wrongs, close } = await standing();
  await page.goto(site.address("procedures/assister/reinitialisation-mot-de-passe/"));
  await copied(page);
  const log = async () => {
    await page.locator("[data-run-copy]").click();
    return (await taken(page)).split("\n");
  };
  assert.equal(await count(page), "0 sur 7 étapes cochées · prérequis : 0 sur 1");
  const open = await log();
  assert.ok(open.includes("[ ] au choix : rappel au numéro de la fiche de la personne (pas celui affiché), ou"), open.join("\n"));
  assert.ok(open.includes("[ ] validation par son responsable, joint à son numéro habituel."));
  await box(page, "présence physique").check();
  assert.equal(await count(page), "1 sur 7 étapes cochées · prérequis : 0 sur 1");
  const lines = await log();
  assert.ok(lines.includes("[x] 14:03 au choix : présence physique avec un collègue qui la connaît"), lines.join("\n"));
  assert.ok(!lines.some((line) => /rappel au numéro|validation par/.test(line)), lines.join("\n"));
  // A second way is no second step.
  assert.match(await step(page, "validation par").getAttribute("class"), /spared/);
  assert.doesNotMatch(await step(page, "présence physique").getAttribute("class"), /spared/);
  await box(page, "validation par").check();
  assert.equal(await count(page), "1 sur 7 étapes cochées · prérequis : 0 sur 1");
  await box(page, "validation par").uncheck();
  // The first of a choice opens it; its words stand once in the log.
  await box(page, "Seulement verrouillé").check();
  assert.ok((await log()).includes("[x] 14:03 au choix : Seulement verrouillé, et la personne connaît son mot de passe : compte déverrouillé"));
  for (const words of ["L’état du compte", "rangé dans le coffre", "Le téléphone", "ouvre sa session"]) await box(page, words).check();
  assert.equal(await page.locator("[data-run-finish]").isVisible(), true);
  await box(page, "LockedOut").check();
  assert.match(await text(page.locator("[data-run-state]")), /^Terminé/);
  // What was to be ready is not: that is said, and keeps nobody.
  const said = page.locator("[data-run-over]");
  assert.equal(await said.textContent(), "Les prérequis ne sont pas tous cochés.");
  await page.locator("[data-before] input").check();
  assert.equal(await said.textContent(), "");
  assert.match(await text(page.locator("[data-run-state]")), /^Terminé/);
  assert.deepEqual(wrongs, []);
  await close();
});

test("a part about a case that did not occur is passed over: its steps neither count nor stand in the log", async () => {
  const { page, wrongs, close } = await standing();
  await page.goto(site.address(PROCEDURE + ASSET));
  await copied(page);
  const log = async () => {
    await page.locator("[data-run-copy]").click();
    return (await taken(page)).split("\n");
  };
  const all = Number((await count(page)).match(/sur (\d+)/)[1]);
  const title = "2. Courant coupé, batterie pleine";
  const pass = page.getByRole("button", { name: `Sans objet : ${title}` });
  const place = await page.locator("h3", { hasText: "Courant coupé" }).boundingBox();
  await pass.click();
  assert.equal(await pass.getAttribute("aria-pressed"), "true");
  assert.match(await count(page), new RegExp(`^0 sur ${all - 4} étapes`));
  assert.deepEqual((await page.locator("h3", { hasText: "Courant coupé" }).boundingBox()).height, place.height);
  assert.match(await step(page, "Gagner du temps").getAttribute("class"), /spared/);
  const lines = await log();
  assert.ok(lines.includes(`${title} : Sans objet`), lines.join("\n"));
  assert.ok(!lines.some((line) => line.includes("Gagner du temps")));
  await page.reload();
  await copied(page);
  assert.equal(await pass.getAttribute("aria-pressed"), "true");
  // A step of it that was done after all takes it back; so does the button.
  await box(page, "Gagner du temps").check();
  assert.equal(await pass.getAttribute("aria-pressed"), "false");
  assert.match(await count(page), new RegExp(`^1 sur ${all} étapes`));
  await pass.click();
  assert.ok((await log()).some((line) => /^\[x\] 14:03 2\. Gagner du temps/.test(line)));
  await pass.click();
  // The others done, the last part that is passed over ends the run.
  for (const one of await page.locator(".prose input.task").all()) await one.check();
  await box(page, "Gagner du temps").uncheck();
  assert.doesNotMatch(await text(page.locator("[data-run-state]")), /Terminé/);
  await pass.click();
  assert.match(await text(page.locator("[data-run-state]")), /Terminé/);
  assert.deepEqual(wrongs, []);
  await close();
});

test("a procedure with values of an asset asks which; what was begun and the ticket go with the choice", async () => {
  const { page, wrongs, close } = await standing();
  await page.goto(site.address(`${PROCEDURE}#ticket=inc-2026-0037`));
  await copied(page);
  await box(page, "Noter l’heure").check();
  assert.match(await text(page.locator("[data-run-state]")), /^Équipement : à choisir · Commencé/);
  await page.locator("[data-run-copy]").click();
  assert.match(await taken(page), /^Équipement : à choisir$/m);
  await page.locator("[data-run-state] a").click();
  const choose = async () => {
    await page.locator(".placeholders a", { hasText: "ups-gre-01" }).click();
    await page.waitForFunction(() => document.querySelector("[data-run-state]").textContent.startsWith("ups-gre-01 · Commencé"));
  };
  await choose();
  assert.ok(await box(page, "Noter l’heure").isChecked());
  await page.locator("[data-run-copy]").click();
  const log = await taken(page);
  assert.match(log, /^Équipement : ups-gre-01$/m);
  assert.match(log, /^Ticket : inc-2026-0037$/m);
  // What is under way for another asset stays what it is.
  await page.locator("[data-placeholders] button").click();
  assert.equal(await page.locator("input.task:checked").count(), 0);
  await box(page, "Gagner du temps").check();
  await choose();
  assert.ok(await box(page, "Noter l’heure").isChecked());
  assert.ok(!(await box(page, "Gagner du temps").isChecked()));
  assert.deepEqual(wrongs, []);
  await close();
});

test("ended by hand before its prerequisites were ticked, and on no machine, a run says all of it", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address(PROCEDURE));
  await box(page, "Noter l’heure").check();
  await page.locator("[data-run-finish]").click();
  const said = page.locator("[data-run-over]");
  assert.equal(await text(said), "Terminé avant la dernière étape. Les prérequis ne sont pas tous cochés. Équipement : à choisir.");
  assert.ok(await page.getByRole("button", { name: "Annuler" }).isVisible());
  await page.reload();
  assert.equal(await said.textContent(), "");
  assert.deepEqual(wrongs, []);
  await close();
});

test("a page keeps its last ten runs", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address(PROCEDURE));
  for (let turn = 0; turn < 12; turn += 1) {
    await box(page, "Noter l’heure").check();
    await page.locator("[data-run-reset]").click();
  }
  assert.equal(await page.locator("[data-runs] li").count(), 10);
  assert.deepEqual(wrongs, []);
  await close();
});

test("waits count down, several at once, outlive a reload, and say that they are over", async () => {
  const { page, wrongs, close } = await standing();
  await page.goto(site.address(PROCEDURE));
  const long = step(page, "Attendre le retour").locator(".step-tools button");
  const short = step(page, "Autotest").locator(".step-tools button");
  assert.equal(await long.textContent(), "Démarrer 10\u00a0min");
  await long.click();
  await short.click();
  assert.equal(await text(page.locator("[data-run-wait]")), "Minuteur démarré : 2 min");
  await page.clock.runFor(61_000);
  assert.equal(await long.textContent(), "Reste 08:59, arrêter");
  assert.equal(await short.textContent(), "Reste 00:59, arrêter");
  const left = page.locator("[data-run-left]");
  assert.equal(await text(left), " · reste 00:59");
  await page.reload();
  assert.equal(await long.textContent(), "Reste 08:59, arrêter");
  const title = await page.title();
  await page.clock.runFor(60_000);
  assert.equal(await text(short), "2 min : c’est fini");
  assert.equal(await text(page.locator("[data-run-wait]")), "2 min : c’est fini");
  assert.equal(await page.title(), `⏰ 2\u00a0min – ${title}`);
  assert.match(await text(left), /^ · reste 07:5\d$/);
  await short.click();
  assert.equal(await short.textContent(), "Démarrer 2\u00a0min");
  assert.equal(await page.title(), title);
  await long.click();
  assert.equal(await long.textContent(), "Démarrer 10\u00a0min");
  assert.equal(await left.textContent(), "");
  assert.deepEqual(wrongs, []);
  await close();
});

test("the screen is kept on while a run is open, and no longer", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.addInitScript(() => {
    globalThis.held = 0;
    const request = async () => {
      globalThis.held += 1;
      const lock = new EventTarget();
      lock.release = async () => void (globalThis.held -= 1);
      return lock;
    };
    Object.defineProperty(navigator, "wakeLock", { value: { request } });
  });
  const held = (number) => page.waitForFunction((number) => globalThis.held === number, number);
  await page.goto(site.address(PROCEDURE));
  await page.locator("[data-run-awake] input").check();
  assert.equal(await page.evaluate(() => globalThis.held), 0);
  await box(page, "Noter l’heure").check();
  await held(1);
  await page.locator("[data-run-finish]").click();
  await held(0);
  await page.reload();
  await box(page, "Gagner du temps").check();
  await held(1);
  assert.deepEqual(wrongs, []);
  await close();
});

test("over plain http by host name the log is copied all the same, or shown to be copied", async () => {
  const named = await chromium.launch({ executablePath: PROGRAM, args: [...FLAGS, "--host-resolver-rules=MAP parc.test 127.0.0.1"] });
  const context = await named.newContext({ locale: "fr-FR" });
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(`http://parc.test:${new URL(site.origin).port}${BASE}${PROCEDURE}`);
  assert.deepEqual(await page.evaluate(() => [isSecureContext, "clipboard" in navigator, "wakeLock" in navigator]), [false, false, false]);
  assert.equal(await page.locator("[data-run-awake]").isVisible(), false);
  await box(page, "Noter l’heure").check();
  const copy = page.locator("[data-run-copy]");
  await copy.click();
  assert.equal(await copy.textContent(), "Copié");
  assert.equal(await page.locator("[data-run] textarea").count(), 0);
  // What was copied can be pasted.
  await page.locator("[data-run-ticket]").focus();
  await page.keyboard.press("Control+V");
  assert.match(await page.locator("[data-run-ticket]").inputValue(), /Réagir à une panne.*\[x\] \d\d:\d\d 4\. Noter l’heure/s);
  await page.evaluate(() => (document.execCommand = () => false));
  await copy.click();
  const field = page.locator("[data-run] textarea");
  assert.match(await field.inputValue(), /^Réagir à une panne/);
  assert.ok(await field.evaluate((field) => document.activeElement === field && field.selectionEnd === field.value.length && field.readOnly));
  await page.keyboard.press("Escape");
  assert.equal(await field.count(), 0);
  assert.ok(await copy.evaluate((button) => document.activeElement === button));
  assert.deepEqual(errors, []);
  await named.close();
});

test("by keyboard alone: tick, note, copy, finish", async () => {
  const { page, wrongs, close } = await open(browser, { bypassCSP: true });
  await page.addInitScript({ path: AXE });
  await page.goto(site.address(PROCEDURE));
  await copied(page);
  await box(page, "Noter l’heure").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.type("14 h 20");
  assert.match(await count(page), /^1 sur 24 étapes cochées · prérequis : 0 sur 3$/);
  await page.locator("[data-run-copy]").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => /Note\s: 14 h 20/.test(globalThis.taken));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.match(await text(page.locator("[data-run-state]")), /^Équipement : à choisir · Terminé/);
  assert.ok(await page.locator("[data-run-reset]").evaluate((button) => document.activeElement === button));
  const found = await page.evaluate(() => globalThis.axe.run("main"));
  assert.deepEqual(found.violations.map((violation) => violation.id), []);
  assert.deepEqual(wrongs, []);
  await close();
});

test("big enough for a thumb, and the whole line ticks", async () => {
  const { page, wrongs, close } = await open(browser, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } });
  await page.goto(site.address(PROCEDURE));
  const label = step(page, "Noter l’heure").locator("label");
  const size = await label.boundingBox();
  assert.ok(size.height >= 44, `${size.height}`);
  await label.tap({ position: { x: size.width / 2, y: size.height - 4 } });
  assert.ok(await box(page, "Noter l’heure").isChecked());
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.deepEqual(wrongs, []);
  await close();
});

for (const width of [320, 360, 390]) {
  test(`a run under way fits ${width} px, and its bar is one line once the page is scrolled`, async () => {
    const { page, wrongs, close } = await open(browser, { hasTouch: true, viewport: { width, height: 740 } });
    for (const path of [PROCEDURE, "procedures/assister/reinitialisation-mot-de-passe/"]) {
      await page.goto(site.address(path));
      const boxes = page.locator("main .prose input.task");
      await boxes.first().check();
      await page.locator("[data-run-finish]").waitFor();
      const fits = () => page.evaluate(() => {
        const { right } = document.querySelector(".run").getBoundingClientRect();
        const wide = [...document.querySelectorAll(".run *")].filter((part) => part.getBoundingClientRect().right > right);
        return [document.scrollingElement.scrollWidth, wide.map((part) => part.outerHTML)];
      });
      assert.deepEqual(await fits(), [width, []], path);
      await boxes.last().scrollIntoViewIfNeeded();
      await boxes.last().evaluate((box) => box.scrollIntoView({ block: "center" }));
      const seen = () => page.evaluate(() => {
        const header = document.querySelector(".site-header").getBoundingClientRect().bottom;
        return Math.round(document.querySelector(".run").getBoundingClientRect().bottom - header);
      });
      assert.ok(await seen() < 88, `${path}: ${await seen()} px`);
      // Its buttons are there once one of them, or the bar, is entered.
      await page.locator("[data-run-finish]").click();
      assert.ok(await page.locator("[data-run-reset]").evaluate((button) => {
        const { left, top, width, height } = button.getBoundingClientRect();
        return button === document.activeElement && button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      }), path);
      assert.deepEqual(await fits(), [width, []], path);
    }
    assert.deepEqual(wrongs, []);
    await close();
  });
}

test("under a finger the bar stays: a log is copied where it was pressed, and a second tap starts nothing over", async () => {
  const { page, close } = await open(browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await page.goto(site.address(PROCEDURE));
  await copied(page);
  for (const task of await page.locator("input.task").all()) await task.check();
  const heading = page.locator("h2").last();
  await heading.scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollBy(0, -100));
  const tap = async (button) => {
    const { x, y, width, height } = await page.locator(button).boundingBox();
    const place = [x + width / 2, y + height / 2];
    // A finger: down, what moves meanwhile, up.
    for (const time of [1, 2]) {
      await page.mouse.move(...place);
      await page.mouse.down();
      await page.waitForTimeout(60);
      await page.mouse.up();
      if (time === 1 && button === "[data-run-copy]") assert.match(await taken(page) ?? "", /Panne|onduleur/);
    }
  };
  await tap("[data-run-copy]");
  const done = await page.locator("input.task:checked").count();
  assert.ok(done > 10);
  await page.locator("input.task").last().uncheck();
  await page.evaluate(() => scrollBy(0, 50));
  await tap("[data-run-finish]");
  assert.equal(await page.locator("input.task:checked").count(), done - 1, "nothing is lost by a second tap");
  await close();
});

test("starting over says where the run went, and can be undone", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address(PROCEDURE));
  const said = page.locator(".run [role=status]", { hasText: "gardé" });
  const reset = page.locator("[data-run-reset]");
  await reset.click();
  assert.equal(await said.count(), 0);
  await box(page, "Noter l’heure").check();
  await step(page, "Noter l’heure").locator(".note-button").click();
  await step(page, "Noter l’heure").locator("textarea").fill("14 h 20");
  await reset.click();
  assert.match(await text(said), /sous « Déroulements précédents »/);
  assert.ok(await reset.evaluate((button) => button === document.activeElement));
  assert.equal(await page.locator("input.task:checked").count(), 0);
  assert.equal(await page.locator("[data-runs] li").count(), 1);
  await page.getByRole("button", { name: "Annuler" }).click();
  assert.ok(await box(page, "Noter l’heure").isChecked());
  assert.equal(await step(page, "Noter l’heure").locator("textarea").inputValue(), "14 h 20");
  assert.equal(await page.locator("[data-runs] li").count(), 0);
  assert.ok(await reset.evaluate((button) => button === document.activeElement));
  assert.equal(await page.getByRole("button", { name: "Annuler" }).count(), 0);
  await reset.click();
  // A new tick is a new run: there is nothing to take back any more.
  await box(page, "Gagner du temps").check();
  assert.equal(await page.getByRole("button", { name: "Annuler" }).count(), 0);
  assert.equal(await said.count(), 0);
  assert.deepEqual(wrongs, []);
  await close();
});

test("where storage is refused the run lasts as long as the page, and says so", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(globalThis, name, { get() { throw new DOMException("refused", "SecurityError"); } });
    }
  });
  await page.goto(site.address(PROCEDURE));
  await copied(page);
  assert.match(await page.locator("[data-run-kept]").textContent(), /refuse de garder/);
  await box(page, "Noter l’heure").check();
  await page.locator("[data-run-copy]").click();
  assert.match(await taken(page), /\[x\] \d\d:\d\d 4\. Noter l’heure/);
  await page.locator("[data-run-reset]").click();
  assert.equal(await page.locator("input.task:checked").count(), 0);
  assert.equal(await page.locator("[data-runs] li").count(), 1);
  assert.deepEqual(wrongs, []);
  await close();
});

test("without a script the page reads: boxes, numbers, what to expect, waits in words", async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(site.address(PROCEDURE));
  for (const hidden of [".run", ".run-facts", "[data-runs]", ".run-paper"]) {
    assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
  }
  assert.ok(await box(page, "Noter l’heure").isDisabled());
  assert.match(await step(page, "Attendre le retour").innerText(), /\(minuteur\s: 10\smin\)/);
  assert.ok(await page.locator(".expected").first().isVisible());
  await page.goto(site.address("procedures/assister/reinitialisation-mot-de-passe/"));
  assert.match(await step(page, "rappel au numéro").innerText(), /^au choix\s: rappel au numéro.*, ou$/);
  await close();
});

test("printed, the boxes are empty, notes stand by their steps, and the head asks for a name", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address(PROCEDURE));
  await step(page, "Noter l’heure").locator(".note-button").click();
  await step(page, "Noter l’heure").locator("textarea").fill("14 h 20");
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".run-paper").isVisible());
  assert.equal(await text(page.locator(".run-paper [data-run-asset]")), "Équipement");
  assert.equal(await text(step(page, "Noter l’heure").locator(".note-paper")), "Note : 14 h 20");
  for (const hidden of [".run", ".run-facts", ".note-button", ".pass button", ".step-tools", "main textarea"]) {
    assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
  }
  // A part begins with its steps on the same sheet: nothing that takes a place on paper stands between.
  const between = await page.locator(".prose :is(h2, h3) + .pass").evaluateAll((all) => all.map((one) => getComputedStyle(one).display));
  assert.ok(between.length > 1 && between.every((display) => display === "none"), between.join());
  assert.deepEqual(wrongs, []);
  await close();
});

test("printed in the middle of a run, the sheet shows what is done, what is passed over, who and which ticket", async () => {
  const { page, wrongs, close } = await open(browser);
  await page.goto(site.address(PROCEDURE));
  const done = box(page, "Noter l’heure"), open_ = box(page, "Autotest");
  await done.check();
  const passed = page.locator(".pass button").first();
  await passed.click();
  await page.locator("input[data-run-who]").fill("Inès Faure");
  await page.locator("[data-run-ticket]").fill("INC-42");
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  assert.equal(await text(page.locator(".run-paper .who")), "Suivie par : Inès Faure");
  assert.equal(await text(page.locator(".run-paper .ticket")), "Ticket : INC-42");
  const drawn = (one) => one.evaluate((element) => getComputedStyle(element).appearance);
  assert.deepEqual([await drawn(done), await drawn(open_)], ["auto", "none"]);
  assert.ok(await passed.isVisible());
  assert.deepEqual(wrongs, []);
  await close();
});

test("a wait ends with its run, and goes on when the end is taken back", async () => {
  const { page, close } = await open(browser);
  await page.goto(site.address(PROCEDURE));
  await box(page, "Noter l’heure").check();
  await step(page, "Attendre le retour").locator(".step-tools button").click();
  const left = page.locator("[data-run-left]");
  assert.match(await left.innerText(), /\d/);
  await page.locator("[data-run-finish]").click();
  assert.equal(await left.innerText(), "");
  await page.locator(".run-over button").click();
  assert.match(await left.innerText(), /\d/);
  await close();
});
