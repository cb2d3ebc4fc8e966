// The search dialog, and what the search page shares with it; search-engine.js finds. Texts of the index are set
// as text, never as HTML.
"use strict";
(() => {
  const engine = globalThis.carnetSearch = globalThis.carnetSearch || {};
  const words = engine.words, here = document.currentScript.src;
  const base = new URL("../", here).href, index = new URL("search/", here).href;
  const { language, offline } = words;
  const say = (key, word = "") => (words[key] || "").replace(/\{.\w*\}/, () => word);

  const make = (tag, properties, ...content) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...content);
    return element;
  };
  const marked = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const part = (name, ...content) => make("span", { className: `search-${name}` }, ...content);
  const nodes = (parts) => parts.map((one) => (one.marked ? make("mark", {}, one.text) : one.text));
  const address = (url) => base + (offline ? url.replace(/(^|\/)(?=#|$)/, "$1index.html") : url);

  // What is kept stays in this browser, for this site only; where storage is refused nothing is.
  const store = (key, value) => {
    const name = `carnet:${key}:${new URL(base).pathname}`;
    try {
      if (value === undefined) return localStorage.getItem(name) || "";
      if (value) localStorage.setItem(name, value); else localStorage.removeItem(name);
    } catch { /* Nothing to do. */ }
    return "";
  };

  // Only the root keeps its name when its content changes.
  const files = new Map();
  const fetched = async (folder, name) => {
    const response = await fetch(folder + name, { cache: name.includes("/") ? "default" : "no-cache" });
    if (!response.ok) throw new Error(`${response.status} ${name}`);
    return response.text();
  };
  const load = (name) => {
    if (!files.has(name)) {
      const text = (globalThis.carnetLoad || fetched)(index, name);
      text.catch(() => files.delete(name));
      files.set(name, text);
    }
    return files.get(name);
  };

  // The engine comes when a search box is entered: most pages are read without a search.
  let coming = null;
  const arrive = () => {
    if (engine.search) return Promise.resolve();
    coming = coming || new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.onload = resolve;
      script.onerror = () => reject(new Error("search-engine"));
      script.src = carnetPolicy.createScriptURL(new URL(words.engine, here).href);
      document.head.append(script);
    });
    return coming;
  };

  // One result as a link.
  const line = (hit, needles) => {
    const shown = (text) => nodes(engine.mark(text, needles));
    const title = part("title", ...shown(hit.title));
    if (hit.heading) title.append(" › ", part("heading", ...shown(hit.heading)));
    const facts = [hit.id, hit.subtitle].filter((fact) => fact && fact !== hit.title).join(" · ");
    const link = make("a", { href: address(hit.url) }, title);
    if (facts) link.append(" ", part("facts", ...shown(facts)));
    if (hit.missing.length) link.append(" ", part("facts", say("missing", hit.missing.join(", "))));
    if (hit.excerpt.length) link.append(" ", part("excerpt", ...nodes(hit.excerpt)));
    return link;
  };

  const quoted = (value) => (/[\s":]/.test(value) ? `"${value.replaceAll('"', "")}"` : value);
  const counted = (answer) => answer.total.toLocaleString(language) + (answer.more ? "+" : "");

  // The facet of each filter of a query that no page has: [{ written, facet }]. Denied, such a filter takes nothing
  // away, so the same query with a hyphen before it has the values that exist.
  const valueless = async (answer, query) => {
    const written = answer.unknown.filter((one) => /^-?[^\s":]+:./.test(one));
    if (!written.length) return [];
    const { fields } = JSON.parse(await load(`${language}.json`));
    const found = written.map((one) => {
      const name = engine.tokens(one.replace(/^-|:.*/g, ""))[0], field = fields.find(([, names]) => names.includes(name));
      return field && { written: one, key: field[0] };
    }).filter(Boolean);
    const denied = found.reduce((text, one) => (one.written[0] === "-" ? text : text.replace(one.written, `-${one.written}`)), query);
    const { facets } = !found.length || answer.facets.length ? answer : await engine.search(denied, 1, language, load);
    return found.map(({ written, key }) => ({ written, facet: facets.find((one) => one.key === key) }));
  };

  // What is said about an answer; a better spelling and the values of a filter are buttons that ask for them.
  const FEW = 12;
  const told = (answer, query, filters, again) => {
    const ask = (label, words) => make("button", { type: "button", className: "search-again", onclick: () => again(words) }, label);
    const said = answer.unknown.flatMap((word) => {
      const filter = filters.find(({ written }) => written === word);
      if (!filter) return [`${say("unknown", word)} `];
      const { values, label, key } = filter.facet || { values: [] }, not = word[0] === "-" ? "-" : "";
      if (!values.length || values.length > FEW) return [`${say("no-value", word)} `];
      const names = values.flatMap((one) => [", ", ask(one.label, query.replace(word, `${not}${key}:${quoted(one.value)}`))]);
      return [`${say("no-value", word)} ${say("values", label)} `, ...names.slice(1), ". "];
    });
    if (answer.partial && answer.total) said.push(`${say("partial")} `);
    said.push(answer.total > 1 ? say("many", counted(answer)) : say(answer.total ? "one" : "none"));
    for (const { words } of answer.suggestions) {
      const [before, after] = say("for", "\n").split("\n");
      said.push(` ${before}`, ask(words, words), after);
    }
    if (!answer.total && answer.plain) said.push(`. ${say("plain")} `, ask(answer.plain, answer.plain));
    return [...said, "."];
  };

  // Asks while somebody types: typing never waits, and only the answer to the newest question is shown.
  const asker = (input, status, show, options) => {
    let turn = 0, timer = 0;
    const ask = async () => {
      clearTimeout(timer);
      const mine = ++turn, query = input.value;
      const slow = setTimeout(() => {
        if (mine === turn) status.replaceChildren(make("span", { className: "search-wait" }, say("loading")));
      }, 250);
      try {
        const search = async () => {
          await arrive();
          return engine.search(query, options.limit, language, load);
        };
        // A file that is gone: the site was published again, so everything is read once more.
        const answer = query.trim() ? await search().catch(() => {
          files.clear();
          return search();
        }) : null;
        const filters = answer ? await valueless(answer, query) : [];
        if (mine !== turn) return;
        status.replaceChildren(...(answer ? told(answer, query, filters, (words) => {
          input.value = words;
          input.focus();
          ask();
        }) : []));
        show(answer, query);
      } catch {
        if (mine !== turn) return;
        show(null, query);
        status.textContent = say("error");
        if (!navigator.onLine) status.replaceChildren(`${say("network")} `, make("a", { href: address(words.page.replace("search", "offline")) }, say("kept")));
      } finally {
        clearTimeout(slow);
      }
    };
    input.addEventListener("focus", () => { arrive().catch(() => {}); });
    input.addEventListener("input", () => {
      turn++;
      clearTimeout(timer);
      timer = setTimeout(ask, 60);
    });
    return ask;
  };
  engine.page = { make, part, line, asker, address, say, quoted, counted };
  engine.forget = () => files.clear();

  // The dialog is of no use without this script: it is made here, and its words come with the script, once for all
  // pages. Its signs are those of the page.
  const sign = (from) => document.querySelector(`${from} .icon`)?.cloneNode(true) ?? "";
  const key = (name) => make("kbd", {}, name);
  const input = marked(make("input", { type: "search", id: "searchInput", spellcheck: false, placeholder: say("placeholder") }), {
    role: "combobox", "aria-expanded": "false", "aria-controls": "searchResults", "aria-autocomplete": "list", autocomplete: "off", autocapitalize: "off", enterkeyhint: "go",
  });
  const close = marked(make("button", { type: "button", className: "bar-button" }, sign(".sheet-close"), make("span", { className: "visually-hidden" }, say("close"))), { "data-close": "" });
  const form = marked(make("form", {}, make("label", { className: "visually-hidden", htmlFor: "searchInput" }, say("label")), sign(".search-button"), input, close), { role: "search" });
  const status = marked(make("p", { id: "searchStatus" }), { role: "status" });
  const list = marked(make("ul", { className: "search-results", id: "searchResults" }), { role: "listbox", "aria-label": say("results") });
  const keys = marked(make("span", {}, key("↑"), " ", key("↓"), ` ${say("keys-move")} `, key("↵"), ` ${say("keys-open")} `, key("Esc"), ` ${say("keys-close")}`), { "aria-hidden": "true" });
  const forget = marked(make("button", { type: "button", className: "search-again", hidden: true }, say("forget")), { "data-forget": "" });
  const slash = marked(make("input", { type: "checkbox" }), { "data-slash": "" });
  const foot = make("div", { className: "keys" }, keys, "\n", forget, "\n", make("label", { className: "single-key" }, slash, ` ${say("slash")}`));
  const dialog = marked(make("dialog", { className: "search-dialog", id: "searchDialog" }, form, status, list, foot), { "aria-label": say("title") });
  document.body.append(dialog);
  let shown = "", active = -1;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const choose = (place) => {
    const all = options();
    active = all.length && place !== -2 ? (place + all.length) % all.length : -1;
    all.forEach((option, number) => option.setAttribute("aria-selected", String(number === active)));
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  };
  const option = (element) => {
    element.setAttribute("role", "option");
    element.tabIndex = -1;
    return element;
  };
  const fill = (groups) => {
    list.replaceChildren(...groups.map(([label, items], place) => {
      const name = make("span", { className: "search-group", id: `searchGroup-${place}` }, label);
      const group = make("li", {}, name, ...items);
      group.setAttribute("role", "group");
      group.setAttribute("aria-labelledby", name.id);
      return group;
    }));
    options().forEach((one, number) => { one.id = `searchOption-${number}`; });
    input.setAttribute("aria-expanded", String(groups.length > 0));
  };

  const recent = () => store("recent").split("\n").filter(Boolean);
  const remember = (query) => {
    const words = query.trim().replace(/\s+/g, " ");
    if (words) store("recent", [words, ...recent().filter((one) => one !== words)].slice(0, 6).join("\n"));
  };
  engine.page.remember = remember;
  const ask = asker(input, status, (answer, query) => {
    shown = query;
    forget.hidden = Boolean(answer) || !recent().length;
    if (!answer) {
      const before = query.trim() ? [] : recent();
      fill(before.length ? [[say("recent"), before.map((words) => option(make("span", {
        onclick: () => {
          input.value = words;
          ask();
        },
      }, words)))]] : []);
      return choose(-2);
    }
    const groups = new Map();
    for (const hit of answer.hits) {
      if (!groups.has(hit.kindLabel)) groups.set(hit.kindLabel, []);
      groups.get(hit.kindLabel).push(option(line(hit, answer.needles)));
    }
    if (answer.unseen || answer.total > answer.hits.length) {
      const all = make("a", { href: `${address(words.page)}?q=${encodeURIComponent(query)}` }, say("all"));
      groups.set(say("more"), [option(all)]);
    }
    fill([...groups]);
    choose(answer.hits.length ? 0 : -2);
  }, { limit: 10 });

  const open = () => {
    if (!dialog.open) dialog.showModal();
    load(`${language}.json`).catch(() => {});
    input.select();
    input.focus();
    if (!input.value) ask();
  };
  for (const button of document.querySelectorAll("[data-search-open]")) button.addEventListener("click", open);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || event.altKey) return;
    if (step) choose(active < 0 && step < 0 ? -1 : active + step);
    else if (event.key === "Escape") dialog.close();
    else return;
    event.preventDefault();
  });
  // Enter before the answer is there waits for it, and opens nothing that was not asked for last.
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const query = input.value;
    if (shown !== query) await ask();
    const chosen = options()[active];
    if (chosen && shown === query && input.value === query) chosen.click();
  });
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog || target.closest("[data-close]")) dialog.close();
    if (!target.closest("a")) return;
    remember(shown);
    dialog.close();
  });
  forget.addEventListener("click", () => {
    store("recent", "");
    input.focus();
    ask();
  });
  slash.checked = !store("slash");
  slash.addEventListener("change", () => store("slash", slash.checked ? "" : "off"));
  document.addEventListener("keydown", (event) => {
    const { key, target } = event, bare = !event.ctrlKey && !event.metaKey && !event.altKey;
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key.toLowerCase() === "k";
    const typing = target instanceof Element && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (!command && !(bare && key === "/" && slash.checked && !typing)) return;
    event.preventDefault();
    open();
  });
})();
