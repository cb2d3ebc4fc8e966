// The example estate as readers get it: built once a test file, served under a sub-path with the
// published policy, so that a link that only works at the root of a host fails here.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join, normalize, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** The program under test: `CARNET` names it, else it is where `cargo build` leaves it. */
export const CARNET = process.env.CARNET
  ?? join(process.env.CARGO_TARGET_DIR ?? join(REPOSITORY, "target"), "debug/carnet");

/** The path of the site on its host. */
export const BASE = "/carnet/";

// As a publishing server would send it; `carnet serve` sends its own.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
  + "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
  + "require-trusted-types-for 'script'; trusted-types carnet";
const CARRIED = /<meta http-equiv="Content-Security-Policy"[^>]*>/;
// As `carnet send` keeps them: what carries its hash in its name is fetched once, all else each time.
const isLasting = (path) => /\/_carnet\/(search\/\w+\/|[^/]+\.[0-9a-f]{8}\.)/.test(path);
const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
  ".svg": "image/svg+xml", ".png": "image/png", ".csv": "text/csv; charset=utf-8", ".txt": "text/plain",
};

/** Builds the example into a new folder and returns its path; `EXAMPLE` names one that was built before, for all to read. */
export function build() {
  if (process.env.EXAMPLE) return process.env.EXAMPLE;
  const folder = join(mkdtempSync(join(tmpdir(), "carnet-site-")), "site");
  if (!existsSync(CARNET)) throw new Error(`${CARNET} is missing: run cargo build, or set CARNET`);
  const options = ["--root", REPOSITORY, "build", "--out", folder, "--base-url", `http://127.0.0.1${BASE}`];
  execFileSync(CARNET, options, { stdio: ["ignore", "ignore", "pipe"] });
  return folder;
}

/** A copy of the built example that a test may change. */
export function copy() {
  const folder = join(mkdtempSync(join(tmpdir(), "carnet-site-")), "site");
  const built = build();
  cpSync(built, folder, { recursive: true });
  remove(built);
  return folder;
}

/** A copy of the example's sources that a test may change, its configuration changed and with lines added; `build` publishes it. */
export function project(added = "", change = (config) => config) {
  const work = mkdtempSync(join(tmpdir(), "carnet-project-"));
  const root = join(work, "project");
  for (const part of ["content", "inventory", "procedures"]) cpSync(join(REPOSITORY, part), join(root, part), { recursive: true });
  writeFileSync(join(root, "carnet.yaml"), `${change(readFileSync(join(REPOSITORY, "carnet.yaml"), "utf8"))}\n${added}`);
  const folder = join(work, "site");
  const build = () => execFileSync(CARNET, ["--root", root, "build", "--out", folder, "--base-url", `http://127.0.0.1${BASE}`], { stdio: ["ignore", "ignore", "pipe"] });
  return { root, folder, build };
}

/** Builds the example as a site that opens from the disk, and returns its path; `OFFLINE` names one that was built before. */
export function buildOffline() {
  if (process.env.OFFLINE) return process.env.OFFLINE;
  if (!existsSync(CARNET)) throw new Error(`${CARNET} is missing: run cargo build, or set CARNET`);
  const { folder, build } = project("offline: true\n");
  build();
  return folder;
}

/** Removes a site and what it was built from, unless it was built before, for all to read. */
export function remove(folder) {
  if (![process.env.EXAMPLE, process.env.OFFLINE].includes(folder)) rmSync(dirname(folder), { recursive: true, force: true });
}

/** Sends bytes in so many parts. */
async function send(response, bytes, pieces) {
  for (let piece = 0; piece < pieces; piece += 1) {
    if (piece > 0) await pause(100);
    response.write(bytes.subarray((bytes.length * piece) / pieces, (bytes.length * (piece + 1)) / pieces));
  }
  response.end();
}

/**
 * Serves a folder under `BASE`; `close` also removes it. `asked` lists the paths that were asked for;
 * those in `silent` get no answer. With `pieces`, a page arrives in so many parts, a tenth of a second apart.
 * With another `policy`, pages lose the one that they carry, and the published one only reports what it would refuse.
 */
