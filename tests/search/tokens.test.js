// The golden vectors through the browser's tokeniser; tests/search.rs runs the same file through Rust.
"use strict";
const test = require("node:test");
const assert = require("node:assert");
require("../../themes/default/assets/search-engine.js");
const { tokens } = globalThis.carnetSearch;

test("texts give the golden tokens", () => {
  for (const [text, expected] of require("./tokens.json")) assert.deepEqual(tokens(text), expected, text);
});
