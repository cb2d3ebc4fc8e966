#!/usr/bin/env python3
"""Reads the field-level history of a repository, in turn with what `git log` needs to print it.

Without a repository it makes one: 10,000 records and 2,000 commits, the same bytes each time.
benches/against_git.py target/release/carnet [--runs 5] [--repository PATH] [--keep FOLDER] [--list]
Prints medians in milliseconds, ratios, and the peak of memory of each. `--list` makes the other
extreme: 5,000 records in one file that changes 1,000 times.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FOLDERS = ["carnet.yaml", "content", "inventory", "procedures"]
SITES = ["lyon", "grenoble", "annecy", "valence", "chambery"]
STATES = ["in-service", "in-stock", "in-repair", "retired"]
PEOPLE = ["Zoé Martin", "Ana Lopes", "Bob Petit", "Inès Moreau"]
LISTED = 200
LISTS = 10


def record(chance, number):
    """The fields of an asset."""
    return {
        "name": f"Poste {number}",
        "type": "laptop",
        "status": chance.choice(STATES),
        "serial": f"SN{number:06}{chance.randrange(1000):03}",
        "manufacturer": chance.choice(["Dell", "HP", "Lenovo"]),
        "model": f"modele-{chance.randrange(40)}",
        "site": chance.choice(SITES),
        "user": f"personne-{chance.randrange(500)}",
        "purchased": f"20{chance.randrange(18, 26)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
        "warranty_end": f"20{chance.randrange(26, 30)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
        "price": f"{chance.randrange(400, 3000)}.00",
        "hostname": f"pc-{number:05}",
        "ip": f"[192.0.2.{chance.randrange(1, 255)}]",
        "supplier": f"fournisseur-{chance.randrange(20)}",
        "notes": f"Remis en main propre, dossier {chance.randrange(10**6)}.",
    }


def others():
    """The records that assets refer to."""
    kinds = {
        "sites": SITES,
        "models": [f"modele-{number}" for number in range(40)],
        "people": [f"personne-{number}" for number in range(500)],
        "suppliers": [f"fournisseur-{number}" for number in range(20)],
    }
    files = {}
    for kind, names in kinds.items():
        lines = (f"- id: {name}\n  name: {name.capitalize()}\n" for name in names)
        files[f"inventory/{kind}/tous.yaml"] = "".join(lines)
    return files


def edited(chance, fields):
    changed = dict(fields)
    for key in chance.sample(["status", "site", "user", "warranty_end", "notes"], 2):
        changed[key] = record(chance, 0)[key]
    return changed


def text(fields, item=None):
    lines = [f"{key}: {value}" for key, value in fields.items()]
    if item is None:
        return "\n".join(lines) + "\n"
    return f"- id: {item}\n" + "".join(f"  {line}\n" for line in lines)


class Writer:
    """Feeds `git fast-import`."""

    def __init__(self, folder):
        self.clock = 1_700_000_000
        subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
        command = ["git", "-C", folder, "fast-import", "--quiet", "--depth=50"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE)

    def write(self, line):
        self.process.stdin.write(line.encode())

    def commit(self, author, message, files, removed=()):
        self.clock += 3600
        self.write(f"commit refs/heads/main\ncommitter {author} <x@corp.example> {self.clock} +0100\n")
        self.write(f"data {len(message.encode())}\n{message}\n")
        for path in removed:
            self.write(f"D {path}\n")
        for path, content in files.items():
            data = content.encode()
            self.write(f"M 100644 inline {path}\ndata {len(data)}\n{content}\n")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def estate(folder, commits, records):
    """Mostly files of one record, some lists; edits, a few renames and moves."""
    chance = random.Random(11)
    writer = Writer(folder)
    alone, lists = {}, {number: {} for number in range(LISTS)}
    for number in range(records):
        fields = record(chance, number)
        if number < LISTED * LISTS:
            lists[number % LISTS][f"pc-{number:05}"] = fields
        else:
            alone[f"inventory/assets/{SITES[number % 5]}/pc-{number:05}.yaml"] = fields
    whole = lambda number: "\n".join(text(fields, name) for name, fields in lists[number].items())
    files = {path: text(fields) for path, fields in alone.items()}
    files |= {f"inventory/assets/liste-{number}.yaml": whole(number) for number in lists}
    files |= others()
    files["carnet.yaml"] = "title: Banc\nas_of: 2026-11-20\n"
    writer.commit(PEOPLE[0], "Premier import", files)
    paths = list(alone)
    for step in range(1, commits):
        changed, removed = {}, []
        for _ in range(chance.randrange(1, 6)):
            if chance.random() < 0.15:
                number = chance.randrange(LISTS)
                name = chance.choice(list(lists[number]))
                lists[number][name] = edited(chance, lists[number][name])
                changed[f"inventory/assets/liste-{number}.yaml"] = whole(number)
                continue
            place = chance.randrange(len(paths))
            path = paths[place]
            if path in changed:
                continue
            fields = edited(chance, alone[path])
            if chance.random() < 0.03:
                del alone[path]
                removed.append(path)
                path = f"inventory/assets/{chance.choice(SITES)}/deplace-{step}-{place}.yaml"
                paths[place] = path
            alone[path] = fields
            changed[path] = text(fields)
        writer.commit(chance.choice(PEOPLE), f"Mise à jour {step}", changed, removed)
    writer.close()


def one_list(folder):
    chance = random.Random(12)
    writer = Writer(folder)
    fields = {f"pc-{number:05}": record(chance, number) for number in range(5000)}
    pieces = {name: text(value, name) for name, value in fields.items()}
    for step in range(1000):
        if step:
            for name in chance.sample(list(fields), 3):
                fields[name] = edited(chance, fields[name])
                pieces[name] = text(fields[name], name)
        files = {"inventory/assets/parc.yaml": "\n".join(pieces.values())}
        if not step:
            files |= others()
            files["carnet.yaml"] = "title: Banc\nas_of: 2026-11-20\n"
        writer.commit(chance.choice(PEOPLE), f"Mise à jour {step}", files)
    writer.close()


def measured(command, **options):
    """Wall time in milliseconds and peak memory in MB of a command, and what it said to people."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)
    said = process.stderr.read().decode()
    _, _, usage = os.wait4(process.pid, 0)
    return (time.perf_counter() - started) * 1000, usage.ru_maxrss / 1024, said


