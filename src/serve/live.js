// Follows the server while a page is open: reloads it when its bytes changed, and shows what is wrong
// with the project over it. Added to pages by `carnet serve` only.
(function () {
  "use strict";
  var tag = document.currentScript && document.currentScript.getAttribute("data-tag");
  var PLACE = "carnet-live-place";
  var source = null;
  var panel = null;
  var dismissed = null;
  var behind = "";

  function keepPlace() {
    try {
      sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, scrollX, scrollY]));
    } catch (_) { /* storage is off: the browser's own memory of the place has to do */ }
  }

  function restorePlace() {
    try {
      var place = JSON.parse(sessionStorage.getItem(PLACE));
      sessionStorage.removeItem(PLACE);
      if (place && place[0] === location.pathname) {
        scrollTo({ left: place[1], top: place[2], behavior: "instant" });
      }
    } catch (_) { /* as above */ }
  }

  function followPage() {
    return fetch(location.pathname, { method: "HEAD", cache: "no-store" }).then(function (answer) {
      var now = answer.headers.get("ETag");
      if (tag && now && now !== '"' + tag + '"') {
        keepPlace();
        location.reload();
      }
    });
  }

  function followFindings() {
    return fetch("/_carnet/diagnostics.json", { cache: "no-store" })
      .then(function (answer) { return answer.json(); })
      .then(function (findings) {
        show(findings);
        tellSearch(findings.search);
      });
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function show(findings) {
    if (panel) panel.remove();
    panel = null;
    if (!findings.text || findings.version === dismissed) return;
    panel = element("section", "carnet-live");
    panel.setAttribute("role", "alert");
    var head = element("header", "carnet-live-head");
    var close = element("button", "carnet-live-close", findings.close);
    close.type = "button";
    close.addEventListener("click", function () {
      dismissed = findings.version;
      panel.remove();
      panel = null;
    });
    head.append(element("strong", "", findings.title), close);
    var text = element("pre", "carnet-live-text", findings.text);
    text.tabIndex = 0;
    panel.append(head, text);
    document.body.append(panel);
  }

  // At the boxes of the search, while their index is behind the pages; then what stands there is asked again.
  function tellSearch(text) {
    var search = window.carnetSearch;
    var caughtUp = behind && !text;
    behind = text;
    document.querySelectorAll(".carnet-live-search").forEach(function (one) { one.remove(); });
    if (caughtUp && search && search.forget) search.forget();
    document.querySelectorAll("#searchInput, #search-page-input").forEach(function (box) {
      if (text) {
        var told = element("p", "carnet-live-search", text);
        told.setAttribute("role", "status");
        box.form.after(told);
      } else if (caughtUp && box.value) {
        box.dispatchEvent(new Event("input"));
      }
    });
  }

  function changed() {
    followPage().then(followFindings).catch(function () { /* the server is gone; it will be back */ });
  }

  // A browser opens six connections to a host: hidden tabs must not hold one each.
  function listen() {
    if (document.hidden) {
      if (source) source.close();
      source = null;
    } else if (!source) {
      source = new EventSource("/_carnet/live");
      source.onmessage = changed;
      source.onerror = function () {
        // A refusal is final for the browser; ours passes when other tabs close.
        if (source && source.readyState === EventSource.CLOSED) {
          source = null;
          setTimeout(listen, 2000);
        }
      };
    }
  }

  var style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/_carnet/live.css";
  document.head.append(style);
  document.addEventListener("visibilitychange", listen);
  restorePlace();
  // A published site may have been opened at this address: what it keeps must not answer for live pages.
  if (navigator.serviceWorker) {
    navigator.serviceWorker.getRegistrations().then(function (all) {
      all.forEach(function (one) {
        var worker = one.active || one.waiting || one.installing;
        if (worker && /\/offline-worker\.js$/.test(worker.scriptURL)) one.unregister();
      });
    }).catch(function () { /* refused: there is none */ });
  }
  listen();
})();
