// The search page: the dialog's engine with facets to click, more results, and the query in the address.
"use strict";
(() => {
  const box = document.querySelector("[data-search-page]");
  const page = globalThis.carnetSearch && globalThis.carnetSearch.page;
  if (!box || !page) return;
  const { make, part, line, asker, quoted, counted, remember } = page;
  const find = (selector) => box.querySelector(selector);
  const input = find("input"), list = find("ol"), facets = find(".search-facets"), more = find("[data-search-more]");
  const filters = find("details"), known = find("summary .count"), unfolded = new Set();
  const STEP = 20, SHOWN = 6, PAUSE = 1500;
  const options = { limit: STEP };

  const address = () => {
    const url = new URL(location.href);
    if (input.value.trim()) url.searchParams.set("q", input.value); else url.searchParams.delete("q");
    return url;
  };
  // « Back » leads to the questions that somebody meant, not through their letters: what is typed after a question
  // that was settled, by Enter or a pause, is an entry of its own, and replaces itself from then on.
  let settled = true, pause = 0;
  const settle = () => {
    clearTimeout(pause);
    settled = true;
  };
  const record = (apart = settled) => {
    const asked = (url) => (url.searchParams.get("q") || "").trim();
    const url = address(), before = asked(new URL(location.href)), changed = asked(url) !== before;
    history[changed && before && apart ? "pushState" : "replaceState"]({ limit: options.limit }, "", url);
    if (!changed) return;
    clearTimeout(pause);
    settled = false;
    pause = setTimeout(settle, PAUSE);
  };

  // Beside the results on a desk; above them on a phone, folded until somebody opens them.
  const wide = matchMedia("(min-width: 60rem)");
  const fold = () => { filters.open = wide.matches; };
  wide.addEventListener("change", fold);
  fold();

  // A facet in the text of the query, so that the address and the reader see the same.
  const toggle = ({ key, value, chosen, written }) => {
    const without = chosen ? input.value.split(written).join(" ") : `${input.value} ${key}:${quoted(value)}`;
    input.value = without.replace(/\s+/g, " ").trim();
    options.limit = STEP;
    record(true);
    settle();
    ask();
  };
  const group = ({ key, label, values }, estimated) => {
    const name = make("h2", { id: `facet-${key}` }, label);
    const items = values.map((one, place) => {
      const button = make("button", { type: "button", onclick: () => toggle({ key, ...one }) },
        part("value", one.label), " ", make("span", { className: "count" }, (estimated ? "≈\u202F" : "") + one.count.toLocaleString(document.documentElement.lang)));
      button.setAttribute("aria-pressed", String(Boolean(one.chosen)));
      return make("li", { hidden: place >= SHOWN && !one.chosen && !unfolded.has(key) }, button);
    });
    const folded = items.filter((item) => item.hidden);
    const rest = make("li", { hidden: !folded.length }, make("button", {
      type: "button",
      className: "search-again",
      onclick: () => {
        unfolded.add(key);
        for (const item of folded) item.hidden = false;
        rest.remove();
        folded[0].firstChild.focus();
      },
    }, filters.dataset.rest.replace("{n}", folded.length)));
    const element = make("div", {}, name, make("ul", {}, ...items, rest));
    element.setAttribute("role", "group");
    element.setAttribute("aria-labelledby", name.id);
    return element;
  };

  const ask = asker(input, find("[role=status]"), (answer) => {
    record();
    const hits = answer ? answer.hits : [];
    list.replaceChildren(...hits.map((hit) => {
      const link = line(hit, answer.needles);
      link.prepend(part("kind", hit.kindLabel), " ");
      return make("li", {}, link);
    }));
    const focused = facets.contains(document.activeElement) && document.activeElement.textContent;
    // A filter of one value narrows nothing down.
    const useful = answer ? answer.facets.filter(({ values }) => values.length > 1 || values.some((one) => one.chosen)) : [];
    facets.replaceChildren(...useful.map((facet) => group(facet, answer.estimated)));
    filters.hidden = !useful.length;
    known.textContent = useful.length ? `(${counted(answer)})` : "";
    more.hidden = !answer || !answer.unseen && (answer.total <= hits.length || hits.length < options.limit);
    // The button that was pressed is a new one now; the keyboard stays where it was.
    if (focused) {
      const again = [...facets.querySelectorAll("li:not([hidden]) > button")];
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
    record();
    settle();
    ask();
  });
  input.addEventListener("input", () => {
    options.limit = STEP;
    clearTimeout(pause);
  });

  const restore = () => {
    input.value = new URL(location.href).searchParams.get("q") || "";
    settle();
    options.limit = (history.state && history.state.limit) || STEP;
    ask();
  };
  addEventListener("popstate", restore);
  restore();
})();
