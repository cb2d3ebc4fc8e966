// Keeps the site readable without the network. Pages that were opened are kept as they were read, the newest ones.
// Sections that the reader chose (offline.js) are kept whole: `_offline/index.json` of each build names their files
// with hashes, a file that does not match its hash is refused, and a build is switched to in one write, once all of
// it is there. So a page is never answered from half of a build.
"use strict";
const { scope } = self.registration;
const WAIT = 3000; // For the network, before a kept copy answers.
const OPENED = 400; // Pages with their pictures and data; the oldest go.
const ASSETS = 300;
const AT_ONCE = 6;
const STEP = 700; // How long one step of keeping may take, in milliseconds.
const PAUSE = 60000; // Between two looks for a new build.
const [opened, assets, content] = ["opened", "assets", "content"].map((name) => `carnet ${name} ${scope}`);
const STATE = `${scope}_offline/state`;
// A name with a hash in it always has the same content.
const isHashed = (url) => /\/_carnet\/.*\.[0-9a-f]{8}\.\w+$/.test(url);
// Other applications may share the host: of pages only Carnet's are kept, a login page in their place is not; of what
// pages load, only files without a question. What a server forbids to keep is not kept.
const isFile = (url) => /\.\w{2,5}$/.test(url);
const isOurs = async (answer) => !answer.headers.get("content-type").startsWith("text/html")
  || (await answer.text()).includes('<meta name="generator" content="Carnet ');
const isRead = (type) => /^(text\/(html|css|javascript|plain)|application\/json|image\/)/.test(type ?? "");

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(install().catch(() => {}));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The page that says what is kept, with all that it loads: it answers for those that are not.
async function install() {
  const answer = await fetch(`${scope}offline/`);
  const text = await answer.clone().text();
  await remember(`${scope}offline/`, answer);
  const loaded = [...text.matchAll(/(?:src|href)="([^"]*_carnet\/[^"]+)"/g)].map((match) => match[1]);
  for (const name of loaded) await hold(new URL(name, `${scope}offline/`).href);
}

async function hold(url) {
  if (url.startsWith(scope) && !(await kept(url))) await remember(url, await fetch(url));
}

