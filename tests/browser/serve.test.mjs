// `carnet serve` with a page open: a saved file shows, a broken one is reported over the page, a mended one clears it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { CARNET, PAGES, REPOSITORY } from "./estate.mjs";

const PROCEDURE = "procedures/infrastructure/panne-onduleur";
// Generous: a busy machine must not fail the test. The time itself is printed.
const LIMIT = { timeout: 5_000 };

let browser, process_, root, origin;
before(async () => {
  root = mkdtempSync(join(tmpdir(), "carnet-serve-"));
  for (const part of ["carnet.yaml", "content", "inventory", "procedures"]) {
    cpSync(join(REPOSITORY, part), join(root, part), { recursive: true });
  }
  process_ = spawn(CARNET, ["--root", root, "serve", "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  const said = [];
  for await (const line of createInterface({ input: process_.stderr })) {
    said.push(line);
    origin = line.match(/http:\/\/[^\s/]+/)?.[0];
    if (origin) break;
  }
  assert.ok(origin, `serve said no address:\n${said.join("\n")}`);
  // What it says later is not read, but must not fill the pipe.
  process_.stderr.resume();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  process_?.kill();
  rmSync(root, { recursive: true, force: true });
});

test("the pages are those of the built site, with nothing refused", async () => {
  const { page, wrongs, close } = await open(browser);
  for (const [name, path] of Object.entries(PAGES)) {
    const response = await page.goto(`${origin}/${path}`);
    assert.equal(response.status(), name === "missing" ? 404 : 200, name);
    assert.ok(await page.locator("h1").isVisible(), name);
    // An open page asks whether it has changed; the missing one is still missing then.
    const own = name === "missing" ? `404 ${origin}/${path}` : "";
    assert.deepEqual(wrongs.filter((wrong) => wrong !== own), [], name);
  }
  await close();
});

test("the search answers while serving", async () => {
  const { page, close } = await open(browser);
  await page.goto(`${origin}/`);
  await page.keyboard.press("/");
  await page.keyboard.type("srv-e");
  await page.locator(".search-results a[href$='assets/srv-erp-01/']").waitFor(LIMIT);
  await close();
});

test("the search catches up with what is saved, and says that it is behind until then", async () => {
  const { page, close } = await open(browser);
  const behind = async () => (await (await fetch(`${origin}/_carnet/diagnostics.json`)).json()).search;
  while (await behind()) await page.waitForTimeout(50);
  await page.goto(`${origin}/search/`);
  const box = page.locator("#search-page-input");
  await box.fill("zirconium");
  await page.locator("[role=status]", { hasText: "Aucun" }).first().waitFor(LIMIT);
  appendFileSync(join(root, `${PROCEDURE}.md`), "\nLe zirconium se range à part.\n");
  const told = page.locator(".search-main .carnet-live-search");
  await told.waitFor(LIMIT);
  assert.match(await told.textContent(), /se refait/);
  // Nobody types: what stands in the box is asked again once the index is there.
  await page.locator(`.search-main .search-results a[href*='${PROCEDURE}']`).first().waitFor({ timeout: 60_000 });
  await told.waitFor({ state: "detached", ...LIMIT });
  await page.locator("[data-search-open]").first().click();
  assert.equal(await page.locator(".search-dialog .carnet-live-search").count(), 0);
  await close();
});

test("a saved procedure shows in the open page", async (context) => {
  const { page, close } = await open(browser);
  await page.goto(`${origin}/${PROCEDURE}/`);
  const times = [];
  for (const word of ["premièrement", "deuxièmement", "troisièmement"]) {
    await page.waitForTimeout(300);
    const saved = performance.now();
    appendFileSync(join(root, `${PROCEDURE}.md`), `\nÉcrit ${word} pendant la lecture.\n`);
    await page.getByText(`Écrit ${word} pendant la lecture.`).waitFor(LIMIT);
    times.push(Math.round(performance.now() - saved));
  }
  context.diagnostic(`saved to shown in the browser: ${times.join(", ")} ms`);
  await close();
});

test("a broken front matter is reported over the page, and mending it clears the report", async () => {
  const { page, close } = await open(browser);
  await page.goto(`${origin}/${PROCEDURE}/`);
  const title = await page.locator("h1").textContent();
  const file = join(root, `${PROCEDURE}.md`);
  const sound = readFileSync(file, "utf8");
  await page.waitForTimeout(300);
  writeFileSync(file, sound.replace("title: ", "title: \""));
  const report = page.locator(".carnet-live");
  await report.waitFor(LIMIT);
  assert.match(await report.textContent(), new RegExp(`${PROCEDURE}\\.md:2`));
  // The last sound page stays readable below it.
  assert.equal(await page.locator("h1").textContent(), title);
  writeFileSync(file, sound);
  await report.waitFor({ state: "detached", ...LIMIT });
  assert.equal(await page.locator("h1").textContent(), title);
  await close();
});
