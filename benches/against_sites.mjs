// Opens one page of each site that benches/against_sites.py built, in Chromium, and prints a table: what it loads, what
// a strict policy holds against it, what is left without a script, on paper and from the disk, what axe-core finds.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { launch } from "../tests/browser/browser.mjs";

const sites = JSON.parse(readFileSync(0, "utf8"));
const AXE = createRequire(new URL("../tests/browser/package.json", import.meta.url)).resolve("axe-core/axe.min.js");
const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".json": "application/json",
  ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2", ".wasm": "application/wasm",
};
const PHONE = { width: 390, height: 844 };
const kib = (bytes) => (bytes / 1024).toFixed(bytes < 10240 ? 1 : 0);

async function serve(folder) {
  const server = createServer((request, response) => {
    let name = join(folder, normalize(decodeURIComponent(new URL(request.url, "http://host").pathname)));
    if (name.endsWith("/")) name += "index.html";
    const found = existsSync(name) && statSync(name).isFile();
    response.writeHead(found ? 200 : 404, {
      "Content-Type": TYPES[extname(name)] ?? "application/octet-stream",
      // Told and not enforced, so that one refusal does not hide those behind it.
      "Content-Security-Policy-Report-Only": "default-src 'self'",
    });
    response.end(found ? readFileSync(name) : "");
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** What a first visit loads, by what it is, and what `default-src 'self'` would refuse. */
async function visit(browser, address) {
  const context = await browser.newContext({ viewport: PHONE, serviceWorkers: "block" });
  const page = await context.newPage();
  const kinds = { document: [], script: [], stylesheet: [], font: [], other: [] };
  const reading = [];
  let outside = 0;
  page.on("response", (response) => {
    if (!response.url().startsWith(new URL(address).origin)) outside += 1;
    const list = kinds[response.request().resourceType()] ?? kinds.other;
    reading.push(response.body().then((body) => list.push([body.length, gzipSync(body).length]), () => list.push([0, 0])));
  });
  page.on("requestfailed", (request) => (outside += new URL(request.url()).origin === new URL(address).origin ? 0 : 1));
  await page.addInitScript(() => {
    globalThis.refused = new Map();
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
      globalThis.refused.set(effectiveDirective, (globalThis.refused.get(effectiveDirective) ?? 0) + 1));
  });
  await page.goto(address, { waitUntil: "networkidle" });
  await Promise.all(reading);
  const refused = await page.evaluate(() => [...globalThis.refused]);
  await context.close();
  const sum = (list, place) => list.reduce((total, sizes) => total + sizes[place], 0);
  const told = (list) => (list.length ? `${kib(sum(list, 0))} / ${kib(sum(list, 1))}` : "0");
  return {
    "HTML, KiB raw / gzip": told(kinds.document), "CSS": told(kinds.stylesheet), "JS": told(kinds.script), "fonts": told(kinds.font),
    "all that is loaded": told(Object.values(kinds).flat()), "requests": Object.values(kinds).flat().length, "requests to other hosts": outside,
    "refused by `default-src 'self'`": refused.map(([what, count]) => `${count} ${what}`).join(", ") || "0",
  };
}

/** What is left of the page without a script: its text, links to other pages, and a way to search. */
async function still(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address);
  const text = (await page.locator("main, article, [role=main]").first().innerText()).length;
  const menu = await page.locator("nav a:visible, aside a:visible").count();
  const frames = await page.locator("noscript iframe, iframe").count();
  const search = await page.locator("a[href*='search']:visible, form[action]:visible").count();
  await context.close();
  return { "without JS: letters of text": text, "links of the menu": menu + (frames ? " (and a frame)" : ""), "a way to search": search ? "yes" : "no" };
}

/** What stands on paper beside the text. */
async function paper(browser, address) {
  const context = await browser.newContext({ viewport: { width: 794, height: 1123 } });
  const page = await context.newPage();
  await page.goto(address, { waitUntil: "networkidle" });
  await page.emulateMedia({ media: "print" });
  const found = await page.evaluate(() => {
    const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().height > 0;
    const count = (selector) => [...document.querySelectorAll(selector)].filter(seen).length;
    const external = [...document.querySelectorAll("main a[href^='http'], article a[href^='http']")].filter((link) => link.host !== location.host);
    const told = external.filter((link) => getComputedStyle(link, "::after").content.includes("http"));
    const margins = [...document.styleSheets].filter((sheet) => !sheet.href || sheet.href.startsWith(location.origin)).flatMap((sheet) => [...sheet.cssRules]).flatMap(function all(rule) {
      return rule.constructor.name === "CSSPageRule" ? [rule.cssText] : [...(rule.cssRules ?? [])].flatMap(all);
    });
    return { buttons: count("button, input[type=search], select"), menu: count("nav a"), links: [told.length, external.length], heads: margins.some((text) => /@(top|bottom)-/.test(text)) };
  });
  const pages = (await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/Type \/Page\b/g)?.length;
  await context.close();
  return {
    "on paper: sheets": pages, "links of menus, buttons and fields left": `${found.menu}, ${found.buttons}`,
    "head or number on each sheet": found.heads ? "yes" : "no",
  };
}

/** The page opened from the disk, and whether a worker keeps it for later. */
async function disk(browser, folder, path) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const file = path.endsWith("/") ? `${path}index.html` : path;
  await page.goto(pathToFileURL(join(folder, file)).href, { waitUntil: "load" });
  const styled = await page.evaluate(() => [...document.styleSheets].filter((sheet) => sheet.href).length > 0 && getComputedStyle(document.body).fontFamily !== '"Times New Roman"');
  const target = await page.locator("nav a, aside a").evaluateAll((all) => all.map((link) => link.href).find((href) => href.startsWith("file:") && !href.includes("#")) ?? "");
  const leads = target && existsSync(new URL(target)) && statSync(new URL(target)).isFile();
  await context.close();
  const keeps = readdirSync(folder).some((name) => /worker|^sw\./.test(name));
  return { "from the disk": `${styled ? "styled" : "bare"}, links ${leads ? "lead on" : "do not lead on"}`, "kept by a worker": keeps ? "yes" : "no" };
}

/** The rules of WCAG 2.2 AA that axe-core finds broken, and at how many places, on a telephone and a desk. */
async function axe(browser, address) {
  const found = [];
  for (const viewport of [PHONE, { width: 1280, height: 900 }]) {
    const context = await browser.newContext({ viewport, reducedMotion: "reduce", bypassCSP: true });
    const page = await context.newPage();
    await page.addInitScript({ path: AXE });
    await page.goto(address, { waitUntil: "networkidle" });
    const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const broken = await page.evaluate(async (tags) => (await globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } })).violations.map(({ id, nodes }) => [id, nodes.length]), values);
    found.push(broken.map(([id, count]) => `${count} ${id}`).join(", ") || "0");
    await context.close();
  }
  return { "axe-core, telephone": found[0], "axe-core, desk": found[1] };
}

const browser = await launch();
const columns = [];
for (const { name, folder, page } of sites) {
  const server = await serve(folder);
  const address = server.origin + page;
  const figures = [await visit(browser, address), await still(browser, address), await paper(browser, address), await disk(browser, folder, page), await axe(browser, address)];
  columns.push([name, Object.assign({}, ...figures)]);
  server.close();
}
await browser.close();
console.log(`| | ${columns.map(([name]) => name).join(" | ")} |`);
console.log(`| --- |${" --- |".repeat(columns.length)}`);
for (const row of Object.keys(columns[0]?.[1] ?? {})) console.log(`| ${row} | ${columns.map(([, figures]) => figures[row]).join(" | ")} |`);
