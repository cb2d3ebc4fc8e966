// Bytes and time of 200 queries over an index kept by `cargo bench --bench search -- <folder>`, each on a cold cache.
// Bytes are those of the files as they are: a plain server compresses nothing. Facets are counted, as on the search page.
"use strict";
const { readFileSync, readdirSync, statSync } = require("node:fs");
const { gzipSync } = require("node:zlib");
const { join } = require("node:path");
require("../themes/default/assets/search-engine.js");
const { search } = globalThis.carnetSearch;

const folder = process.argv[2];
const read = (name) => readFileSync(join(folder, name), "utf8");
const size = (name) => statSync(join(folder, name)).size;
const root = JSON.parse(read("fr.json"));
const names = (text) => text.match(/.{8}/g) || [];
const blocks = names(root.blocks).flatMap((list) => names(read(`fr/${list}.txt`))).filter((name) => name !== "--------");

// Words of titles and texts of all frequencies, identifiers and their parts, typing errors, filters and
// phrases, drawn by a fixed step through the documents.
const queries = () => {
  const found = [];
  for (let number = 0; found.length < 200; number++) {
    const entry = JSON.parse(read(`fr/${blocks[(number * 7919) % blocks.length]}.json`)).find(Boolean);
    const [, title, , id, , text] = entry, words = title.split(" ");
    const [serial] = text.split(" · "), body = text.split(" · ").pop().split(" ");
    const typo = words[1].slice(0, 2) + words[1].slice(3);
    const forms = [
      words[0], words.slice(0, 2).join(" "), words.slice(0, 3).join(" "), words[4].slice(0, 4), id, id.slice(0, 6), `${words[1]} ${id.slice(0, 3)}`,
      words[2].slice(0, 2), `${words[3]} introuvable`, "inv-0079", body.slice(2, 5).join(" "), serial.slice(2, 7), typo, `${typo} ${words[2]}`,
      `${words[0]} kind:asset`, `${words[0]} ${words[1]} site:lyo-3`, `${words[2]} -${words[3]} status:état-1`, `"${body.slice(4, 7).join(" ")}"`,
      "kind:ticket type:type-2", body.slice(0, 6).join(" "), body[7], "ba", "t-0", "198.51.1", "5cg", "52:54:00",
      id.replace(/[a-z]/, "w"), serial.replace(/[A-Z]/, (letter) => letter + letter),
    ];
    found.push(forms[number % forms.length]);
  }
  return found;
};

(async () => {
  const rows = [];
  for (const query of queries()) {
    const used = new Map();
    const load = async (name) => {
      if (!used.has(name)) used.set(name, read(name));
      return used.get(name);
    };
    await search(query, 10, "fr", load);
    const start = process.hrtime.bigint();
    const answer = await search(query, 10, "fr", load);
    const time = Number(process.hrtime.bigint() - start) / 1e6;
    const bytes = [...used.keys()].reduce((sum, name) => sum + size(name), 0);
    const gzip = [...used.values()].reduce((sum, text) => sum + gzipSync(text).length, 0);
    rows.push({ query, bytes, gzip, files: used.size, ms: Number(time.toFixed(1)), found: answer.total, more: answer.more });
  }
  const middle = (list) => list.sort((a, b) => a - b)[list.length >> 1];
  const all = readdirSync(join(folder, "fr")).map((name) => size(`fr/${name}`));
  console.log(`root ${size("fr.json")} bytes; ${all.length} files, largest ${Math.max(...all)}`);
  for (const key of ["bytes", "gzip", "files", "ms"]) {
    const list = rows.map((row) => row[key]);
    console.log(`${key}: median ${middle(list)}, largest ${Math.max(...list)}`);
  }
  console.log(`queries above 100,000 bytes: ${rows.filter((row) => row.bytes > 100_000).length} of ${rows.length}`);
  console.table(rows.sort((a, b) => b.bytes - a.bytes).slice(0, 16));
  console.table(rows.sort((a, b) => b.ms - a.ms).slice(0, 6));
})();
