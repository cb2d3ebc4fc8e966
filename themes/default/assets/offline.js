// The page where a reader chooses what stays readable without the network: sizes from the list of the published
// site, progress, stop, removal. The work is the worker's (offline-worker.js), asked for in short steps.
"use strict";
(() => {
  const form = document.querySelector("[data-offline]");
  if (!form) return;
  const words = form.dataset;
  const rows = [...form.querySelectorAll("[data-section]")];
  const at = (name) => form.querySelector(`[data-${name}]`);
  const [all, total, keep, stop, remove, bar] = ["all", "total", "keep", "stop", "remove", "bar"].map(at);
  const [state, said] = ["state", "said"].map((name) => document.querySelector(`[data-offline-${name}]`));
  const language = document.documentElement.lang;
  const integer = new Intl.NumberFormat(language);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  let sections = {};
  let worker = null;
  let running = false;
  let stopped = false;

  function size(bytes) {
    let unit = 0;
    let value = bytes;
    for (; value >= 1000 && unit < 3; unit += 1) value /= 1000;
    const name = ["byte", "kilobyte", "megabyte", "gigabyte"][unit];
    const digits = value < 10 && unit ? 1 : 0;
    return new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: unit ? "short" : "long", maximumFractionDigits: digits }).format(value);
  }

  const tell = (element, text, tone = "info") => {
    element.textContent = text;
    element.className = `notice ${tone}`;
    element.hidden = !text;
  };
  const box = (row) => row.querySelector("input");
  const chosen = () => rows.filter((row) => box(row).checked).map((row) => row.dataset.section);

  const ask = (question) => new Promise((done, failed) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (data.error ? failed(new Error(data.error)) : done(data));
    worker.postMessage(question, [port2]);
  });

  function sum() {
    const names = chosen();
    const base = names.length && sections._base ? sections._base.bytes : 0;
    total.textContent = size(names.reduce((sum, name) => sum + sections[name].bytes, base));
    const usable = rows.filter((row) => !row.hidden);
    all.checked = names.length === usable.length;
    all.indeterminate = names.length > 0 && !all.checked;
  }

  async function room() {
    const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
    return quota ? fill(words.room, { size: size(Math.max(quota - usage, 0)) }) : "";
  }

  async function show({ sections: kept, opened }, isFresh) {
    for (const row of rows) {
      const isKept = kept.includes(row.dataset.section);
      row.querySelector("[data-kept]").hidden = !isKept;
      if (isFresh) box(row).checked = isKept;
    }
    await list(kept).catch(() => {});
    remove.hidden = !kept.length && !opened;
    sum();
    tell(state, `${fill(words.opened, { n: integer.format(opened) })} ${await room()}`);
  }

  function busy(is) {
    running = is;
    keep.hidden = is;
    stop.hidden = bar.hidden = !is;
    for (const input of [all, ...rows.map(box), remove]) input.disabled = is;
    (is ? stop : keep).focus();
  }

  // Keeps what is chosen, step by step; what is there already is not fetched again.
  async function work(names) {
    if (running) return;
    stopped = false;
    busy(true);
    try {
      navigator.storage?.persist?.().catch(() => {});
      let now = await ask({ ask: "keep", sections: names });
      while (!now.done && !stopped) {
        bar.max = now.allBytes || 1;
        bar.value = now.bytes;
        tell(said, fill(words.progress, { files: integer.format(now.files), all: integer.format(now.allFiles), bytes: size(now.bytes), size: size(now.allBytes) }));
        now = await ask({ ask: "step" });
      }
      tell(said, now.done ? words.done : words.stopped, now.done ? "success" : "info");
      await show(await ask({ ask: "state" }), now.done);
    } catch (error) {
      tell(said, words[error.message] ?? words.failed, "warning");
      await show(await ask({ ask: "state" }));
    }
    busy(false);
  }

  // What can be opened without the network: sections that are kept whole, then the pages that were opened.
  const plain = (title) => title.replace(/&(#x?\w+|amp|lt|gt|quot);/g, (whole, name) => {
    const code = name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return { amp: "&", lt: "<", gt: ">", quot: '"' }[name] ?? (code ? String.fromCodePoint(code) : whole);
  });
  async function list(kept) {
    const place = document.querySelector("[data-list]");
    const whole = rows.filter(({ dataset: { section } }) => kept.includes(section) && section !== "_pages");
    const folder = ({ dataset: { section } }) => new URL(`${words.root}${section}/`, location.href).href;
    const { pages } = await ask({ ask: "pages" });
    const links = [...whole.map((row) => [folder(row), row.querySelector("label").textContent.trim()]), ...pages.map(({ url, title }) => [url, plain(title)])];
    place.hidden = !links.length;
    place.querySelector("ul").replaceChildren(...links.map(([href, textContent]) => {
      const item = document.createElement("li");
      item.append(Object.assign(document.createElement("a"), { href, textContent }));
      return item;
    }));
  }

  // Where a page led that is not kept.
  function missing() {
    const asked = new URLSearchParams(location.search).get("missing");
    const root = new URL(words.root, location.href).href;
    if (!asked?.startsWith(root)) return;
    tell(said, `${words.missing} `, "warning");
    said.append(Object.assign(document.createElement("a"), { href: asked, textContent: words.again }));
  }

  async function start() {
    if (document.querySelector("script[data-tag]")) return tell(state, words.live);
    if (!isSecureContext) return tell(state, words.insecure, "warning");
    if (!navigator.serviceWorker) return tell(state, words.refused, "warning");
    missing();
    try {
      const registered = await navigator.serviceWorker.register(carnetPolicy.createScriptURL(`${words.root}offline-worker.js`), { updateViaCache: "none" });
      if (!registered) throw new Error("refused");
      worker = (await navigator.serviceWorker.ready).active;
    } catch {
      // Without the network the worker that is there already serves.
      worker = navigator.serviceWorker.controller;
    }
    if (!worker) return tell(state, words.refused, "warning");
    const kept = await ask({ ask: "state" });
    remove.addEventListener("click", async () => {
      await show(await ask({ ask: "remove" }), true);
      tell(said, words.removed, "success");
      keep.focus();
    });
    const answer = await fetch(words.index, { cache: "no-cache" }).catch(() => null);
    if (!answer?.ok) {
      for (const row of rows) box(row).checked = kept.sections.includes(row.dataset.section);
      form.hidden = false;
      tell(state, words.unlisted, "warning");
      await list(kept.sections);
      return;
    }
    const index = await answer.json();
    sections = index.sections;
    for (const row of rows) {
      const own = sections[row.dataset.section];
      row.hidden = !own;
      if (!own) continue;
      row.querySelector("[data-files]").textContent = integer.format(own.files);
      row.querySelector("[data-size]").textContent = size(own.bytes);
      box(row).disabled = false;
      box(row).addEventListener("change", () => {
        // A section without the search is hard to read: it comes with the first one, unless it is taken out.
        const search = rows.find(({ dataset }) => dataset.section === "search");
        if (search && box(row).checked && chosen().length === 1) box(search).checked = true;
        sum();
      });
    }
    all.disabled = keep.disabled = false;
    form.hidden = false;
    all.addEventListener("change", () => {
      for (const row of rows) box(row).checked = all.checked && !row.hidden;
      sum();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      work(chosen());
    });
    stop.addEventListener("click", () => (stopped = true));
    await show(kept, true);
    if (kept.build && kept.build !== index.build) await work(kept.sections);
  }
  start().catch(() => tell(state, words.failed, "warning"));
})();
