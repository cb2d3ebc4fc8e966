// WCAG 2.2 A and AA as far as a program can tell (axe-core), on each sort of page, light and dark.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { build, PAGES, serve } from "./estate.mjs";
import { type } from "./searching.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

let browser, site;
before(async () => {
  site = await serve(build());
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

/** What axe holds against the page, one line a rule and place. */
async function violations(page) {
  const found = await page.evaluate(async (values) => {
    const answer = await globalThis.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
    return answer.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} — ${node.failureSummary.replace(/\s+/g, " ").slice(0, 240)}`));
  }, RULES);
  return found.slice(0, 8).join("\n");
}

for (const colorScheme of ["light", "dark"]) {
  test(`every sort of page, ${colorScheme}`, async () => {
    // The policy would refuse axe itself, not the pages; pages.test.mjs watches the policy.
    const { page, close } = await open(browser, { colorScheme, bypassCSP: true });
    await page.addInitScript({ path: AXE });
    const broken = [];
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(site.address(path));
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
