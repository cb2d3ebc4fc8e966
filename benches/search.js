// Bytes (gzip, cold cache) and time of queries over an index kept by `cargo bench --bench search -- <folder>`.
"use strict";
const { readFileSync, readdirSync } = require("node:fs");
const { gzipSync } = require("node:zlib");
const { join } = require("node:path");
const { search } = require("../themes/default/assets/search-engine.js");

const folder = process.argv[2];
const sizes = new Map();
const size = (name) => {
  if (!sizes.has(name)) sizes.set(name, gzipSync(readFileSync(join(folder, name))).length);
  return sizes.get(name);
};
const root = JSON.parse(readFileSync(join(folder, "fr.json"), "utf8"));

// Words of titles and texts of all frequencies, and identifiers, drawn by a fixed step through the blocks.
const queries = () => {
  const found = [];
  for (let number = 0; found.length < 200; number++) {
    const name = root.documents.substr((number * 37 * 8) % root.documents.length, 8);
    const block = JSON.parse(readFileSync(join(folder, "fr", `${name}.json`), "utf8"));
    const entry = block.documents[number % block.documents.length];
    const words = entry[1].split(" ");
    const forms = [words[0], words.slice(0, 2).join(" "), words.slice(0, 3).join(" "), words[4].slice(0, 4), entry[4],
      entry[4].slice(0, 6), `${words[1]} ${entry[4].slice(0, 3)}`, words[2].slice(0, 2), `${words[3]} introuvable`, "inv-0079"];
    found.push(forms[number % forms.length]);
  }
  return found;
};

(async () => {
  const rows = [];
  for (const query of queries()) {
    const used = new Map();
    const load = async (name) => {
      if (!used.has(name)) used.set(name, readFileSync(join(folder, name), "utf8"));
      return used.get(name);
    };
    await search(query, 10, "fr", load);
    const start = process.hrtime.bigint();
    const answer = await search(query, 10, "fr", load);
    const time = Number(process.hrtime.bigint() - start) / 1e6;
    const bytes = [...used.keys()].reduce((sum, name) => sum + size(name), 0);
    rows.push({ query, bytes, files: used.size, time: Number(time.toFixed(1)), found: answer.total, more: answer.more });
  }
  const middle = (list) => list.sort((a, b) => a - b)[list.length >> 1];
  console.log("root, gz:", size("fr.json"));
  const all = readdirSync(join(folder, "fr")).map((name) => size(`fr/${name}`));
  console.log("files:", all.length, "largest, gz:", Math.max(...all));
  console.log("bytes, gz: median", middle(rows.map((row) => row.bytes)), "largest", Math.max(...rows.map((row) => row.bytes)));
  console.log("ms: median", middle(rows.map((row) => row.time)), "largest", Math.max(...rows.map((row) => row.time)));
  console.table(rows.sort((a, b) => b.bytes - a.bytes).slice(0, 12));
  console.table(rows.sort((a, b) => b.time - a.time).slice(0, 6));
})();