export async function serve(folder, { policy = POLICY, pieces = 1 } = {}) {
  const asked = [];
  const silent = new Set();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    asked.push(path.slice(BASE.length));
    if (silent.has(asked.at(-1))) return;
    let file = path.startsWith(BASE) ? join(folder, normalize(path.slice(BASE.length))) : folder + "/outside";
    if (path.endsWith("/")) file = join(file, "index.html");
    const found = file.startsWith(folder) && existsSync(file) && statSync(file).isFile();
    if (!found) file = join(folder, "404.html");
    response.writeHead(found ? 200 : 404, {
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
      "Content-Security-Policy": policy,
      ...(policy !== POLICY && { "Content-Security-Policy-Report-Only": POLICY }),
      "Cache-Control": found && isLasting(path) ? "public, max-age=31536000, immutable" : "no-cache",
    });
    const bytes = readFileSync(file);
    const sent = policy === POLICY || extname(file) !== ".html" ? bytes : Buffer.from(bytes.toString().replace(CARRIED, ""));
    send(response, sent, extname(file) === ".html" ? pieces : 1);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const end = () => {
    server.closeAllConnections();
    server.close();
  };
  const close = () => {
    end();
    remove(folder);
  };
  return { folder, origin, asked, silent, address: (path) => origin + BASE + path, end, close };
}

/** One page of each sort, by what it is; the axe and print tests go through these. */
export const PAGES = {
  home: "",
  "offline reading": "offline/",
  list: "assets/",
  asset: "assets/srv-erp-01/",
  "printer with its history": "assets/imp-lyo-01/",
  "licence positions": "licences/positions/",
  "backup coverage": "backups/coverage/",
  "addressing plan": "network/addressing/",
  "prefix with its map": "prefixes/lyo-10-20-30/",
  "quality of data": "data/quality/",
  "fleet in figures": "assets/statistics/",
  upkeep: "maintenance/upkeep/",
  "maintenance sheet": "maintenance/maint-correctifs-postes/sheet/",
  "what stops services": "services/impact/",
  "a switch with its impact": "assets/sw-lyo-01/",
  "the map of the network": "network/topology/",
  "the ports of a switch": "network/patching/sw-gre-01/",
  "elevations of racks": "network/racks/",
  "Wi-Fi networks": "network/wireless/",
  "filtering and VPN": "network/filtering/",
  "a service": "services/annuaire/",
  "the follow-up of budgets": "budgets/follow-up/",
  "the overview of purchases": "purchases/overview/",
  "the renewal plan": "assets/renewals/",
  "the register of fixed assets": "assets/fixed-assets/",
  "a server's life and cost": "assets/srv-hyp-01/",
  "a late supplier": "suppliers/rhodatech/",
  "the evidence of licences": "licences/evidence/",
  licence: "licences/lic-7-zip/",
  ticket: "tickets/inc-2026-0014/",
  workflow: "workflows/flux-incident/",
  procedures: "procedures/",
  procedure: "procedures/infrastructure/panne-onduleur/",
  "a binder": "procedures/equipements/binder/",
  change: "changes/chg-2026-011/",
  "an urgent change": "changes/chg-2026-016/",
  "the calendar of changes": "changes/calendar/",
  deadlines: "deadlines/",
  "the calendar of deadlines": "deadlines/calendar/",
  "statistics of the desk": "tickets/statistics/",
  "a month of a flow": "workflows/flux-incident/2026-11/",
  client: "organisations/laiterie/",
  "a client's month": "organisations/laiterie/reports/2026-11/",
  problem: "problems/prb-2026-05/",
  contract: "contracts/ctr-infogerance-laiterie/",
  data: "data/",
  "a question with a chart": "data/questions/cost-of-licences/",
  "a question": "data/questions/tickets-open-oldest/",
  rota: "rotas/astreinte-2026-t4/",
  "the review of accounts": "accounts/review/",
  "a list of accounts": "accounts/review/active-user/",
  "a person with accounts": "people/claire-dumas/",
  "arrival and departure": "people/claire-dumas/checklist/",
  "the matrix of rights": "access-rights/matrix/",
  "a group with rights": "groups/gg-compta/",
  history: "history/",
  "labels to print": "assets/labels/",
  search: "search/?q=onduleur",
  "titles of a letter": "search/o/",
  "plain page": "notes/correspondance/",
  missing: "no/such/page/",
};

/** The sorts above, and the list and first record of every kind of the site. */
export function everyKind(folder) {
  const paths = { ...PAGES };
  const folders = (path) => readdirSync(join(folder, path), { withFileTypes: true })
    // The sheets below q/ only lead on to records.
    .filter((entry) => entry.isDirectory() && !["_carnet", "data", "q"].includes(entry.name))
    .map((entry) => entry.name).sort();
  for (const kind of folders("")) {
    if (existsSync(join(folder, kind, "index.html"))) paths[`list of ${kind}`] = `${kind}/`;
    const record = folders(kind).find((name) => existsSync(join(folder, kind, name, "index.html")));
    if (record) paths[`first of ${kind}`] = `${kind}/${record}/`;
  }
  return paths;
}
