// Every sort of page, as it stands: nothing from outside, nothing refused, nothing wider than the screen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { build, everyKind, serve } from "./estate.mjs";

let browser, site;
before(async () => {
  site = await serve(build());
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

test("no page asks another host, breaks the policy or logs an error", async () => {
  const { page, wrongs, close } = await open(browser);
  for (const [name, path] of Object.entries(everyKind(site.folder))) {
    const response = await page.goto(site.address(path));
    if (name === "search") await page.locator(".search-results a").first().waitFor();
    assert.equal(response.status(), name === "missing" ? 404 : 200, name);
    assert.deepEqual(wrongs, [], `${name} (${path})`);
  }
  await close();
});

// Up to 480 px no rule of the style asks for a width (overflow.test.mjs), but for the sheets of labels: elsewhere the
// narrowest telephone stands for all.
for (const [width, which] of [[320, () => true], [390, (path) => /(^|\/)labels\//.test(path)]]) {
  test(`no page scrolls sideways at ${width} px`, async () => {
    const { page, close } = await open(browser, { viewport: { width, height: 800 }, hasTouch: true, isMobile: true });
    const kinds = Object.entries(everyKind(site.folder)).filter(([, path]) => which(path));
    assert.ok(kinds.length > 0);
    for (const [name, path] of kinds) {
      await page.goto(site.address(path));
      const found = await page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        const wide = [...document.body.querySelectorAll("*")].filter((element) => {
          const scroller = element.parentElement.closest(".table-scroll, pre, svg, .diagram, nav.navigation, dialog");
          return !scroller && element.getBoundingClientRect().right > width + 1;
        });
        return { width, scroll: document.documentElement.scrollWidth, wide: wide.slice(0, 3).map((e) => e.outerHTML.slice(0, 120)) };
      });
      assert.ok(found.scroll <= width && found.width <= width, `${name} (${path}): ${JSON.stringify(found)}`);
    }
    await close();
  });
}

test("an unknown address shows the page for it, with its style and the way home", async () => {
  const { page, close } = await open(browser);
  await page.goto(site.address("no/such/page/"));
  assert.match(await page.locator("h1").textContent(), /introuvable/i);
  await page.locator(".site-name").click();
  assert.equal(page.url(), site.address(""));
  await close();
});

test("the home page's figures of promises lead to the tickets that they count", async () => {
  const { page, close } = await open(browser);
  for (const place of [".dashboard .figures .danger a", "#promises ~ .figures .label a"]) {
    await page.goto(site.address(""));
    const figure = page.locator(place).first().locator("xpath=ancestor::li[1]");
    const count = Number(await figure.locator("strong").innerText());
    assert.ok(count > 0, place);
    await page.locator(place).first().click();
    await page.waitForFunction(() => document.querySelector(".table-tools output")?.textContent);
    const states = await page.locator("main tbody tr td:nth-child(3)").allInnerTexts();
    assert.deepEqual(states, Array(count).fill("en retard"), place);
  }
  await page.goto(site.address(""));
  const figures = page.locator("#promises ~ .figures li");
  const month = Number(await figures.nth(2).locator("strong").innerText());
  await figures.nth(2).locator("a").click();
  await page.waitForFunction(() => document.querySelector(".table-tools output")?.textContent);
  assert.ok(await page.locator("main tbody tr").count() >= month, "the month's tickets, promised or not");
  await close();
});

test("without JavaScript the site reads and leads on", async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(site.address(""));
  await page.locator("nav.navigation a[href$='assets/']").first().click();
  assert.equal(page.url(), site.address("assets/"));
  assert.ok(await page.locator("tbody tr").count() > 100);
  await page.locator("tbody a", { hasText: "ERP de la laiterie" }).first().click();
  assert.match(await page.locator("h1").textContent(), /ERP de la laiterie/);
  await page.goto(site.address("procedures/infrastructure/panne-onduleur/"));
  assert.ok(await page.getByText("L’onduleur sonne, passe sur batterie").isVisible());
  // What only a script could do is not offered.
  for (const button of await page.locator("[data-needs-script]").all()) assert.equal(await button.isVisible(), false);
  await close();
});

test("without JavaScript the home page leads to the records from A to Z", async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(site.address(""));
  await page.locator("main a.search-large").click();
  assert.equal(page.url(), site.address("search/"));
  assert.ok(await page.locator("main .letters a").count() > 10);
  await close();
});

test("links of one name side by side say what each is", async () => {
  const { page, close } = await open(browser);
  await page.goto(site.address("certificates/cert-erp/"));
  const lists = await page.locator("main .values").evaluateAll((lists) => lists.map((list) => [...list.children].map((item) => item.textContent)));
  const namesakes = lists.filter((items) => items.every((item) => item.startsWith("ERP de la laiterie")));
  assert.equal(namesakes.length, 2, "the fact at the head, and the field");
  for (const items of namesakes) assert.equal(new Set(items).size, items.length, items.join());
  await close();
});

test("printed pages hold the text and none of the furniture", async () => {
  const { page, close } = await open(browser);
  for (const path of ["procedures/infrastructure/panne-onduleur/", "assets/srv-erp-01/", "tickets/inc-2026-0014/"]) {
    await page.goto(site.address(path));
    await page.emulateMedia({ media: "print" });
    for (const part of ["nav.navigation", "nav.contents", ".search-button", ".theme-button", ".breadcrumb"]) {
      for (const found of await page.locator(part).all()) assert.equal(await found.isVisible(), false, `${path} ${part}`);
    }
    assert.ok(await page.locator("h1").isVisible());
    const pdf = await page.pdf({ format: "A4" });
    assert.ok(pdf.length > 10_000 && pdf.subarray(0, 5).toString() === "%PDF-", path);
    await page.emulateMedia({ media: null });
  }
  await close();
});

test("on paper a drawing of the network fits the sheet, together with its title", async () => {
  const { page, close } = await open(browser, { viewport: { width: 1032, height: 700 } });
  await page.goto(site.address("network/topology/"));
  await page.emulateMedia({ media: "print" });
  // A sheet of A4 on its side without its margins.
  const [width, height] = [273, 186].map((length) => (length / 25.4) * 96);
  const drawings = await page.locator(".drawing").all();
  assert.ok(drawings.length > 2);
  for (const drawing of drawings) {
    const [all, picture] = [await drawing.boundingBox(), await drawing.locator(".network").boundingBox()];
    assert.ok(all.height <= height && picture.width <= width, JSON.stringify({ all, picture }));
  }
  await close();
});

test("on paper wide tables lie on their side, and a procedure is what is done, without its changes", async () => {
  const { page, close } = await open(browser);
  const landscape = async (path) => {
    await page.goto(site.address(path));
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const sizes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 (\d+)[\d.]* (\d+)/g)].map(([, width, height]) => Number(width) > Number(height));
    assert.ok(sizes.length > 0 && new Set(sizes).size === 1, path);
    return sizes[0];
  };
  for (const path of ["access-rights/matrix/", "assets/", "licences/positions/"]) assert.ok(await landscape(path), path);
  assert.ok(!await landscape("procedures/infrastructure/panne-onduleur/"));
  assert.ok(await page.locator(".change-log").isVisible() && await page.locator(".placeholders").isVisible());
  await page.emulateMedia({ media: "print" });
  for (const part of [".change-log", ".placeholders"]) assert.equal(await page.locator(part).isVisible(), false, part);
  await close();
});
