// Runs the browser's engine on the files that Rust wrote and on the golden vectors: `node --test tests/search/`.
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
require("../../themes/default/assets/search-engine.js");
const engine = globalThis.carnetSearch;

const read = (...names) => readFileSync(join(...names), "utf8");
const json = (...names) => JSON.parse(read(...names));
const loader = (folder) => async (name) => read(folder, name);
const shown = (pieces) => pieces.map((piece) => (piece.marked ? `[${piece.text}]` : piece.text)).join("");

test("inflections meet in one stem", () => {
  for (const [one, other] of json(__dirname, "stems.json")) assert.equal(engine.stem(one), engine.stem(other), one);
});

// What tests/search.rs tells of an answer.
const told = (query, answer) => {
  const { hits, total, more, unknown, partial, suggestions, plain } = answer;
  const expected = { query, urls: hits.map((hit) => hit.url) };
  const tell = (key, worth, value) => { if (worth) expected[key] = value; };
  tell("total", total !== hits.length, total);
  tell("more", more, true);
  tell("unknown", unknown.length, unknown);
  tell("partial", partial, true);
  tell("suggestion", suggestions.length, suggestions[0] && suggestions[0].words);
  tell("plain", !hits.length && plain, plain);
  tell("excerpt", hits.length && hits[0].excerpt.length, hits.length && shown(hits[0].excerpt));
  return expected;
};

test("the small estate answers in the golden order", async () => {
  for (const expected of json(__dirname, "queries.json")) {
    const answer = await engine.search(expected.query, 10, "fr", loader(join(__dirname, "index")));
    assert.deepEqual(told(expected.query, answer), expected);
  }
});

const values = (answer) => Object.fromEntries(answer.facets.map(({ key, values: all }) =>
  [key, all.map(({ label, count, chosen }) => `${label} ${count}${chosen ? " *" : ""}`)]));

test("what is found is counted by facet", async () => {
  const find = (query, counted) => engine.search(query, 3, "fr", loader(join(__dirname, "index")), counted);
  assert.deepEqual(values(await find("kind:asset")),
    { kind: ["Équipement 7 *"], site: ["Lyon 6", "Grenoble 1"], status: ["En service 5", "En panne 1", "Réformée 1"] });
  const answer = await find("serveur lieu:lyon");
  assert.deepEqual(values(answer), { kind: ["Équipement 3"], site: ["Lyon 3 *"], status: ["En service 3"] });
  assert.equal(answer.facets[1].values[0].written, "lieu:lyon");
  assert.equal(answer.estimated, false);
  assert.deepEqual((await find("serveur", false)).facets, []);
});

test("titles are marked without their elisions", () => {
  const needles = [{ form: "onduleur", prefix: true }, { form: "srvad01", prefix: false }];
  assert.equal(shown(engine.mark("L’onduleur de SRV-AD-01", needles)), "L’[onduleur] de [SRV-AD-01]");
  assert.equal(shown(engine.mark("C, C++ et C#", [{ form: "c#", prefix: false }, { form: "c++", prefix: true }])), "C, [C++] et [C#]");
});

const large = (process.env.CARNET_SEARCH_LARGE || "").split(",").filter(Boolean);
test("large indexes answer as Rust does", { skip: !large.length && "CARNET_SEARCH_LARGE names no folder" }, async () => {
  for (const folder of large) {
    for (const expected of json(folder, "answers.json")) {
      assert.deepEqual(told(expected.query, await engine.search(expected.query, 10, "fr", loader(folder))), expected);
    }
  }
});
