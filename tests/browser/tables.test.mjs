// Tables in the browser: order, filters, columns, CSV, sticky head; lists that are cut into pages, filtered whole.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { CARNET, serve } from "./estate.mjs";

const COUNT = 1201;
const FORMULA = "=cmd|' /C calc'!A0";

/** A site with 1,201 assets and 20 contracts, and its folder; `offline` for one that opens from the disk. */
function build(offline) {
  const work = mkdtempSync(join(tmpdir(), "carnet-tables-"));
  const project = join(work, "project"), folder = join(work, "site");
  const write = (path, text) => {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  };
  const two = (number) => String(number).padStart(2, "0");
  const asset = (number) => [
    `- id: pc-${String(number).padStart(4, "0")}`,
    `  name: ${JSON.stringify(number === 700 ? FORMULA : number === 3 ? "Écran; de \"réserve\"" : `Poste ${number}`)}`,
    `  type: ${["laptop", "server", "printer"][number % 3]}`,
    "  status: in-service",
    `  site: ${number % 2 ? "lyon" : number % 10 === 4 ? "annecy-1" : "annecy"}`,
    `  price: ${number}.5`,
    number % 10 ? `  warranty_end: ${2020 + number % 10}-${two(number % 12 + 1)}-${two(number % 28 + 1)}` : "",
  ].filter(Boolean).join("\n");
  const contract = (number) => `- {id: ctr-${two(number)}, name: Contrat ${number}, number: N-${number}, ends: 2026-${two(number % 12 + 1)}-15}`;
  const list = (count, make) => `${Array.from({ length: count }, (_, place) => make(place + 1)).join("\n")}\n`;
  write("carnet.yaml", `title: Essai\nas_of: 2026-11-21\n${offline ? "offline: true\n" : ""}`);
  write("inventory/_kinds/asset.yaml", "extends: asset\nfields:\n  - {key: price, column: true}\n  - {key: warranty_end, column: true}\n");
  write("inventory/assets/all.yaml", list(COUNT, asset));
  write("inventory/contracts/all.yaml", list(20, contract));
  write("inventory/needs/all.yaml", list(2, (number) => `- {id: bes-${number}, title: Besoin ${number}, choice: "${number === 2 ? `${"Un choix bien pesé, ".repeat(40)}puis zéphyr` : "Aucun"}"}`));
  write("inventory/sites/all.yaml", "- {id: lyon, name: Lyon, type: site}\n- {id: annecy, name: Annecy, type: site}\n- {id: annecy-1, name: Salle 1, type: room, parent: annecy}\n");
  execFileSync(CARNET, ["--root", project, "build", "--no-history", "--out", folder], { stdio: ["ignore", "ignore", "pipe"] });
  return folder;
}

let browser, site, page, wrongs, close;
before(async () => {
  site = await serve(build(false));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});
beforeEach(async () => ({ page, wrongs, close } = await open(browser)));
afterEach(async () => {
  await close();
  assert.deepEqual(wrongs, []);
});

/** The rows come by and by: a table says while it is busy. */
const drawn = () => page.waitForFunction(() => !document.querySelector("main table[aria-busy=true]"));
const column = async (key) => {
  await drawn();
  return page.evaluate(texts, key);
};
const texts = (key) => {
  const place = document.querySelector(`main thead th[data-key="${key}"]`).cellIndex;
  return [...document.querySelectorAll("main tbody tr")].map((row) => row.cells[place].textContent.trim());
};
const heading = (key) => page.locator(`main thead th[data-key="${key}"] button`);
const way = (key) => page.locator(`main thead th[data-key="${key}"]`).getAttribute("aria-sort");
const search = () => new URL(page.url()).search;
const words = () => page.locator(".table-tools label:first-child input");
const count = () => page.locator(".table-tools output").textContent().then((text) => text.replace(/\s/g, " "));
const settled = (text) => page.waitForFunction((text) =>
  document.querySelector(".table-tools output").textContent.replace(/\s/g, " ") === text, text);

