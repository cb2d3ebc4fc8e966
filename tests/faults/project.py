"""A small project in two versions that differ in pages, texts and the theme, its builds, and hashes of what they made."""

import hashlib
import json
import os
import shutil
import subprocess
import threading
from pathlib import Path

CARNET = os.environ.get("CARNET", "target/debug/carnet")

VERSIONS = ("a", "b")

SENTENCE = "Ouvrir le tiroir, remplacer la cartouche, noter la date sur la fiche de l'appareil."

# What a message in English says when the system refuses.
CAUSES = {
    "EIO": "os error 5",
    "ENOSPC": "os error 28",
    "EACCES": "os error 13",
    "EROFS": "os error 30",
    "EMFILE": "os error 24",
    "EXDEV": "os error 18",
}


class Project:
    """A project, the folder it is published to, and a folder of somebody else beside both."""

    def __init__(self, folder, records=12):
        self.folder = Path(folder)
        self.root = self.folder / "projet"
        self.out = self.folder / "public" / "site"
        self.neighbour = self.folder / "public" / "voisin"
        self.records = records
        self.neighbour.mkdir(parents=True, exist_ok=True)
        (self.neighbour / "index.html").write_text("pas à nous\n", encoding="utf-8")
        (self.neighbour / ".site.carnet-notes").write_text("pas à nous non plus\n", encoding="utf-8")
        (self.folder / "public" / "lien").symlink_to("voisin")

    def write(self, path, text):
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def become(self, version):
        """Writes one of the versions over the other: "b" has other texts, other pages and another theme."""
        is_second = version == "b"
        self.write("carnet.yaml", "title: Essai\nas_of: 2026-11-20\ntheme: nous\n")
        number = self.records + (2 if is_second else 0)
        records = (f"- id: pc-{at:03}\n  name: Poste {version} {at}\n  type: laptop\n" for at in range(number))
        self.write("inventory/assets/lyon.yaml", "".join(records))
        text = f"---\ntitle: Imprimante\n---\n\nVersion {version}. " + SENTENCE * 40 + "\n"
        self.write("procedures/imprimante.md", text)
        only, other = ("vpn", "sauvegarde") if is_second else ("sauvegarde", "vpn")
        self.write(f"procedures/{only}.md", f"---\ntitle: {only.title()}\n---\n\n{SENTENCE}\n")
        (self.root / f"procedures/{other}.md").unlink(missing_ok=True)
        self.write("themes/nous/assets/theme.js", f'"use strict";\n// {version}\n')

    def command(self, *more):
        fixed = ["build", "--no-history", "--lang", "en", "--root", str(self.root), "--out", str(self.out)]
        return [CARNET, *fixed, *more]

    def build(self, *more, before=()):
        """Builds; gives the exit code and what was said."""
        done = subprocess.run([*before, *self.command(*more)], capture_output=True, check=False)
        return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")

    def trees(self):
        """Each version's site, built from nothing."""
        found = {}
        for version in VERSIONS:
            shutil.rmtree(self.out, ignore_errors=True)
            self.become(version)
            code, said = self.build()
            assert code == 0, said
            found[version] = tree(self.out)
        return found

    def goods(self):
        """The hash of each version's site."""
        found = {version: tree_hash(files) for version, files in self.trees().items()}
        assert found["a"] != found["b"]
        return found

    def beside(self):
        """What stands beside the site, with its content."""
        return {path: content for path, content in tree(self.folder / "public").items()
                if path.split("/")[0] != "site"}

    def sources(self):
        """What authors wrote."""
        return {path: content for path, content in tree(self.root).items() if not path.startswith(".carnet")}


def tree(top):
    """Every file, folder and link below a folder: path to hash, mode or target."""
    found = {}
    for folder, folders, files in os.walk(top):
        for name in folders + files:
            path = os.path.join(folder, name)
            short = os.path.relpath(path, top)
            if os.path.islink(path):
                found[short] = "-> " + os.readlink(path)
            elif os.path.isdir(path):
                found[short] = "folder"
            else:
                with open(path, "rb") as file:
                    found[short] = hashlib.sha256(file.read()).hexdigest()
    return found


def site_hash(out):
    """One hash for all that stands in a folder but the last site's assets, which are kept for pages that are still
    open; None where there is no folder."""
    if not os.path.isdir(out):
        return None
    files = tree(out)
    kept = os.path.join(out, "manifest-previous.json")
    if os.path.exists(kept):
        with open(kept, encoding="utf-8") as file:
            for path in [*json.load(file)["files"], "manifest-previous.json"]:
                files.pop(path, None)
    return tree_hash(files)


def tree_hash(files):
    """One hash for a tree."""
    text = "\n".join(f"{path} {content}" for path, content in sorted(files.items()))
    return hashlib.sha256(text.encode()).hexdigest()


class Reader(threading.Thread):
    """Reads files that both versions have, over and over, until `stop`: each must be there with the bytes of one
    of the versions."""

    def __init__(self, project, versions):
        super().__init__(daemon=True)
        first, second = versions
        self.out = project.out
        self.allowed = {path: {first[path], second[path]} for path in first.keys() & second.keys()
                        if first[path] != "folder"}
        self.reads = 0
        self.wrong = []
        self.ends = threading.Event()

    def run(self):
        while not self.ends.is_set():
            for path, allowed in self.allowed.items():
                try:
                    content = hashlib.sha256((self.out / path).read_bytes()).hexdigest()
                except OSError as error:
                    content = str(error)
                self.reads += 1
                if content not in allowed:
                    self.wrong.append((path, content))
                if self.ends.wait(0.0002):
                    break

    def stop(self):
        self.ends.set()
        self.join()