def carnet(binary, root, out):
    command = [binary, "build", "--root", root, "--out", out, "--timings=json", "--format=short", "--lang=en"]
    _, memory, said = measured(command)
    lines = [line for line in said.splitlines() if line.startswith("{")]
    if not lines:
        sys.exit(said[-2000:])
    return json.loads(lines[-1])["history"], memory


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--repository", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--list", action="store_true")
    given = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="carnet-bench-"))
    root = given.repository or given.keep or work / "project"
    if not (root / ".git").exists():
        root.mkdir(parents=True, exist_ok=True)
        one_list(root) if given.list else estate(root, 2000, 10_000)
        subprocess.run(["git", "-C", root, "repack", "-adfq"], check=True)
        subprocess.run(["git", "-C", root, "reset", "-q", "--hard"], check=True)
    cache = root / ".carnet" / "history"
    git = ["git", "-C", str(root), "-c", "core.quotePath=false", "log"]
    results = {}

    def note(name, value):
        results.setdefault(name, []).append(value)

    for _ in range(given.runs):
        note("git log -p", measured([*git, "-p", "--", *FOLDERS])[:2])
        note("git log --name-status", measured([*git, "--name-status", "--", *FOLDERS])[:2])
        shutil.rmtree(cache, ignore_errors=True)
        note("carnet cold", carnet(given.binary, root, work / "site"))
        note("carnet warm", carnet(given.binary, root, work / "site"))
    medians = {name: statistics.median(time for time, _ in runs) for name, runs in results.items()}
    for name, runs in results.items():
        print(f"{name:24} {medians[name]:9.0f} ms   peak {max(memory for _, memory in runs):7.0f} MB")
    print(f"cold / git log -p            {medians['carnet cold'] / medians['git log -p']:.2f}")
    print(f"warm / git log --name-status {medians['carnet warm'] / medians['git log --name-status']:.2f}")
    size = sum(file.stat().st_size for file in cache.glob("*"))
    print(f"remembered: {size / 1e6:.1f} MB")
    shutil.rmtree(work)


main()
