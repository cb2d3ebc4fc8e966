// Who is on call by the clock of the browser: the page itself only knows the day that it was built for.
"use strict";
(() => {
  const line = document.querySelector("[data-on-call]");
  if (!line) return;
  const items = [...document.querySelectorAll("[data-span]")];
  const mark = () => {
    const now = Date.now();
    const running = items.filter((item) => {
      const [start, end] = item.dataset.span.split(" ").map(Number);
      return start * 1000 <= now && now < end * 1000;
    });
    for (const item of items) {
      item.classList.remove("current");
      item.querySelector(".running")?.remove();
    }
    const names = new Map();
    for (const item of running) {
      item.classList.add("current");
      const name = item.querySelector(".name");
      const badge = document.createElement("span");
      badge.className = "badge success running";
      badge.textContent = line.dataset.mark;
      badge.title = line.dataset.why;
      name.after(" ", badge);
      names.set(name.textContent, name.querySelector("a") ?? name);
    }
    if (!line.dataset.onCall) return;
    const time = new Date(now).toLocaleString(document.documentElement.lang, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
    line.replaceChildren(line.dataset.onCall.replace("{time}", time), " ");
    if (!names.size) line.append(line.dataset.nobody);
    [...names.values()].forEach((name, place) => line.append(place ? ", " : "", name.cloneNode(true)));
  };
  mark();
  setInterval(mark, 60000);
})();
