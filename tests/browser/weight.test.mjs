// What a reader's line has to carry: the theme's scripts and styles, compressed as servers do.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { build, remove } from "./estate.mjs";

const BUDGET = 15 * 1024;
let folder;
before(() => (folder = build()));
after(() => remove(folder));

const weigh = (names) => {
  const sizes = names.map((name) => gzipSync(readFileSync(join(folder, "_carnet", name)), { level: 9 }).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  assert.ok(total <= BUDGET, `${total} bytes: ${names.map((name, place) => `${name} ${sizes[place]}`).join(", ")}`);
};

const sheets = () => readdirSync(join(folder, "_carnet")).filter((name) => name.endsWith(".css"));

test("all style sheets of pages together weigh at most 15 KiB compressed", () => {
  const names = sheets().filter((name) => !name.startsWith("labels."));
  assert.ok(names.length > 0);
  weigh(names);
});

test("the style of printed labels, which their sheets load alone, weighs at most 2 KiB compressed", () => {
  const names = sheets().filter((name) => name.startsWith("labels."));
  assert.equal(names.length, 1);
  const html = readFileSync(join(folder, "sites/lyon/labels/index.html"), "utf8");
  assert.deepEqual([...html.matchAll(/<link rel="stylesheet" href="[^"]*_carnet\/([^"]+)"/g)].map((match) => match[1]), names);
  const size = gzipSync(readFileSync(join(folder, "_carnet", names[0])), { level: 9 }).length;
  assert.ok(size <= 2 * 1024, `${names}: ${size}`);
});

for (const page of ["", "history/", "assets/", "assets/srv-erp-01/", "rotas/astreinte-2026-t4/", "procedures/infrastructure/panne-onduleur/"]) {
  test(`the scripts of /${page} together weigh at most 15 KiB compressed`, () => {
    const html = readFileSync(join(folder, page, "index.html"), "utf8");
    const names = [...html.matchAll(/<script src="[^"]*_carnet\/([^"]+)"/g)].map((match) => match[1]);
    assert.ok(names.length >= 3, page);
    weigh(names);
  });
}

test("the search engine, which comes with the first search, weighs at most 8 KiB compressed", () => {
  const theme = join(folder, "_carnet");
  const names = readdirSync(theme).filter((name) => /^search-engine\.\w+\.js$/.test(name));
  assert.equal(names.length, 1);
  const size = gzipSync(readFileSync(join(theme, names[0])), { level: 9 }).length;
  assert.ok(size <= 8 * 1024, `${names}: ${size}`);
});
