// The search engine, without the page: the same steps as src/search/, held together by tests/search/.
//
// carnetSearch.search(query, limit, language, load, counted = true) gives a promise of an answer; load(name) gives a promise
// of the text of a file of the index, from a server or from a script (see search-offline.js). The answer:
//   hits         the best documents, best first: { url, title, heading, kind, kindLabel, id, subtitle, excerpt, score, missing },
//                excerpt: [{ text, marked }], to be shown as text; missing: words of the query that it does not hold
//   total, more  how many match; with `more` it is an estimate or a lower bound
//   unseen       not all documents were looked at for a phrase: a higher `limit` looks further
//   facets       unless `counted` is false or a phrase is asked for: [{ key, label, values: [{ value, label, count, chosen, written }] }], most frequent value first;
//                `key:value` in the query filters, `written` is the part of the query that does
//   estimated    whether the counts of facets are estimates, made from a sample of what matches
//   plain        what may be asked when there is no hit: the words without quotes, filters and what must not be there
//   suggestions  « vouliez-vous dire »: [{ words }], the query with a better spelling; the hits are already its own
//   unknown      the words that nothing matches, even misspelt; the hits are those of the others
//   partial      no document holds all words: those with the most of them are shown
//   needles      for carnetSearch.mark(text, needles), which cuts a text into the pieces of an excerpt
"use strict";
(() => {
  const ELISIONS = new Set("l d j m t s n c qu jusqu lorsqu puisqu quoiqu".split(" "));
  const LETTERS = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ı: "i", ς: "σ", "\u2010": "-" };
  const POINTS = [10, 10, 13, 16, 30, 20, 60, 70, 130, 150, 220, 240, 260, 300, 700, 1000];
  // Other numbers are those of src/search/ (terms.rs, query.rs, excerpt.rs, shards.rs, facets.rs), where they have names.
  const HIGH = 8, WINDOW = 6;
  const CHUNK = 1024, NAME = 8, FIRST = 35, BASE = 45;
  const LETTER = "\\p{Alphabetic}\\p{N}", SHOWN_LETTER = `[${LETTER}\\p{M}\\u00AD]+`;
  const RUN = RegExp(`[a-z](?:#|\\+\\+)|[${LETTER}]+(?:(?:::|['\\-.:_])[${LETTER}]+)*`, "gu");
  const SHOWN = RegExp(`[A-Za-z](?:#|\\+\\+)|${SHOWN_LETTER}(?:['’‘ʼ´′\\-\u2010\u2011.:_]{1,2}${SHOWN_LETTER})*`, "gu");
  const SIMPLE = RegExp(SHOWN_LETTER, "gu");

  const fold = (text) => /^[ -~]*$/.test(text) ? text.toLowerCase() : text
    .replace(/[\u2019\u2018\u02BC\u00B4\u2032]/g, "'")
    .replace(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, "")
    .normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "")
    .replace(/[œæßøłđıς\u2010]/g, (letter) => LETTERS[letter]);

  const letters = (text) => [...text];
  const shortened = (token) => letters(token).slice(0, 64).join("");
  const code = (text) => shortened(fold(text).replace(/[^\p{Alphabetic}\p{N}]/gu, ""));
  const hasDigit = (text) => /\d/.test(text);

  const withoutElision = (piece) => {
    const parts = piece.split("'");
    while (parts.length > 1 && ELISIONS.has(parts[0])) parts.shift();
    if (parts.length > 1 && parts.at(-1) === "s") parts.pop();
    return parts.join("");
  };

  // A word: its spellings as a whole, its pieces, its letters and digits apart.
  const word = (typed) => {
    let pieces = typed.split(/[-.:_]/).map(withoutElision).filter(Boolean);
    const joined = shortened(pieces.join(""));
    if (!joined) return null;
    const runs = pieces.flatMap((piece) => (/^([a-z]{2,})(\d{2,})$/.exec(piece) || []).slice(1).map(shortened));
    if (pieces.length === 1) return { typed, forms: [joined], pieces: [], runs };
    const forms = /^\d+$/.test(joined) ? [shortened(typed), joined] : [joined];
    const sizes = pieces.map((piece) => letters(piece).length);
    const pairs = pieces.length >= 5 && sizes.every((size) => size <= 2);
    pieces = pieces.filter((_, place) => !pairs && sizes[place] > 1).map(shortened);
    return { typed, forms, pieces, runs };
  };
  // Telephone numbers are made one word: src/search/telephone.rs.
  const words = (text) => (fold(text)
    .replace(/(?:\+33[ .-]?|\b0033[ .-])(?:\(0\)[ .-]?)?(?=[1-9])/g, "0")
    .replace(/\b(?:0[1-9](?: \d\d)+|\d\d(?: \d\d){2,})(?: \d)?\b/g, (pairs) => pairs.replaceAll(" ", ""))
    .match(RUN) || []).map(word).filter(Boolean);
  const tokens = (text) => (/^[a-z]{1,64}$/.test(text) ? [text]
    : words(text).flatMap((one) => [...one.forms, ...one.pieces, ...one.runs]));

  const cut = (text, endings, least = 4) => {
    const ending = endings.find((one) => text.endsWith(one) && text.length - one.length >= least);
    return ending ? text.slice(0, -ending.length) : text;
  };
  const stem = (text) => {
    if (!/^[a-z]{4,}$/.test(text)) return text;
    let rest = text.endsWith("ss") ? text : cut(text, ["s", "x"], 3);
    const before = rest.length;
    rest = cut(cut(rest, ["ee", "er", "ez"]), ["e"], 3);
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
  const half = (term) => ({ ...term, fit: term.fit >> 1 });
  const frequency = (terms) => terms.reduce((sum, term) => sum + term.found, 0);
  const rarity = (count, found) => 34 - Math.clz32(Math.floor((count + 1) / (Math.min(found, count) + 1)));

  // Edits from one word to another: a letter more, less or other, or two that changed places; `most + 1` for more.
  const distance = (one, other, most) => {
    let before = [], row = Array.from({ length: other.length + 1 }, (_, place) => place);
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      for (let j = 1; j <= other.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] !== other[j - 1]));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      if (Math.min(...next) > most) return most + 1;
      [before, row] = [row, next];
    }
    return row[other.length];
  };

  // A posting is a document's number times 16, and the level. Forms of the files: src/search/shards.rs, directory.rs, postings.rs and facets.rs.
  const gaps = (text, from, level, found) => {
    let document = 0, gap = 0;
    for (let place = from; place < text.length; place++) {
      const digit = text.charCodeAt(place) - FIRST;
      gap = gap * BASE + digit % BASE;
      if (digit >= BASE) continue;
      found.push((document += gap) * 16 + level);
      gap = 0;
    }
  };
  const bitmap = (text, level, found) => {
    for (let place = 1; place < text.length; place++) {
      const bits = text.charCodeAt(place) - FIRST;
      for (let bit = 0; bit < 6; bit++) if (bits >> bit & 1) found.push(((place - 1) * 6 + bit) * 16 + level);
    }
  };
  const readPostings = (text) => {
    const found = [];
    for (const part of text.split(" ")) gaps(part, 1, parseInt(part[0], 36), found);
    return found;
  };
  const readFull = (text) => {
    const found = [];
    text.split("\n").forEach((part, low) => (part[0] === "~" ? bitmap(part, low ? 0 : HIGH, found) : gaps(part, 0, low ? 0 : HIGH, found)));
    return found;
  };
  // Loops over all documents stand outside of `search`: the browser makes small functions fast sooner.
  const each = (list, fit, see) => { for (const one of list) see(one >> 4, one & 15, fit); };
  const score = (points, told, best, rare, maybe) => best.forEach((value, one) => {
    points[one] += value * rare;
    if (value || maybe) told[one] += rare;
  });
  const weigh = (points, prior) => points.forEach((value, one) => { points[one] = value * prior; });
  const where = (holds, value, see) => holds.forEach((held, one) => { if (held === value) see(one); });
  // Numbers as in src/search/query.rs (FEW, PART). The documents that hold most of what the words tell and, when they are few, the best of those that hold much of it.
  // What a document lacks of it costs the third power of its share.
  const choose = (points, told, whole, own, count) => {
    const all = [], best = (documents, count) => {
      const best = [];
      for (const one of documents) if (!(points[best[count - 1]] >= points[one])) {
        best.push(one);
        best.sort((a, b) => points[b] - points[a]).splice(count);
      }
      return best;
    };
    let most = 0;
    where(own, 1, (one) => {
      all.push(one);
      most = Math.max(most, told[one]);
      for (let time = 3; told[one] < whole && time--;) points[one] = Math.floor(points[one] * told[one] / whole);
    });
    const matched = all.filter((one) => told[one] === most);
    if (matched.length < 10) {
      matched.push(...best(all.filter((one) => told[one] < most && told[one] * 3 >= whole), 10 - matched.length));
      matched.sort((a, b) => a - b);
    }
    return { most, matched, best: best(matched, count) };
  };
  // How many of sorted documents have each value of a column, which begins at the document `from`.
  const tally = (documents, column, from, counts) => {
    for (let place = below(documents, from - 1); place < documents.length && documents[place] < from + column.length; place++) {
      const value = column.charCodeAt(documents[place] - from) - FIRST;
      if (value > 0) counts[value - 1] = (counts[value - 1] || 0) + 1;
    }
  };
  const lines = (file, see) => {
    let term = "";
    for (const line of file.split("\n")) {
      const [head, ...rest] = line.split("\t");
      if (head) see(term = term.slice(0, parseInt(head[0], 36)) + head.slice(1), rest);
    }
  };
  const below = (sorted, text) => {
    let low = 0, high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] <= text) low = middle + 1; else high = middle;
    }
    return low;
  };
  const named = (names, number) => names.substr(number * NAME, NAME);
  // The files that may hold terms from `start` to `end`: first the one where `main` would stand and those after it.
  const pick = ({ first, files }, start, main, end) => {
    const from = Math.max(0, below(first, start) - 1), middle = Math.max(0, below(first, main) - 1), to = below(first, end);
    const names = Array.from({ length: to }, (_, number) => named(files, number));
    return [...names.slice(middle), ...names.slice(from, middle)];
  };

  const QUERY = /(-?)(?:([^\s":]+):(?!:))?(?:"([^"]*)"?|(\S*))/gu;
  // What a query asks for: text, phrases, what must not be there, and filters.
  const parse = (query, fields) => {
    const asked = { text: "", phrases: [], without: [], filters: [], open: false };
    for (const [all, not, key, phrase, plain] of query.replace(/[«»“”„]/g, '"').matchAll(QUERY)) {
      const field = key && fields.find(([, names]) => names.includes(code(key)));
      const text = all.slice(not.length), value = code(field ? phrase ?? plain : text);
      // What is not typed to its end yet: a mark alone, a filter without its value.
      if (!value) continue;
      asked.open = false;
      if (field) asked.filters.push({ key: field[0], value, written: all, not });
      else if (not) asked.without.push(text);
      else if (phrase !== undefined && !key) asked.phrases.push(text);
      else {
        asked.text += ` ${text}`;
        asked.open = true;
      }
    }
    return asked;
  };

  // The steps of one query; `load(name)` gives a promise of a file's text.
  const search = async (query, limit, language, load, counted = true) => {
    const sizes = new Map();
    const file = async (name) => {
      const content = await load(language + name);
      sizes.set(name, content.length);
      return content;
    };
    const root = JSON.parse(await file(".json"));
    const text = (name) => file(`/${name}.txt`);
    const json = async (name) => JSON.parse(await file(`/${name}.json`));
    const answer = {
      hits: [], total: 0, more: false, facets: [], estimated: false, suggestions: [], unknown: [], partial: false, needles: [],
    };
    const stop = root.stop.split(" ");
    let size = 0;
    const kinds = root.kinds.map(([key, label, names, room, prior]) => ({ key, label, names, prior, from: size, to: size += room }));
    const { text: typed, phrases, without, filters, open } = parse(query, root.fields);

    const entry = async (document) => {
      const place = Math.floor(document / 4), list = await text(named(root.blocks, Math.floor(place / 96)));
      return (await json(named(list, place % 96)))[document % 4];
    };
    const read = async (directory, start, main, end, most, open) => {
      const lists = pick(directory, start, main, end);
      const nodes = await Promise.all(lists.slice(0, 2).map(json));
      const names = nodes.flatMap((node) => pick(node, start, main, end));
      if (open && (lists.length > 2 || names.length > most)) answer.more = true;
      return Promise.all(names.slice(0, most).map(text));
    };
    const lookup = async (directory, form, prefix, most) => {
      const start = directory === root.words ? stem(form) : form, found = [];
      const end = prefix || directory === root.words ? `${start}\uFFFF` : form;
      for (const file of await read(directory, start, form, end, most, prefix)) {
        lines(file, (term, [postings, count, bytes, full]) => {
          const how = fit(form, term, prefix);
          if (!how) return;
          const list = readPostings(postings);
          found.push({ fit: how, found: count ? parseInt(count, 36) : list.length, bytes: parseInt(bytes, 36), postings: list, full });
        });
      }
      return found;
    };
    const among = (form, prefix) => lookup(root.words, form, prefix, (prefix ? 3 : 2) - (asked.length > 4));
    // A part of an identifier that is longer than a window: the documents that hold both of its ends.
    const ends = async (form) => {
      const lists = await Promise.all([form.slice(0, WINDOW), form.slice(-WINDOW)].map(async (end) => {
        const term = (await lookup(root.codes, end, false, 1)).find((one) => one.fit === 100);
        if (!term) return [];
        return (term.bytes <= 12000 ? readFull(await text(term.full)) : term.postings).map((one) => one >> 4);
      }));
      const both = new Set(lists[1]), postings = lists[0].filter((one) => both.has(one)).map((one) => one * 16 + 7);
      return postings.length ? [{ fit: 100, found: postings.length, postings }] : [];
    };
    const codes = async (form, prefix) => {
      const found = await Promise.all([lookup(root.codes, form, prefix, 2), form.length > WINDOW ? ends(form) : []]);
      return hasDigit(form) ? found.flat() : found.flat().map(half);
    };
    const group = async (form, open) => {
      const long = letters(form).length, digits = hasDigit(form), part = long > 2 && (digits || alone);
      for (const prefix of (open && long > 1) || (digits && long > 2) ? [true] : long > 2 ? [false, true] : [false]) {
        const found = await Promise.all([
          digits ? [] : among(form, prefix),
          digits || (long > 2 && (prefix || part)) ? codes(form, prefix || part) : [],
        ]);
        const terms = found.flat();
        if (terms.length) return { form, prefix, terms };
      }
      return null;
    };
    // The words of the index that are nearest to one that is not there.
    const near = async (form, known) => {
      const most = form.length > 8 ? 2 : 1, found = [];
      if (!/^[a-z]{4,33}$/.test(form)) return [];
      for (const letter of new Set(form.slice(0, 2))) {
        const start = letter + (form.length - most).toString(36), end = `${letter}${(form.length + most).toString(36)}\uFFFF`;
        for (const file of await read(root.vocabulary, start, start, end, 6)) {
          lines(file, (term, [count]) => {
            const other = term.slice(2), edits = distance(form, other, most), times = parseInt(count, 36);
            if (edits <= most && times >= known * 8 && stem(other) !== stem(form)) found.push([edits, -times, other]);
          });
        }
      }
      found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
      return [...new Set(found.filter(([edits]) => edits === found[0][0]).map((one) => one[2]))].slice(0, 3);
    };
    let better = query;
    const single = async (form, open) => {
      const found = await group(form, open), terms = found ? found.terms : [], known = frequency(terms);
      return terms.some(({ fit }) => ![85, 42].includes(fit)) || known * 99 > root.count ? found
        : await instead(await near(form, known), form, (other) => other, terms) || found;
    };
    // Terms of the words that are searched in place of a misspelt one, worth half.
    const instead = async (others, typed, dressed, known = []) => {
      const found = (await Promise.all(others.map((other) => group(other, false)))).filter(Boolean);
      if (!found.length) return null;
      const other = dressed(found[0].form);
      better = better.replace(/[^\s"]+/g, (one) => (fold(one).includes(typed) ? fold(one).replace(typed, other) : one));
      return { ...found[0], terms: [...known, ...found.flatMap(({ terms }) => terms).map(half)] };
    };
    // The identifiers that differ by one letter: src/search/slips.rs.
    const slipped = async (form) => {
      if (!/^(?=.*[a-z])(?=.*\d)[a-z0-9]{5,}$/.test(form)) return [];
      const found = new Set(), numbers = (one) => one.replace(/\D/g, "");
      const see = (other) => { if (numbers(form) === numbers(other) && distance(form, other, 1) === 1) found.add(other); };
      const middle = Math.max(3, form.length >> 1), start = form.slice(0, middle);
      for (const file of await read(root.codes, start, form, `${start}\uFFFF`, 2)) lines(file, see);
      for (const from of [2, Math.min(middle + 1, form.length - 3)]) {
        const terms = await lookup(root.codes, form.slice(Math.max(from, form.length - WINDOW)), false, 1);
        const documents = terms.filter(({ fit }) => fit === 100).flatMap(({ postings }) => postings).filter((one) => (one & 15) >= 7);
        await Promise.all(documents.map((one) => one >> 4).sort((a, b) => a - b).slice(0, 8).map(async (document) => {
          const [, , , id, , start] = await entry(document);
          [id, ...start.split(" · ").slice(0, 12)].map(code).forEach(see);
        }));
      }
      return [...found].sort().slice(0, 3);
    };
    const dressed = (typed) => (other) => {
      let next = 0;
      const all = typed.replace(/[\p{Alphabetic}\p{N}]/gu, () => other[next++]);
      return next === other.length ? all : other;
    };
    const groupsOf = async ([one, last]) => {
      const whole = await Promise.all(one.forms.map((form) => (one.pieces.length ? group : single)(form, last)));
      const found = whole.filter(Boolean);
      if (found.length) return [{ ...found.at(-1), terms: found.flatMap(({ terms }) => terms) }];
      const slip = await instead(await slipped(one.forms.at(-1)), one.typed, dressed(one.typed));
      if (slip) return [slip];
      const part = one.pieces.length ? one.pieces : one.runs;
      const parts = (await Promise.all(part.filter((piece) => !stop.includes(piece)).map((piece) => single(piece, last)))).filter(Boolean);
      return parts.length ? parts : null;
    };
    const weak = [...stop, ...root.weak.split(" ")], told = ([one]) => !one.forms.every((form) => weak.includes(form));

    let asked = words(typed).map((one, place, all) => [one, open && place === all.length - 1]);
    asked.push(...phrases.flatMap(words).map((one) => [one, false]));
    if (asked.some(told)) asked = asked.filter(told);
    asked = asked.slice(0, 8);
    const alone = asked.length === 1;
    const found = await Promise.all(asked.map(groupsOf));
    answer.unknown = [...new Set(asked.filter((_, place) => !found[place]).map(([one]) => one.typed))];
    if (better !== query) answer.suggestions.push({ words: better });
    const groups = found.filter(Boolean).flat().slice(0, 31);
    if (phrases.length + without.length + filters.length && (groups.length || !asked.length)) {
      answer.plain = (typed + phrases.join("") || filters.map(({ written }) => written.replace(/^-.*|.*?:/, " ")).join(""))
        .replace(/["\s]+/g, " ").trim();
    }
    const unwanted = await Promise.all(without.map((one) => Promise.all(words(one).filter((each) => told([each]))
      .map(async ({ forms }) => (await group(forms.at(-1), false) || { terms: [] }).terms))));
    await Promise.all(filters.map(async (filter) => {
      filter.terms = filter.key === "kind" ? [] : await among(`:${filter.key}:${filter.value}`, true);
    }));

    const pages = filters.length + without.length && !asked.length ? await among(":page:", false) : [];

    // Full lists are read while they cost little: those of filters first, then of the words that fit best.
    const full = new Map();
    let spent = [...sizes.values()].reduce((sum, one) => sum + one, 0);
    const frequent = groups.flatMap(({ terms }) => terms).filter((term) => term.full).sort((a, b) => b.fit - a.fit || a.bytes - b.bytes);
    for (const term of [...filters.flatMap(({ terms }) => terms), ...unwanted.flat(2), ...pages, ...frequent]) {
      if (!term.full || full.has(term.full)) continue;
      if (spent + term.bytes > 56000) answer.more = true;
      else {
        spent += term.bytes;
        full.set(term.full, text(term.full));
      }
    }
    for (const [name, file] of full) full.set(name, readFull(await file));
    const all = (terms, see) => {
      for (const { postings, full: name, fit } of terms) for (const list of [postings, full.get(name) || []]) each(list, fit, see);
    };

    const allowed = new Uint8Array(size).fill(1);
    // Values of one field are alternatives, fields are not.
    for (const group of new Set(filters.map(({ key, not }) => key + not))) {
      const chosen = new Uint8Array(size), not = group.endsWith("-");
      for (const filter of filters.filter(({ key, not }) => key + not === group)) {
        const ranges = filter.key === "kind" ? kinds.filter(({ names }) => names.some((name) => name.startsWith(filter.value))) : [];
        if (!ranges.length && !filter.terms.length) answer.unknown.push(filter.written);
        for (const { from, to } of ranges) chosen.fill(1, from, to);
        all(filter.terms, (document) => { chosen[document] = 1; });
      }
      where(chosen, Number(not), (document) => { allowed[document] = 0; });
    }
    for (const lists of unwanted) {
      const holds = new Uint8Array(size);
      lists.forEach((terms, place) => all(terms, (document) => { if (holds[document] === place) holds[document]++; }));
      if (lists.length) where(holds, lists.length, (document) => { allowed[document] = 0; });
    }

    const points = new Float64Array(size), known = new Uint32Array(size), own = new Uint8Array(size);
    let whole = 0;
    for (const group of groups) {
      const { terms } = group;
      const best = new Uint32Array(size), maybe = terms.some((term) => term.fit > 60 && term.full && !full.has(term.full));
      all(terms, (document, level, how) => {
        const value = POINTS[level] * how;
        if (best[document] < value) best[document] = value;
        // 5: from its page’s title alone.
        if (level !== 5) own[document] = 1;
      });
      const rare = rarity(root.count, frequency(terms));
      score(points, known, best, rare, maybe);
      group.has = (document) => best[document] || maybe;
      whole += rare;
    }
    all(pages, (document) => { own[document] = 1; });
    for (const { from, to, prior } of kinds) weigh(points.subarray(from, to), prior);
    where(allowed, 0, (document) => { own[document] = 0; });
    const { most, matched, best } = choose(points, known, whole, own, phrases.length ? limit * 4 + 10 : limit);
    if (!matched.length) return answer;
    answer.partial = most < whole;
    answer.needles = groups;
    answer.total = matched.length;
    if (groups.length === 1 && answer.more && !filters.length) answer.total = Math.max(answer.total, ...groups[0].terms.map((term) => term.found));

    const row = (one) => ` ${words(one).map(({ forms }) => forms[0]).join(" ")} `;
    const rows = phrases.map(row);
    const said = (texts) => rows.every((one) => texts.some((other) => row(other).includes(one)));
    const seen = (texts) => new Set(texts.flatMap((one) => spans(one, groups)).map(({ needle }) => needle)).size === groups.length;
    const makeHit = async (document) => {
      const [url, title, heading, id, subtitle, start, rest] = await entry(document);
      const { key, label } = kinds.find(({ to }) => document < to), fields = [title, heading, id, subtitle];
      let all = start;
      for (let next = 0; next < 3 && next * NAME < rest.length && !(seen([...fields, all]) && said([...fields, all])); next++) {
        all += ` ${await text(named(rest, next))}`;
      }
      return said([...fields, all]) && {
        url, title, heading, kind: key, kindLabel: label, id, subtitle, score: points[document], missing: groups.filter(({ has }) => !has(document)).map(({ form }) => form),
        excerpt: seen(fields) ? [] : excerpt(all, groups),
      };
    };
    let looked = 0;
    do answer.hits.push(...(await Promise.all(best.slice(looked, looked += limit).map(makeHit))).filter(Boolean));
    while (looked < best.length && answer.hits.length < limit);
    if (phrases.length) {
      answer.total = answer.hits.length;
      answer.unseen = Math.min(looked, best.length) < matched.length;
      answer.more ||= answer.unseen;
    }
    answer.hits = answer.hits.slice(0, limit).sort((a, b) => b.score - a.score || (a.url < b.url ? -1 : 1));
    // How many of the documents found have each value, by files of columns: all, or some as a sample.
    const count = async () => {
      const values = await json(root.values), chunks = [], after = (chunk) => below(matched, (chunk + 1) * CHUNK - 1);
      for (let place = 0; place < matched.length; place = after(chunks.at(-1))) chunks.push(Math.floor(matched[place] / CHUNK));
      const read = chunks.length > 3 ? Array.from({ length: 2 }, (_, place) => chunks[Math.floor(place * chunks.length / 2)]) : chunks;
      const counts = values.map(() => []);
      let sample = 0;
      for (const chunk of read) sample += after(chunk) - after(chunk - 1);
      answer.estimated = answer.more || sample < matched.length;
      const files = await Promise.all(read.map((chunk) => text(named(root.columns, chunk))));
      files.forEach((file, place) => {
        for (const line of file.split("\n")) {
          const [field, first, column] = line.split("\t");
          if (line) tally(matched, column, read[place] * CHUNK + parseInt(first, 36), counts[parseInt(field, 36)]);
        }
      });
      const scaled = (one) => Math.floor((one * matched.length + (sample >> 1)) / sample);
      return values.map(({ key, label, values: known }, number) => {
        const rows = key === "kind" ? kinds.map((kind) => [kind.key, kind.label, below(matched, kind.to - 1) - below(matched, kind.from - 1)])
          : known.map(([value, name], place) => [value, name, scaled(counts[number][place] || 0)]);
        return { key, label, values: rows.filter((one) => one[2]).sort((a, b) => b[2] - a[2]).map(([value, name, found]) => {
          const filter = filters.find((one) => one.key === key && !one.not
            && [value, name, ...name.split(" ")].some((spelling) => code(spelling).startsWith(one.value)));
          return { value, label: name, count: found, chosen: Boolean(filter), written: filter ? filter.written : "" };
        }) };
      }).filter((one) => one.values.length);
    };
    if (counted && !phrases.length) answer.facets = await count();
    return answer;
  };

  const spans = (text, needles) => {
    const span = (start, part) => {
      const all = tokens(part);
      const needle = needles.findIndex(({ form, prefix }) => all.some((token) => fit(form, token, prefix) || (hasDigit(form) && token.includes(form))));
      return needle < 0 ? [] : [{ start, end: start + part.length, needle }];
    };
    return [...text.matchAll(SHOWN)].flatMap((run) => {
      const simple = [...run[0].matchAll(SIMPLE)].flatMap((one) => span(run.index + one.index, one[0]));
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
        if (other.end > span.start + 180 - 40) break;
        near.add(other.needle);
      }
      if (near.size > most) [start, most] = [span.start, near.size];
    });
    let from = Math.max(0, start - 40);
    while (from > 0 && from < start && text[from - 1] !== " ") from++;
    let to = Math.min(from + 180, text.length);
    while (to < text.length && to > start + 40 && text[to] !== " ") to--;
    const parts = pieces(text, found, from, to);
    if (from > 0) parts.unshift({ text: "… ", marked: false });
    if (to < text.length) parts.push({ text: " …", marked: false });
    return parts;
  };

  Object.assign(globalThis.carnetSearch ||= {}, { tokens, stem, search, mark });
})();