test("the order stands in the address, comes back with it, and is said", async () => {
  await page.goto(site.address("contracts/"));
  const asGiven = await column("ends");
  await heading("ends").click();
  const up = await column("ends");
  assert.equal(search(), "?sort=ends");
  assert.equal(await way("ends"), "ascending");
  assert.notDeepEqual(up, asGiven);
  assert.match(await page.locator(".table-tools [role=status]").textContent(), /Trié par Date de fin, croissant/);
  await heading("ends").click();
  assert.equal(search(), "?sort=-ends");
  const down = await column("ends");
  await page.reload();
  assert.deepEqual(await column("ends"), down);
  assert.equal(await way("ends"), "descending");
  await page.goBack();
  assert.deepEqual(await column("ends"), up);
  await page.goForward();
  assert.deepEqual(await column("ends"), down);
  await heading("ends").click();
  assert.equal(search(), "");
  assert.deepEqual(await column("ends"), asGiven);
});

test("a column is filtered by its text, and dates by bounds; the address keeps it", async () => {
  await page.goto(site.address("contracts/"));
  const button = page.getByRole("button", { name: "Filtrer par colonne" });
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  await button.focus();
  await page.keyboard.press("Enter");
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  const field = (key) => page.locator(`.column-filters input[data-key=${key}]`);
  assert.ok(await page.evaluate(() => document.activeElement.matches(".column-filters input")));
  await field("number").fill("n-1");
  assert.deepEqual((await column("number")).sort(), ["N-1", ...Array.from({ length: 10 }, (_, n) => `N-1${n}`)].sort());
  await field("number").fill("");
  const iso = async () => {
    await drawn();
    return page.evaluate(() => [...document.querySelectorAll("main tbody time")].map((time) => time.dateTime));
  };
  for (const [asked, holds] of [
    [">2026-06-15", (day) => day > "2026-06-15"], [">=2026-06-15", (day) => day >= "2026-06-15"],
    ["<2026-03", (day) => day < "2026-03"], ["2026-03..2026-05", (day) => day >= "2026-03" && day < "2026-06"],
    ["01/11/2026..", (day) => day >= "2026-11-01"], ["2026-04", (day) => day.startsWith("2026-04")],
  ]) {
    await field("ends").fill(asked);
    const found = await iso();
    assert.ok(found.length > 0 && found.length < 20, asked);
    assert.ok(found.every(holds), `${asked}: ${found}`);
  }
  await field("ends").fill(">2026-06-15");
  const found = await iso();
  assert.equal(search(), "?ends=%3E2026-06-15");
  await page.reload();
  assert.deepEqual(await iso(), found);
  assert.ok(await field("ends").isVisible(), "a filter that is on is shown");
});

test("a very long cell shows its first lines; Enter shows all, and paper has all", async () => {
  await page.goto(site.address("needs/"));
  const cell = page.locator("td.long summary");
  const tall = () => cell.evaluate((it) => [it.clientHeight, it.scrollHeight]);
  const [shown, whole] = await tall();
  assert.ok(shown < 130 && whole > shown, `${shown} of ${whole}`);
  await cell.focus();
  await page.keyboard.press("Enter");
  assert.ok((await tall())[0] > shown);
  await page.keyboard.press("Enter");
  await page.emulateMedia({ media: "print" });
  const [height, text] = await tall();
  assert.ok(height >= text && height > 0, "all of it is printed");
});

