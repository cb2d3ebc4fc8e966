// Leads the label that was scanned on to its record. A label that several assets bear stays in the list, and
// so does everything where scripts are off: the line of the label stands out there.
"use strict";
(() => {
  const lead = () => {
    let label = location.hash.slice(1);
    try {
      label = decodeURIComponent(label);
    } catch {
      // No escape of UTF-8: looked up as it stands.
    }
    const links = document.getElementById(label)?.querySelectorAll("a") ?? [];
    if (links.length === 1) location.replace(links[0].href);
  };
  addEventListener("hashchange", lead);
  lead();
})();
