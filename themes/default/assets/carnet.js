// What a page does beyond reading: theme, copied code, current heading. Tables are table.js’s.
// Everything here is an addition: without it each page still reads. No text is ever parsed as HTML.
"use strict";
(() => {
  const root = document.documentElement;
  const { worker } = document.currentScript.dataset;
  // The one policy of the site for addresses of scripts; a page may make it once.
  const pass = { createScriptURL: (url) => url };
  globalThis.carnetPolicy = globalThis.trustedTypes ? trustedTypes.createPolicy("carnet", pass) : pass;
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

  // The address of a heading is copied on the way to it, and that is said where it was asked.
  function anchors() {
    for (const anchor of all("main .anchor")) {
      anchor.addEventListener("click", async (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        const said = anchor.nextElementSibling ?? make("span", { className: "hint", role: "status" });
        anchor.after(said);
        if (!(await copy(anchor.href))) return;
        said.textContent = ` ${document.body.dataset.copied}`;
        setTimeout(() => (said.textContent = ""), 2000);
      });
    }
  }

  // A card with what one looks for in a record, over a link to it: words of its page, never its markup. It waits a
  // little, stays while the pointer is on it, and goes with Escape. None for fingers, nor without a server.
  const top = new URL("../", document.currentScript.src);
  function cards() {
    if (!matchMedia("(hover: hover)").matches || !location.protocol.startsWith("http")) return;
    const pages = new Map();
    let [card, owner, timer] = [];
    const load = (url) =>
      new Promise((done) => {
        const request = new XMLHttpRequest();
        request.open("GET", url);
        request.responseType = "document";
        request.onload = () => done(request.status === 200 ? request.response : null);
        request.onerror = () => done(null);
        request.send();
      });
    const hide = () => {
      clearTimeout(timer);
      card?.remove();
      owner?.removeAttribute("aria-describedby");
      card = owner = undefined;
    };
    const show = async (link) => {
      if (!pages.has(link.href)) pages.set(link.href, load(link.href));
      const page = await pages.get(link.href);
      const facts = page ? all(".record-head ~ .strip > div", page) : [];
      if (owner !== link || !facts.length) return;
      const words = (element) => element.textContent.trim().replace(/\s+/g, " ");
      const badges = all(".identity .badge", page).map((badge) => make("span", { className: badge.className }, words(badge)));
      const lines = facts.map((fact) => make("div", {}, ...[...fact.children].map((part) => make(part.localName, {}, words(part)))));
      const name = make("p", {}, make("strong", {}, words(page.querySelector("h1"))), ...badges.flatMap((badge) => [" ", badge]));
      card = make("div", { className: "panel record-card", id: "recordCard", role: "tooltip" }, name, make("dl", { className: "fields" }, ...lines));
      card.addEventListener("pointerenter", () => clearTimeout(timer));
      card.addEventListener("pointerleave", later);
      document.body.append(card);
      const [place] = link.getClientRects();
      const below = place.bottom + card.offsetHeight < innerHeight;
      card.style.top = `${scrollY + (below ? place.bottom : Math.max(place.top - card.offsetHeight, 0))}px`;
      card.style.left = `${Math.max(Math.min(place.left, root.clientWidth - card.offsetWidth - 8), 8)}px`;
      link.setAttribute("aria-describedby", card.id);
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(hide, 250);
    };
    const start = (event) => {
      const link = event.target.closest?.("main a[href]");
      if (!link || event.pointerType === "touch") return;
      clearTimeout(timer);
      if (link === owner) return;
      hide();
      const path = link.href.startsWith(top.href) ? link.href.slice(top.href.length) : "";
      if (!/^(en\/)?[\w-]+\/[^/?#.]+\/$/.test(path) || link.pathname === location.pathname) return;
      owner = link;
      timer = setTimeout(() => show(link), 300);
    };
    addEventListener("pointerover", start);
    addEventListener("focusin", start);
    addEventListener("pointerout", (event) => event.target.closest?.("main a[href]") && later());
    addEventListener("focusout", hide);
    addEventListener("keydown", (event) => event.key === "Escape" && hide());
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
    later();
    const sheet = document.getElementById("contentsSheet");
    sheet.addEventListener("click", (event) => {
      if (event.target.closest("a") && sheet.matches(":popover-open")) sheet.hidePopover();
    });
  }

  // What opens over the page takes the focus, which would else stay under it.
  function sheets() {
    for (const sheet of all("nav[popover]")) {
      sheet.addEventListener("toggle", ({ newState }) => newState === "open" && sheet.querySelector("a, button").focus());
    }
  }

  function navigation() {
    const current = document.querySelector(".navigation [aria-current]");
    const tree = current?.closest(".navigation");
    // In the frame that is drawn anyway: to ask now where it stands would lay the page out once more.
    if (tree) requestAnimationFrame(() => {
      if (current.offsetTop > tree.clientHeight - 40) tree.scrollTop = current.offsetTop - tree.clientHeight / 2;
    });
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

  // What is opened stays readable without the network (offline-worker.js): over https or on this machine, and not
  // under `carnet serve`, whose pages change as they are written.
  function offline() {
    if (!worker || !navigator.serviceWorker || document.querySelector("script[data-tag]")) return;
    addEventListener("load", async () => {
      // A page that came before its worker hands over what it loaded.
      const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
      const opened = navigator.serviceWorker.controller ? [] : [location.href, ...loaded];
      try {
        await navigator.serviceWorker.register(carnetPolicy.createScriptURL(worker), { updateViaCache: "none" });
        const { active } = await navigator.serviceWorker.ready;
        active.postMessage({ opened });
      } catch {
        // Refused by the browser or by a policy: the page says so where it is asked for.
      }
    });
  }

  for (const part of [themes, codeBlocks, anchors, cards, contents, sheets, navigation, printing, offline]) {
    try {
      part();
    } catch (error) {
      // One broken part must not take the others with it.
      console.error(error);
    }
  }
})();
