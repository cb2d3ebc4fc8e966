// Runs the browser's engine on the files that Rust wrote and on the golden vectors: `node --test tests/search/`.
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const engine = require("../../themes/default/assets/search-engine.js");

const read = (...names) => readFileSync(join(...names), "utf8");
const json = (...names) => JSON.parse(read(...names));
const loader = (folder) => async (name) => read(folder, name);
const shown = (pieces) => pieces.map((piece) => (piece.marked ? `[${piece.text}]` : piece.text)).join("");

test("inflections meet in one stem", () => {
  for (const [one, other] of json(__dirname, "stems.json")) assert.equal(engine.stem(one), engine.stem(other), one);
});

test("the small estate answers in the golden order", async () => {
  for (const { query, urls, unknown = [], partial = false, excerpt } of json(__dirname, "queries.json")) {
    const answer = await engine.search(query, 10, "fr", loader(join(__dirname, "index")));
    assert.deepEqual(answer.hits.map((hit) => hit.url), urls, query);
    assert.deepEqual(answer.unknown, unknown, query);
    assert.equal(answer.partial, partial, query);
    if (excerpt) assert.equal(shown(answer.hits[0].excerpt), excerpt);
  }
});

test("titles are marked without their elisions", () => {
  const needles = [{ form: "onduleur", prefix: true }, { form: "srvad01", prefix: false }];
  assert.equal(shown(engine.mark("L’onduleur de SRV-AD-01", needles)), "L’[onduleur] de [SRV-AD-01]");
});

const large = process.env.CARNET_SEARCH_LARGE;
test("a large index answers as Rust does", { skip: !large && "CARNET_SEARCH_LARGE names no folder" }, async () => {
  for (const expected of json(large, "answers.json")) {
    const answer = await engine.search(expected.query, 10, "fr", loader(large));
    const { total, more, unknown, partial } = answer;
    const found = { query: expected.query, urls: answer.hits.map((hit) => hit.url), total, more, unknown, partial };
    assert.deepEqual(found, expected);
  }
});
