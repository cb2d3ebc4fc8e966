// What a text holds beyond words: tabs that stay in step, marked lines of code, pictures to enlarge.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { build, serve } from "./estate.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const FRENCH = "manuel/markdown/";
const ENGLISH = "en/manuel/markdown/";
const PICTURE = ".prose a.enlarge";

let browser, site;
before(async () => {
  site = await serve(build());
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

/** A page of its own; `check` runs on it, and nothing may go wrong meanwhile. */
const on = async (options, check) => {
  const { page, wrongs, close } = await open(browser, options);
  await check(page);
  assert.deepEqual(wrongs, []);
  await close();
};
const list = (page, place = 0) => page.getByRole("tablist").nth(place);
const tab = (page, name, place = 0) => list(page, place).getByRole("tab", { name });
const selected = (page) => page.locator("[role=tab][aria-selected=true]").allTextContents();
const code = (page, text) => page.locator("figure.code", { hasText: text }).last();

test("tabs are walked by keys, and one tab stop leads in", () => on({}, async (page) => {
  await page.goto(site.address(FRENCH));
  assert.deepEqual(await selected(page), ["Windows", "Windows"]);
  assert.equal(await list(page).getAttribute("aria-label"), "Vider le cache DNS");
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  await tab(page, "Windows").focus();
  for (const [key, name] of [["ArrowRight", "Linux"], ["ArrowRight", "Windows"], ["ArrowLeft", "Linux"], ["Home", "Windows"], ["End", "Linux"]]) {
    await page.keyboard.press(key);
    assert.equal(await focused(), name, key);
    assert.deepEqual(await selected(page), [name, name], key);
  }
  assert.ok(await code(page, "resolvectl").isVisible());
  assert.equal(await code(page, "Clear-DnsClientCache").isVisible(), false);
  await page.keyboard.press("Tab");
  const [role, label] = await page.evaluate(() => {
    const panel = document.activeElement;
    return [panel.getAttribute("role"), document.getElementById(panel.getAttribute("aria-labelledby"))?.textContent];
  });
  assert.deepEqual([role, label], ["tabpanel", "Linux"]);
}));

test("a tab that is chosen is chosen on other pages too, and does not move under the pointer", () => on({}, async (page) => {
  await page.goto(site.address(FRENCH));
  const second = tab(page, "Linux", 1);
  await second.scrollIntoViewIfNeeded();
  const before = await second.boundingBox();
  await second.click();
  assert.ok(Math.abs((await second.boundingBox()).y - before.y) < 2);
  assert.deepEqual(await selected(page), ["Linux", "Linux"]);
  await page.goto(site.address(ENGLISH));
  assert.deepEqual(await selected(page), ["Linux", "Linux"]);
  // What somebody else left in the storage breaks nothing.
  for (const kept of ["{", "{\"a\":1}", "[1,null,\"windows\"]"]) {
    await page.evaluate((kept) => localStorage.setItem("carnet:tabs", kept), kept);
    await page.reload();
    assert.deepEqual(await selected(page), ["Windows", "Windows"], kept);
  }
}));

test("tabs work where storage is refused", () => on({}, async (page) => {
  await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("refused"); } }));
  await page.goto(site.address(FRENCH));
  await tab(page, "Linux").click();
  assert.deepEqual(await selected(page), ["Linux", "Linux"]);
}));

test("a link to what a hidden tab holds opens it, and searching in the page too", () => on({}, async (page) => {
  await page.goto(site.address(`${FRENCH}#linux`));
  assert.deepEqual(await selected(page), ["Linux", "Windows"]);
  assert.ok(await list(page).isVisible());
  assert.ok(await page.evaluate(() => scrollY > 0));
  await page.evaluate(() => (location.hash = "#linux-1"));
  await page.waitForFunction(() => document.querySelectorAll("[role=tab][aria-selected=true]")[1].textContent === "Linux");
  const hidden = page.locator("[role=tabpanel][hidden]").first();
  assert.equal(await hidden.getAttribute("hidden"), "until-found");
  await hidden.evaluate((panel) => panel.dispatchEvent(new Event("beforematch")));
  assert.deepEqual(await selected(page), ["Windows", "Windows"]);
  // The names of tabs do not fill the contents of the page.
  assert.equal(await page.locator("#contentsSheet a", { hasText: "Linux" }).count(), 0);
}));

test("without script, and on paper, the tabs stand one under another with their names", async () => {
  const shown = async (page) => {
    for (const text of ["resolvectl", "Clear-DnsClientCache"]) assert.ok(await code(page, text).isVisible(), text);
    for (const id of ["windows", "linux", "windows-1", "linux-1"]) assert.ok(await page.locator(`#${id}`).isVisible(), id);
  };
  await on({ javaScriptEnabled: false }, async (page) => {
    await page.goto(site.address(FRENCH));
    await shown(page);
    assert.equal(await page.locator("[role=tab]").count(), 0);
  });
  await on({}, async (page) => {
    await page.goto(site.address(FRENCH));
    await page.emulateMedia({ media: "print" });
    await shown(page);
    assert.equal(await list(page).isVisible(), false);
    const heights = await page.locator("[role=tabpanel]").evaluateAll((panels) => panels.map((panel) => panel.offsetHeight));
    assert.ok(heights.every((height) => height > 40), `${heights}`);
  });
});

