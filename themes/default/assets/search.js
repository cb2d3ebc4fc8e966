// The dialog and the page of the search; search-engine.js finds. Texts are set as text, never as HTML.
"use strict";
(() => {
  const { search, mark } = globalThis.carnetSearch;
  const TEXTS = {
    none: "Aucun résultat.", one: "1 résultat.", many: "{n} résultats.",
    partial: "Aucune page ne contient tous ces mots. Les plus proches\u00A0:",
    unknown: "Rien ne correspond à «\u00A0{word}\u00A0».", loading: "Recherche en cours…",
    error: "La recherche ne répond pas. Réessayez dans un instant.",
  };
  const say = (box, key) => box.dataset[`text${key[0].toUpperCase()}${key.slice(1)}`] || TEXTS[key];

  // Files already asked for. Only the root keeps its name when its content changes, so only it is asked again.
  const files = new Map();
  const loader = (prefix) => (name) => {
    const url = prefix + name;
    if (!files.has(url)) {
      const answer = fetch(url, { cache: name.includes("/") ? "default" : "no-cache" }).then((response) => {
        if (!response.ok) throw new Error(`${response.status} ${url}`);
        return response.text();
      });
      answer.catch(() => files.delete(url));
      files.set(url, answer);
    }
    return files.get(url);
  };

  const make = (tag, name, ...content) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...content);
    return element;
  };
  const nodes = (parts) => parts.map((part) => (part.marked ? make("mark", "", part.text) : part.text));

  // One box (the dialog or the search page): its field, its list and its status line.
  const bind = (box, options) => {
    const data = { ...options.dataset, ...box.dataset };
    const part = (selector, tag, attributes) => {
      const known = box.querySelector(selector);
      if (known) return known;
      const element = make(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      box.append(element);
      return element;
    };
    const input = part("input[type=search]", "input", { type: "search", name: "q", "aria-label": data.textLabel || "Rechercher" });
    const status = part("[role=status]", "p", { role: "status" });
    const list = part("ol", "ol", {});
    const base = data.base || "";
    const language = data.language || document.documentElement.lang.slice(0, 2) || "fr";
    const load = loader(data.index || `${base}_carnet/search/`);
    const texts = { dataset: data };
    let turn = 0, timer = 0, active = -1;

    const links = () => Array.from(list.querySelectorAll("a"));
    const choose = (place) => {
      const all = links();
      active = all.length ? (place + all.length) % all.length : -1;
      all.forEach((link, number) => link.setAttribute("aria-selected", String(number === active)));
      if (active < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", all[active].id);
      all[active].scrollIntoView({ block: "nearest" });
    };

    const line = (hit, number, needles) => {
      const title = make("span", "search-title", ...nodes(mark(hit.title, needles)));
      if (hit.heading) title.append(" › ", make("span", "search-heading", ...nodes(mark(hit.heading, needles))));
      const link = make("a", "search-hit", make("span", "search-kind", hit.kindLabel), " ", title);
      link.href = base + hit.url || "./";
      const facts = [hit.id, hit.subtitle].filter((fact) => fact && fact !== hit.title);
      if (facts.length) link.append(" ", make("span", "search-facts", ...nodes(mark(facts.join(" · "), needles))));
      if (hit.excerpt.length) link.append(" ", make("span", "search-excerpt", ...nodes(hit.excerpt)));
      const item = make("li", "", link);
      item.dataset.kind = hit.kind;
      if (options.combobox) {
        link.id = `${list.id || "search-results"}-${number}`;
        link.tabIndex = -1;
        link.setAttribute("role", "option");
        link.setAttribute("aria-selected", "false");
        item.setAttribute("role", "none");
      }
      return item;
    };

    const show = (answer) => {
      const said = answer.unknown.map((one) => say(texts, "unknown").replace("{word}", () => one));
      const count = answer.total.toLocaleString(language) + (answer.more ? "+" : "");
      if (answer.partial) said.push(say(texts, "partial"));
      if (answer.total > 1) said.push(say(texts, "many").replace("{n}", count));
      else if (answer.total || !said.length) said.push(say(texts, answer.total ? "one" : "none"));
      status.textContent = said.join(" ");
      list.replaceChildren(...answer.hits.map((hit, number) => line(hit, number, answer.needles)));
      if (options.combobox) {
        input.setAttribute("aria-expanded", String(answer.hits.length > 0));
        choose(answer.hits.length ? 0 : -1);
      }
    };
    const clear = () => {
      list.replaceChildren();
      status.textContent = "";
      active = -1;
      input.removeAttribute("aria-activedescendant");
      if (options.combobox) input.setAttribute("aria-expanded", "false");
    };

    // A newer question makes the answer of an older one void. A file that is gone means that the site was
    // published again since the root was read: the root is read once more.
    const ask = async () => {
      const mine = ++turn, query = input.value;
      if (options.asked) options.asked(query);
      if (!query.trim()) return clear();
      const slow = setTimeout(() => { if (mine === turn) status.textContent = say(texts, "loading"); }, 300);
      try {
        const again = () => {
          files.clear();
          return search(query, options.limit, language, load);
        };
        const answer = await search(query, options.limit, language, load).catch(again);
        if (mine === turn) show(answer);
      } catch {
        if (mine === turn) {
          clear();
          status.textContent = say(texts, "error");
        }
      } finally {
        clearTimeout(slow);
      }
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 60);
    });
    return { input, ask, choose, links, current: () => active, load: () => load(`${language}.json`).catch(() => {}) };
  };

  const dialog = document.querySelector("dialog#search");
  const page = document.querySelector("[data-search-page]");
  const empty = { dataset: dialog ? { ...dialog.dataset } : {} };

  if (dialog) {
    const box = bind(dialog, { dataset: {}, limit: 10, combobox: true });
    const open = () => {
      if (!dialog.open) dialog.showModal();
      box.load();
      box.input.select();
      box.input.focus();
    };
    const go = async () => {
      await box.ask();
      const link = box.links()[Math.max(0, box.current())];
      if (link) link.click();
    };
    for (const button of document.querySelectorAll("[data-search-open]")) {
      button.hidden = false;
      button.addEventListener("click", (event) => {
        event.preventDefault();
        open();
      });
    }
    box.input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        box.choose(box.current() < 0 && step < 0 ? -1 : box.current() + step);
      }
    });
    for (const form of dialog.querySelectorAll("form")) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        go();
      });
    }
    // A link to a section of the page itself leaves the page where it is: the dialog must close.
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("a")) dialog.close();
    });
    const typing = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
    const single = () => {
      try {
        return localStorage.getItem("carnet-single-key") !== "off";
      } catch {
        return true;
      }
    };
    document.addEventListener("keydown", (event) => {
      const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
      if ((command && event.key.toLowerCase() === "k") || (slash && !typing(event.target) && single())) {
        event.preventDefault();
        open();
      }
    });
  }

  if (page) {
    const address = new URL(location.href);
    const box = bind(page, {
      ...empty, limit: 20,
      asked: (query) => {
        if (query) address.searchParams.set("q", query); else address.searchParams.delete("q");
        history.replaceState(history.state, "", address);
      },
    });
    for (const form of page.querySelectorAll("form")) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        box.ask();
      });
    }
    box.input.value = address.searchParams.get("q") || "";
    if (box.input.value) box.ask();
  }
})();
