// Who is on call by the clock of the browser: the page itself only knows the day that it was built for.
"use strict";
(() => {
  const line = document.querySelector("[data-on-call]");
  if (!line) return;
  const items = [...document.querySelectorAll("[data-span]")];
  const mention = (name, kind, text) => {
    const badge = document.createElement("span");
    badge.className = `badge ${kind}`;
    badge.textContent = text;
    badge.title = line.dataset.why;
    name.after(" ", badge);
  };
  // In a list of the day, whoever is to be called stands first; a turn that is over goes when somebody has the next.
  const sort = (list, now) => {
    const all = [...list.children].map((item) => [item, ...(item.dataset.span || "").split(" ").map((time) => time * 1000)]);
    const place = ([item, , end]) => (item.classList.contains("current") ? 0 : end <= now ? 2 : 1);
    const someone = all.some((one) => place(one) === 0);
    all.sort((one, other) => place(one) - place(other) || one[1] - other[1]);
    // Moving what has the focus would take it away.
    if (all.some(([item], number) => item !== list.children[number])) list.append(...all.map(([item]) => item));
    for (const one of all) {
      if (place(one) < 2) continue;
      mention(one[0].querySelector(".name"), "neutral over", line.dataset.over);
      one[0].hidden = someone;
    }
  };
  const mark = () => {
    const now = Date.now();
    const running = items.filter((item) => {
      const [start, end] = item.dataset.span.split(" ").map(Number);
      return start * 1000 <= now && now < end * 1000;
    });
    for (const item of items) {
      item.classList.remove("current");
      item.hidden = false;
      for (const badge of item.querySelectorAll(".running, .over")) badge.remove();
    }
    const names = new Map();
    for (const item of running) {
      item.classList.add("current");
      const name = item.querySelector(".name");
      mention(name, "success running", line.dataset.mark);
      names.set(name.textContent, name.querySelector("a") ?? name);
    }
    for (const list of document.querySelectorAll("[data-now]")) sort(list, now);
    if (!line.dataset.onCall) return;
    const { lang } = document.documentElement;
    const told = new Date(now).toLocaleString(lang, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
    const time = lang === "fr" ? told.replace(/ 1 /, " 1er ") : told;
    line.replaceChildren(line.dataset.onCall.replace("{time}", time), " ");
    if (!names.size) line.append(line.dataset.nobody);
    [...names.values()].forEach((name, place) => line.append(place ? ", " : "", name.cloneNode(true)));
  };
  mark();
  setInterval(mark, 60000);
})();
