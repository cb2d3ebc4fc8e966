// Former addresses, the binder and the looks of a house: a small project of its own, as a browser meets it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { CARNET, serve } from "./estate.mjs";

const FILES = {
  "content/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 32"><rect width="120" height="32" fill="#0b6e4f"/></svg>',
  "procedures/reseau/vpn.md": "---\ntitle: Ouvrir le VPN\nredirect_from: [/wiki/vpn.html, /Ancien Wiki/accès/]\n---\n## But\n\n1. [ ] Voir [[reseau/poste#but]].\n",
  "procedures/reseau/poste.md": "---\ntitle: Préparer un poste\n---\n## But\n\nVoir [[reseau/vpn]].\n",
};
const THEME = 'theme: {accent: "#0b6e4f", accent_dark: "#7fd1b0", logo: content/logo.svg}\n';

/** Builds the project with settings and returns the folder of the site. */
function build(settings) {
  const work = mkdtempSync(join(tmpdir(), "carnet-addresses-"));
  for (const [path, text] of Object.entries({ ...FILES, "carnet.yaml": `title: Laiterie\n${settings}` })) {
    mkdirSync(dirname(join(work, "project", path)), { recursive: true });
    writeFileSync(join(work, "project", path), text);
  }
  const folder = join(work, "site");
  execFileSync(CARNET, ["--root", join(work, "project"), "build", "--out", folder], { stdio: ["ignore", "ignore", "pipe"] });
  return folder;
}

let browser, site;
before(async () => {
  site = await serve(build(THEME));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

for (const javaScriptEnabled of [true, false]) {
  for (const path of ["wiki/vpn.html", "Ancien%20Wiki/acc%C3%A8s/"]) {
    test(`${path} leads on ${javaScriptEnabled ? "with" : "without"} scripts, under the policy of the site`, async () => {
      const { page, wrongs, close } = await open(browser, { javaScriptEnabled });
      await page.goto(site.address(path));
      await page.waitForURL(site.address("procedures/reseau/vpn/"));
      assert.equal(await page.locator("h1").textContent(), "Ouvrir le VPN");
      await close();
      assert.deepEqual(wrongs, []);
    });
  }
}

test("a former address leads on from the disk", async () => {
  const folder = build("offline: true\n");
  const { page, wrongs, close } = await open(browser);
  await page.goto(pathToFileURL(join(folder, "wiki/vpn.html")).href);
  await page.waitForURL(pathToFileURL(join(folder, "procedures/reseau/vpn/index.html")).href);
  assert.equal(await page.locator("h1").textContent(), "Ouvrir le VPN");
  await close();
  rmSync(dirname(folder), { recursive: true, force: true });
  assert.deepEqual(wrongs, []);
});

test("links from one procedure to another stay in the binder, which prints each on a sheet", async () => {
  const { page, wrongs, close } = await open(browser);
  const binder = site.address("procedures/reseau/binder/");
  await page.goto(binder);
  await page.getByRole("link", { name: "Préparer un poste › But" }).click();
  assert.equal(page.url(), `${binder}#p2-but`);
  assert.equal(await page.locator("#p2-but").textContent().then((text) => text.trim().startsWith("But")), true);
  await page.emulateMedia({ media: "print" });
  const breaks = await page.locator("article").evaluateAll((all) => all.map((own) => getComputedStyle(own).breakBefore));
  assert.deepEqual(breaks, ["page", "page"]);
  // The margins of a sheet take their words from the root.
  const words = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--sheet"));
  assert.equal(words, JSON.stringify("Classeur\u00a0: reseau"));
  await close();
  assert.deepEqual(wrongs, []);
});

for (const [colorScheme, colour] of [["light", "rgb(11, 110, 79)"], ["dark", "rgb(127, 209, 176)"]]) {
  test(`links have the colour of the house, ${colorScheme}, and its logo says its name`, async () => {
    const { page, wrongs, close } = await open(browser, { colorScheme });
    await page.goto(site.address("procedures/"));
    const link = page.locator("main a", { hasText: "Ouvrir le VPN" }).first();
    assert.equal(await link.evaluate((own) => getComputedStyle(own).color), colour);
    const logo = page.getByRole("link", { name: "Laiterie" }).locator("img");
    assert.ok(await logo.evaluate((own) => own.complete && own.naturalWidth > 0 && own.clientHeight > 20));
    await close();
    assert.deepEqual(wrongs, []);
  });
}
