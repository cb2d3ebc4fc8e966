// Steps that are ticked, and the run they make: who follows the procedure, on which asset, when each step was done,
// with notes, waits and a log to paste into a ticket. All of it stays in this browser. No text is parsed as HTML.
"use strict";
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const boxes = all("main input.task");
  if (!boxes.length) return;
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const tidy = (text) => text.trim().replace(/\s+/g, " ");
  const page = location.pathname.replace(/index\.html$/, "");

  // Storage can be refused or full: what it does not take lasts as long as the page.
  const memory = new Map();
  const kept = {
    get(key) {
      try {
        return memory.get(key) ?? localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        if (value) localStorage.setItem(key, value);
        else localStorage.removeItem(key);
        memory.delete(key);
        return true;
      } catch {
        memory.set(key, value);
        return false;
      }
    },
    read(key, fallback) {
      try {
        const found = JSON.parse(kept.get(key));
        return found && Array.isArray(found) === Array.isArray(fallback) ? found : fallback;
      } catch {
        return fallback;
      }
    },
  };

  // A step is named by its own words, so that an edit elsewhere moves no tick. They are read before the values of an
  // asset fill their holes: this script comes first.
  const seen = new Map();
  const steps = boxes.map((box) => {
    const label = box.labels[0] ?? box.parentElement;
    const text = tidy(label.textContent).slice(0, 120);
    const turn = (seen.get(text) ?? 0) + 1;
    seen.set(text, turn);
    const item = box.closest("li");
    const list = item?.parentElement;
    const number = list?.tagName === "OL" ? `${list.start + [...list.children].indexOf(item)}. ` : "";
    const words = () => number + tidy(label.textContent);
    return { box, item, words, name: `${text}#${turn}`, before: box.closest("[data-before]") !== null };
  });
  const isDone = (step) => step.box.checked;
  // Of the steps that an « ou » joins, one is enough: together they are one goal, and count once.
  const goals = [];
  for (const step of steps) {
    const last = step.item?.matches(".or + li") && step.item.previousElementSibling;
    step.goal = (last && steps.find(({ item }) => item === last)?.goal) || [];
    if (step.goal.push(step) === 1) goals.push(step.goal);
  }
  const isMet = (goal) => goal.some(isDone);
  const needed = goals.filter(([step]) => step.before);

  // A step stands below a heading. A part of the steps may be about a case that did not occur: it is passed over then.
  const titles = ".prose :is(h2, h3, h4, h5, h6)";
  const heading = (element) =>
    tidy([...element.childNodes].filter((node) => !node.matches?.(".anchor")).map((node) => node.textContent).join(""));
  let below = null;
  const parts = new Map();
  for (const element of all(`main :is(${titles}, input.task)`)) {
    const step = steps.find(({ box }) => box === element);
    if (!step) below = element;
    else if (below && !step.before) {
      step.part = heading(below);
      parts.set(step.part, below);
    }
  }
  const isPassed = (step) => step.part in run.passed;
  const own = () => goals.filter(([step]) => !step.before && !isPassed(step));

  // The asset and the ticket that the procedure was opened from stand in the address. A jump to a heading takes their
  // place there; when the page is then loaded again, they come back.
  const came = `carnet:came:${page}`;
  const session = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      return null;
    }
  };
  const carries = () => /^#(asset|ticket)=/.test(location.hash);
  const given = (key) => (carries() && new URLSearchParams(location.hash.slice(1)).get(key)) || "";
  const remember = () => carries() && session((store) => store.setItem(came, location.hash));
  if (!carries() && performance.getEntriesByType("navigation")[0]?.type === "reload") {
    const hash = session((store) => store.getItem(came));
    if (hash) history.replaceState(history.state, "", hash);
  }
  remember();

  let asset = given("asset");
  let run;
  const key = () => `carnet:run:${page}${asset && `#${asset}`}`;
  let ticketGiven = given("ticket");
  const fresh = () => ({ ticks: {}, notes: {}, waits: {}, passed: {} });
  const listeners = [];

  function load() {
    run = { ...fresh(), ...kept.read(key(), {}) };
    // Ticks of before runs were kept: that they were made is known, not when.
    const old = `carnet:ticks:${page}`;
    const ticked = asset ? [] : kept.read(old, []);
    if (ticked.length) {
      for (const name of ticked) run.ticks[name] ??= 0;
      kept.set(key(), JSON.stringify(run));
      kept.set(old, null);
    }
    run.ticket ||= ticketGiven;
    for (const { box, name } of steps) box.checked = box.defaultChecked || name in run.ticks;
    listeners.forEach((listener) => listener(true));
  }

  function save() {
    const empty = [run.ticks, run.notes, run.waits, run.passed].every((part) => !Object.keys(part).length) && !run.ticket;
    kept.set(key(), empty ? null : JSON.stringify(run));
    listeners.forEach((listener) => listener(false));
  }

  for (const step of steps) {
    step.box.disabled = false;
    step.box.addEventListener("change", () => {
      if (isDone(step)) {
        run.ticks[step.name] = Date.now();
        delete run.passed[step.part];
      } else delete run.ticks[step.name];
      settle();
    });
  }
  function settle() {
    const begun = Object.keys(run.ticks).length;
    if (begun) run.started ??= Date.now();
    else delete run.started;
    if (begun && own().length && own().every(isMet)) run.finished = Date.now();
    else delete run.finished;
    save();
  }
  addEventListener("hashchange", () => {
    if (!carries()) return;
    remember();
    ticketGiven = given("ticket") || ticketGiven;
    // What was begun before its asset was said is about that asset.
    const begun = !asset && kept.get(key());
    const before = key();
    asset = given("asset");
    if (begun && asset && !kept.get(key())) {
      kept.set(key(), begun);
      kept.set(before, null);
    }
    load();
  });
  addEventListener("storage", (event) => {
    if (event.key === key()) load();
  });

  const bar = document.querySelector("[data-run]");
  if (bar) follow(bar);
  load();

  function follow(bar) {
    const words = bar.dataset;
    const part = (name) => document.querySelector(`[data-run-${name}]`);
    const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
    const line = (name, value) => fill(words.line, { name, value });
    const button = (textContent, press) => {
      const made = make("button", { type: "button", className: "button", textContent });
      made.addEventListener("click", () => press(made));
      return made;
    };

    // Moments: a day in words and a time of 24 hours, the same in every browser.
    const { lang } = document.documentElement, french = lang === "fr";
    // Each is made when it is first wanted: a telephone takes a while for one.
    const format = (options) => {
      let made;
      return { format: (value) => (made ??= new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, options)).format(value) };
    };
    const day = format({ day: "numeric", month: "long", year: "numeric" });
    const shortDay = format({ day: "numeric", month: "short" });
    const two = (number) => String(number).padStart(2, "0");
    const time = (moment) => `${two(new Date(moment).getHours())}:${two(new Date(moment).getMinutes())}`;
    const moment = (value) => `${day.format(value).replace(/^1 /, french ? "1er " : "1 ")}, ${time(value)}`;
    const sameDay = (one, other) => day.format(one) === day.format(other);
    const length = (milliseconds) => {
      const minutes = Math.max(Math.round(milliseconds / 60000), 0);
      return minutes < 60 ? `${minutes || "< 1"} min` : `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
    };

    const count = part("count");
    const counted = () => fill(count.dataset.text, { n: own().filter(isMet).length, m: own().length });
    const countedBefore = () => fill(words.before, { n: needed.filter(isMet).length, m: needed.length });
    const [finish, reset, who, ticket, state, said] = ["finish", "reset", "who", "ticket", "state", "wait"].map(part);
    // What of the bar slides under the header once it is there: all that stands above the line with its count.
    const slide = () => {
      const above = Math.min(...[count.parentElement, finish].map((element) => element.offsetTop || Infinity));
      bar.style.setProperty("--away", `${above > 24 ? above + 4 : 0}px`);
    };
    new ResizeObserver(slide).observe(bar);
    // It comes out for the keyboard, and when something is offered; under a finger it does not move.
    let ended = -Infinity;
    const comeOut = () => bar.classList.add("out");
    const goBack = (target) => {
      if (target && !bar.contains(target)) bar.classList.remove("out");
    };
    bar.addEventListener("focusin", ({ target }) => target.matches(":focus-visible") && comeOut());
    bar.addEventListener("focusout", ({ relatedTarget }) => goBack(relatedTarget));
    addEventListener("pointerdown", ({ target }) => goBack(target));
    const probe = "carnet:probe";
    const hint = part("kept");
    if (!kept.set(probe, "1")) hint.textContent = hint.dataset.refused;
    kept.set(probe, null);

    // A procedure with values of an asset in it asks which one it is, where it is followed and on paper.
    const paper = document.querySelector(".run-paper [data-run-asset]");
    const onPaper = () => {
      for (const [name, value] of [["who", who.value.trim()], ["ticket", run.ticket]]) {
        const place = document.querySelector(`.run-paper .${name}`);
        if (place) place.textContent = value ? line(words[name], value) : words[name];
      }
    };
    addEventListener("beforeprint", onPaper);
    const unset = () => paper && make("a", { href: "#run-asset" }, line(words.asset, words.unset));
    listeners.push((isNew) => {
      count.textContent = [counted(), ...(needed.length ? [countedBefore()] : [])].join(" · ");
      Object.assign(bar.querySelector("progress"), { max: own().length || 1, value: own().filter(isMet).length });
      finish.hidden = !run.started || Boolean(run.finished);
      bar.classList.toggle("finished", Boolean(run.finished));
      const moments = run.finished ? [words.finished, run.finished] : run.started && [words.started, run.started];
      const parts = [asset || unset(), moments && line(moments[0], moment(moments[1]))].filter(Boolean);
      state.replaceChildren(...parts.flatMap((one) => [" · ", one]).slice(1));
      if (paper) paper.textContent = asset ? line(words.asset, asset) : words.asset;
      if (isNew) ticket.value = run.ticket;
    });
    who.value = kept.get("carnet:who") ?? "";
    who.addEventListener("input", () => kept.set("carnet:who", who.value.trim() || null));
    ticket.addEventListener("input", () => {
      run.ticket = ticket.value.trim();
      save();
    });

    // The log: plain text, ready for a ticket.
    const commit = words.commit;
    const head = () => {
      const lines = [tidy(document.querySelector("main h1").textContent), location.href.split("#")[0]];
      const put = (name, value) => value && lines.push(line(words[name], value));
      put("version", commit);
      put("asset", asset || (paper && words.unset));
      put("who", who.value.trim());
      put("ticket", run.ticket);
      put("started", run.started && moment(run.started));
      put("finished", run.finished && moment(run.finished));
      put("stopped", run.stopped && moment(run.stopped));
      put("lasted", run.started && length((run.finished ?? run.stopped ?? Date.now()) - run.started));
      lines.push(counted());
      return lines;
    };
    function log() {
      const lines = head();
      let title = "";
      let told = null;
      for (const element of all(`main :is([data-before] .callout-title, ${titles}, input.task)`)) {
        const step = steps.find(({ box }) => box === element);
        if (!step) {
          title = heading(element);
          continue;
        }
        const passed = isPassed(step);
        if (title !== told) lines.push("", ...(title ? [passed ? line(title, words.pass) : title] : []));
        told = title;
        const note = (run.notes[step.name] ?? "").trim();
        if (passed && !isDone(step) && !note) continue;
        let what = step.words();
        // Of alternatives the chosen one is told, and that there was a choice.
        if (step.goal.length > 1 && isMet(step.goal)) {
          if (!isDone(step) && !note) continue;
          const choice = tidy(step.goal[0].item.querySelector(".choice").textContent);
          what = tidy(`${choice} ${what.replace(choice, "").replace(/[,;]? (ou|or)$/i, "")}`);
        }
        const at = run.ticks[step.name];
        const when = at ? `${sameDay(at, run.started ?? at) ? "" : `${shortDay.format(at)} `}${time(at)} ` : "";
        lines.push(`[${isDone(step) ? "x" : " "}] ${when}${what}`);
        if (note) lines.push(...note.split("\n").map((text, place) => `    ${place ? text : line(words.note, text)}`));
      }
      // Ordinary blanks: where the log is pasted, others may show as boxes.
      return `${lines.join("\n").replace(/[\u00a0\u202f]/g, " ")}\n`;
    }

    // The clipboard needs a secure page. By host name over http the old command still works; where it does not either,
    // the text is shown, selected.
    async function copy(text, button) {
      bar.querySelector("label")?.remove();
      const field = make("textarea", { value: text, readOnly: true, rows: 8 });
      const holder = make("label", {}, words.log, field);
      let done = false;
      try {
        await navigator.clipboard.writeText(text);
        done = true;
      } catch {
        bar.append(holder);
        field.select();
        try {
          done = document.execCommand("copy");
        } catch {
          // Refused: it stays in sight.
        }
      }
      if (!done) {
        field.addEventListener("keydown", (event) => {
          if (event.key !== "Escape") return;
          holder.remove();
          button.focus();
        });
        return;
      }
      holder.remove();
      button.focus();
      button.textContent = document.body.dataset.copied;
      setTimeout(() => (button.textContent = words.copy), 2000);
    }
    part("copy").addEventListener("click", (event) => copy(log(), event.currentTarget));

    // The runs that ended, newest first.
    const past = `carnet:runs:${page}`;
    const holder = document.querySelector("[data-runs]");
    function showPast() {
      const runs = kept.read(past, []);
      holder.hidden = !runs.length;
      const items = runs.map((old, place) => {
        const facts = [moment(old.at), old.asset, old.ticket, old.done].filter(Boolean).join(" · ");
        const forget = button(words.delete, () => {
          const left = kept.read(past, []).filter((_, index) => index !== place);
          kept.set(past, left.length ? JSON.stringify(left) : null);
          showPast();
          (holder.hidden ? reset : holder.querySelector("summary")).focus();
        });
        return make("li", {}, `${facts} `, button(words.copy, (pressed) => copy(old.log, pressed)), " ", forget);
      });
      holder.querySelector("ul").replaceChildren(...items);
    }
    addEventListener("storage", (event) => {
      if (event.key === past) showPast();
    });
    showPast();
    // Nothing is lost by starting over: what was begun goes to the earlier runs, that is said, and it can be taken back.
    // So can an end before the last step.
    const over = part("over"), undo = button(words.undo, () => {
      kept.set(past, earlier.past);
      kept.set(key(), earlier.run);
      showPast();
      load();
      reset.focus();
    });
    const offer = (text) => {
      over.textContent = text;
      over.parentElement.append(undo);
    };
    let earlier;
    listeners.push((isNew) => {
      const lacks = needed.every(isMet) ? [] : [words.unready];
      if (paper && !asset) lacks.push(`${line(words.asset, words.unset)}.`);
      const text = !isNew && run.finished ? lacks.join(" ") : "";
      // The same words again would be read out again.
      if (over.textContent !== text) over.textContent = text;
      undo.remove();
    });
    finish.addEventListener("click", () => {
      earlier = { past: kept.get(past), run: kept.get(key()) };
      run.finished = Date.now();
      said.textContent = "";
      save();
      if (!own().every(isMet)) offer(`${words.early} ${over.textContent}`.trim());
      ended = performance.now();
      comeOut();
      reset.focus({ preventScroll: true });
    });
    reset.addEventListener("click", ({ detail }) => {
      // A second tap meant what stood here before.
      if (detail && performance.now() - ended < 500) return;
      const begun = run.started || Object.keys({ ...run.notes, ...run.passed }).length;
      earlier = { past: kept.get(past), run: kept.get(key()) };
      if (begun) {
        if (!run.finished) run.stopped = Date.now();
        const at = run.started ?? run.stopped;
        const runs = [{ at, asset, ticket: run.ticket, done: counted(), log: log() }, ...kept.read(past, [])];
        kept.set(past, JSON.stringify(runs.slice(0, 10)));
        showPast();
      }
      kept.set(key(), null);
      said.textContent = "";
      load();
      if (begun) offer(words.over);
    });
    document.querySelector("[data-placeholders] button")?.addEventListener("click", () => {
      session((store) => store.removeItem(came));
      asset = "";
      load();
    });

    if (parts.size > 1) for (const [name, title] of parts) passing(name, title);
    function passing(name, title) {
      const pass = button(words.pass, () => {
        if (name in run.passed) delete run.passed[name];
        else run.passed[name] = Date.now();
        settle();
      });
      pass.classList.add("note-button");
      pass.setAttribute("aria-label", line(words.pass, name));
      title.after(make("div", { className: "pass" }, pass));
      listeners.push(() => pass.setAttribute("aria-pressed", name in run.passed));
    }
    listeners.push(() => {
      for (const step of steps) {
        const isSpared = !isDone(step) && (isPassed(step) || isMet(step.goal));
        step.item?.classList.toggle("spared", isSpared);
      }
    });

    for (const step of steps) noting(step);
    function noting(step) {
      const name = line(words.note, step.words());
      const field = make("textarea", { rows: 2, hidden: true });
      const paper = make("p", { className: "note-paper" });
      const open = button(words.note, () => {
        field.hidden = !field.hidden && !field.value;
        open.setAttribute("aria-expanded", !field.hidden);
        if (!field.hidden) field.focus();
      });
      open.className = "note-button";
      open.setAttribute("aria-label", name);
      field.setAttribute("aria-label", name);
      field.addEventListener("input", () => {
        if (field.value.trim()) run.notes[step.name] = field.value;
        else delete run.notes[step.name];
        save();
      });
      step.tools = make("div", { className: "step-tools" });
      step.item.insertBefore(make("div", {}, open, step.tools, field, paper), step.item.querySelector(":scope > :is(ul, ol)"));
      listeners.push((isNew) => {
        const note = run.notes[step.name] ?? "";
        paper.textContent = note && line(words.note, note);
        if (!isNew) return;
        field.value = note;
        field.hidden = !note;
        open.setAttribute("aria-expanded", !field.hidden);
      });
    }

    // Waits: the end is kept, so that a reload loses nothing. Several may run at once.
    const title = document.title;
    const waits = all("main .timer[data-seconds]").map((span, place) => {
      const text = span.textContent.replace(/^[^:]*:\s*|\)$/g, "");
      const name = `${place}:${span.dataset.seconds}`;
      const wait = { name, text, running: false };
      wait.button = button("", () => {
        if (name in run.waits) delete run.waits[name];
        else {
          run.waits[name] = Date.now() + span.dataset.seconds * 1000;
          said.textContent = fill(words.begun, { time: text });
        }
        wait.running = name in run.waits;
        save();
      });
      const step = steps.find(({ item }) => item === span.closest("li"));
      if (step) step.tools.append(wait.button);
      else span.after(" ", wait.button);
      return wait;
    });
    const left = (milliseconds) => {
      const seconds = Math.ceil(milliseconds / 1000);
      const hours = Math.floor(seconds / 3600);
      return `${hours ? `${hours}:` : ""}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    };
    const nearest = part("left");
    let beat;
    function tell() {
      const now = Date.now();
      const over = [];
      const rests = [];
      for (const wait of waits) {
        // A run that has ended waits for nothing.
        const end = run.finished ? undefined : run.waits[wait.name];
        const rest = end === undefined ? 0 : end - now;
        const text = end === undefined ? words.wait : rest > 0 ? words.waiting : words.waited;
        const shown = fill(text, { time: rest > 0 ? left(rest) : wait.text });
        if (wait.button.textContent !== shown) wait.button.textContent = shown;
        wait.button.classList.toggle("over", end !== undefined && rest <= 0);
        if (end !== undefined && rest <= 0) {
          over.push(wait.text);
          if (wait.running) said.textContent = shown;
        }
        wait.running = rest > 0;
        if (wait.running) rests.push(rest);
      }
      nearest.textContent = rests.length ? ` · ${fill(words.left, { time: left(Math.min(...rests)) })}` : "";
      document.title = over.length ? `⏰ ${over.join(", ")} – ${title}` : title;
      if (rests.length && !beat) beat = setInterval(tell, 500);
      if (!rests.length) beat = clearInterval(beat);
    }
    listeners.push(tell);

    // The screen stays on while a run is open, where the browser can do that and the reader wishes it.
    const awake = part("awake");
    const wish = awake.querySelector("input");
    let lock = null;
    let asked = false;
    async function hold() {
      const wanted = wish.checked && run.started && !run.finished && !document.hidden;
      if (!wanted) {
        lock?.release();
        lock = null;
      } else if (!lock && !asked) {
        asked = true;
        try {
          const got = await navigator.wakeLock.request("screen");
          got.addEventListener("release", () => lock === got && (lock = null));
          lock = got;
          asked = false;
          hold();
        } catch {
          // Refused, as with a low battery: the screen does as it is set.
        }
        asked = false;
      }
    }
    if ("wakeLock" in navigator) {
      awake.inert = false;
      wish.checked = kept.get("carnet:awake") === "1";
      wish.addEventListener("change", () => {
        kept.set("carnet:awake", wish.checked ? "1" : null);
        hold();
      });
      document.addEventListener("visibilitychange", hold);
      listeners.push(hold);
    }
  }
})();
