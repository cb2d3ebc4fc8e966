#!/usr/bin/env python3
"""The tutorial followed in a Debian that holds nothing but Git and the program, as root, by chroot.

    debootstrap --variant=minbase --include=git stable /tmp/root
    python3 tests/first_steps_in_an_empty_root.py target/release/carnet /tmp/root

Needs the network once, for debootstrap, and root: `tests/run` leaves it out, `tests/first_steps.rs` follows the same page
with an empty environment. Neither HOME nor a locale nor a time zone is set; who commits is told to Git as the page says."""

import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
PORT = 4399
MOST_COMMANDS = 10


def environment(language):
    who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER")
           for key, value in (("NAME", "Camille Exemple"), ("EMAIL", "camille@parc.example"))}
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", **({"LANG": language} if language else {}), **who}


def follow(root, page, language):
    """Writes the page's files and types its commands; the change log of the server, and how many commands it took."""
    folder, commands, server = "/first-steps", 0, None
    shutil.rmtree(root / "first-steps", ignore_errors=True)
    (root / "first-steps").mkdir()

    def shell(line):
        command = [shutil.which("chroot"), str(root), "/bin/sh", "-c", f"cd {folder} && {line}"]
        return subprocess.Popen(command, env=environment(language), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    try:
        for kind, text in re.findall(r"^```(\w+)[^\n]*\n(.*?)^```", page, re.M | re.S):
            if kind in ("yaml", "markdown"):
                first, rest = text.split("\n", 1)
                file = root / folder.lstrip("/") / first.strip("#<>!- ")
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text if kind == "yaml" else rest, encoding="utf-8")
            for line in text.splitlines() if kind == "sh" else []:
                commands += 1
                if line.startswith("cd "):
                    folder += "/" + line[3:]
                elif line.startswith("carnet serve"):
                    server = shell(f"exec carnet serve --port {PORT}")
                    visible("/")
                else:
                    process = shell(line)
                    said, _ = process.communicate(timeout=120)
                    print(f"$ {line}: {process.returncode}")
                    found = line == "carnet check"
                    assert process.returncode == (1 if found else 0), said
                    assert not found or "`serial`" in said, said
                    if line.startswith("carnet history"):
                        visible(f"/assets/{line.split()[-1]}/")
                        return said, commands
    finally:
        if server:
            server.terminate()
            server.wait()
    raise SystemExit("the page shows no change log")


def visible(path):
    """Waits until the server in the root shows a page."""
    end = time.monotonic() + 30
    while True:
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=5).read()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def main():
    binary, root = Path(sys.argv[1]), Path(sys.argv[2])
    shutil.copy(binary, root / "usr/local/bin/carnet")
    for name, language in (("premiers-pas.md", None), ("premiers-pas.en.md", "en_GB.UTF-8")):
        page = (REPOSITORY / "content/manuel" / name).read_text(encoding="utf-8")
        said, commands = follow(root, page, language)
        assert "Camille" in said, said
        assert commands <= MOST_COMMANDS, commands
        print(f"{name}: {commands} commands until the change log\n{said}")


if __name__ == "__main__":
    main()