const bare = (url) => url.split(/[?#]/)[0];
const isSound = (answer) => answer.status === 200 && answer.type === "basic" && !answer.redirected;

async function remember(url, answer) {
  // The files of the search index only go together: they are kept as a section, or not at all.
  const isPart = url.startsWith(`${scope}_carnet/search/`);
  if (isPart || !isSound(answer) || !isRead(answer.headers.get("content-type"))) return;
  if (/no-store/i.test(answer.headers.get("cache-control") ?? "") || !(await isOurs(answer.clone()))) return;
  const [name, most] = isHashed(url) ? [assets, ASSETS] : [opened, OPENED];
  const cache = await caches.open(name);
  await cache.delete(url);
  await cache.put(url, answer);
  const keys = (await cache.keys()).filter((key) => key.url !== `${scope}offline/`);
  for (const old of keys.slice(0, Math.max(keys.length - most, 0))) await cache.delete(old);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const stream = request.headers.get("accept")?.includes("event-stream") || request.headers.has("range");
  if (request.method !== "GET" || stream || request.cache === "no-store") return;
  if (!request.url.startsWith(scope) || request.url.startsWith(`${scope}_offline/`)) return;
  const isPage = request.mode === "navigate";
  if (!isPage && (new URL(request.url).search || !(isFile(bare(request.url)) || request.url.endsWith("/")))) return;
  event.respondWith(answer(event, request, bare(request.url)));
});

async function answer(event, request, url) {
  const early = isHashed(url) && (await kept(url));
  if (early) return early;
  const network = fetch(request).then((answer) => {
    // A card over a link asks for pages that nobody reads: those are not kept.
    const isCard = request.mode !== "navigate" && answer.headers.get("content-type")?.startsWith("text/html");
    if (!isCard) event.waitUntil(remember(url, answer.clone()).catch(() => {}));
    if (answer.status === 404 || answer.status === 410) event.waitUntil(caches.open(opened).then((cache) => cache.delete(url)));
    return answer;
  });
  const late = new Promise((done) => setTimeout(done, WAIT));
  const first = await Promise.race([network.catch(() => null), late]);
  if (first && first.status < 500) return first;
  const copy = await kept(url);
  if (copy) return copy;
  try {
    return await network;
  } catch (error) {
    if (request.mode !== "navigate" || url === `${scope}offline/`) throw error;
    return Response.redirect(`${scope}offline/?missing=${encodeURIComponent(request.url)}`);
  }
}

// What is kept under an address: as it was opened last, else of the section that was chosen.
const kept = (url) => find(url).catch(() => undefined);
async function find(url) {
  for (const name of [opened, assets]) {
    const found = await (await caches.open(name)).match(url);
    if (found) return found;
  }
  const state = await read();
  const file = await fileOf(state.lists, pathOf(url));
  return file && (await caches.open(content)).match(key(file));
}

function pathOf(url) {
  const path = url.slice(scope.length).replace(/(^|\/)index\.html$/, "$1");
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
const key = ([path, hash]) => `${scope}_offline/content/${hash}/${encodeURIComponent(path)}`;

// As the program sorts files into sections (src/site/offline.rs) and lists (src/publish/offline.rs).
function sectionOf(path, lists) {
  if (path.startsWith("_carnet/search/")) return "search";
  const own = path.replace(/^en\//, "");
  const first = own.includes("/") ? own.split("/")[0] : "";
  if (own === "" || first === "_carnet" || first === "offline") return "_base";
  return Object.hasOwn(lists, first) ? first : "_pages";
}

function listOf(lists, path) {
  const own = lists[sectionOf(path, lists)];
  if (!own) return null;
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(path)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return own[hash % own.length];
}

async function fileOf(lists, path) {
  const list = listOf(lists, path);
  return list && (await entries(list)).find(([name]) => name === path);
}

let state = null;
async function read() {
  if (!state) {
    const found = await (await caches.open(content)).match(STATE);
    state = found ? await found.json() : { build: null, sections: [], lists: {}, begun: [] };
  }
  return state;
}

async function write(next) {
  await (await caches.open(content)).put(STATE, new Response(JSON.stringify(next)));
  state = next;
}

class Refusal extends Error {}
const LISTS = new Map();

// The files of a list, from its copy or from the server; the last few stay in memory.
async function entries(list) {
  if (!LISTS.has(list)) {
    if (LISTS.size > 7) LISTS.delete(LISTS.keys().next().value);
    const url = `${scope}_offline/${list}.json`;
    const cache = await caches.open(content);
    const found = (await cache.match(url)) ?? (await load(url, list, cache, url));
    LISTS.set(list, await found.json());
  }
  return LISTS.get(list);
}

// Fetches a file, holds it to its hash and keeps it. Another hash means that the site was published meanwhile.
async function load(url, hash, cache, place) {
  const answer = await fetch(url, { cache: "no-cache" }).catch(() => {
    throw new Refusal("lost");
  });
  if (answer.status === 404) throw new Refusal("changed");
  if (!isSound(answer)) throw new Refusal(answer.status >= 500 ? "lost" : "denied");
  const bytes = await answer.arrayBuffer().catch(() => {
    throw new Refusal("lost");
  });
  const digest = [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))];
  if (!digest.map((byte) => byte.toString(16).padStart(2, "0")).join("").startsWith(hash)) throw new Refusal("changed");
  const headers = ["content-type", "content-security-policy", "x-content-type-options", "referrer-policy"]
    .filter((name) => answer.headers.has(name)).map((name) => [name, answer.headers.get(name)]);
  const copy = new Response(bytes, { headers });
  await cache.put(place, copy.clone());
  return copy;
}

let job = null;
let looked = 0;

async function begin(sections) {
  const answer = await fetch(`${scope}_offline/index.json`, { cache: "no-cache" }).catch(() => {
    throw new Refusal("lost");
  });
  if (!isSound(answer)) throw new Refusal("denied");
  const index = await answer.json();
  const names = [...new Set(["_base", ...sections])].filter((name) => Object.hasOwn(index.sections, name));
  const lists = names.flatMap((name) => index.sections[name].lists);
  job = { index, names, lists, place: 0, at: 0, files: 0, bytes: 0, restarts: job?.restarts ?? 0 };
  job.allFiles = lists.reduce((sum, [, files]) => sum + files, 0);
  job.allBytes = lists.reduce((sum, [, , bytes]) => sum + bytes, 0);
}

// Some of the work, so that the page can show it and stop it, and no step is long enough to be ended by the browser.
async function step() {
  if (!job) return { done: true };
  const now = await read();
  const held = new Set(Object.values(now.lists).flat());
  const cache = await caches.open(content);
  const until = Date.now() + STEP;
  while (job.place < job.lists.length) {
    const [name, files, bytes] = job.lists[job.place];
    if (held.has(name)) {
      job.files += files;
      job.bytes += bytes;
    } else {
      // Told before the first file, so that what is left of an attempt can be removed.
      if (!now.begun.includes(name)) {
        now.begun.push(name);
        await write(now);
      }
      const list = await entries(name);
      while (job.at < list.length) {
        if (Date.now() > until) return progress();
        const some = list.slice(job.at, job.at + AT_ONCE);
        const missing = await Promise.all(some.map((file) => cache.match(key(file)).then((found) => !found)));
        await Promise.all(some.filter((_, place) => missing[place]).map((file) => load(address(file), file[1], cache, key(file))));
        job.at += some.length;
        job.files += some.length;
        job.bytes += some.reduce((sum, [, , length]) => sum + length, 0);
      }
      job.at = 0;
    }
    job.place += 1;
  }
  await finish();
  return { ...progress(), done: true };
}

const address = ([path]) => scope + path.split("/").map(encodeURIComponent).join("/");
const progress = () => ({ files: job.files, bytes: job.bytes, allFiles: job.allFiles, allBytes: job.allBytes });

// The one write that makes the new build answer; then what only the old one had goes.
async function finish() {
  const before = await read();
  const lists = Object.fromEntries(job.names.map((name) => [name, job.index.sections[name].lists.map(([list]) => list)]));
  const gone = [...Object.values(before.lists).flat(), ...before.begun];
  await write({ build: job.index.build, sections: job.names.filter((name) => name !== "_base"), lists, begun: gone });
  const cache = await caches.open(opened);
  for (const { url } of await cache.keys()) {
    // What was opened before is now older than its section.
    if (await fileOf(lists, pathOf(url))) await cache.delete(url);
  }
  await sweep();
}

// Removes what lists name that are no longer used, but for files that a list in use names too.
async function sweep() {
  const now = await read();
  const used = new Set(Object.values(now.lists).flat());
  const cache = await caches.open(content);
  for (const list of now.begun.filter((list) => !used.has(list))) {
    const url = `${scope}_offline/${list}.json`;
    if (!(await cache.match(url))) continue;
    for (const file of await entries(list)) {
      const other = await fileOf(now.lists, file[0]);
      if (other?.[1] !== file[1]) await cache.delete(key(file));
    }
    await cache.delete(url);
    LISTS.delete(list);
  }
  await write({ ...now, begun: [] });
}

async function told() {
  const { build, sections } = await read();
  const pages = (await (await caches.open(opened)).keys()).filter(({ url }) => url.endsWith("/"));
  return { build, sections, opened: pages.length };
}

// The pages that were opened, the newest first, each with its title as it is written in HTML.
async function pages() {
  const cache = await caches.open(opened);
  const urls = (await cache.keys()).map(({ url }) => url).filter((url) => url.endsWith("/") && url !== `${scope}offline/`);
  const titled = urls.reverse().map(async (url) => {
    const text = await (await cache.match(url))?.text();
    return { url, title: /<title>([^<]*)/.exec(text)?.[1] ?? url };
  });
  return { pages: await Promise.all(titled) };
}

const asked = {
  state: told,
  pages,
  async keep({ sections }) {
    job = null;
    await begin(sections);
    return progress();
  },
  async step() {
    try {
      return await step();
    } catch (error) {
      if (error.message !== "changed" || job.restarts > 2) throw error;
      job.restarts += 1;
      await begin(job.names);
      return progress();
    }
  },
  async remove() {
    job = null;
    state = null;
    LISTS.clear();
    for (const name of [opened, assets, content]) await caches.delete(name);
    await install().catch(() => {});
    return told();
  },
};

// One request after the other: two pages may ask at once.
let turn = Promise.resolve();
function inTurn(work) {
  const done = turn.then(work);
  turn = done.catch(() => {});
  return done;
}

async function reply(port, question) {
  try {
    port.postMessage(await inTurn(() => asked[question.ask](question)));
  } catch (error) {
    const full = error.name === "QuotaExceededError";
    if (full) await inTurn(sweep).catch(() => {});
    port.postMessage({ error: full ? "full" : error instanceof Refusal ? error.message : "failed" });
  }
}

// A page was opened: it is kept if it came before this worker did, and a newer build of what was chosen is taken.
async function arrived(urls) {
  for (const url of urls) await hold(bare(url)).catch(() => {});
  const { build, sections } = await read();
  if (!build || Date.now() - looked < PAUSE || (job && job.place < job.lists.length)) return;
  looked = Date.now();
  await inTurn(() => asked.keep({ sections }));
  if (job.index.build === build) job = null;
  while (job && Date.now() - looked < 4 * PAUSE) {
    const { done } = await inTurn(() => asked.step());
    if (done) job = null;
  }
}

self.addEventListener("message", (event) => {
  const { ask, opened: urls } = event.data ?? {};
  if (Object.hasOwn(asked, ask)) event.waitUntil(reply(event.ports[0], event.data));
  else if (urls) event.waitUntil(arrived(urls).catch(() => (job = null)));
});
