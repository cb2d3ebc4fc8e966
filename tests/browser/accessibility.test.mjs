// WCAG 2.2 A and AA as far as a program can tell (axe-core): sorts of pages, light and dark, on a telephone and on a
// desk, in French and in English. Each sort is seen in two of the eight ways, the second with every choice turned, so
// that each sort is seen with each theme, width and language; `AXE=all` looks at all lists and kinds in all ways.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { build, everyKind, PAGES, project, serve } from "./estate.mjs";
import { type } from "./searching.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const ALL = process.env.AXE === "all";
const WAYS = [0, 1, 2, 3, 4, 5, 6, 7].map((way) => ({
  way,
  colorScheme: way & 1 ? "dark" : "light",
  viewport: way & 2 ? { width: 1440, height: 900 } : { width: 360, height: 740 },
  language: way & 4 ? "en" : "fr",
}));

let browser, site, sites;
before(async () => {
  site = await serve(build());
  const english = project("", (config) => config.replace(/^language: .*$/m, "language: en"));
  english.build();
  sites = { fr: site, en: await serve(english.folder) };
  browser = await launch();
});
after(async () => {
  await browser?.close();
  for (const one of Object.values(sites ?? {})) one.close();
});

/** What axe holds against the page, one line a rule and place. */
async function violations(page) {
  const found = await page.evaluate(async (values) => {
    const answer = await globalThis.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
    return answer.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} — ${node.failureSummary.replace(/\s+/g, " ").slice(0, 240)}`));
  }, RULES);
  return found.slice(0, 8).join("\n");
}

for (const { way, colorScheme, viewport, language } of WAYS) {
  test(`sorts of pages, ${colorScheme}, ${viewport.width} px, ${language}`, async () => {
    // The policy would refuse axe itself, not the pages; pages.test.mjs watches the policy.
    const { page, close } = await open(browser, { colorScheme, viewport, bypassCSP: true });
    await page.addInitScript({ path: AXE });
    const { folder, address } = sites[language];
    const pages = Object.entries(ALL ? everyKind(folder) : PAGES);
    const broken = [];
    for (const [place, [name, path]] of pages.entries()) {
      if (!ALL && ![place % 8, 7 - (place % 8)].includes(way)) continue;
      await page.goto(address(path));
      // Below en/, a French site is English too.
      if (!path.startsWith("en")) assert.equal(await page.locator("html").getAttribute("lang"), language, name);
      if (name === "search") await page.locator(".search-results a").first().waitFor();
      const found = await violations(page);
      if (found) broken.push(`${name} (${path}):\n${found}`);
    }
    assert.equal(broken.join("\n"), "");
    await close();
  });
}

for (const colorScheme of ["light", "dark"]) {
  test(`the open search, ${colorScheme}, and the open menu on a phone`, async () => {
    const { page, close } = await open(browser, { colorScheme, bypassCSP: true, viewport: { width: 390, height: 800 } });
    await page.addInitScript({ path: AXE });
    await page.goto(site.address("assets/"));
    await page.locator(".menu-button").click();
    assert.equal(await violations(page), "");
    await page.keyboard.press("Escape");
    await page.locator(".search-button").click();
    await type(page, "onduleur zzyzxq");
    assert.equal(await violations(page), "");
    await page.setViewportSize({ width: 1280, height: 800 });
    assert.equal(await violations(page), "");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname !== "/carnet/assets/");
    await page.keyboard.press("Control+k");
    await page.locator("#searchInput").fill("");
    await page.locator("#searchDialog [role=option]").first().waitFor();
    assert.equal(await violations(page), "");
    await close();
  });
}
