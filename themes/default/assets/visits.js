// What is new on the home page since this browser was last there. Nothing leaves the browser: the
// commits that were seen are kept in its storage, by the path of the site. A first visit says nothing.
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
  const current = { at: now, newest: commits[0].time, ids: commits.map((commit) => commit.id) };
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(store));
  } catch {
    // Refused, or not ours: as on a first visit.
  }
  const isVisit = (visit) => Number.isFinite(visit?.at) && Array.isArray(visit.ids);
  // `before` is the visit that this one is compared with, `last` the last time the page was loaded.
  let before = isVisit(kept?.before) ? kept.before : null;
  if (isVisit(kept?.last) && now - kept.last.at > PAUSE) before = kept.last;
  try {
    localStorage.setItem(store, JSON.stringify({ before, last: current }));
  } catch {
    // Full or refused: the next visit is a first one again.
  }
  if (!before) return;

  // A commit merged late is new although it is older than others that were seen.
  const seen = new Set(before.ids);
  const fresh = commits.filter((commit) => !seen.has(commit.id));
  if (!fresh.length) return;
  const { one, many, history } = line.dataset;
  const date = new Date(before.at).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long" });
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
