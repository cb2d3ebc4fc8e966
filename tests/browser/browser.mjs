// Debian's Chromium, driven without a download: one browser a test file, one context a test.
import { existsSync } from "node:fs";
import { chromium, firefox } from "playwright-core";

// The shell is the same browser without windows and their pages: the tests take two thirds of the time with it.
const PROGRAMS = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
/** The browser that is driven. */
export const PROGRAM = process.env.CHROMIUM ?? PROGRAMS.find((path) => existsSync(path)) ?? PROGRAMS.at(-1);
/** What it is started with. */
export const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** Starts the browser; `FIREFOX` is the path of the other one, which speaks WebDriver BiDi and needs no build of its own. */
export function launch() {
  if (process.env.FIREFOX) return firefox.launch({ channel: "moz-firefox", executablePath: process.env.FIREFOX });
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is missing: install the package chromium-headless-shell or chromium, or set CHROMIUM`);
  return chromium.launch({ executablePath: PROGRAM, args: FLAGS });
}

/**
 * A page that writes down what must not happen: requests to other hosts, errors on the console,
 * refusals of the content policy. `wrongs` is that list; it stays empty on a sound page. The worker that keeps pages
 * is left out unless a test is about it: what it fetches beside the page would be counted with the page.
 */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ locale: "fr-FR", reducedMotion: "reduce", serviceWorkers: "block", ...options });
  const page = await context.newPage();
  const wrongs = [];
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!["data:", "file:"].includes(protocol) && hostname !== "127.0.0.1") wrongs.push(`request to ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    // Whatever still loads when a page is left is given up: the icon, the live connection.
    const why = request.failure()?.errorText ?? "";
    if (why !== "net::ERR_ABORTED") wrongs.push(`failed: ${request.url()} ${why}`);
  });
  page.on("response", (response) => {
    const asked = response.request().isNavigationRequest();
    if (response.status() >= 400 && !asked) wrongs.push(`${response.status()} ${response.url()}`);
  });
  page.on("pageerror", (error) => wrongs.push(`error: ${error.message}`));
  page.on("console", (message) => {
    // The browser announces each answer of status 404 here; the listener above judges those.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      wrongs.push(`console: ${message.text()}`);
    }
  });
  return { page, wrongs, close: () => context.close() };
}
