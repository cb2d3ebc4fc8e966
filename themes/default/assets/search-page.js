// The search page: the dialog's engine with facets to click, more results, and the query in the address.
"use strict";
(() => {
  const box = document.querySelector("[data-search-page]");
  const page = globalThis.carnetSearch && globalThis.carnetSearch.page;
  if (!box || !page) return;
  const { make, part, line, asker, remember } = page;
  const find = (selector) => box.querySelector(selector);
  const input = find("input"), list = find("ol"), facets = find(".search-facets"), more = find("[data-search-more]");
  const STEP = 20;
  const options = { limit: STEP };

  const address = () => {
    const url = new URL(location.href);
    if (input.value.trim()) url.searchParams.set("q", input.value); else url.searchParams.delete("q");
    return url;
  };
  const quoted = (value) => (/[\s":]/.test(value) ? `"${value.replaceAll('"', "")}"` : value);

  // A facet in the text of the query, so that the address and the reader see the same.
  const toggle = ({ key, value, chosen, written }) => {
    const without = chosen ? input.value.split(written).join(" ") : `${input.value} ${key}:${quoted(value)}`;
    input.value = without.replace(/\s+/g, " ").trim();
    options.limit = STEP;
    history.pushState(null, "", address());
    ask();
  };
  const group = ({ key, label, values }, estimated) => make("section", {},
    make("h2", {}, label),
    make("ul", {}, ...values.map((one) => {
      const button = make("button", { type: "button", onclick: () => toggle({ key, ...one }) },
        part("value", one.label), " ", make("span", { className: "count" }, (estimated ? "≈\u202F" : "") + one.count.toLocaleString(document.documentElement.lang)));
      button.setAttribute("aria-pressed", String(Boolean(one.chosen)));
      return make("li", {}, button);
    })));

  const ask = asker(input, find("[role=status]"), (answer) => {
    history.replaceState({ limit: options.limit }, "", address());
    const hits = answer ? answer.hits : [];
    list.replaceChildren(...hits.map((hit) => {
      const link = line(hit, answer.needles);
      link.prepend(part("kind", hit.kindLabel), " ");
      return make("li", {}, link);
    }));
    const focused = facets.contains(document.activeElement) && document.activeElement.textContent;
    facets.replaceChildren(...(answer ? answer.facets.map((facet) => group(facet, answer.estimated)) : []));
    more.hidden = !answer || !answer.unseen && (answer.total <= hits.length || hits.length < options.limit);
    // The button that was pressed is a new one now; the keyboard stays where it was.
    if (focused) {
      const again = [...facets.querySelectorAll("button")];
      (again.find((one) => one.firstChild.textContent === focused.replace(/ [^ ]*$/, "")) || input).focus();
    }
  }, options);

  more.addEventListener("click", async () => {
    const last = list.children.length;
    options.limit += STEP;
    await ask();
    const next = list.children[last];
    if (next) next.firstChild.focus();
  });
  find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    remember(input.value);
    options.limit = STEP;
    history.pushState(null, "", address());
    ask();
  });
  input.addEventListener("input", () => { options.limit = STEP; });

  const restore = () => {
    input.value = new URL(location.href).searchParams.get("q") || "";
    options.limit = (history.state && history.state.limit) || STEP;
    ask();
  };
  addEventListener("popstate", restore);
  restore();
})();