test("columns are put away and come back, kept here and in the address; the first one stays", async () => {
  await page.goto(site.address("contracts/"));
  const columns = page.getByRole("button", { name: "Colonnes" });
  await columns.focus();
  await page.keyboard.press("Enter");
  const box = (name) => page.locator(".column-choice").getByLabel(name, { exact: true });
  assert.ok(await box("Nom").isDisabled());
  await box("Numéro de contrat").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".column-choice").isVisible(), false);
  const head = page.locator("main thead th[data-key=number]");
  assert.equal(await head.isVisible(), false);
  assert.equal(await page.locator("main tbody tr").first().getByText("N-1", { exact: true }).isVisible(), false);
  assert.ok(!new URLSearchParams(search()).get("columns").split(",").includes("number"));
  await page.goto(site.address("contracts/"));
  assert.equal(await head.isVisible(), false, "kept for the table");
  await page.emulateMedia({ media: "print" });
  assert.equal(await head.isVisible(), false, "printed as chosen");
  await page.emulateMedia({ media: "screen" });
  await page.goto(site.address("contracts/?columns=number"));
  assert.equal(await head.isVisible(), true, "the address wins");
  assert.equal(await page.locator("main thead th[data-key=ends]").isVisible(), false);
  await page.goto(site.address("sites/"));
  assert.equal(await page.locator("main thead th:visible").count(), await page.locator("main thead th").count(), "other tables keep theirs");
});

const download = async () => {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV de ce qui est affiché" }).click()]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
};
test("the CSV holds the rows and columns that are shown, as the files of the build write them", async () => {
  await page.goto(site.address("contracts/?columns=number,ends&filter=n-1"));
  const { name, text } = await download();
  assert.equal(name, "Contrats.csv");
  assert.ok(text.startsWith("\ufeffNom;Date de fin;Numéro de contrat\r\n"), text);
  const lines = text.split("\r\n");
  assert.equal(lines.length, 1 + 11 + 1);
  const built = readFileSync(join(site.folder, "contracts/contracts.csv"), "utf8");
  const [, first] = lines;
  const day = first.split(";")[1];
  assert.match(day, /^\d\d\/\d\d\/2026$/);
  assert.ok(built.split("\r\n").some((line) => first.split(";").every((cell) => line.includes(cell))), first);
});

test("a list of 1,201 rows is cut; without a filter no data is read", async () => {
  const asked = [];
  page.on("request", (request) => request.url().includes("_rows") && asked.push(request.url()));
  await page.goto(site.address("assets/"));
  assert.equal((await column("name")).length, 100);
  assert.equal(await count(), "100 sur 1 201");
  const pager = page.locator("nav.pager");
  assert.match(await pager.innerText(), /2\s+pc-0101–pc-0200/);
  await pager.locator("a[rel=next]").click();
  await page.waitForURL(/\/assets\/_2\/$/);
  assert.equal((await column("id"))[0], "pc-0101");
  assert.deepEqual(asked, []);
});

test("the first page unrolls the whole list, for a reader who scrolls or prints", async () => {
  await page.goto(site.address("assets/"));
  const more = page.getByRole("button", { name: "Afficher plus" });
  await more.click();
  await settled("1 201 sur 1 201");
  assert.equal((await column("id")).length, 600);
  assert.equal((await column("id"))[599], "pc-0600");
  assert.equal(await page.evaluate(() => document.activeElement.closest("tr").rowIndex), 102, "after the rows that were read, below the head's two");
  assert.equal(await page.locator("nav.pager").isVisible(), false);
  await more.click();
  await more.click();
  assert.equal((await column("id")).length, 1201);
  assert.equal(await more.isVisible(), false);
  await page.goto(site.address("assets/_2/"));
  assert.equal(await more.isVisible(), false);
});

