// Content cannot act: every payload in every place of a text, in every page of a site, opened in a browser without a content
// policy, so that nothing but our own escaping holds them; then what readers type and what addresses say; then the policy.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { serve } from "./estate.mjs";
import { NAMES, PAYLOADS, TOGETHER, hostile } from "./payloads.mjs";

const TABS = 4;
/** Waits until the page of the search has answered. */
const answered = (page) => page.waitForFunction(() => document.querySelector("[data-search-page] [role=status]:not(:empty)")?.querySelector(".search-wait") === null);
let browser, site, sinks;

before(async () => {
  const made = hostile();
  sinks = made.sinks;
  site = await serve(made.folder, { policy: "default-src * 'unsafe-inline' 'unsafe-eval' data: blob:" });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

/** The addresses of all pages that hold a payload. */
const pages = () => readdirSync(site.folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
  .filter((entry) => /boom|evil|passwd|config/.test(readFileSync(join(entry.parentPath ?? entry.path, entry.name), "utf8").replace(/<meta[^>]*>/g, "")))
  .map((entry) => relative(site.folder, join(entry.parentPath ?? entry.path, entry.name)).replace(/(^|\/)index\.html$/, "$1"))
  .sort();

/** A page in which a payload that acts is heard. */
async function listening(options = {}) {
  const opened = await open(browser, options);
  await opened.page.addInitScript(() => {
    globalThis.fired = 0;
    globalThis.boom = () => { globalThis.fired += 1; };
    globalThis.refused = [];
    addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) => refused.push(`${effectiveDirective} refuses ${blockedURI} ${sample}`));
  });
  opened.page.on("dialog", (dialog) => dialog.dismiss());
  return opened;
}

/** What of a page might act, though nothing set it off. */
const suspects = (page) => page.evaluate(() => {
  const found = [...globalThis.refused];
  if (globalThis.fired) found.push(`fired ${globalThis.fired} times`);
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    if (["iframe", "object", "embed", "base", "foreignobject", "animate", "set", "math", "marquee", "frame", "applet"].includes(name.toLowerCase())) found.push(name);
    if (name === "script" && !new URL(element.src || "x:", location.href).pathname.startsWith("/carnet/_carnet/")) found.push(`script ${element.outerHTML.slice(0, 80)}`);
    if (name === "style") found.push("style");
    if (name === "link" && /stylesheet|import|preload/.test(element.rel) && !element.href.startsWith(location.origin)) found.push(`link ${element.href}`);
    if (name === "meta" && /refresh/i.test(element.httpEquiv)) found.push("refresh");
    for (const { name: attribute, value } of element.attributes) {
      if (/^on/i.test(attribute) || attribute === "srcdoc") found.push(`${name} ${attribute}`);
      // As the browser reads an address: without controls and spaces before it, without tabs and line ends in it.
      const address = value.replace(/^[\0- ]+|[\t\n\r]/g, "");
      if (/^(href|src|action|formaction|xlink:href|data|poster|background|ping|srcset|cite)$/i.test(attribute)
        && (/^(javascript|vbscript):/i.test(address) || (/^data:/i.test(address) && !/^data:image\/(png|gif|jpeg|webp)/i.test(address)))) {
        found.push(`${name} ${attribute}=${value.slice(0, 60)}`);
      }
      if (attribute === "style" && /url\(|expression/i.test(value)) found.push(`${name} style=${value.slice(0, 60)}`);
    }
  }
  return found;
});

/** Goes through pages with several tabs and says what is wrong on which. */
async function walk(addresses, options, look = suspects) {
  const rest = [...addresses], found = [];
  await Promise.all(Array.from({ length: TABS }, async () => {
    const { page, wrongs, close } = await listening(options);
    for (let address = rest.pop(); address !== undefined; address = rest.pop()) {
      // Deferred scripts have run then; what an image that cannot be loaded would still set off is a suspect already.
      await page.goto(address.startsWith("http") ? address : site.address(address), { waitUntil: "domcontentloaded" });
      const seen = await look(page, address);
      const here = page.url().startsWith(site.address("")) ? [] : [`left for ${page.url()}`];
      const loud = wrongs.splice(0).filter((wrong) => !/^404 /.test(wrong));
      found.push(...[...seen, ...here, ...loud].map((wrong) => `${address}: ${wrong}`));
    }
    await close();
  }));
  return found;
}

// One visit of each page serves two tests: the policy is not enforced, but reports what it would refuse.
const isRefusal = (wrong) => /: [a-z-]+ refuses /.test(wrong);
const isWaitedFor = (path) => /(^|[/-])[12]\/$/.test(path);
let visit;
const opened = () => visit ??= walk(pages(), {}, async (page, path) => {
  // What comes late is waited for on some pages.
  if (isWaitedFor(path)) await page.waitForLoadState("networkidle");
  return suspects(page);
});

test("no payload acts on any page, without a content policy", async (context) => {
  const all = pages();
  context.diagnostic(`${PAYLOADS.length} payloads × ${sinks.size} places = ${PAYLOADS.length * sinks.size} combinations on ${all.length} pages`);
  assert.ok(PAYLOADS.length >= 80 && sinks.size >= 45 && all.length > 200);
  for (let number = 0; number * TOGETHER < PAYLOADS.length; number += 1) {
    for (const path of [`assets/poste-${number}/`, `procedures/essai/geste-${number}/`, `notes/page-${number}/`]) {
      assert.match(readFileSync(join(site.folder, path, "index.html"), "utf8"), /boom\(\)/, `${path}: the payloads are there, as texts`);
    }
  }
  assert.doesNotMatch(await (await fetch(site.address("assets/poste-1/"))).text(), /http-equiv="Content-Security-Policy"/);
  assert.deepEqual((await opened()).filter((wrong) => !isRefusal(wrong)).slice(0, 20), []);
});

test("nor is there anything for the content policy to refuse", async () => {
  assert.ok(pages().filter(isWaitedFor).length > 20);
  assert.deepEqual((await opened()).filter(isRefusal).slice(0, 20), []);
});

test("nothing acts when it is pointed at, focused or opened", async () => {
  const some = pages().filter((path) => /^(assets|procedures\/essai|tickets|people|history)\/?(poste-|geste-|appel-|nom-)?[0-9]*\/?$/.test(path));
  assert.ok(some.length > 20, `${some.length}`);
  const found = await walk(some, {}, async (page) => {
    await page.evaluate(() => {
      document.querySelectorAll("details").forEach((details) => { details.open = true; });
      for (const element of document.querySelectorAll("main *")) {
        for (const type of ["mouseover", "mouseenter", "focus", "focusin", "blur", "animationstart", "error", "load", "toggle"]) element.dispatchEvent(new Event(type, { bubbles: type === "mouseover" }));
      }
    });
    return suspects(page);
  });
  assert.deepEqual(found.slice(0, 20), []);
});

test("what is searched for, and what an address says, is text", async () => {
  const asked = PAYLOADS.map((payload) => `search/?q=${encodeURIComponent(payload)}`);
  for (let from = 0; from < PAYLOADS.length; from += 5) {
    const text = encodeURIComponent(PAYLOADS.slice(from, from + 5).join(" "));
    asked.push(`history/?q=${text}&record=${text}&field=${text}&since=${text}&commits=${text}`, `assets/?q=${text}&sort=${text}&columns=${text}&type=${text}#${text}`);
  }
  const found = await walk(asked, {}, async (page, address) => {
    if (address.startsWith("search/")) await answered(page);
    return suspects(page);
  });
  assert.deepEqual(found.slice(0, 20), []);
});

test("records with the names of what scripts know are found and shown", async () => {
  const { page, wrongs, close } = await listening();
  for (const name of NAMES) {
    await page.goto(site.address(`search/?q=${name}`));
    await answered(page);
    assert.equal(await page.locator(`[data-search-page] .search-results a[href$="assets/${name}/"]`).count(), 1, name);
    await page.goto(site.address(`assets/${name}/`));
    assert.equal(await page.locator("h1").innerText(), name);
  }
  assert.deepEqual(wrongs, []);
  await close();
});
