// Sorts a small table by a column, on the home page: it has nothing to filter, and its scripts must stay light. All
// other tables are table.js's.
"use strict";
(() => {
  let collator; // Made when it is first wanted: it costs a telephone 40 ms.
  const compare = (left, right) =>
    (collator ??= new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" })).compare(left, right);
  for (const table of document.querySelectorAll(".data-table table")) {
    const body = table.tBodies[0];
    const headings = [...table.tHead.rows[0].cells];
    headings.forEach((heading, column) => {
      const isNumber = heading.classList.contains("numeric");
      const key = ({ cells: { [column]: cell } }) => cell.dataset.sort ?? cell.dataset.value ?? cell.textContent.trim();
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const way = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        headings.forEach((other) => other.removeAttribute("aria-sort"));
        heading.setAttribute("aria-sort", way === 1 ? "ascending" : "descending");
        const rows = [...body.rows].filter((row) => row.cells[column]).map((row) => [key(row), row]);
        rows.sort(([left], [right]) => {
          // Empty cells stay last, whichever the direction.
          if (left === "" || right === "") return (left === "") - (right === "");
          return way * (isNumber ? left - right : compare(left, right));
        });
        body.append(...rows.map(([, row]) => row));
      });
    });
  }
})();