test("a word, a facet, a column and an order go over the whole list, also from a later page", async () => {
  await page.goto(site.address("assets/_2/"));
  await words().fill("Poste 1201");
  await settled("1 sur 1 201");
  assert.deepEqual(await column("id"), ["pc-1201"]);
  assert.equal(await page.locator("nav.pager").isVisible(), false);
  assert.equal(search(), "?filter=Poste+1201");
  const link = page.locator("main tbody th a");
  await link.click();
  await page.waitForURL(/\/assets\/pc-1201\/$/);
  await page.goBack();
  await settled("1 sur 1 201");
  await page.getByRole("button", { name: "Effacer les filtres" }).click();
  assert.equal((await column("id"))[0], "pc-0101");
  assert.equal(await page.locator("nav.pager").isVisible(), true);
  // A room counts with its building, and alone; choices stand in the schema's order, not the alphabet's.
  const options = (key) => page.locator(`select[data-key=${key}] option`).allTextContents();
  assert.deepEqual(await options("site"), ["Tous", "Annecy", "Annecy › Salle 1", "Lyon"]);
  assert.deepEqual(await options("type"), ["Tous", "Ordinateur portable", "Serveur", "Imprimante"]);
  await page.locator("select[data-key=site]").selectOption("Annecy › Salle 1");
  await settled("120 sur 1 201");
  await page.locator("select[data-key=site]").selectOption("Annecy");
  await settled("600 sur 1 201");
  assert.equal((await column("id")).length, 100);
  const more = page.getByRole("button", { name: "Afficher plus" });
  await more.click();
  assert.equal((await column("id")).length, 600);
  assert.equal(await more.isVisible(), false);
  assert.ok(await page.evaluate(() => document.activeElement.closest("tr").rowIndex > 100), "the keyboard goes on where the rows go on");
  await heading("price").click();
  await heading("price").click();
  assert.equal((await column("id"))[0], "pc-1200");
  assert.match(search(), /site=Annecy&sort=-price/);
  await page.reload();
  await settled("600 sur 1 201");
  assert.equal((await column("id"))[0], "pc-1200");
  await page.goto(site.address("assets/?price=1000..1002,5&type=Serveur"));
  await settled("1 sur 1 201");
  assert.deepEqual(await column("id"), ["pc-1000"]);
});

test("rows of the data look as rows of the page do", async () => {
  await page.goto(site.address("assets/"));
  const html = () => page.evaluate(() => [...document.querySelectorAll("main tbody tr")].slice(0, 12).map((row) => [...row.cells].map((cell) => {
    const copy = cell.cloneNode(true);
    copy.removeAttribute("data-sort");
    copy.removeAttribute("data-value");
    for (const link of copy.querySelectorAll("a")) link.href = new URL(link.getAttribute("href"), location.href).href;
    copy.querySelectorAll(".empty").forEach((empty) => (empty.textContent = "–"));
    return copy.outerHTML;
  })));
  const own = await html();
  await page.goto(site.address("assets/?sort=id"));
  await settled("1 201 sur 1 201");
  assert.deepEqual(await html(), own);
});

test("the CSV of a filtered list has all that is found, numbers as numbers, and no formula", async () => {
  await page.goto(site.address("assets/?type=Serveur&columns=price,warranty_end"));
  await settled("401 sur 1 201");
  const { text } = await download();
  const lines = text.trimEnd().split("\r\n");
  assert.equal(lines.length, 402);
  assert.ok(lines.some((line) => line.startsWith(`'${FORMULA};700,5;`)), "protected");
  await page.goto(site.address("assets/?columns=price&filter=ecran"));
  await settled("1 sur 1 201");
  assert.equal((await download()).text, "\ufeffNom;Prix d’achat\r\n\"Écran; de \"\"réserve\"\"\";3,5\r\n");
});

