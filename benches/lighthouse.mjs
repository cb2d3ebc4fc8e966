// Lighthouse's marks for a home page, a list of 1,000 assets, an asset and a procedure, with the profile of a telephone
// (simulated throttling): the median of five, over gzip and the strict policy, as a publishing server sends pages. The
// category for search engines is left out: the site asks them to stay away.
//   npm install --prefix /tmp/lighthouse lighthouse
//   python3 benches/estate.py /tmp/thousand 1725; carnet build --root /tmp/thousand --out /tmp/thousand-site --no-history
//   node benches/lighthouse.mjs /tmp/lighthouse <site of the example> /tmp/thousand-site [times]
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { loadavg } from "node:os";
import { extname, join, normalize, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { FLAGS, PROGRAM } from "../tests/browser/browser.mjs";

const [packages, example, thousand, times = "5"] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(join(resolve(packages), "node_modules", path)));
const { default: lighthouse } = await load("lighthouse/core/index.js");
const { launch } = await load("chrome-launcher/dist/index.js");

const CATEGORIES = ["performance", "accessibility", "best-practices"];
const FLOOR = 98;
const PAGES = [
  ["home", example, ""],
  ["list of 1,000 assets", thousand, "assets/"],
  ["asset", example, "assets/srv-erp-01/"],
  ["procedure", example, "procedures/infrastructure/panne-onduleur/"],
];
const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json",
  ".svg": "image/svg+xml", ".png": "image/png",
};
const HEADERS = {
  "Content-Encoding": "gzip",
  "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    + "worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types carnet",
  "Cross-Origin-Opener-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
};

/** Serves a folder; what is asked for twice is compressed once. */
async function serve(folder) {
  const packed = new Map();
  const server = createServer((request, response) => {
    let name = join(folder, normalize(decodeURIComponent(new URL(request.url, "http://host").pathname)));
    if (name.endsWith("/")) name += "index.html";
    if (!existsSync(name) || !statSync(name).isFile()) return response.writeHead(404).end();
    if (!packed.has(name)) packed.set(name, gzipSync(readFileSync(name)));
    const cache = name.includes("/_carnet/") ? "max-age=31536000, immutable" : "no-cache";
    response.writeHead(200, { ...HEADERS, "Content-Type": TYPES[extname(name)] ?? "text/plain; charset=utf-8", "Cache-Control": cache });
    response.end(packed.get(name));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

const middle = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** What costs a page its marks: audits that are no full success and count. */
function losses(report) {
  return CATEGORIES.flatMap((name) => report.categories[name].auditRefs
    .filter(({ id, weight }) => weight > 0 && report.audits[id].score !== null && report.audits[id].score < 0.98)
    .map(({ id }) => `${id} ${report.audits[id].displayValue ?? report.audits[id].score}`));
}

let below = false;
console.log("| page | performance | accessibility | best practices | FCP | LCP | TBT | CLS |");
console.log("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
for (const [name, folder, path] of PAGES) {
  const server = await serve(resolve(folder));
  const chrome = await launch({ chromePath: PROGRAM, chromeFlags: [...FLAGS, "--headless=new"] });
  const reports = [];
  for (let time = 0; time < Number(times); time += 1) {
    const { lhr } = await lighthouse(server.origin + path, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "silent" });
    if (lhr.runtimeError) throw new Error(`${path}: ${lhr.runtimeError.message}`);
    reports.push(lhr);
  }
  const marks = CATEGORIES.map((category) => Math.round(100 * middle(reports.map(({ categories }) => categories[category].score))));
  const figures = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"]
    .map((id) => middle(reports.map(({ audits }) => audits[id].numericValue)));
  const texts = figures.map((figure, place) => (place < 3 ? `${Math.round(figure)} ms` : figure.toFixed(3)));
  console.log(`| ${name} | ${[...marks, ...texts].join(" | ")} |`);
  if (marks.some((mark) => mark < FLOOR)) below = true;
  const lost = new Set(reports.flatMap(losses));
  if (lost.size) console.error(`${name}: ${[...lost].join(", ")}`);
  await chrome.kill();
  server.close();
}
console.log(`\nload of the machine meanwhile: ${loadavg().map((one) => one.toFixed(1)).join(", ")}`);
process.exit(below ? 1 : 0);
