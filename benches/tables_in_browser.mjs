// What the filter of a table costs a telephone, with the processor slowed four times, at 500 rows on a page, and over a
// list that is cut into pages (its data is read once before): for each letter the longest task, which is how long the
// next letter may have to wait, and the main thread's time in all, with the rows that are drawn when it is idle.
//   node benches/tables_in_browser.mjs <site> <list> [letters]    such as: /tmp/large-site assets poste
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { launch } from "../tests/browser/browser.mjs";

const [folder, list, letters = "poste 12"] = process.argv.slice(2);
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };
const server = createServer((request, response) => {
  let name = join(folder, normalize(decodeURIComponent(new URL(request.url, "http://host").pathname)));
  if (name.endsWith("/")) name += "index.html";
  if (!existsSync(name) || !statSync(name).isFile()) return response.writeHead(404).end();
  response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "text/plain; charset=utf-8" });
  response.end(readFileSync(name));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
const page = await context.newPage();
await page.addInitScript(() => {
  globalThis.longest = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (globalThis.longest = Math.max(globalThis.longest, duration))))
    .observe({ entryTypes: ["longtask"] });
});
const session = await context.newCDPSession(page);
// Time of the thread's own clock: what else the machine does meanwhile does not count.
await session.send("Performance.enable", { timeDomain: "threadTicks" });
const spent = async () => (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value * 1000;
const frames = () => page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 300)));

async function cost(act) {
  await page.evaluate(() => (globalThis.longest = 0));
  const before = await spent();
  await act();
  await page.waitForFunction(() => !document.querySelector("table[aria-busy=true]"));
  await frames();
  return { all: (await spent()) - before, longest: await page.evaluate(() => globalThis.longest) };
}
const address = `http://127.0.0.1:${server.address().port}/${list}/`;
for (const path of ["", "?sort=id"]) {
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await page.goto(address + path);
  await page.waitForFunction(() => !/…/.test(document.querySelector(".table-tools output").textContent));
  const told = await page.locator(".table-tools output").textContent();
  await page.waitForFunction(() => !document.querySelector("table[aria-busy=true]"));
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const idle = await cost(async () => {});
  const field = page.locator(".table-tools label:first-child input");
  await field.focus();
  const costs = [];
  for (const letter of letters) costs.push(await cost(() => page.keyboard.type(letter)));
  for (const _ of letters) costs.push(await cost(() => page.keyboard.press("Backspace")));
  const say = (values) => `${values.map((it) => it.toFixed(0)).join(" ")}; most ${Math.max(...values).toFixed(0)} ms`;
  console.log(`${address}${path}: ${told}`);
  console.log(`  longest task (0: under 50 ms): ${say(costs.map(({ longest }) => longest))}`);
  console.log(`  in all: ${say(costs.map(({ all }) => Math.max(0, all - idle.all)))}`);
}
await browser.close();
server.close();
