#!/usr/bin/env python3
"""Writes an invented project of any size: records of every kind, procedures, tickets with their timelines, commits.

    python3 benches/corpus.py /tmp/large --records 100000 --procedures 10000 --tickets 5000 --commits 2000

Texts are drawn from 36,000 invented French-looking words by Zipf's law. The same numbers give the same bytes, commits
included.
"""

import argparse
import itertools
import random
import subprocess
from pathlib import Path

import estate

SYLLABLES = (
    "ba ce di fo gu lan mer nou pré ra sé teur vi tion cha é on im ser qua ment eau rou gne pli tra chi vau lo "
    "dé ri ta me no pe que ré su ver ni al"
).split()
COMMON = (
    "le la les de des du un une et à en pour dans sur avec par au aux ce cette qui que ne pas est sont serveur poste "
    "réseau imprimante utilisateur sauvegarde contrôle onduleur licence contrat compte annuaire droits accès câble port "
    "commutateur correctif restauration disque mémoire alerte redémarrer vérifier ouvrir noter appeler prévenir fermer"
).split()
CODE = {
    "bash": "systemctl status {0}.service --no-pager\njournalctl -u {0} --since today | grep -c \"{1}\"\n"
            "for file in /var/log/{2}/*.log; do\n  test -s \"$file\" && tail -n 20 \"$file\"   # {3}\ndone\n",
    "powershell": "$service = Get-Service -Name \"{0}\"\nif ($service.Status -ne 'Running') {{\n"
                  "    Restart-Service $service -Force  # {1}\n}}\nGet-ADUser -Filter \"Name -like '{2}*'\" | Select-Object Name\n",
    "yaml": "{0}:\n  - name: {1}\n    enabled: true\n    retries: 3\n  - name: {2}\n    schedule: \"0 22 * * *\"\n",
    "sql": "SELECT name, last_seen FROM {0}\nWHERE status = 'in-service' AND name LIKE '{1}%'\nORDER BY last_seen DESC;\n",
    "ini": "[{0}]\nhost = {1}.exemple.example\nport = 8443\n; {2}\n",
}
PER_FOLDER = 50


class Words:
    """Words by Zipf's law: the nth is drawn about 1/n as often as the first."""

    def __init__(self, rng):
        self.rng = rng
        made = dict.fromkeys(COMMON)
        while len(made) < 36_000:
            made["".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 5)))] = None
        self.words = list(made)
        self.weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))

    def some(self, count):
        return self.rng.choices(self.words, cum_weights=self.weights, k=count)

    def text(self, count):
        return " ".join(self.some(count))

    def sentence(self, count):
        return self.text(count).capitalize() + "."

    def name(self):
        """A word that may stand in a command: ASCII letters."""
        return self.rng.choice(("nginx", "postgres", "cups", "slapd", "cron")) + str(self.rng.randrange(100))


def procedure(words, number, count, assets):
    """A procedure as people write them: what for, before, steps with commands, a table, what else to read."""
    rng = words.rng
    lines = [f"---\ntitle: {words.text(4).capitalize()} ({number})\nowner: p-{rng.randrange(10)}" if assets else
             f"---\ntitle: {words.text(4).capitalize()} ({number})"]
    lines.append(f"tags: [{words.rng.choice(COMMON[30:])}, {words.rng.choice(COMMON[30:])}]\n---\n{words.sentence(40)}\n")
    lines.append(f"> [!warning] {words.text(3).capitalize()}\n> {words.sentence(18)}\n")
    for step in range(1, rng.randint(4, 7)):
        lines.append(f"## {step}. {words.text(4).capitalize()}\n\n{words.sentence(rng.randint(30, 70))}\n")
        lines.append("\n".join(f"- [ ] {words.sentence(rng.randint(6, 14))}" for _ in range(rng.randint(2, 4))) + "\n")
        if rng.random() < 0.7:
            language = rng.choice(list(CODE))
            code = CODE[language].format(*(words.name() for _ in range(4)))
            lines.append(f"```{language}\n{code}```\n")
    rows = "\n".join(f"| {words.text(2)} | {words.text(5)} | {rng.randrange(1000)} |" for _ in range(4))
    lines.append(f"## {words.text(2).capitalize()}\n\n| A | B | C |\n| --- | --- | --- |\n{rows}\n")
    other = rng.randrange(count)
    link = f"[{words.text(3)}](../{folder(other)}/p-{other:06}.md)"
    asset = f" `eq-{rng.randrange(assets)}`" if assets else ""
    lines.append(f"{words.sentence(12)} {link}{asset}\n")
    return "\n".join(lines)


def folder(number):
    return f"s{number // PER_FOLDER:04}"


def procedures(root, count, assets=0, seed=20261120):
    """Writes `count` procedures into folders of fifty; with `assets` they name equipment and people of the estate."""
    words = Words(random.Random(seed))
    for number in range(count):
        place = root / "procedures" / folder(number)
        place.mkdir(parents=True, exist_ok=True)
        (place / f"p-{number:06}.md").write_text(procedure(words, number, count, assets), encoding="utf-8")


def commits(root, count, seed=20261120):
    """One commit of everything, then `count` commits of one to five files each, a day apart at most."""
    rng, words = random.Random(seed), Words(random.Random(seed))
    files = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    texts = {name: (root / name).read_text(encoding="utf-8") for name in files}
    edited = [name for name in files if name.endswith(".md")] or files
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], check=True)
    importer = subprocess.Popen(["git", "-C", str(root), "fast-import", "--quiet"], stdin=subprocess.PIPE)
    out = importer.stdin

    def commit(number, changed, message):
        who = f"Prénom{number % 7} Nom <p{number % 7}@exemple.example> {1_700_000_000 + number * 3600} +0100"
        out.write(f"commit refs/heads/main\nauthor {who}\ncommitter {who}\n".encode())
        out.write(b"data %d\n%s\n" % (len(message.encode()), message.encode()))
        for name in changed:
            text = texts[name].encode()
            out.write(b"M 100644 inline %s\ndata %d\n%s\n" % (name.encode(), len(text), text))

    commit(0, files, "Premier état")
    for number in range(1, count + 1):
        changed = sorted({rng.choice(edited) for _ in range(rng.randint(1, 5))})
        for name in changed:
            mark = "\n" + words.sentence(8) + "\n" if name.endswith(".md") else f"# {words.text(4)}\n"
            texts[name] += mark
        commit(number, changed, f"Mise à jour : {words.text(4)}")
    out.close()
    if importer.wait() != 0:
        raise SystemExit("git fast-import failed")
    subprocess.run(["git", "-C", str(root), "reset", "-q", "--hard"], check=True)


def write(root, records=0, procedure_count=0, tickets=None, commit_count=0):
    """A whole project. Returns the number of records, tickets included."""
    root.mkdir(parents=True, exist_ok=True)
    made = estate.project(root, records, tickets) if records else 0
    if not records:
        (root / "carnet.yaml").write_text("title: Banc\nlanguage: fr\nas_of: 2026-11-20\n", encoding="utf-8")
    procedures(root, procedure_count, records * 58 // 100)
    if commit_count:
        commits(root, commit_count)
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("root", type=Path)
    parser.add_argument("--records", type=int, default=0)
    parser.add_argument("--procedures", type=int, default=0)
    parser.add_argument("--tickets", type=int, help="default: one for fifty records")
    parser.add_argument("--commits", type=int, default=0)
    given = parser.parse_args()
    made = write(given.root, given.records, given.procedures, given.tickets, given.commits)
    print(f"{made} records, {given.procedures} procedures, {given.commits} commits")


if __name__ == "__main__":
    main()
