// A small site with a past, made of commits with fixed authors and times: what the tests of the history read.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CARNET } from "./estate.mjs";

const SERVER = { id: "srv-ad-02", name: "srv-ad-02", type: "server", site: "lyon", warranty_end: "2025-12-31" };
const yaml = (record) => Object.entries(record).map(([key, value]) => `${key}: ${value}\n`).join("");
const steps = (word, rest = "") => `---\ntitle: Panne d’un onduleur\nreview_by: 2026-03-12\n---\n## Vérifier\n\nLe voyant ${word}, appelez le prestataire.\n${rest}`;

/** The commits, oldest first: author, moment, message, files by path (`null` removes one). */
const COMMITS = [
  ["Karim Benali", "2024-03-03T09:00:00+01:00", "Premier inventaire", {
    "carnet.yaml": "title: Parc d’essai\nas_of: 2026-11-20\n",
    "content/index.md": "---\ntitle: Accueil\n---\nBienvenue.\n",
    "inventory/sites/lieux.yaml": "- {id: lyon, name: Lyon Part-Dieu}\n- {id: grenoble, name: Grenoble}\n- {id: salle-b, name: Salle B, parent: grenoble}\n",
    "inventory/assets/srv-ad-02.yaml": yaml(SERVER),
    "inventory/assets/pc-0009.yaml": "id: pc-0009\nname: pc-0009\ntype: computer\n",
    "procedures/support/panne.md": steps("est rouge"),
  }],
  ["Inès Marchand", "2025-11-12T14:05:00+01:00", "Déménage srv-ad-02 <à> Grenoble\n\nLe bail de Lyon finit.\n\nVu avec zoe@corp.example.\n\nSigned-off-by: Inès Marchand <x@corp.example>", {
    "inventory/assets/srv-ad-02.yaml": yaml({ ...SERVER, site: "salle-b", warranty_end: "2027-12-31", ip: "[192.0.2.10]" }),
  }],
  ["Karim Benali", "2025-11-13T08:00:00+01:00", "Retire pc-0009", { "inventory/assets/pc-0009.yaml": null }],
  ["Zoé Martin", "2026-02-03T08:00:00+01:00", "Nouveau voyant", { "procedures/support/panne.md": steps("clignote", "\n## Clore\n\nNotez la date.\n") }],
];
const reading = (number) => ["Zoé Martin", `2026-04-${String(1 + (number % 28)).padStart(2, "0")}T08:00:00+01:00`, `Relevé ${number}`, {
  "inventory/assets/imp-01.yaml": yaml({ id: "imp-01", name: "imp-01", type: "printer", room: `Bureau ${number}` }),
}];

/** Makes the repository with `readings` more commits and builds its site; `add` commits and builds again. */
export function journal(readings = 0) {
  const top = mkdtempSync(join(tmpdir(), "carnet-journal-"));
  const root = join(top, "project");
  const folder = join(top, "site");
  mkdirSync(root);
  const git = (when, author, ...words) => execFileSync("git", words, {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_AUTHOR_DATE: when, GIT_COMMITTER_DATE: when,
      GIT_AUTHOR_NAME: author, GIT_COMMITTER_NAME: author, GIT_AUTHOR_EMAIL: "x@corp.example", GIT_COMMITTER_EMAIL: "x@corp.example",
    },
  });
  const commit = ([author, when, message, files]) => {
    for (const [path, text] of Object.entries(files)) {
      const place = join(root, path);
      mkdirSync(dirname(place), { recursive: true });
      if (text === null) rmSync(place);
      else writeFileSync(place, text);
    }
    git(when, author, "add", "-A");
    git(when, author, "commit", "-q", "-m", message);
  };
  const build = () => execFileSync(CARNET, ["--root", root, "build", "--out", folder], { stdio: ["ignore", "ignore", "pipe"] });
  git("", "", "init", "-q", "-b", "main");
  COMMITS.slice(0, 1).forEach(commit);
  git("", "", "tag", "v2024");
  COMMITS.slice(1).forEach(commit);
  git("2026-02-03T09:00:00+01:00", "Zoé Martin", "tag", "-a", "v2026", "-m", "Inventaire de février\n\nRelu par <Karim>.");
  for (let number = 1; number <= readings; number += 1) commit(reading(number));
  build();
  return {
    folder,
    add(number) {
      commit(reading(number));
      build();
    },
  };
}

