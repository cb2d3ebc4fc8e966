// Filters the history by what the address asks for. The days of the page make way for what is found in
// the shards, read one after the other, newest first. Texts are set as text, never as HTML.
"use strict";
(() => {
  const form = document.querySelector("form[data-history]");
  if (!form) return;
  const words = form.dataset;
  const found = document.querySelector(".found");
  const replaced = document.querySelectorAll(".days, .by-kind, .by-month");
  const status = form.querySelector("[role=status]");
  const reset = form.querySelector("[type=reset]");
  const chips = form.querySelector(".chips");
  const names = [...form.elements].filter((field) => field.name).map((field) => field.name);
  const EXTRA = ["record", "since", "commits"];
  const SELECTS = ["kind", "site", "author", "field", "month"];
  const PAGE = 50;
  const extra = {};
  const unknown = {}; // What the address asks for and no select offers: nothing matches it.
  const files = new Map();
  let turn = 0;

  const make = (tag, name, ...content) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...content);
    return element;
  };
  const link = (text, url) => {
    if (!url) return make("span", "no-target", text);
    const anchor = make("a", "", text);
    anchor.href = url;
    return anchor;
  };
  const shard = (name) => {
    if (!files.has(name)) {
      const answer = fetch(`${words.history}history/${name}`, { cache: "no-cache" }).then((response) => {
        if (!response.ok) throw new Error(`${response.status} ${name}`);
        return response.json();
      });
      answer.catch(() => files.delete(name));
      files.set(name, answer);
    }
    return files.get(name);
  };

  // The commit as far as it matches: only the records that match, only the field that is asked for.
  const fold = (text) => text.normalize("NFC").toLowerCase();
  const matching = (commit, wanted) => {
    if ((wanted.author && commit.by !== wanted.author) || (wanted.month && commit.month !== wanted.month)) return null;
    if (wanted.since && !(commit.time * 1000 > Date.parse(wanted.since))) return null;
    if (wanted.commits && !wanted.commits.split(",").includes(commit.id)) return null;
    const records = (commit.records ?? []).filter((record) =>
      (!wanted.kind || record.kind === wanted.kind) &&
      (!wanted.site || record.sites?.includes(wanted.site)) &&
      (!wanted.field || record.fields?.some((field) => field.key === wanted.field)) &&
      (!wanted.record || fold(`${record.kind}:${record.id}`) === fold(wanted.record)));
    const byRecord = wanted.kind || wanted.site || wanted.field || wanted.record;
    return byRecord && !records.length ? null : { ...commit, records };
  };

  const mark = (tag, sign, word, text) => {
    const plain = make("span", "", sign);
    plain.setAttribute("aria-hidden", "true");
    return make(tag, "", plain, make("span", "visually-hidden", `${word} `), text);
  };
  const fieldLine = (field) => {
    const line = make("li", "", make("span", "label", field.label + words.colon), " ");
    if (field.old && field.new) {
      const arrow = make("span", "arrow", "→");
      arrow.setAttribute("aria-hidden", "true");
      line.append(make("del", "", field.old), " ", arrow, make("span", "visually-hidden", words.becomes), " ", make("ins", "", field.new));
    } else if (field.new) line.append(mark("ins", "+", words.added, field.new));
    else if (field.old) line.append(mark("del", "−", words.taken, field.old));
    for (const item of field.removed ?? []) line.append(mark("del", "−", words.taken, item), " ");
    for (const item of field.added ?? []) line.append(mark("ins", "+", words.added, item), " ");
    if (field.note) line.append(" ", make("em", "", field.note));
    return line;
  };
  const recordLine = (record, wanted) => {
    const name = make("p", "name", link(record.as, record.url && words.history + record.url));
    const option = form.elements.kind?.querySelector(`option[value="${CSS.escape(record.kind)}"]`);
    name.append(" ", make("span", "hint", [option?.textContent ?? record.kind, ...(record.facts ?? [])].join(" · ")));
    const line = make("div", "touched-record", name);
    const fields = (record.fields ?? []).filter((field) => !wanted.field || field.key === wanted.field);
    if (fields.length) line.append(make("ul", "field-changes", ...fields.map(fieldLine)));
    return line;
  };
  const entry = (commit, wanted) => {
    const records = commit.records.map((record) => recordLine(record, wanted));
    const item = make("li", "", make("p", "message", commit.message));
    if (commit.rest) item.append(make("details", "rest", make("summary", "", words.rest), make("p", "", commit.rest)));
    item.append(...records.slice(0, 20));
    if (records.length > 20) {
      const rest = make("details", "folded", make("summary", "", `+ ${records.length - 20}`), ...records.slice(20));
      item.append(rest);
    }
    const time = make("time", "", commit.at);
    time.dateTime = new Date(commit.time * 1000).toISOString();
    const who = make("p", "who", make("span", "author", commit.by), " · ", time);
    if (commit.request) who.append(" · ", link(...commit.request));
    who.append(" · ", make("span", "revision", link(commit.id, commit.url)));
    item.append(who);
    return item;
  };

  // Commits that match, one by one, over all shards.
  async function* matches(wanted) {
    for (const name of words.shards.split(" ").filter(Boolean)) {
      for (const commit of (await shard(name)).commits) {
        const match = matching(commit, wanted);
        if (match) yield match;
      }
    }
  }

  const label = (name) => form.elements[name]?.closest("label").firstChild.textContent ?? name;
  function sayUnknown() {
    turn += 1;
    found.replaceChildren();
    const texts = Object.entries(unknown).map(([name, value]) =>
      words.unknown.replace(/\{(filter|value)\}/g, (_, part) => (part === "value" ? value : label(name))));
    status.textContent = [words.none, ...texts].join(" ");
  }

  async function show(wanted) {
    const mine = ++turn;
    status.textContent = words.loading;
    found.replaceChildren();
    const all = [];
    let failed = false;
    try {
      for await (const commit of matches(wanted)) {
        if (mine !== turn) return;
        all.push(commit);
        if (all.length === PAGE) append(all, 0, wanted);
      }
    } catch (error) {
      console.error(error);
      failed = true;
    }
    if (mine !== turn) return;
    if (all.length < PAGE) append(all, 0, wanted);
    const count = all.length === 1 ? words.one : words.many.replace("{n}", all.length.toLocaleString(document.documentElement.lang));
    status.textContent = failed ? words.failed : all.length ? count : words.none;
    if (all.length > PAGE) found.append(moreButton(all, PAGE, wanted));
  }

  function append(all, from, wanted) {
    let day = found.querySelector(".day:last-of-type");
    let first;
    for (const commit of all.slice(from, from + PAGE)) {
      if (day?.dataset.day !== commit.day) {
        day = make("section", "day", make("h2", "", commit.day), make("ol", "changes"));
        day.dataset.day = commit.day;
        found.append(day);
      }
      const item = entry(commit, wanted);
      day.lastElementChild.append(item);
      first ??= item;
    }
    return first;
  }

  function moreButton(all, from, wanted) {
    const button = make("button", "button", words.more);
    button.type = "button";
    button.addEventListener("click", () => {
      button.remove();
      const item = append(all, from, wanted);
      item.tabIndex = -1;
      item.focus();
      if (all.length > from + PAGE) found.append(moreButton(all, from + PAGE, wanted));
    });
    return button;
  }

  const asked = () => {
    const wanted = { ...extra, ...unknown };
    for (const name of names) if (form.elements[name].value) wanted[name] = form.elements[name].value;
    return wanted;
  };

  // What no select can say is shown as a chip that can be taken away.
  function sayExtra() {
    const since = () => new Date(extra.since).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
    const texts = {
      record: () => words.record.replace("{id}", extra.record.replace(/^[^:]*:/, "")),
      since: () => words.since.replace("{date}", since()),
      commits: () => words.chosen,
    };
    const all = { ...unknown, ...extra };
    chips.replaceChildren(...Object.keys(all).map((name) => {
      const cross = make("span", "", " ×");
      cross.setAttribute("aria-hidden", "true");
      const button = make("button", "button", make("span", "visually-hidden", `${words.drop} `), name in unknown ? `${label(name)}${words.colon} ${unknown[name]}` : texts[name](), cross);
      button.type = "button";
      button.addEventListener("click", () => {
        delete extra[name];
        delete unknown[name];
        apply(true);
        (reset.hidden ? form.querySelector("select") : reset).focus();
      });
      return make("li", "", button);
    }));
    chips.hidden = !Object.keys(all).length;
  }

  function apply(write) {
    const wanted = asked();
    const some = Object.keys(wanted).length > 0;
    for (const part of replaced) part.hidden = some;
    found.hidden = !some;
    reset.hidden = !some;
    for (const name of names) form.elements[name].classList.toggle("active", name in wanted && !(name in unknown));
    sayExtra();
    if (write) {
      const url = new URL(location.href);
      url.search = new URLSearchParams(wanted);
      try {
        history.replaceState(history.state, "", url);
      } catch {
        // Refused when called too often; the filter itself works.
      }
    }
    if (Object.keys(unknown).length) sayUnknown();
    else if (some) show(wanted);
    else {
      turn += 1;
      status.textContent = "";
      found.replaceChildren();
    }
  }

  const query = new URLSearchParams(location.search);
  for (const name of SELECTS) {
    const value = query.get(name);
    if (!value) continue;
    const options = [...(form.elements[name]?.options ?? [])];
    if (options.some((option) => option.value === value)) form.elements[name].value = value;
    else unknown[name] = value;
  }
  for (const name of EXTRA) if (query.get(name)) extra[name] = query.get(name);
  if (extra.since && Number.isNaN(Date.parse(extra.since))) {
    unknown.since = extra.since;
    delete extra.since;
  }
  form.addEventListener("input", (event) => {
    delete unknown[event.target.name];
    apply(true);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const name of names) form.elements[name].value = "";
    for (const kept of [extra, unknown]) for (const name of Object.keys(kept)) delete kept[name];
    apply(true);
    form.querySelector("select").focus();
  });
  apply(false);
})();
