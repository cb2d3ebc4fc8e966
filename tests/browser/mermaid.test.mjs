// Pictures of Mermaid's texts as tests/diagrams/mermaid/ holds them (Rust tests hold the program to these files): under the strict
// policy, in both themes, on a phone, and as axe sees them. The page is made here, so that any build of Carnet will do.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { copy, REPOSITORY, serve } from "./estate.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const PICTURES = join(REPOSITORY, "tests/diagrams/mermaid");

let browser, site;
before(async () => {
  const folder = copy();
  const names = readdirSync(PICTURES).filter((name) => name.endsWith(".html"));
  assert.equal(names.length, 7);
  const sheets = readdirSync(join(folder, "_carnet")).filter((name) => /^style\.\w+\.css$/.test(name));
  assert.equal(sheets.length, 1);
  writeFileSync(join(folder, "_carnet/mermaid.css"), readFileSync(join(REPOSITORY, "themes/default/assets/mermaid.css")));
  // Each picture was the first of its own text; here they stand on one page.
  const figures = names.map((name, place) => readFileSync(join(PICTURES, name), "utf8").replace(/d:1:/g, `d:${place + 1}:`));
  const links = [...sheets, "mermaid.css"].map((name) => `<link rel="stylesheet" href="../_carnet/${name}">`);
  mkdirSync(join(folder, "mermaid"));
  writeFileSync(join(folder, "mermaid/index.html"), `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Schémas</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${links.join("")}</head><body><main><h1>Schémas</h1>${figures.join("\n")}</main></body></html>`);
  site = await serve(folder);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 1280]) {
    test(`pictures are allowed, can be read and stay in their frames: ${colorScheme}, ${width} px`, async () => {
      const { page, wrongs, close } = await open(browser, { colorScheme, viewport: { width, height: 740 } });
      await page.goto(site.address("mermaid/"));
      assert.deepEqual(wrongs, []);
      const found = await page.evaluate(() => {
        const light = (colour) => {
          const [red, green, blue] = colour.match(/[\d.]+/g).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
          return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        };
        const contrast = (one, other) => (Math.max(light(one), light(other)) + 0.05) / (Math.min(light(one), light(other)) + 0.05);
        const paper = getComputedStyle(document.body).backgroundColor;
        const grounds = [paper, ...[...document.querySelectorAll(".mermaid :is(rect, polygon, circle, path)")].map((shape) => getComputedStyle(shape).fill)];
        const plain = new Set(grounds.filter((fill) => /^rgb\(/.test(fill)));
        const weak = [];
        const dot = getComputedStyle(document.querySelector(".mermaid text")).fill;
        for (const fill of plain) {
          // Heads of arrows and the start of states hold no words.
          const words = [...document.querySelectorAll(".mermaid :is(rect, polygon, circle, path)")].some((shape) => getComputedStyle(shape).fill === fill && !shape.closest("marker, .m-dot"));
          if (words && contrast(dot, fill) < 4.5) weak.push(`${dot} on ${fill}`);
        }
        const lines = [...document.querySelectorAll(".mermaid .m-line")].filter((line) => contrast(getComputedStyle(line).stroke, paper) < 3);
        const wide = [...document.querySelectorAll(".diagram-scroll")].filter((frame) => frame.getBoundingClientRect().right > innerWidth);
        return { grounds: plain.size, weak, lines: lines.length, wide: wide.length, page: document.documentElement.scrollWidth };
      });
      assert.ok(found.grounds > 4, `${found.grounds} grounds`);
      assert.deepEqual([found.weak, found.lines, found.wide], [[], 0, 0]);
      assert.ok(found.page <= width, `${found.page} px wide`);
      // What is wider than the phone is moved by keys.
      const frame = page.locator(".diagram-scroll").filter({ has: page.locator("[aria-label='Diagramme de séquence']") });
      if (width === 360) {
        await frame.focus();
        await page.keyboard.press("ArrowRight");
        await page.waitForFunction((element) => element.scrollLeft > 0, await frame.elementHandle());
      }
      await close();
    });
  }

  test(`axe finds nothing, ${colorScheme}`, async () => {
    const { page, close } = await open(browser, { colorScheme, bypassCSP: true, viewport: { width: 360, height: 740 } });
    await page.addInitScript({ path: AXE });
    await page.goto(site.address("mermaid/"));
    const found = await page.evaluate(async () => {
      const answer = await globalThis.axe.run(document, { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }, resultTypes: ["violations"] });
      return answer.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
    });
    assert.deepEqual(found, []);
    await close();
  });
}
