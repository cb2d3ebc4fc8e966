// Fills the holes of a procedure with the values that the link from an asset carries after its `#`. The
// page stays one static file; values are set as text, never as HTML.
"use strict";
(() => {
  const box = document.querySelector("[data-placeholders]");
  if (!box) return;
  const [expects, told] = box.children;
  const link = told.querySelector("a");
  const name = told.querySelector("[data-asset]");
  const holes = [...document.querySelectorAll("span.placeholder[data-field]")];
  const labels = new Map(holes.map((hole) => [hole, hole.textContent]));

  const show = (values) => {
    const asset = values?.get("asset") ?? "";
    for (const hole of holes) {
      // What is pasted in a terminal must not bring a line of its own.
      const value = (values?.get(hole.dataset.field) ?? "").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
      hole.textContent = value || labels.get(hole);
      hole.classList.toggle("filled", value !== "");
    }
    name.textContent = asset;
    // Only what an address of an asset may be; anything else leads nowhere.
    if (/^[\p{L}\p{N}-]+$/u.test(asset)) link.href = box.dataset.placeholders.replace("-asset-", encodeURIComponent(asset));
    else link.removeAttribute("href");
    // Who chose an asset above stands beside its name then.
    const chose = asset && expects.contains(document.activeElement);
    expects.hidden = asset !== "";
    told.hidden = asset === "";
    if (chose) told.querySelector("button").focus();
  };
  // The id of a heading never holds `=`: such a fragment jumps there, and what is filled stays.
  const read = () => {
    if (location.hash.startsWith("#asset=")) show(new URLSearchParams(location.hash.slice(1)));
  };
  told.querySelector("button").addEventListener("click", () => {
    history.replaceState(null, "", location.pathname + location.search);
    show(null);
    expects.focus();
  });
  addEventListener("hashchange", read);
  read();
})();
