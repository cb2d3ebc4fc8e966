// Asks both engines the queries of tests/search/relevance.txt in Chromium, over one published site, and prints
// one line of JSON an engine: how often the right page came, and the bytes that a first query loads.
//   node benches/against_pagefind.mjs <site with pagefind/ inside> <relevance.txt>
import { readFileSync, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";
import { launch } from "../tests/browser/browser.mjs";

const [folder, file] = process.argv.slice(2);
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".txt": "text/plain" };
const DEPTH = 5;
// Questions asked by a browser that knows nothing of the site, each followed by another one.
const COLD = 40;

const cases = [];
let language = "";
for (const line of readFileSync(file, "utf8").split("\n").map((one) => one.trim())) {
  const section = /^\[(\w+)\]$/.exec(line);
  if (section) language = section[1];
  else if (line && !line.startsWith("#")) {
    const [query, answers] = line.split(" => ");
    const [first, ...rest] = answers.split(";");
    const others = rest.join(" ").split(/\s+/).filter(Boolean);
    cases.push({
      language, query, first: first.trim().split(/\s+/),
      also: others.filter((one) => !one.startsWith("!")), never: others.filter((one) => one.startsWith("!")).map((one) => one.slice(1)),
    });
  }
}

const meets = (url, named) => (named.endsWith("*") ? url.startsWith(named.slice(0, -1)) : url.split("#")[0] === named.split("#")[0]);
const place = ({ first, also, never }, found) => {
  const among = (url, names) => names.some((named) => meets(url, named));
  if (found.some((url) => among(url, never))) return 0;
  if (first.includes("nothing")) return found.length ? 0 : 1;
  const best = found.findIndex((url) => among(url, first));
  if (best >= 0) return best + 1;
  const other = found.findIndex((url) => among(url, also));
  return other < 0 ? 0 : Math.max(other, 1) + 1;
};

const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
  const blank = /^\/blank-(\w+)$/.exec(path);
  let name = join(folder, normalize(path));
  if (name.endsWith("/")) name += "index.html";
  const there = existsSync(name) && statSync(name).isFile();
  if (!blank && !there) return response.writeHead(404).end();
  let body = blank ? Buffer.from(`<!doctype html><html lang="${blank[1]}"><title>blank</title>`) : readFileSync(name);
  const type = blank ? TYPES[".html"] : TYPES[extname(name)];
  // Files that are compressed already (Pagefind's own) are sent as they are.
  // A browser keeps what it has, as servers allow for files whose names carry a hash.
  const headers = { "Content-Type": type ?? "application/octet-stream", "Cache-Control": "max-age=600" };
  if (type) {
    body = gzipSync(body);
    headers["Content-Encoding"] = "gzip";
  }
  response.writeHead(200, headers);
  response.end(body);
  counted += path.startsWith("/_carnet/search") || path.startsWith("/pagefind") ? body.length : 0;
});
let counted = 0;
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await launch();

const ENGINES = {
  async pagefind(page, { query, language }) {
    if (!page.url().endsWith(`/blank-${language}`)) await page.goto(`${origin}/blank-${language}`);
    const urls = await page.evaluate(async ([words, depth]) => {
      const pagefind = await import("/pagefind/pagefind.js");
      const { results } = await pagefind.search(words);
      const data = await Promise.all(results.slice(0, depth).map((one) => one.data()));
      return data.map((one) => one.url);
    }, [query, DEPTH]);
    return urls.map((url) => url.replace(/^\//, "").replace(/index\.html$/, ""));
  },
  async carnet(page, { query, language }) {
    const home = language === "fr" ? "" : `${language}/`;
    await page.goto(`${origin}/${home}search/?q=${encodeURIComponent(query)}`);
    const status = "[data-search-page] [role=status]";
    await page.waitForFunction((selector) => {
      const said = document.querySelector(selector);
      const loading = document.querySelector("dialog#searchDialog").dataset.textLoading;
      return said.textContent !== "" && !said.textContent.startsWith(loading);
    }, status);
    const urls = await page.locator("[data-search-page] .search-results a").evaluateAll((links) => links.map((link) => link.href));
    return urls.slice(0, DEPTH).map((url) => decodeURI(url.slice(origin.length + 1)));
  },
};

for (const [engine, ask] of Object.entries(ENGINES)) {
  const page = await browser.newPage();
  const misses = [];
  let [first, among, reciprocal] = [0, 0, 0];
  for (const one of cases) {
    const found = await ask(page, one);
    const at = place(one, found);
    first += at === 1;
    among += at > 0;
    reciprocal += at ? 1 / at : 0;
    if (at !== 1) misses.push(`${at} ${one.query} [${found.join(" ")}]`);
  }
  await page.close();
  const bytes = [], next = [];
  for (let number = 0; number < COLD; number++) {
    const context = await browser.newContext();
    const cold = await context.newPage();
    counted = 0;
    await ask(cold, cases[Math.floor((number * cases.length) / COLD)]);
    bytes.push(counted);
    counted = 0;
    await ask(cold, cases[(Math.floor((number * cases.length) / COLD) + 1) % cases.length]);
    next.push(counted);
    await context.close();
  }
  for (const sizes of [bytes, next]) sizes.sort((a, b) => a - b);
  const share = (part) => part / cases.length;
  console.log(JSON.stringify({
    engine, queries: cases.length, first: share(first), among: share(among), mrr: share(reciprocal),
    bytes: { median: bytes[COLD >> 1], most: bytes[COLD - 1], next: next[COLD >> 1] }, misses,
  }));
}
await browser.close();
server.close();
