#!/usr/bin/env python3
"""Indexes the same pages with Carnet and with Pagefind, then asks both the queries of tests/search/relevance.txt.

Prints a table: wall time of each index, bytes of a first query, success@1, success@5 and MRR. Pagefind comes
from PyPI into a temporary folder. Needs `npm ci` in tests/browser, Chromium, and the path of a release binary:

    benches/against_pagefind.py target/release/carnet [records…]    # for example 10000 100000

Each number of records is an invented estate of that size (30,000 words by Zipf's law), for the times only.
"""

import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Pages that list others, which Carnet does not index either.
LISTS = re.compile(r"^(index|404|(en|search|en/search|licences/positions)/index|history/.*|(?!manuel)[^/]+/index)\.html$")
SYLLABLES = "ba ce di fo gu lan mer nou pré ra sé teur vi tion cha é on im ser qua".split()


def invent(folder, count):
    """An estate of `count` records, half assets and half tickets, 500 a file."""
    chance = random.Random(7)
    words = ["".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))) for _ in range(30_000)]

    def text(length):
        return " ".join(words[int(len(words) ** chance.random()) - 1] for _ in range(length))

    for kind in ("assets", "tickets", "sites"):
        (folder / "inventory" / kind).mkdir(parents=True)
    (folder / "carnet.yaml").write_text("title: Grand parc\nlanguage: fr\nas_of: 2026-11-20\n")
    sites = ["lyo", "gre", "ann", "nan"]
    (folder / "inventory/sites/sites.yaml").write_text("".join(f"- {{id: {site}, name: Site {site}}}\n" for site in sites))
    for start in range(0, count, 500):
        assets, tickets = [], []
        for number in range(start, min(start + 500, count)):
            if number % 2:
                mac = ":".join(f"{chance.randrange(256):02X}" for _ in range(4))
                assets.append(
                    f"- id: pc-{number:06}\n  name: Poste {text(4)}\n  type: laptop\n  status: in-service\n"
                    f"  serial: SN{chance.randrange(16**8):08X}\n  inventory_number: INV-{number:06}\n"
                    f"  site: {chance.choice(sites)}\n  mac: [\"02:00:{mac}\"]\n  notes: {text(40)}\n"
                )
            else:
                tickets.append(
                    f"- id: inc-{number:06}\n  title: {text(6)}\n  type: incident\n  status: closed\n  category: {text(1)}\n"
                    f"  opened: 2026-0{chance.randint(1, 9)}-1{chance.randrange(9)} 09:00\n  site: {chance.choice(sites)}\n"
                    f"  resolution: {text(40)}\n"
                )
        for kind, records in (("assets", assets), ("tickets", tickets)):
            (folder / "inventory" / kind / f"{start:06}.yaml").write_text("".join(records))


def build(carnet, project, site):
    """Publishes the site; returns the seconds of the index stage and of the whole."""
    start = time.perf_counter()
    command = [carnet, "--root", project, "build", "--out", site, "--timings", "--keep-going"]
    run = subprocess.run(command, capture_output=True, text=True, env={"LANG": "en_GB.UTF-8", "PATH": "/usr/bin:/bin"})
    whole = time.perf_counter() - start
    stage = re.search(r"([\d.,\s\u202f\u00a0]+?)\s*(ms|s)\s+(search index|index de recherche)", run.stdout + run.stderr)
    if not stage:
        sys.exit(run.stdout + run.stderr)
    value = float(re.sub(r"[\s\u202f\u00a0]", "", stage[1]).replace(",", "."))
    return value / (1000 if stage[2] == "ms" else 1), whole


def pagefind(python, site, pages):
    """Indexes the pages in `pages` into the site; returns the seconds."""
    for page in site.rglob("*.html"):
        name = page.relative_to(site)
        if not LISTS.match(name.as_posix()):
            (pages / name).parent.mkdir(parents=True, exist_ok=True)
            (pages / name).hardlink_to(page)
    start = time.perf_counter()
    command = [python, "-m", "pagefind", "--site", pages, "--root-selector", "main", "--output-path", site / "pagefind"]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def weigh(folder):
    files = [file for file in folder.rglob("*") if file.is_file()]
    return f"{len(files):,} files, {sum(file.stat().st_size for file in files) / 1e6:,.1f} MB"


def compare(name, carnet, python, project, folder):
    site, pages = folder / "site", folder / "pages"
    index, whole = build(carnet, project, site)
    theirs = pagefind(python, site, pages)
    count = sum(1 for _ in pages.rglob("*.html"))
    print(f"\n{name}: {count:,} pages, built by Carnet in {whole:.1f} s")
    print(f"  index, wall time   Carnet {index:8.2f} s   Pagefind {theirs:8.2f} s   ratio {theirs / index:.1f}")
    print(f"  index, size        Carnet {weigh(site / '_carnet/search')}   Pagefind {weigh(site / 'pagefind')}", flush=True)
    return site


def ask(site):
    command = ["node", ROOT / "benches/against_pagefind.mjs", site, ROOT / "tests/search/relevance.txt"]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    for answer in map(json.loads, lines):
        sizes = answer["bytes"]
        print(
            f"  {answer['engine']:9} {answer['queries']} queries: success@1 {answer['first']:.3f}, success@5 {answer['among']:.3f}, "
            f"MRR {answer['mrr']:.3f}; first query {sizes['median'] / 1000:.0f} kB, at most {sizes['most'] / 1000:.0f} kB, "
            f"the next {sizes['next'] / 1000:.0f} kB"
        )
        if "--misses" in sys.argv:
            print("\n".join(f"      {miss}" for miss in answer["misses"]))


def main():
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    if not arguments:
        sys.exit(__doc__)
    carnet = Path(arguments[0]).resolve()
    work = Path(tempfile.mkdtemp(prefix="carnet-pagefind-"))
    try:
        venv.create(work / "python", with_pip=True)
        python = work / "python/bin/python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "pagefind[extended]"], check=True)
        version = subprocess.run([python, "-m", "pagefind", "--version"], check=True, capture_output=True, text=True)
        print(version.stdout.strip())
        example = work / "example"
        example.mkdir()
        ask(compare("The example", carnet, python, ROOT, example))
        for count in map(int, arguments[1:]):
            folder = work / str(count)
            invent(folder / "project", count)
            compare(f"{count:,} records", carnet, python, folder / "project", folder)
            shutil.rmtree(folder)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
