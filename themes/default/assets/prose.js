// What a text may hold beyond words: tabs, which stay in step across the site, and pictures to enlarge.
// Without this the tabs stand one under another with their names as headings. No text is parsed as HTML.
"use strict";
(() => {
  const words = document.currentScript.dataset;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // The names of the tabs last chosen, latest first: a group shows the first of them that it has.
  const KEY = "carnet:tabs";
  const MOST = 20;
  let chosen = [];
  function recall() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      if (Array.isArray(kept)) chosen = kept.filter((name) => typeof name === "string").slice(0, MOST);
    } catch {
      // Refused, or not ours: what is chosen holds until the page is left.
    }
  }
  function keep(name) {
    chosen = [name, ...chosen.filter((other) => other !== name)].slice(0, MOST);
    try {
      localStorage.setItem(KEY, JSON.stringify(chosen));
    } catch {
      // As above.
    }
  }

  const groups = [];

  function show(group, tab) {
    for (const other of group.tabs) {
      const selected = other === tab;
      other.button.setAttribute("aria-selected", selected);
      other.button.tabIndex = selected ? 0 : -1;
      // Where the browser can, its search finds what is hidden; elsewhere the value means hidden. A panel that
      // can be found has a box still, and must not take the focus.
      const [give, take] = selected ? ["tabindex", "hidden"] : ["hidden", "tabindex"];
      other.panel.setAttribute(give, selected ? "0" : "until-found");
      other.panel.removeAttribute(take);
    }
  }

  function follow(group) {
    const name = chosen.find((name) => group.tabs.some((tab) => tab.name === name));
    show(group, group.tabs.find((tab) => tab.name === name) ?? group.tabs[0]);
  }

  // A group that is asked for a tab shows it, and all others with a tab of that name with it; what the
  // reader looks at stays where it is on the screen.
  function choose(group, tab) {
    const before = group.list.getBoundingClientRect().top;
    keep(tab.name);
    groups.forEach(follow);
    scrollBy({ top: group.list.getBoundingClientRect().top - before, behavior: "instant" });
  }

  function group(holder) {
    const panels = all(":scope > .tab", holder);
    const list = make("div", { className: "tab-list", role: "tablist" });
    const title = holder.querySelector(":scope > .callout-title");
    if (title) list.setAttribute("aria-label", title.textContent);
    const made = { list, tabs: [] };
    made.tabs = panels.map((panel, place) => {
      const heading = panel.firstElementChild;
      const text = [...heading.childNodes].filter((node) => !node.classList?.contains("anchor")).map((node) => node.textContent).join("").trim();
      // No heading of a text has an id with a colon.
      const id = `tab:${groups.length}:${place}`;
      const button = make("button", { type: "button", role: "tab", className: "button", id, textContent: text });
      panel.id = `${id}:panel`;
      button.setAttribute("aria-controls", panel.id);
      panel.role = "tabpanel";
      panel.setAttribute("aria-labelledby", id);
      heading.hidden = true;
      const tab = { name: text.toLowerCase(), button, panel };
      button.addEventListener("click", () => choose(made, tab));
      panel.addEventListener("beforematch", () => choose(made, tab));
      return tab;
    });
    list.append(...made.tabs.map((tab) => tab.button));
    list.addEventListener("keydown", (event) => {
      const at = made.tabs.findIndex((tab) => tab.button === event.target);
      const last = made.tabs.length - 1;
      const next = {
        ArrowRight: at === last ? 0 : at + 1,
        ArrowLeft: at === 0 ? last : at - 1,
        Home: 0,
        End: last,
      }[event.key];
      if (at < 0 || next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      choose(made, made.tabs[next]);
      made.tabs[next].button.focus();
    });
    panels[0].before(list);
    groups.push(made);
    follow(made);
  }

  // A link to a heading within a hidden tab opens it, that of a tab's name as well.
  function reveal() {
    let target;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return;
    }
    const around = groups.filter((group) => group.tabs.some((tab) => tab.panel.contains(target)));
    if (!target || !around.length) return;
    for (const group of around) show(group, group.tabs.find((tab) => tab.panel.contains(target)));
    (target.hidden ? around.at(-1).list : target).scrollIntoView();
  }

  function tabs() {
    recall();
    all(".tabs").filter((holder) => holder.querySelector(":scope > .tab")).forEach(group);
    if (!groups.length) return;
    addEventListener("hashchange", reveal);
    // A click on the link of the address at hand changes nothing that is told.
    addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href*='#']");
      if (link && link.href === location.href) reveal();
    });
    if (location.hash) reveal();
  }

  // A picture that is larger than shown becomes a link to its file, which opens over the page.
  function enlarge(picture, link) {
    const large = make("img", { src: picture.currentSrc || picture.src, alt: picture.alt });
    const close = make("button", { type: "button", className: "button", textContent: words.close });
    const dialog = make("dialog", { className: "enlarged" }, close, large);
    dialog.setAttribute("aria-label", picture.alt || words.enlarge);
    // A drawing is as large as the window lets it be, and larger on a phone: there it is moved about.
    const { clientWidth: width, clientHeight: height } = picture;
    const fit = Math.min(innerWidth * 0.94, innerHeight * 0.86 * (width / height));
    if (isDrawing(picture)) large.width = Math.max(fit, width * 2);
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      link.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  const isDrawing = (picture) => /\.svg$/i.test(new URL(picture.src, location.href).pathname);

  function isLarger(picture) {
    const width = picture.clientWidth;
    // A drawing has no size of its own. A small one is a sign within the line.
    if (isDrawing(picture)) return width > 96 && width < innerWidth * 0.9;
    return width > 0 && picture.naturalWidth > width * 1.05;
  }

  function pictures() {
    const sizes = new ResizeObserver((entries) => {
      for (const { target } of entries) {
        if (!target.complete || !isLarger(target)) continue;
        sizes.unobserve(target);
        if (target.closest("a")) continue;
        const link = make("a", { className: "enlarge", href: target.src, title: words.enlarge });
        link.setAttribute("aria-haspopup", "dialog");
        link.setAttribute("aria-label", [words.enlarge, target.alt].filter(Boolean).join(", "));
        link.addEventListener("click", (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          enlarge(target, link);
        });
        target.replaceWith(link);
        link.append(target);
      }
    });
    all(".prose img").filter((picture) => !picture.closest("a, button, summary")).forEach((picture) => {
      sizes.observe(picture);
      // Where the size is given beforehand, loading alone does not change it.
      picture.addEventListener("load", () => {
        sizes.unobserve(picture);
        sizes.observe(picture);
      });
    });
  }

  for (const part of [tabs, pictures]) {
    try {
      part();
    } catch (error) {
      // One broken part must not take the other with it.
      console.error(error);
    }
  }
})();
