// The search engine, without the page: the same steps as src/search/, held together by tests/search/.
//
// carnetSearch.search(query, limit, language, load) gives a promise of an answer; load(name) gives a promise
// of the text of a file of the index, from a server or from a script (see search-offline.js). The answer:
//   hits         the best documents, best first: { url, title, heading, kind, kindLabel, id, subtitle, excerpt, score },
//                excerpt: [{ text, marked }], to be shown as text
//   total, more  how many match; with `more` it is an estimate or a lower bound
//   facets       [{ key, label, values: [{ value, label, count, chosen, written }] }], most frequent value first;
//                `key:value` in the query filters, `written` is the part of the query that does
//   estimated    whether the counts of facets are estimates, made from a sample of what matches
//   suggestions  « vouliez-vous dire »: [{ words }], the query with a better spelling; the hits are already its own
//   unknown      the words that nothing matches, even misspelt; the hits are those of the others
//   partial      no document holds all words: those with the most of them are shown
//   needles      for carnetSearch.mark(text, needles), which cuts a text into the pieces of an excerpt
"use strict";
(() => {
  const ELISIONS = new Set("l d j m t s n c qu jusqu lorsqu puisqu quoiqu".split(" "));
  const LETTERS = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ı: "i", ς: "σ", "\u2010": "-" };
  const POINTS = [10, 10, 13, 16, 30, 20, 60, 60, 130, 150, 220, 240, 260, 260, 700, 1000];
  const INHERITED = 5, LONGEST = 64, WORDS = 8, FILES = [3, 2], FULL_LISTS = 4, BLOCK = 64, NAME = 8;
  const LENGTH = 180, BEFORE = 40;
  const RUN = /[\p{Alphabetic}\p{N}]+(?:(?:::|['\-.:_])[\p{Alphabetic}\p{N}]+)*/gu;
  const SHOWN = /[\p{Alphabetic}\p{N}\p{M}\u00AD]+(?:['’‘ʼ´′\-\u2010\u2011.:_]{1,2}[\p{Alphabetic}\p{N}\p{M}\u00AD]+)*/gu;
  const SIMPLE = /[\p{Alphabetic}\p{N}\p{M}\u00AD]+/gu;

  const fold = (text) => /^[ -~]*$/.test(text) ? text.toLowerCase() : text
    .replace(/[\u2019\u2018\u02BC\u00B4\u2032]/g, "'")
    .replace(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, "")
    .normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "")
    .replace(/[œæßøłđıς\u2010]/g, (letter) => LETTERS[letter]);

  const letters = (text) => Array.from(text);
  const shortened = (token) => letters(token).slice(0, LONGEST).join("");

  const withoutElision = (piece) => {
    const parts = piece.split("'");
    while (parts.length > 1 && ELISIONS.has(parts[0])) parts.shift();
    if (parts.length > 1 && parts[parts.length - 1] === "s") parts.pop();
    return parts.join("");
  };

  // A word: its spellings as a whole, its pieces, its letters and digits apart.
  const word = (typed) => {
    let pieces = typed.split(/[-.:_]/).map(withoutElision).filter(Boolean);
    const joined = shortened(pieces.join(""));
    if (!joined) return null;
    const runs = pieces.flatMap((piece) => {
      const parts = /^([a-z]{2,})([0-9]{2,})$/.exec(piece);
      return parts ? [shortened(parts[1]), shortened(parts[2])] : [];
    });
    if (pieces.length === 1) return { typed, forms: [joined], pieces: [], runs };
    const forms = /^[0-9]+$/.test(joined) ? [shortened(typed), joined] : [joined];
    const sizes = pieces.map((piece) => letters(piece).length);
    const pairs = pieces.length >= 5 && sizes.every((size) => size <= 2);
    pieces = pieces.filter((_, place) => !pairs && sizes[place] > 1).map(shortened);
    return { typed, forms, pieces, runs };
  };
  const words = (text) => (fold(text).match(RUN) || []).map(word).filter(Boolean);
  const tokens = (text) => (/^[a-z]{1,64}$/.test(text) ? [text]
    : words(text).flatMap((one) => [...one.forms, ...one.pieces, ...one.runs]));

  const cut = (text, endings) => {
    const ending = endings.find((one) => text.endsWith(one) && text.length - one.length >= 3);
    return ending ? text.slice(0, -ending.length) : text;
  };
  const stem = (text) => {
    if (!/^[a-z]{4,}$/.test(text)) return text;
    let rest = text.endsWith("ss") ? text : cut(text, ["s", "x"]);
    const before = rest.length;
    rest = cut(rest, ["ee", "er", "ez", "e"]);
    if (rest.length < before || rest.endsWith("y")) rest = cut(rest, ["i", "y"]);
    if (rest.endsWith("ail")) return cut(rest, ["il"]);
    return /a[lu]$/.test(rest) ? cut(rest, ["l", "u"]) : rest;
  };

  // In percent.
  const fit = (typed, term, prefix) => {
    if (term[0] !== typed[0]) return 0;
    if (term === typed) return 100;
    if (stem(term) === stem(typed)) return 85;
    if (!prefix || !term.startsWith(typed)) return 0;
    return 60 - Math.min(20, term.length - typed.length);
  };
  const rarity = (count, found) => 34 - Math.clz32(Math.floor((count + 1) / (Math.min(found, count) + 1)));

  const readPostings = (text) => {
    let document = 0;
    return (text.match(/[0-9a-z]+[A-P]/g) || []).map((one) => {
      document += parseInt(one.slice(0, -1), 36);
      return [document, one.charCodeAt(one.length - 1) - 65];
    });
  };
  const readFull = (text) => {
    const found = [];
    if (text[0] === "#") {
      for (let place = 1; place < text.length; place++) {
        const bits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".indexOf(text[place]);
        for (let bit = 0; bit < 6; bit++) if (bits >> bit & 1) found.push((place - 1) * 6 + bit);
      }
      return found;
    }
    let document = 0;
    for (const gap of text.match(/[0-9a-z]*(?:[A-Z]|[0-9]\.)/g) || []) found.push(document += parseInt(gap, 36));
    return found;
  };

  // Forms of the files: src/search/shards.rs and postings.rs.
  const fitting = (file, form, prefix) => {
    const found = [];
    const start = stem(form);
    let term = "";
    for (const line of file.trimEnd().split("\n")) {
      const [head, postings, count, full] = line.split("\t");
      term = term.slice(0, parseInt(head[0], 36)) + head.slice(1);
      const how = term.startsWith(start) && fit(form, term, prefix);
      if (!how) continue;
      const list = readPostings(postings);
      found.push({ fit: how, found: count ? parseInt(count, 36) : list.length, postings: list, full });
    }
    return found;
  };

  const below = (sorted, text) => {
    let low = 0, high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] <= text) low = middle + 1; else high = middle;
    }
    return low;
  };

  // The steps of one query; `load(name)` gives a promise of a file's text.
  const search = async (query, limit, language, load) => {
    const root = JSON.parse(await load(`${language}.json`));
    const text = (name) => load(`${language}/${name}.txt`);
    const json = async (name) => JSON.parse(await load(`${language}/${name}.json`));
    const answer = {
      hits: [], total: 0, more: false, facets: [], estimated: false, suggestions: [], unknown: [], partial: false, needles: [],
    };

    const read = async (directory, most, form, prefix) => {
      const { first, files } = directory, start = stem(form);
      const from = Math.max(0, below(first, start) - 1), main = Math.max(0, below(first, form) - 1);
      let end = below(first, start);
      while (end < first.length && first[end].startsWith(start)) end++;
      if (prefix && end - from > most) answer.more = true;
      const order = [];
      for (let number = main; number < end; number++) order.push(number);
      for (let number = from; number < main; number++) order.push(number);
      const names = order.slice(0, most).map((number) => files.substr(number * NAME, NAME));
      const found = await Promise.all(names.map(text));
      return found.flatMap((file) => fitting(file, form, prefix));
    };
    const lookup = async (form, prefix) => {
      const code = /[0-9]/.test(form);
      const found = await Promise.all([
        code ? [] : read(root.words, FILES[0], form, prefix),
        code || prefix ? read(root.codes, FILES[1], form, prefix) : [],
      ]);
      return found.flat();
    };
    const group = async (form, open) => {
      const long = letters(form).length;
      for (const prefix of open && long > 1 ? [true] : long > 2 ? [false, true] : [false]) {
        const terms = await lookup(form, prefix);
        if (terms.length) return { form, prefix, terms };
      }
      return null;
    };
    const groupsOf = async (one, open) => {
      for (const form of one.forms) {
        const found = await group(form, open);
        if (found) return [found];
      }
      const pieces = one.pieces.filter((piece) => !root.stop.includes(piece));
      const found = await Promise.all(pieces.map((piece) => group(piece, open)));
      return found.length && found.every(Boolean) ? found : null;
    };

    let asked = words(query);
    const last = asked[asked.length - 1];
    const told = (one) => !one.forms.every((form) => root.stop.includes(form));
    if (asked.some(told)) asked = asked.filter(told);
    asked = asked.slice(0, WORDS);
    const found = await Promise.all(asked.map((one) => groupsOf(one, one === last)));
    found.forEach((one, place) => {
      const { typed } = asked[place];
      if (!one && !answer.unknown.includes(typed)) answer.unknown.push(typed);
    });
    const groups = found.filter(Boolean).flat();

    const frequent = groups.flatMap((one) => one.terms).filter((term) => term.full)
      .sort((a, b) => b.fit - a.fit || b.found - a.found);
    const lists = groups.length > 1 ? frequent.slice(0, FULL_LISTS) : [];
    if (frequent.length > lists.length) answer.more = true;
    const full = new Map(await Promise.all(lists.map(async (term) => [term.full, readFull(await text(term.full))])));
    const points = new Float64Array(root.count), held = new Uint8Array(root.count), own = new Uint8Array(root.count);
    for (const { terms } of groups) {
      const best = new Uint32Array(root.count);
      const add = (document, level, how) => {
        best[document] = Math.max(best[document], POINTS[level] * how);
        if (level !== INHERITED) own[document] = 1;
      };
      for (const term of terms) {
        for (const [document, level] of term.postings) add(document, level, term.fit);
        for (const document of full.get(term.full) || []) add(document, 0, term.fit);
      }
      const rare = rarity(root.count, terms.reduce((sum, term) => sum + term.found, 0));
      for (let document = 0; document < root.count; document++) {
        if (best[document]) {
          points[document] += best[document] * rare;
          held[document]++;
        }
      }
    }
    let most = 0;
    for (let document = 0; document < root.count; document++) if (own[document]) most = Math.max(most, held[document]);
    if (!most) return answer;
    const best = [];
    for (let document = 0; document < root.count; document++) {
      if (!own[document] || held[document] !== most) continue;
      answer.total++;
      let place = best.length;
      while (place && points[best[place - 1]] < points[document]) place--;
      if (place < limit) best.splice(place, 0, document);
      if (best.length > limit) best.pop();
    }
    answer.partial = most < groups.length;
    if (groups.length === 1 && answer.more) {
      answer.total = Math.max(answer.total, ...groups[0].terms.map((term) => term.found));
    }
    answer.needles = groups;
    answer.hits = await Promise.all(best.map(async (document) => {
      const name = root.documents.substr(Math.floor(document / BLOCK) * NAME, NAME);
      const block = await json(name);
      const [url, title, heading, kind, id, subtitle, place] = block.documents[document % BLOCK];
      const [key, label] = root.kinds[kind];
      const hit = { url, title, heading, kind: key, kindLabel: label, id, subtitle, excerpt: [], score: points[document] };
      const shown = [title, heading, id, subtitle].flatMap((one) => spans(one, groups)).map((span) => span.needle);
      if (place && !groups.every((_, number) => shown.includes(number))) {
        hit.excerpt = excerpt((await json(block.texts[place[0]]))[place[1]], groups);
      }
      return hit;
    }));
    return answer;
  };

  const spans = (text, needles) => {
    const span = (start, part) => {
      const all = tokens(part);
      const needle = needles.findIndex(({ form, prefix }) => all.some((token) => fit(form, token, prefix)));
      return needle < 0 ? [] : [{ start, end: start + part.length, needle }];
    };
    return Array.from(text.matchAll(SHOWN)).flatMap((run) => {
      const simple = Array.from(run[0].matchAll(SIMPLE)).flatMap((one) => span(run.index + one.index, one[0]));
      return simple.length ? simple : span(run.index, run[0]);
    });
  };
  const pieces = (text, found, from, to) => {
    const parts = [];
    const push = (start, end, marked) => { if (start < end) parts.push({ text: text.slice(start, end), marked }); };
    let at = from;
    for (const { start, end } of found) {
      if (start < from || end > to) continue;
      push(at, start, false);
      push(start, end, true);
      at = end;
    }
    push(at, to, false);
    return parts;
  };
  const mark = (text, needles) => pieces(text, spans(text, needles), 0, text.length);
  const excerpt = (text, needles) => {
    const found = spans(text, needles);
    let start = 0, most = 0;
    found.forEach((span, number) => {
      const near = new Set();
      for (const other of found.slice(number)) {
        if (other.end > span.start + LENGTH - BEFORE) break;
        near.add(other.needle);
      }
      if (near.size > most) [start, most] = [span.start, near.size];
    });
    let from = Math.max(0, start - BEFORE);
    while (from > 0 && from < start && text[from - 1] !== " ") from++;
    let to = Math.min(from + LENGTH, text.length);
    while (to < text.length && to > start + BEFORE && text[to] !== " ") to--;
    const parts = pieces(text, found, from, to);
    if (from > 0) parts.unshift({ text: "… ", marked: false });
    if (to < text.length) parts.push({ text: " …", marked: false });
    return parts;
  };

  const carnetSearch = { tokens, stem, search, mark };
  if (typeof module === "undefined") globalThis.carnetSearch = carnetSearch; else module.exports = carnetSearch;
})();
