// What a page does beyond reading: theme, sorted and filtered tables, copied code, current heading.
// Everything here is an addition: without it each page still reads. No text is ever parsed as HTML.
"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  // Storage can be refused (private windows, policies): what is kept is then only kept for this page.
  const kept = {
    get(key) {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
      } catch {
        // Nothing to do: the choice holds until the page is left.
      }
    },
  };

  function themes() {
    const order = ["system", "light", "dark"];
    for (const button of all("[data-theme-toggle]")) {
      const say = () => {
        const text = button.dataset[root.dataset.theme || "system"];
        button.querySelector(".words").textContent = text;
        button.setAttribute("aria-label", text);
        button.title = text;
      };
      button.addEventListener("click", () => {
        const next = order[(order.indexOf(root.dataset.theme || "system") + 1) % order.length];
        if (next === "system") delete root.dataset.theme;
        else root.dataset.theme = next;
        kept.set("carnet:theme", next === "system" ? null : next);
        say();
      });
      say();
    }
  }

  // Tables. Each cell's key is read once: `data-sort` for numbers and dates, `data-value` or the text else.
  const collator = new Intl.Collator(root.lang, { numeric: true, sensitivity: "base" });
  const folded = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’ʼ]/g, "'").toLowerCase();
  const shown = (cell) => cell.dataset.value ?? cell.textContent.trim();
  const key = (cell) => cell.dataset.sort ?? shown(cell);

  function compare(numeric) {
    return (left, right) => {
      // Empty cells stay last, whichever the direction.
      if (left.key === "" || right.key === "") return (left.key === "") - (right.key === "");
      const order = numeric ? left.key - right.key : collator.compare(left.key, right.key);
      return left.way * order;
    };
  }

  function sorting(table) {
    const body = table.tBodies[0];
    const headings = all("thead th", table);
    headings.forEach((heading, column) => {
      const button = make("button", { type: "button" }, ...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const way = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        headings.forEach((other) => other.removeAttribute("aria-sort"));
        heading.setAttribute("aria-sort", way === 1 ? "ascending" : "descending");
        const rows = [...body.rows].filter((row) => row.cells[column]);
        const numeric = heading.classList.contains("numeric");
        const keyed = rows.map((row) => ({ row, way, key: key(row.cells[column]) }));
        body.append(...keyed.sort(compare(numeric)).map((entry) => entry.row));
      });
    });
  }

  // The values of a column, each once: a list in a cell counts as several values.
  const values = (cell) => {
    const items = all(":scope > .values > li", cell);
    return items.length ? items.map((item) => item.textContent.trim()) : [shown(cell)].filter(Boolean);
  };

  function filtering(holder, table) {
    const words = holder.dataset;
    const rows = [...table.tBodies[0].rows];
    const texts = rows.map((row) => folded(row.textContent));
    const count = make("output");
    const input = make("input", { type: "search", autocomplete: "off", spellcheck: false });
    const tools = make("div", { className: "table-tools" }, make("label", {}, words.filter, input));
    const facets = [];
    all("thead th", table).forEach((heading, column) => {
      if (!("facet" in heading.dataset)) return;
      const cells = rows.map((row) => values(row.cells[column]));
      const distinct = [...new Set(cells.flat())].sort(collator.compare);
      if (distinct.length < 2) return;
      const options = distinct.map((value) => new Option(value, value));
      const select = make("select", {}, new Option(words.all, ""), ...options);
      select.dataset.key = heading.dataset.key;
      facets.push({ select, cells });
      tools.append(make("label", {}, heading.textContent, select));
    });
    const clear = make("button", { type: "button", className: "button", textContent: words.clear, hidden: true });
    tools.append(clear, count);
    const span = table.tHead.rows[0].cells.length;
    const none = make("tr", { className: "nobody", hidden: true }, make("td", { colSpan: span, textContent: words.none }));
    (table.tFoot ?? table.createTFoot()).append(none);

    const apply = () => {
      const wanted = folded(input.value).split(/\s+/).filter(Boolean);
      let visible = 0;
      rows.forEach((row, index) => {
        const match =
          wanted.every((word) => texts[index].includes(word)) &&
          facets.every(({ select, cells }) => !select.value || cells[index].includes(select.value));
        row.hidden = !match;
        visible += match;
      });
      for (const field of [input, ...facets.map((facet) => facet.select)]) {
        field.classList.toggle("active", field.value !== "");
      }
      const filtered = wanted.length > 0 || facets.some((facet) => facet.select.value);
      none.hidden = visible > 0;
      clear.hidden = !filtered;
      count.textContent = words.shown.replace("{n}", visible).replace("{m}", rows.length);
      address(input, facets);
    };
    clear.addEventListener("click", () => {
      input.value = "";
      facets.forEach((facet) => (facet.select.value = ""));
      apply();
      input.focus();
    });
    tools.addEventListener("input", apply);
    restore(input, facets);
    holder.prepend(tools);
    apply();
  }

  // The filters live in the address, so that a filtered list can be sent to a colleague.
  function address(input, facets) {
    const url = new URL(location.href);
    const put = (name, value) => (value ? url.searchParams.set(name, value) : url.searchParams.delete(name));
    put("filter", input.value);
    for (const { select } of facets) put(select.dataset.key, select.value);
    if (url.href !== location.href) {
      try {
        history.replaceState(history.state, "", url);
      } catch {
        // Refused on file:// and when called too often; the filter itself works.
      }
    }
  }

  function restore(input, facets) {
    const query = new URLSearchParams(location.search);
    input.value = query.get("filter") ?? "";
    for (const { select } of facets) {
      const value = query.get(select.dataset.key) ?? "";
      if ([...select.options].some((option) => option.value === value)) select.value = value;
    }
  }

  function tables() {
    for (const holder of all(".data-table")) {
      const table = holder.querySelector("table");
      sorting(table);
      if ("filter" in holder.dataset && table.tBodies[0].rows.length > 7) filtering(holder, table);
    }
  }

  // Copying. The clipboard needs a secure page; by host name over http the old command still works.
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = make("textarea", { value: text, className: "visually-hidden", readOnly: true });
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  }

  function codeBlocks() {
    const { copy: label, copied } = document.body.dataset;
    for (const figure of all("figure.code")) {
      const button = make("button", { type: "button", className: "copy", textContent: label });
      button.setAttribute("aria-live", "polite");
      button.addEventListener("click", async () => {
        if (!(await copy(figure.querySelector("code").textContent))) return;
        button.textContent = copied;
        setTimeout(() => (button.textContent = label), 2000);
        button.focus();
      });
      figure.append(button);
    }
  }

  // The heading being read is marked in the contents: the last one above the upper third of the window.
  function contents() {
    const links = all("#contentsSheet a");
    const targets = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    if (!links.length) return;
    let waiting = false;
    const mark = () => {
      waiting = false;
      const end = innerHeight + scrollY >= document.documentElement.scrollHeight - 4;
      let current = 0;
      targets.forEach((target, index) => {
        // What lies in a hidden tab has no place of its own.
        if (target?.checkVisibility?.() === false) return;
        if (target && target.getBoundingClientRect().top < innerHeight / 3) current = index;
      });
      if (end && scrollY > 0) current = links.length - 1;
      links.forEach((link, index) => link.classList.toggle("seen", index === current));
    };
    const later = () => {
      if (!waiting) requestAnimationFrame(mark);
      waiting = true;
    };
    addEventListener("scroll", later, { passive: true });
    addEventListener("resize", later, { passive: true });
    mark();
    const sheet = document.getElementById("contentsSheet");
    sheet.addEventListener("click", (event) => {
      if (event.target.closest("a") && sheet.matches(":popover-open")) sheet.hidePopover();
    });
  }

  function navigation() {
    const current = document.querySelector('.navigation [aria-current="page"]');
    const tree = current?.closest(".navigation");
    if (!tree || current.offsetTop < tree.clientHeight - 40) return;
    tree.scrollTop = current.offsetTop - tree.clientHeight / 2;
  }

  // Folded parts are printed unfolded, and folded again afterwards.
  function printing() {
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = all("main details:not([open])");
      opened.forEach((part) => (part.open = true));
    });
    addEventListener("afterprint", () => opened.forEach((part) => (part.open = false)));
  }

  for (const part of [themes, tables, codeBlocks, contents, navigation, printing]) {
    try {
      part();
    } catch (error) {
      // One broken part must not take the others with it.
      console.error(error);
    }
  }
})();
