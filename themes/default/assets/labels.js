// Sheets of labels: which ones, on what, and where the first goes. Without it each room begins a page of its own in
// the site's format; with it what is chosen follows one another.
"use strict";
(() => {
  const form = document.querySelector("form");
  const main = document.querySelector("main");
  const facts = document.querySelector("[data-facts]");
  const { format, start } = form.elements;
  const make = (name, ...content) => {
    const element = document.createElement(name);
    element.append(...content);
    return element;
  };
  const box = (text) => {
    const input = make("input");
    input.type = "checkbox";
    input.checked = true;
    return [input, make("label", input, " ", text)];
  };
  const part = (label, name) => label.querySelector(name).textContent;

  // A box for each room, for each spot in it, and for each label; a label names its spot where the one before has another.
  const rooms = [...main.querySelectorAll(".room")].map((room) => {
    const [all, head] = box(room.querySelector("h2").textContent);
    const field = make("fieldset", make("legend", head));
    const spots = [];
    for (const words of room.querySelectorAll(".words")) {
      const label = words.parentElement;
      if (label.dataset.spot) {
        const [spot, line] = box(label.dataset.spot);
        const list = make("div", line);
        spots.push({ all: spot, list, labels: [] });
        field.append(list);
      }
      const { list, labels } = spots.at(-1);
      const [input, line] = box(`${part(label, ".tag")} – ${part(label, ".name")}`);
      labels.push({ label, input });
      list.append(line);
    }
    form.querySelector("details").append(field);
    return { id: room.id, all, spots, labels: spots.flatMap(({ labels }) => labels) };
  });
  const boxes = rooms.flatMap((room) => [room, ...room.spots]);
  for (const own of boxes) own.all.addEventListener("change", () => choose(own, own.all.checked));

  const choose = (room, is) => {
    for (const { input } of room.labels) input.checked = is;
  };
  const blank = () => {
    const label = make("div");
    label.className = "label";
    return label;
  };
  const layout = () => {
    const option = format.selectedOptions[0];
    const count = Number(option.dataset.count);
    start.max = count;
    const used = Math.min(Math.max(Math.trunc(Number(start.value)) || 1, 1), count) - 1;
    const chosen = rooms.flatMap(({ labels }) => labels.filter(({ input }) => input.checked).map(({ label }) => label));
    const places = [...Array.from({ length: used }, blank), ...chosen];
    const sheets = [];
    for (let place = 0; chosen.length > 0 && place < places.length; place += count) {
      const sheet = make("div", ...places.slice(place, place + count));
      sheet.className = "sheet";
      sheets.push(sheet);
    }
    for (const { all, labels } of boxes) {
      const checked = labels.filter(({ input }) => input.checked).length;
      all.checked = checked === labels.length;
      all.indeterminate = checked > 0 && checked < labels.length;
    }
    document.body.className = format.value;
    main.replaceChildren(...sheets);
    facts.textContent = facts.dataset.facts.replace("{labels}", chosen.length).replace("{pages}", sheets.length).replace("{format}", option.text);
  };
  // The address of a room chooses that room.
  const read = () => {
    const named = rooms.find(({ id }) => `#${id}` === location.hash);
    for (const room of rooms) choose(room, !named || room === named);
    layout();
  };
  form.addEventListener("change", layout);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    print();
  });
  addEventListener("hashchange", read);
  form.hidden = false;
  read();
})();
