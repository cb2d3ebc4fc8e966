// Reads the search index and the rows of long lists of a site that is opened without a server: each of their files
// is a script that hands its text over. Only published with `offline: true`.
"use strict";
(() => {
  const waiting = new Map();
  globalThis.carnetShard = (name, text) => {
    if (waiting.has(name)) waiting.get(name)(text);
    waiting.delete(name);
  };
  globalThis.carnetLoad = (folder, name) => new Promise((resolve, reject) => {
    // Names of the index and of rows, and nothing else: what a file says never leads to another place.
    if (!/^([a-z]{2}(\/[a-z0-9-]+)?|\d+)\.[a-z]+$/.test(name)) throw new Error(name);
    const script = document.createElement("script");
    waiting.set(name, resolve);
    script.onload = () => script.remove();
    script.onerror = () => reject(new Error(name));
    script.src = carnetPolicy.createScriptURL(`${folder}${name}.js`);
    document.head.append(script);
  });
})();