test("the head stays, the focus is not under it, and the page is no wider than a phone", async () => {
  const phone = await open(browser, { viewport: { width: 390, height: 800 } });
  await phone.page.goto(site.address("assets/"));
  const scroller = phone.page.locator(".table-scroll");
  await scroller.scrollIntoViewIfNeeded();
  await scroller.evaluate((box) => box.scrollTo(120, 4000));
  const head = await phone.page.locator("thead th").first().boundingBox();
  const box = await scroller.boundingBox();
  assert.ok(Math.abs(head.y - box.y) < 3 && Math.abs(head.x - box.x) < 3, JSON.stringify({ head, box }));
  const name = await phone.page.locator("tbody tr").nth(90).locator("th").boundingBox();
  assert.ok(Math.abs(name.x - box.x) < 3, "the first column stays");
  // Backwards from a row that is shown: each link must come out from under head and first column.
  await phone.page.locator("tbody tr").nth(90).locator("th a").focus();
  for (let step = 0; step < 25; step += 1) {
    await phone.page.keyboard.press("Shift+Tab");
    const covered = await phone.page.evaluate(() => {
      const { left, top, width, height } = document.activeElement.getBoundingClientRect();
      const there = document.elementFromPoint(left + width / 2, top + height / 2);
      return document.activeElement.closest("tbody") && !(there === document.activeElement || document.activeElement.contains(there));
    });
    assert.ok(!covered, `step ${step}: ${await phone.page.evaluate(() => document.activeElement.outerHTML)}`);
  }
  assert.ok(await phone.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.deepEqual(phone.wrongs, []);
  await phone.close();
});

test("without a script each page reads, and leads to the next", async () => {
  const still = await open(browser, { javaScriptEnabled: false });
  await still.page.goto(site.address("assets/?filter=zzz"));
  assert.equal(await still.page.locator("main tbody tr:visible").count(), 100);
  assert.equal(await still.page.locator("main button:visible").count(), 0);
  await still.page.locator("nav.pager li a").last().click();
  assert.equal(await still.page.locator("main tbody tr").count(), 1);
  await still.page.goto(site.address("assets/_3/"));
  await still.page.locator("nav.pager a[rel=prev]").click();
  assert.match(still.page.url(), /assets\/_2\/$/);
  await still.close();
});

test("several tables of a page do not take one another's filters", async () => {
  await page.goto(site.address("data/quality/"));
  const tools = page.locator(".data-table .table-tools");
  const several = await page.locator(".data-table").count();
  assert.ok(several > 1 && await tools.count() > 0);
  await tools.first().locator("input").first().fill("zz");
  await page.waitForURL((url) => url.search !== "");
  const [[name, value], ...others] = [...new URL(page.url()).searchParams];
  assert.match(name, /^[\w-]+\.filter$/);
  assert.ok(!name.startsWith("table-"), name);
  assert.equal(value, "zz");
  assert.deepEqual(others, []);
  await page.reload();
  assert.equal(await tools.first().locator("input").first().inputValue(), "zz");
  const rest = await tools.locator("label:first-child input").evaluateAll((inputs) => inputs.slice(1).map((input) => input.value));
  assert.ok(rest.every((text) => text === ""));
});

test("data that cannot be read is said, and the page itself is filtered", async () => {
  await page.route("**/_rows/**", (route) => route.abort());
  await page.goto(site.address("assets/"));
  await words().fill("pc-0007");
  await page.waitForFunction(() => /seule cette page/.test(document.querySelector(".table-tools output").textContent));
  assert.deepEqual(await column("id"), ["pc-0007"]);
  assert.ok(wrongs.length > 0 && wrongs.every((wrong) => /_rows/.test(wrong)), wrongs.join("\n"));
  wrongs.length = 0;
});

test("from the disk, without a server, the whole list is filtered too", async () => {
  const folder = build(true);
  const fetched = [];
  page.on("request", (request) => ["fetch", "xhr"].includes(request.resourceType()) && fetched.push(request.url()));
  await page.goto(`${pathToFileURL(join(folder, "assets/_2/index.html")).href}`);
  await words().fill("Poste 1201");
  await settled("1 sur 1 201");
  const { text } = await download();
  assert.match(text, /Poste 1201;Lyon;.*;pc-1201/);
  await page.locator("main tbody th a").click();
  await page.waitForURL(/assets\/pc-1201\/index\.html$/);
  assert.deepEqual(fetched, []);
  // The page may still load its icon: the folder goes once the page is closed.
  await close();
  rmSync(dirname(folder), { recursive: true, force: true });
});
