// Tables: sorted, filtered as a whole and by column, with the columns one chooses, and taken away as CSV. A list
// that is cut into pages is searched whole: its rows come as data once a filter or an order asks for them.
// Each table reads without this script. No text is ever parsed as HTML.
"use strict";
(() => {
  const said = document.currentScript.dataset;
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  // Storage can be refused (private windows, policies): the choice then holds until the page is left.
  const kept = (key, value) => {
    try {
      if (value === undefined) return localStorage.getItem(key);
      if (value) localStorage.setItem(key, value);
      else localStorage.removeItem(key);
    } catch {
      // Nothing to do.
    }
    return null;
  };
  // As many rows as the build puts on a page: a telephone shows them at once.
  const PAGE = 100;
  const REST = 500;
  const SCREEN = 20;
  const MORE = 60;
  // A table of so few rows is read at a glance: it is sorted, and no more.
  const FEW = 7;
  const LATER = 150;
  const french = root.lang.startsWith("fr");
  // Made when they are first wanted: what Intl makes costs a telephone some time each.
  let separates, collator;
  const comma = () => (separates ??= french || (root.lang !== "en" && (1.5).toLocaleString(root.lang).includes(",")));
  const compare = (left, right) => (collator ??= new Intl.Collator(root.lang, { numeric: true, sensitivity: "base" })).compare(left, right);
  const plain = /^[\x20-\x7e]*$/;
  const folded = (text) => (plain.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’ʼ]/g, "'")).toLowerCase();
  const ordered = (text) => folded(text).replace(/\d+/g, (digits) => digits.padStart(12, "0"));
  const flat = (text) => text.replace(/\s+/g, " ").trim();

  // What is in a room is in its building too: « Siège › Salle serveurs » is found under « Siège ».
  const wholes = (values) => values.filter(Boolean).flatMap((value) => [value.split(" › ")[0], value]);

  // A cell, of the page or of the data, as one thing: what is shown, what it is sorted by, and its single values.
  function ofPage(cell) {
    if (!cell) return { shown: "", key: "", values: [], csv: "" };
    const items = all(":scope > .values > li", cell).map((item) => flat(item.textContent));
    const { value, sort } = cell.dataset;
    const shown = value ?? (items.length ? items.join(", ") : flat(cell.textContent));
    const time = sort && cell.querySelector("time");
    const values = wholes(items.length ? items : [shown]);
    return { shown, key: sort ?? shown, values, csv: time ? time.textContent : shown, sort };
  }
  function ofData(data) {
    if (typeof data === "string") return { shown: data, key: data, values: wholes([flat(data)]), csv: data };
    const [kind, text, more] = data;
    if (kind === "v") {
      const items = data.slice(1).map((item) => flat(ofData(item).shown));
      return { shown: items.join(", "), key: items.join(", "), values: wholes(items), csv: items.join(", ") };
    }
    const sort = kind === "n" || kind === "d" ? more : undefined;
    const shown = kind === "d" && data[3] ? `${text} ${data[3]}` : text;
    return { shown, key: sort ?? text, values: wholes([flat(shown)]), csv: text, sort };
  }
  const at = (entry, column) => {
    entry.cells ??= [];
    return (entry.cells[column] ??= entry.data ? ofData(entry.data[column]) : ofPage(entry.row.cells[column]));
  };
  const textOf = (entry) =>
    (entry.text ??= folded(entry.data ? entry.data.map((_, column) => at(entry, column).shown).join(" ") : entry.row.textContent));

  // Rows of the data become rows as the page has them.
  function shownCell(data, base) {
    if (data === "") return [make("span", { className: "empty", textContent: "–" })];
    if (typeof data === "string") return [data.includes("\n") ? make("span", { className: "text", textContent: data }) : data];
    const [kind, text, more, hint, tone] = data;
    const badge = (words, colour) => make("span", { className: `badge ${colour}`, textContent: words });
    if (kind === "c") return [make("code", { textContent: text })];
    if (kind === "n") return [make("span", { className: "number", textContent: text })];
    if (kind === "b") return [badge(text, more)];
    if (kind === "v") return [make("ul", { className: "values" }, ...data.slice(1).map((item) => make("li", {}, ...shownCell(item, base))))];
    if (kind === "d") {
      const time = make("time", { dateTime: more, textContent: text });
      return hint ? [time, " ", badge(hint, tone)] : [time];
    }
    const address = more && new URL(more, base);
    // What an author wrote is never run: addresses of pages, files, mail and telephones, and no other.
    const leads = address && /^(https?|file|mailto|tel|ftp|sftp|ssh):$/.test(address.protocol);
    const link = leads ? make("a", { href: address.href, textContent: text }) : make("span", { className: "no-target", textContent: text });
    if (leads && kind === "x") Object.assign(link, { className: "external", rel: "noreferrer" });
    return hint ? [link, " ", make("span", { className: "hint", textContent: hint })] : [link];
  }
  function rowOf(entry, base) {
    if (entry.row) return entry.row;
    entry.row = make("tr");
    entry.data.forEach((data, column) => {
      const shown = shownCell(data, base), isText = typeof data === "string";
      const cell = make(column ? "td" : "th", {}, ...(isText && data.length > 240 ? [make("details", {}, make("summary", {}, ...shown))] : shown));
      if (!column) cell.scope = "row";
      else if (data[0] === "n" && !isText) cell.className = "numeric";
      else if (isText && data.length > 60) cell.className = "long";
      entry.row.append(cell);
    });
    return entry.row;
  }

  // What a column's filter asks for. Numbers and dates: `>10`, `<=10`, `=10`, `10..20`, `..20`; else a part of the text.
  const numberOf = (text) => {
    const bare = text.replace(/[\s\u00a0\u202f€$£%]/g, "");
    const number = (comma() ? (french ? bare : bare.replace(/\./g, "")).replace(",", ".") : bare.replace(/,/g, "")).replace("−", "-");
    return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(number) ? Number(number) : null;
  };
  const dateOf = (text) => {
    const turned = text.replace(/^(?:(\d\d?)\/)?(\d\d?)\/(\d{4})$/, (_, day, month, year) =>
      [year, month.padStart(2, "0"), ...(day ? [day.padStart(2, "0")] : [])].join("-"));
    return /^\d{4}(-\d\d(-\d\d([T ]\d\d(:\d\d)?)?)?)?$/.test(turned) ? turned.replace(" ", "T") : null;
  };
  function bounds(text) {
    const range = /^(.*?)\.\.(.*)$/.exec(text);
    if (range) return [[">=", range[1].trim()], ["<=", range[2].trim()]].filter(([, bound]) => bound);
    const sign = /^([<>]=?|=)(.+)$/.exec(text);
    return sign ? [[sign[1], sign[2].trim()]] : [];
  }
  const holds = (order, sign) =>
    sign === "=" ? order === 0 : sign.startsWith(">") ? order > 0 || (order === 0 && sign === ">=") : order < 0 || (order === 0 && sign === "<=");
  function test(written, sort) {
    const text = written.trim();
    const words = folded(text);
    const contains = (cell) => folded(cell.shown).includes(words);
    if (sort === "text") return contains;
    const read = sort === "number" ? numberOf : dateOf;
    const asked = bounds(text).map(([sign, bound]) => [sign, read(bound)]);
    if (!asked.length) {
      const day = sort === "date" && dateOf(text);
      return day ? (cell) => (cell.sort ?? "").startsWith(day) || contains(cell) : contains;
    }
    if (asked.some(([, bound]) => bound === null)) return contains;
    // A month or a year as a bound means the whole of it: dates are compared as far as the bound goes.
    const order = (key, bound) => sort === "number" ? key - bound : compare(key.slice(0, bound.length), bound);
    return (cell) => Boolean(cell.sort) && asked.every(([sign, bound]) => holds(order(cell.sort, bound), sign));
  }
  function sortOf(t, column) {
    if (t.headings[column].classList.contains("numeric")) return "number";
    return t.entries.some((entry) => /^\d{4}-\d\d-\d\d/.test(at(entry, column).sort ?? "")) ? "date" : "text";
  }

  // The state of a table: words, what is asked of columns, the order, and the columns that are put away.
  const RESERVED = ["filter", "sort", "columns"];
  const param = (t, name) => t.prefix + name;
  const ofColumn = (t, column) => param(t, (RESERVED.includes(t.names[column]) ? "_" : "") + t.names[column]);
  function restore(t) {
    const query = new URLSearchParams(location.search);
    // Addresses from before a table had its own prefix still mean all tables of the page.
    const get = (name) => query.get(name) ?? (t.prefix && query.get(name.slice(t.prefix.length))) ?? "";
    t.wanted = t.input ? get(param(t, "filter")) : "";
    t.asked = t.names.map((_, column) => get(ofColumn(t, column)));
    t.fields.forEach((field, column) => {
      const isList = field?.tagName === "SELECT";
      if (!field || (isList && ![...field.options].some((option) => option.value === t.asked[column]))) t.asked[column] = "";
    });
    const [, back, name] = /^(-?)(.*)$/s.exec(get(param(t, "sort")));
    const column = t.names.indexOf(name);
    t.order = name && column >= 0 ? { column, way: back ? -1 : 1 } : null;
    const columns = query.get(param(t, "columns")) ?? kept(t.store);
    const chosen = columns && columns.split(",").filter((name) => t.names.includes(name));
    t.away = new Set(chosen?.length ? t.names.map((_, column) => column).filter((column) => column && !chosen.includes(t.names[column])) : []);
    if (t.input) t.input.value = t.wanted;
    t.fields.forEach((field, column) => field && (field.value = t.asked[column]));
    if (t.byColumn && t.fields.some((field, column) => field?.tagName === "INPUT" && t.asked[column])) unfold(t, true);
  }
  const chosen = (t) => (t.away.size ? t.names.filter((_, column) => column && !t.away.has(column)).join(",") || t.names[0] : "");
  function address(t, isStep) {
    const url = new URL(location.href);
    const put = (name, value) => {
      if (t.prefix) url.searchParams.delete(name.slice(t.prefix.length));
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    };
    put(param(t, "filter"), t.wanted);
    t.names.forEach((_, column) => put(ofColumn(t, column), t.asked[column]));
    put(param(t, "sort"), t.order ? (t.order.way < 0 ? "-" : "") + t.names[t.order.column] : "");
    if (t.columnsSaid || new URLSearchParams(location.search).has(param(t, "columns"))) put(param(t, "columns"), chosen(t));
    if (url.href === location.href) return;
    try {
      if (isStep) history.pushState(history.state, "", url);
      else history.replaceState(history.state, "", url);
    } catch {
      // Refused on file:// and when called too often; the table itself works.
    }
  }

  const narrowed = (t) => t.wanted.trim() !== "" || t.asked.some((text) => text.trim() !== "");
  function found(t) {
    const words = folded(t.wanted).split(/\s+/).filter(Boolean);
    const tests = [];
    t.asked.forEach((text, column) => {
      if (!text.trim()) return;
      const matches = t.fields[column].tagName === "SELECT" ? (cell) => cell.values.includes(text) : test(text, sortOf(t, column));
      tests.push((entry) => matches(at(entry, column)));
    });
    const list = t.entries.filter((entry) => words.every((word) => textOf(entry).includes(word)) && tests.every((holds) => holds(entry)));
    return t.order ? sorted(list, t) : list;
  }
  function sorted(list, { order: { column, way }, headings }) {
    const isNumber = headings[column].classList.contains("numeric");
    return [...list].sort((one, other) => {
      const [left, right] = [at(one, column).key, at(other, column).key];
      // Empty cells stay last, whichever the direction.
      if (left === "" || right === "") return (left === "") - (right === "");
      return way * (isNumber ? left - right : compare(left, right));
    });
  }

  // The rows of a list that is cut into pages, read once.
  function whole(t) {
    const read = async (number) => {
      const name = `${number}.json`, folder = new URL("_rows/", t.base);
      if (globalThis.carnetLoad) return JSON.parse(await carnetLoad(folder.href, name));
      const answer = await fetch(new URL(name, folder), { cache: "no-cache" });
      if (!answer.ok) throw new Error(`${answer.status} ${name}`);
      return answer.json();
    };
    t.reading ??= Promise.all(Array.from({ length: t.pieces }, (_, place) => read(place + 1)));
    t.reading.catch(() => (t.reading = undefined));
    return t.reading.then((pieces) => (t.whole ??= pieces.flatMap((piece) => piece.rows.map((data) => ({ data })))));
  }

  // Draws what the state says. Only what a list has as data is waited for; all else is done at once.
  async function refresh(t, isStep = false) {
    const turn = (t.turn += 1);
    const wantsWhole = t.pieces && (narrowed(t) || t.order || t.unrolled);
    let notice = "";
    address(t, isStep);
    marks(t);
    if (wantsWhole && !t.whole) {
      t.count.textContent = t.words.loading;
      try {
        await whole(t);
      } catch {
        notice = t.words.failed;
      }
      if (turn !== t.turn) return;
    }
    t.entries = wantsWhole && t.whole ? t.whole : t.own;
    t.found = found(t);
    t.limit = PAGE + (t.unrolled ? REST : 0);
    draw(t);
    t.holder.parentElement.querySelectorAll(":scope > .pager").forEach((pager) => (pager.hidden = t.entries === t.whole));
    say(t, notice);
  }
  // Puts the rows that are found into the table, in their order. Rows cost a telephone 2 ms each to lay out: what fills
  // a screen is drawn at once, the rest when nothing else is to do; the next letter typed ends that. Rows that stay
  // are not touched.
  const idle = (act) => (globalThis.requestIdleCallback ? requestIdleCallback(act, { timeout: 200 }) : setTimeout(act, 20));
  function draw(t) {
    const isWhole = t.entries === t.whole;
    const target = isWhole ? t.found.slice(0, t.limit) : t.found;
    const drawn = `${isWhole} ${t.order?.column} ${t.order?.way}`;
    const staying = new Set(target.map((entry) => entry.row));
    for (const row of [...t.body.rows]) if (drawn !== t.drawn || !staying.has(row)) row.remove();
    t.drawn = drawn;
    columnsOf(t, t.table.rows);
    const tasks = [];
    target.forEach((entry, place) => {
      if (entry.row?.isConnected) return;
      tasks.push(() => {
        const row = rowOf(entry, t.base);
        columnsOf(t, [row]);
        if (place) target[place - 1].row.after(row);
        else t.body.prepend(row);
      });
    });
    t.tasks = tasks;
    const some = (count) => {
      if (t.tasks !== tasks) return;
      tasks.splice(0, count).forEach((task) => task());
      t.table.setAttribute("aria-busy", tasks.length > 0);
      if (tasks.length) idle(() => some(MORE));
    };
    some(SCREEN);
    // A later page of a list leads to others by their numbers; the first also unrolls the whole, to be read or printed.
    if (t.more) t.more.hidden = isWhole ? t.limit >= t.found.length : !t.pieces || t.holder.dataset.whole.startsWith("..");
  }
  function drawAll(t) {
    t.tasks.splice(0).forEach((task) => task());
    t.table.setAttribute("aria-busy", false);
  }
  // Each row is remembered with the columns that were put away when it was last drawn.
  function columnsOf(t, rows) {
    const away = [...t.away].join();
    for (const row of rows) {
      if ((t.columnsOfRow.get(row) ?? "") === away || row.cells.length !== t.names.length) continue;
      t.columnsOfRow.set(row, away);
      [...row.cells].forEach((cell, column) => column && (cell.hidden = t.away.has(column)));
    }
  }
  function marks(t) {
    t.headings.forEach((heading, column) => {
      const way = t.order ? t.order.column === column && (t.order.way > 0 ? "ascending" : "descending") : t.sorts[column];
      if (way) heading.setAttribute("aria-sort", way);
      else heading.removeAttribute("aria-sort");
    });
    for (const field of [t.input, ...t.fields]) field?.classList.toggle("active", field.value !== "");
  }
  function say(t, notice) {
    if (!t.count) return;
    const isNarrow = narrowed(t);
    t.none.hidden = t.found.length > 0;
    t.clear.hidden = !isNarrow;
    const number = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, french ? "\u202f" : comma() ? "." : ",");
    const [shown, total] = t.pieces && t.entries !== t.whole && !notice ? [t.own.length, t.total] : [t.found.length, t.entries.length];
    const order = t.order && t.words[t.order.way > 0 ? "up" : "down"].replace("{name}", t.labels[t.order.column]);
    const told = t.words.shown.replace("{n}", number(shown)).replace("{m}", number(total));
    t.count.textContent = notice ? `${notice} ${told}` : told;
    if (t.sortSaid.textContent !== (order ?? "")) t.sortSaid.textContent = order ?? "";
  }

  function sorting(t) {
    t.headings.forEach((heading, column) => {
      const button = make("button", { type: "button" }, ...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        // Upwards, downwards, then as the list came.
        const way = heading.getAttribute("aria-sort");
        t.order = way === "descending" && t.order ? null : { column, way: way === "ascending" ? -1 : 1 };
        refresh(t, true);
      });
    });
  }

  function facet(t, column, tools) {
    const heading = t.headings[column];
    const offered = t.pieces ? heading.dataset.facet.split("\n") : t.own.flatMap((entry) => at(entry, column).values);
    // In the order that people know, where the page says one; else in the alphabet's.
    const order = heading.dataset.order?.split("\n") ?? [];
    const key = (value) => `${String.fromCharCode(order.indexOf(value) + 1) + ordered(value)}\0`;
    const distinct = [...new Set(offered)].filter(Boolean).map((value) => [key(value), value]).sort().map(([, value]) => value);
    if (distinct.length < 2) return;
    const select = make("select", {}, new Option(t.words.all, ""), ...distinct.map((value) => new Option(value, value)));
    select.dataset.key = t.names[column];
    t.fields[column] = select;
    tools.append(make("label", {}, t.labels[column], select));
  }
  // One field a column, in a second row of the head, behind a button.
  function columnFilters(t, tools) {
    const row = make("tr", { className: "column-filters", hidden: true, id: `${t.id}-filters` });
    t.headings.forEach((heading, column) => {
      const cell = make("td");
      row.append(cell);
      if (t.fields[column]) return;
      const input = make("input", { type: "search", autocomplete: "off", spellcheck: false, title: t.words.columnHint });
      input.setAttribute("aria-label", `${t.words.filter} – ${t.labels[column]}`);
      input.dataset.key = t.names[column];
      t.fields[column] = input;
      cell.append(input);
    });
    t.byColumn = make("button", { type: "button", className: "button", textContent: t.words.byColumn });
    t.byColumn.setAttribute("aria-controls", row.id);
    t.filters = row;
    t.table.tHead.append(row);
    tools.append(t.byColumn);
    unfold(t, false);
    t.byColumn.addEventListener("click", () => {
      unfold(t, row.hidden);
      if (!row.hidden) row.querySelector("input")?.focus();
    });
  }
  function unfold(t, isOpen) {
    t.filters.hidden = !isOpen;
    t.byColumn.setAttribute("aria-expanded", isOpen);
  }
  function columnChoice(t, tools) {
    const panel = make("div", { className: "column-choice", popover: "auto", id: `${t.id}-columns` });
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", t.words.columns);
    const button = make("button", { type: "button", className: "button", textContent: t.words.columns });
    button.setAttribute("popovertarget", panel.id);
    t.labels.forEach((label, column) => {
      const box = make("input", { type: "checkbox", disabled: column === 0 });
      panel.append(make("label", {}, box, label));
      box.addEventListener("change", () => {
        if (box.checked) t.away.delete(column);
        else t.away.add(column);
        if (!box.checked && t.fields[column]?.tagName === "INPUT") t.asked[column] = t.fields[column].value = "";
        t.columnsSaid = true;
        kept(t.store, chosen(t));
        refresh(t);
      });
    });
    panel.addEventListener("beforetoggle", () => {
      all("input", panel).forEach((box, column) => (box.checked = !t.away.has(column)));
      const { left, bottom } = button.getBoundingClientRect();
      panel.style.left = `${Math.max(8, Math.min(left, root.clientWidth - 280))}px`;
      panel.style.top = `${Math.max(8, Math.min(bottom + 4, innerHeight - 240))}px`;
    });
    tools.append(button);
    t.holder.append(panel);
  }

  // A text that a spreadsheet would take for a formula gets an apostrophe first, as in the files of the build.
  function harmless(text) {
    const bare = text.replace(/[, ]/g, ".").replace(/^[-+]+/, "");
    const isNumber = /^(?:(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|inf(?:inity)?|nan)$/i.test(bare);
    return /^[" ]*[=+\-@\t\r＝]/.test(text) && !isNumber ? `'${text}` : text;
  }
  function csvCell(cell) {
    // Numbers without sign of currency or thousands, so that they can be summed; a length of time is a text.
    const number = cell.sort !== undefined && numberOf(cell.csv) === Number(cell.sort);
    if (number) return comma() ? cell.sort.replace(".", ",") : cell.sort;
    return cell.csv.replace(/\u00a0/g, " ");
  }
  function csv(t) {
    const separator = comma() ? ";" : ",";
    const places = t.names.map((_, column) => column).filter((column) => !t.away.has(column));
    const quote = (text) => (/["\n\r]/.test(text) || text.includes(separator) ? `"${text.replace(/"/g, '""')}"` : text);
    const line = (cells) => `${cells.map((cell) => quote(harmless(cell))).join(separator)}\r\n`;
    const lines = t.found.map((entry) => line(places.map((column) => csvCell(at(entry, column)))));
    return `\ufeff${line(places.map((column) => t.labels[column]))}${lines.join("")}`;
  }
  function download(t, tools) {
    const button = make("button", { type: "button", className: "button", textContent: t.words.csv });
    button.addEventListener("click", () => {
      const name = (t.table.caption?.textContent ?? document.title).replace(/[^\p{L}\p{N} _-]+/gu, " ").trim();
      const address = URL.createObjectURL(new Blob([csv(t)], { type: "text/csv;charset=utf-8" }));
      make("a", { href: address, download: `${name || "table"}.csv` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 10000);
    });
    tools.append(button);
  }

  function toolbar(t) {
    t.count = make("output");
    t.sortSaid = make("span", { className: "visually-hidden" });
    t.sortSaid.setAttribute("role", "status");
    t.input = make("input", { type: "search", autocomplete: "off", spellcheck: false });
    const tools = make("div", { className: "table-tools" }, make("label", {}, t.words.filter, t.input));
    t.headings.forEach((heading, column) => "facet" in heading.dataset && facet(t, column, tools));
    columnFilters(t, tools);
    columnChoice(t, tools);
    download(t, tools);
    t.clear = make("button", { type: "button", className: "button", textContent: t.words.clear, hidden: true });
    tools.append(t.clear, t.count, t.sortSaid);
    const cell = make("td", { colSpan: t.names.length, textContent: t.words.none });
    t.none = make("tr", { className: "nobody", hidden: true }, cell);
    (t.table.tFoot ?? t.table.createTFoot()).append(t.none);
    t.more = make("button", { type: "button", className: "button", textContent: t.words.more, hidden: true });
    t.more.addEventListener("click", async () => {
      const first = t.limit;
      if (t.entries === t.whole) {
        t.limit += REST;
        draw(t);
      } else {
        t.unrolled = true;
        await refresh(t);
      }
      drawAll(t);
      t.body.rows[first]?.querySelector("a")?.focus();
    });
    let timer;
    const take = (event) => {
      const column = t.fields.indexOf(event.target);
      if (event.target === t.input) t.wanted = t.input.value;
      else if (column >= 0) t.asked[column] = event.target.value;
      else return;
      clearTimeout(timer);
      if (t.pieces && event.target.tagName === "INPUT") timer = setTimeout(refresh, LATER, t);
      else refresh(t, event.target.tagName === "SELECT");
    };
    tools.addEventListener("input", take);
    t.filters.addEventListener("input", take);
    t.clear.addEventListener("click", () => {
      t.wanted = t.input.value = "";
      t.fields.forEach((field, column) => (t.asked[column] = field.value = ""));
      refresh(t, true);
      t.input.focus();
    });
    t.holder.prepend(tools);
    t.holder.append(t.more);
  }

  function known(holder, place, several) {
    const table = holder.querySelector("table");
    const headings = [...table.tHead.rows[0].cells];
    const section = holder.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby");
    // A table is called as the heading over it, where no other table stands between.
    let above = holder.previousElementSibling;
    while (above && !above.matches("h2, h3, h4, .data-table")) above = above.previousElementSibling;
    const own = holder.id || section || (above?.matches("h2, h3, h4") && above.id) || `table-${place + 1}`;
    const path = location.pathname.replace(/index\.html$/, "").replace(/_\d+\/$/, "");
    return {
      holder, table, headings, id: own, body: table.tBodies[0], words: { ...said, ...holder.dataset },
      names: headings.map((heading, column) => heading.dataset.key || `column-${column + 1}`),
      labels: headings.map((heading) => flat(heading.textContent)),
      sorts: headings.map((heading) => heading.getAttribute("aria-sort")),
      own: [...table.tBodies[0].rows].map((row) => ({ row })),
      prefix: several ? `${own}.` : "", store: `carnet:columns:${path}${several ? `#${own}` : ""}`,
      pieces: Number(holder.dataset.pieces ?? 0), total: Number(holder.dataset.total ?? 0),
      base: holder.dataset.whole && new URL(holder.dataset.whole, location.href).href,
      fields: headings.map(() => null), turn: 0, drawn: "false undefined undefined", columnsOfRow: new WeakMap(), tasks: [], wanted: "", asked: [], away: new Set(),
    };
  }

  const holders = all(".data-table");
  const tables = holders.map((holder, place) => {
    const t = known(holder, place, holders.length > 1);
    t.entries = t.own;
    if ("filter" in holder.dataset && (t.own.length > FEW || t.pieces)) toolbar(t);
    sorting(t);
    return t;
  });
  // All are read before any writes: an address without a prefix is meant for every table.
  const again = () => {
    tables.forEach(restore);
    tables.forEach((t) => refresh(t));
  };
  again();
  addEventListener("popstate", again);
  // A figure over a table asks for one thing more: what is asked already stays.
  for (const link of all(".figures a")) {
    link.addEventListener("click", () => {
      if (!link.search || link.pathname !== location.pathname) return;
      const query = new URLSearchParams(location.search);
      new URLSearchParams(link.search).forEach((value, name) => query.set(name, value));
      link.search = query;
    });
  }
  addEventListener("beforeprint", () => tables.forEach(drawAll));
})();
