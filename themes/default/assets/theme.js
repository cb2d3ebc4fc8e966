// Sets the chosen theme before the first paint: the only script that blocks, so that no page flashes.
"use strict";
(function () {
  var root = document.documentElement;
  var theme = null;
  root.dataset.script = "on";
  try {
    theme = localStorage.getItem("carnet:theme");
  } catch (refused) {
    // Storage may be off; the system's choice then stands.
  }
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
})();
