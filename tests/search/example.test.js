// The browser's engine gives the answers that Rust gave over the example estate: see tests/search_parity.rs.
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
require("../../themes/default/assets/search-engine.js");
const { search } = globalThis.carnetSearch;

const folder = process.env.CARNET_SEARCH_EXAMPLE;
const shown = (pieces) => pieces.map((piece) => (piece.marked ? `[${piece.text}]` : piece.text)).join("");

test("the example's questions are answered as Rust answers them", { skip: !folder && "CARNET_SEARCH_EXAMPLE names no folder" }, async () => {
  const files = new Map();
  const load = async (name) => {
    if (!files.has(name)) files.set(name, readFileSync(join(folder, name), "utf8"));
    return files.get(name);
  };
  const different = [];
  const all = JSON.parse(readFileSync(join(folder, "answers.json"), "utf8"));
  assert.ok(all.length > 1000);
  for (const expected of all) {
    const { language, query } = expected;
    const { hits, total, more, unknown, partial, suggestions, plain = "" } = await search(query, 10, language, load, false);
    const found = {
      language, query, hits: hits.map((hit) => [hit.url, hit.score, shown(hit.excerpt), hit.missing]),
      total, more, unknown, partial, suggestion: suggestions.length ? suggestions[0].words : null, plain,
    };
    try {
      assert.deepEqual(found, expected);
    } catch {
      const keys = Object.keys(expected).filter((key) => JSON.stringify(found[key]) !== JSON.stringify(expected[key]));
      different.push(`${query}: ${keys.map((key) => `${key}\n  Rust    ${JSON.stringify(expected[key]).slice(0, 400)}\n  browser ${JSON.stringify(found[key]).slice(0, 400)}`).join("\n")}`);
    }
  }
  assert.equal(different.length, 0, `${different.length} of ${all.length}\n${different.slice(0, 12).join("\n")}`);
});
