// What 200 questions cost a reader of a large site, in Chromium: bytes from an empty cache (gzip, as servers send
// them), and the main thread's time once they are there, at full speed and with the processor slowed four times.
//   node benches/search_in_browser.mjs <site> [questions]    a site of invented records: see invent() in against_pagefind.py
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";
import { launch } from "../tests/browser/browser.mjs";

const folder = process.argv[2];
const COUNT = Number(process.argv[3] ?? 200);
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };

/** Words, identifiers and parts of both, with slips and unknown words, drawn by fixed steps. */
function questions() {
  const read = (kind) => {
    const data = JSON.parse(readFileSync(join(folder, `data/${kind}.json`), "utf8"));
    return Array.isArray(data) ? data : data.records ?? Object.values(data).find(Array.isArray);
  };
  const [assets, tickets] = ["assets", "tickets"].map(read);
  const slip = (word) => word.slice(0, 2) + word.slice(3);
  const forms = [
    ({ words }) => words[0],
    ({ words }) => words.slice(0, 2).join(" "),
    ({ words }) => words.slice(0, 4).join(" "),
    ({ words }) => words[1].slice(0, 3),
    ({ words }) => `"${words[1]} ${words[2]}"`,
    ({ words }) => `${words[0]} -${words[3]}`,
    ({ words }) => slip(words.find((word) => word.length >= 6) ?? `${words[0]}${words[1]}`),
    ({ words }) => `kind:ticket ${words[2]}`,
    ({ words }) => `${words[2]} introuvable`,
    ({ asset }) => asset.serial,
    ({ asset }) => asset.serial.slice(3, 8),
    ({ asset }) => asset.id,
    ({ asset }) => asset.id.slice(-4),
    ({ asset }) => String(asset.mac ?? asset.serial).replace(/[":[\]]/g, "").slice(4, 10),
    ({ asset, words }) => `poste ${words[0]} ${asset.site ?? ""}`,
  ];
  return Array.from({ length: COUNT }, (_, number) => {
    const asset = assets[(number * 7919) % assets.length], ticket = tickets[(number * 104729) % tickets.length];
    return forms[number % forms.length]({ asset, words: String(ticket.title).split(" ") });
  });
}

const server = createServer((request, response) => {
  let name = join(folder, normalize(decodeURIComponent(new URL(request.url, "http://host").pathname)));
  if (name.endsWith("/")) name += "index.html";
  if (!existsSync(name) || !statSync(name).isFile()) return response.writeHead(404).end();
  response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "text/plain; charset=utf-8", "Content-Encoding": "gzip" });
  response.end(gzipSync(readFileSync(name)));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await launch();

/** Asks in a page that has never searched; `names` are the files to have there already. */
async function ask(query, names, slower) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/search/`);
  // The engine comes when somebody enters a search box.
  await page.locator("main input[type=search]").focus();
  await page.waitForFunction(() => globalThis.carnetSearch.search);
  await page.evaluate(async (before) => {
    const get = async (name) => (await fetch(`../_carnet/search/${name}`)).text();
    const files = new Map(await Promise.all(before.map(async (name) => [name, await get(name)])));
    globalThis.asked = new Set();
    globalThis.load = async (name) => {
      globalThis.asked.add(name);
      if (!files.has(name)) files.set(name, await get(name));
      return files.get(name);
    };
  }, names);
  const session = await context.newCDPSession(page);
  // Time of the thread's own clock: what else the machine does meanwhile does not count.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
  const spent = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
  };
  const start = await spent();
  const total = await page.evaluate(async (words) => (await globalThis.carnetSearch.search(words, 10, "fr", globalThis.load)).total, query);
  const time = await spent() - start;
  const asked = await page.evaluate(() => [...globalThis.asked]);
  await context.close();
  return { time, total, asked };
}

const bytes = [], times = { 1: [], 4: [] };
let empty = 0;
for (const query of questions()) {
  const { asked, total } = await ask(query, [], 1);
  const size = asked.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, "_carnet/search", name))).length, 0);
  bytes.push([size, query]);
  empty += total === 0;
  for (const slower of [1, 4]) times[slower].push([(await ask(query, asked, slower)).time, query]);
}
const tell = (what, values, unit) => {
  values.sort(([a], [b]) => a - b);
  const [most, query] = values[values.length - 1];
  console.log(`${what}: median ${values[values.length >> 1][0].toFixed(1)} ${unit}, most ${most.toFixed(1)} ${unit} (${query})`);
};
tell("bytes of a first question", bytes.map(([size, query]) => [size / 1000, query]), "kB");
tell("main thread", times[1], "ms");
tell("main thread, processor slowed 4 times", times[4], "ms");
console.log(`${COUNT} questions, ${empty} without an answer`);
await browser.close();
server.close();