test("marked lines reach over the whole width, and the code copies as it is", () => on({}, async (page) => {
  await page.goto(site.address(FRENCH));
  const marked = code(page, "Disable-ADAccount").filter({ hasText: "Sur le contrôleur" });
  assert.equal(await marked.locator("figcaption").textContent(), "Sur le contrôleur de domaine");
  assert.equal(await marked.locator(".marked").count(), 3);
  const lines = (await marked.locator("code").textContent()).split("\n");
  assert.deepEqual([lines.length, lines[2], lines[5]], [6, "", ""]);
  // As many lines are drawn as the code has: an empty one is neither lost nor doubled.
  const [drawn, line] = await marked.locator("code").evaluate((code) => [code.offsetHeight, code.querySelector(".marked").offsetHeight]);
  assert.ok(Math.abs(drawn / line - 5) < 0.2, `${drawn} / ${line}`);
  const changed = code(page, "intranet.entreprise.example");
  assert.deepEqual(await changed.locator(".removed, .added").allTextContents(), [
    "-192.0.2.10 intranet.entreprise.example\n",
    "+192.0.2.20 intranet.entreprise.example\n",
  ]);
  await page.emulateMedia({ forcedColors: "active" });
  assert.equal(await marked.locator(".marked").first().evaluate((line) => getComputedStyle(line).borderInlineStartWidth), "3px");
}));

test("a picture is enlarged by a click or Enter, and closed by Escape; the focus returns", () => on({}, async (page) => {
  await page.goto(site.address(FRENCH));
  const link = page.locator(PICTURE).first();
  await link.scrollIntoViewIfNeeded();
  await link.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  const [small, large] = [await link.locator("img").boundingBox(), await dialog.locator("img").boundingBox()];
  assert.ok(large.width > small.width * 1.5, `${small.width} → ${large.width}`);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.ok(await link.evaluate((link) => link === document.activeElement));
  await link.click();
  await dialog.getByRole("button").click();
  await dialog.waitFor({ state: "detached" });
  assert.ok(await link.evaluate((link) => link === document.activeElement));
  assert.equal(new URL(page.url()).pathname, new URL(site.address(FRENCH)).pathname);
  // With a modifier it is the link that it is.
  assert.match(await link.getAttribute("href"), /niveaux-escalade\.svg$/);
}));

test("a picture in a link stays what it is, one shown whole as well; without script all do", async () => {
  await on({}, async (page) => {
    await page.goto(site.address(FRENCH));
    await page.locator(PICTURE).first().waitFor();
    assert.equal(await page.locator("a a").count(), 0);
    assert.equal(await page.locator("img:not(.prose img) .enlarge").count(), 0);
  });
  await on({ javaScriptEnabled: false }, async (page) => {
    await page.goto(site.address(FRENCH));
    assert.equal(await page.locator(PICTURE).count(), 0);
    assert.ok(await page.locator(".prose img").first().isVisible());
  });
});

test("a photograph is shown in its own size, and the window moves over it", () => on({}, async (page) => {
  await page.goto("about:blank");
  const photograph = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 3000, height: 2000 });
    canvas.getContext("2d").fillRect(0, 0, 3000, 2000);
    return canvas.toDataURL("image/png");
  });
  await page.route(site.address(FRENCH), async (route) => {
    const answer = await route.fetch();
    const html = await answer.text();
    await route.fulfill({ response: answer, body: html.replaceAll(/<img src="[^"]*niveaux-escalade\.svg"/g, `<img src="${photograph}"`) });
  });
  await page.goto(site.address(FRENCH));
  await page.locator(PICTURE).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  const { shown, box, inner } = await dialog.evaluate((dialog) => ({
    shown: dialog.querySelector("img").clientWidth,
    box: [dialog.offsetWidth, dialog.offsetHeight],
    inner: [innerWidth, innerHeight],
  }));
  assert.equal(shown, 3000);
  assert.ok(box[0] <= inner[0] && box[1] <= inner[1], `${box} in ${inner}`);
  await dialog.evaluate((dialog) => dialog.scrollTo(1000, 1000));
  const button = await dialog.getByRole("button").boundingBox();
  assert.ok(button.x >= 0 && button.y >= 0 && button.x < 40 && button.y < 40, JSON.stringify(button));
}));

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing on the page, nor on an enlarged picture, ${colorScheme}`, async () => {
    for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 800 }]) {
      await on({ colorScheme, viewport, bypassCSP: true }, async (page) => {
        await page.addInitScript({ path: AXE });
        await page.goto(site.address(FRENCH));
        const violations = () => page.evaluate(async () => (await globalThis.axe.run(document)).violations
          .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary.slice(0, 200)}`)));
        assert.deepEqual(await violations(), []);
        await page.locator(PICTURE).first().click();
        await page.getByRole("dialog").waitFor();
        assert.deepEqual(await violations(), []);
      });
    }
  });
}

test("pages without tabs and pictures do not load the script", () => on({}, async (page) => {
  await page.goto(site.address("procedures/infrastructure/panne-onduleur/"));
  assert.equal(await page.locator("script[src*='/prose.']").count(), 0);
}));
