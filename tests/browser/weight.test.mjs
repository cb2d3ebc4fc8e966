// What a reader's line has to carry: the theme's scripts and styles, compressed as servers do.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { build } from "./estate.mjs";

const BUDGET = 15 * 1024;
let folder;
before(() => (folder = build()));
after(() => rmSync(dirname(folder), { recursive: true, force: true }));

for (const extension of [".js", ".css"]) {
  test(`all ${extension} files together weigh at most 15 KiB compressed`, () => {
    const theme = join(folder, "_carnet");
    const names = readdirSync(theme).filter((name) => name.endsWith(extension));
    assert.ok(names.length > 0);
    const sizes = names.map((name) => gzipSync(readFileSync(join(theme, name)), { level: 9 }).length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(total <= BUDGET, `${total} bytes: ${names.map((name, place) => `${name} ${sizes[place]}`).join(", ")}`);
  });
}

test("the search, its dialog and its engine, weighs at most 8 KiB compressed", () => {
  const theme = join(folder, "_carnet");
  const names = readdirSync(theme).filter((name) => /^search(-engine)?\.\w+\.js$/.test(name));
  assert.equal(names.length, 2);
  const sizes = names.map((name) => gzipSync(readFileSync(join(theme, name)), { level: 9 }).length);
  assert.ok(sizes[0] + sizes[1] <= 8 * 1024, `${names}: ${sizes}`);
});
