// What is new on the home page since this browser was last there. Nothing leaves the browser: the
// commits that were seen are kept in its storage, by the path of the site. A first visit says nothing of
// what was there before it; what comes while it lasts is new to it.
"use strict";
(() => {
  const line = document.querySelector("[data-visits]");
  if (!line) return;
  const PAUSE = 30 * 60 * 1000; // A page loaded again within half an hour is the same visit.
  const store = `carnet:visits:${new URL(line.dataset.history, location.href).pathname}`;
  const commits = line.dataset.visits.split(" ").map((entry) => {
    const [id, time] = entry.split(":");
    return { id, time: Number(time) };
  });
  const now = Date.now();
  const current = { at: now, newest: Math.max(...commits.map((commit) => commit.time)), ids: commits.map((commit) => commit.id) };
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(store));
  } catch {
    // Refused, or not ours: as on a first visit.
  }
  const isVisit = (visit) => Number.isFinite(visit?.at) && Array.isArray(visit.ids);
  // `last` is what the page showed when it was loaded last, `before` what this visit is compared with: the end
  // of the visit before it, or its own beginning when it is the first. So what arrives within a visit is told in
  // it as long as it lasts, and never taken for seen because the clock says that the visit is the same.
  const last = isVisit(kept?.last) ? kept.last : null;
  let before = isVisit(kept?.before) ? kept.before : last;
  if (last && Math.abs(now - last.at) > PAUSE) before = last;
  before ??= current;
  try {
    localStorage.setItem(store, JSON.stringify({ before, last: current }));
  } catch {
    // Full or refused: the next visit is a first one again.
  }

  // A commit merged late is new although it is older than others that were seen.
  const seen = new Set(before.ids);
  const fresh = commits.filter((commit) => !seen.has(commit.id));
  if (!fresh.length) return;
  const { one, many, today, history } = line.dataset;
  const language = document.documentElement.lang;
  const then = new Date(before.at);
  const isToday = then.toDateString() === new Date(now).toDateString();
  const year = then.getFullYear() === new Date(now).getFullYear() ? {} : { year: "numeric" };
  const date = isToday
    ? today.replace("{time}", then.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }))
    : then.toLocaleDateString(language, { day: "numeric", month: "long", ...year });
  const newest = Math.max(...commits.filter((commit) => seen.has(commit.id)).map((commit) => commit.time), 0);
  const isLinear = newest > 0 && fresh.every((commit) => commit.time > newest);
  // With none of the seen commits left, there may be more new ones than the page knows.
  const query = isLinear || !newest
    ? `since=${new Date((newest || before.newest) * 1000).toISOString().slice(0, 19)}Z`
    : `commits=${fresh.map((commit) => commit.id).join(",")}`;
  const link = document.createElement("a");
  link.href = `${history}?${query}`;
  const count = newest ? fresh.length : `${fresh.length}+`;
  link.textContent = (fresh.length === 1 ? one : many).replace("{n}", count).replace("{date}", date);
  line.append(link);
  const ids = new Set(fresh.map((commit) => commit.id));
  for (const entry of document.querySelectorAll("[data-commit]")) {
    if (!ids.has(entry.dataset.commit)) continue;
    const mark = document.createElement("span");
    mark.className = "badge info";
    mark.textContent = line.dataset.new;
    entry.classList.add("fresh");
    (entry.querySelector(".message") ?? entry).prepend(mark, " ");
  }
})();
