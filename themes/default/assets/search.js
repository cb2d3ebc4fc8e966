// The dialog and the page of the search; search-engine.js finds. Texts are set as text, never as HTML.
"use strict";
(() => {
  const { search, mark } = globalThis.carnetSearch;
  const TEXTS = {
    label: "Rechercher", none: "Aucun résultat.", one: "1 résultat.", many: "{n} résultats.",
    partial: "Aucune page ne contient tous ces mots. Les plus proches\u00A0:",
    unknown: "Rien ne correspond à «\u00A0{word}\u00A0».", loading: "Recherche en cours…",
    error: "La recherche ne répond pas. Réessayez dans un instant.",
  };

  // Only the root keeps its name when its content changes.
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

  const dialog = document.querySelector("dialog#search");
  const page = document.querySelector("[data-search-page]");

  const bind = (box, options) => {
    const data = { ...(dialog || box).dataset, ...box.dataset };
    const say = (key) => data[`text${key[0].toUpperCase()}${key.slice(1)}`] || TEXTS[key];
    const part = (selector, tag) => box.querySelector(selector) || box.appendChild(make(tag));
    const input = part("input[type=search]", "input");
    const status = part("[role=status]", "p");
    const list = part("ol", "ol");
    input.type = "search";
    if (!input.labels.length) input.setAttribute("aria-label", say("label"));
    status.setAttribute("role", "status");
    const base = data.base || "./";
    const language = data.language || document.documentElement.lang.slice(0, 2) || "fr";
    const load = loader(data.index || `${base}_carnet/search/`);
    let turn = 0, timer = 0, active = -1, answered = "";

    const links = () => [...list.querySelectorAll("a")];
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
      link.href = base + hit.url;
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

    const fill = (said, hits, needles) => {
      status.textContent = said;
      list.replaceChildren(...hits.map((hit, number) => line(hit, number, needles)));
      if (!options.combobox) return;
      input.setAttribute("aria-expanded", String(hits.length > 0));
      choose(0);
    };
    const show = (answer) => {
      const said = answer.unknown.map((one) => say("unknown").replace("{word}", () => one));
      const count = answer.total.toLocaleString(language) + (answer.more ? "+" : "");
      if (answer.partial) said.push(say("partial"));
      if (answer.total > 1) said.push(say("many").replace("{n}", count));
      else if (answer.total || !said.length) said.push(say(answer.total ? "one" : "none"));
      fill(said.join(" "), answer.hits, answer.needles);
    };

    // A file that is gone: the site was published again, so the root is read once more.
    const ask = async () => {
      clearTimeout(timer);
      const mine = ++turn, query = input.value;
      if (options.asked) options.asked(query);
      if (!query.trim()) return fill("", []);
      const slow = setTimeout(() => { if (mine === turn) status.textContent = say("loading"); }, 300);
      try {
        const find = () => search(query, options.limit, language, load);
        const answer = await find().catch(() => {
          files.clear();
          return find();
        });
        if (mine !== turn) return;
        answered = query;
        show(answer);
      } catch {
        if (mine === turn) fill(say("error"), []);
      } finally {
        clearTimeout(slow);
      }
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 60);
    });
    box.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (answered !== input.value) await ask();
      const link = options.combobox && links()[active];
      if (link) link.click();
    });
    return { input, ask, move: (step) => choose(active + step), load: () => load(`${language}.json`).catch(() => {}) };
  };

  if (dialog) {
    const box = bind(dialog, { limit: 10, combobox: true });
    const open = () => {
      if (!dialog.open) dialog.showModal();
      box.load();
      box.input.select();
      box.input.focus();
    };
    for (const button of document.querySelectorAll("[data-search-open]")) {
      button.hidden = false;
      button.addEventListener("click", (event) => {
        event.preventDefault();
        open();
      });
    }
    box.input.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.isComposing) return;
      event.preventDefault();
      box.move(step);
    });
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
      limit: 20,
      asked: (query) => {
        if (query) address.searchParams.set("q", query); else address.searchParams.delete("q");
        history.replaceState(history.state, "", address);
      },
    });
    box.input.value = address.searchParams.get("q") || "";
    if (box.input.value) box.ask();
  }
})();
