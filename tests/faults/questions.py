"""`carnet new` at a terminal of its own: it asks, takes answers, and leaves nothing behind when it is interrupted."""

import os
import pty
import select
import signal
import subprocess
import time
from pathlib import Path

from project import CARNET

LIMIT = 30


class Terminal:
    """A command with a pseudo terminal for its input, its output and its messages, and nothing of this machine's settings."""

    def __init__(self, root, *arguments):
        self.controller, terminal = pty.openpty()

        def own():
            os.setsid()
            # What a shell starts in the background does not hear Ctrl-C, nor do its children; at a terminal they do.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.close(os.open(os.ttyname(terminal), os.O_RDWR))

        self.process = subprocess.Popen([CARNET, *arguments, "--root", str(root)], stdin=terminal, stdout=terminal,
                                        stderr=terminal, preexec_fn=own, env={"HOME": str(root), "LANG": "fr_FR.UTF-8"})
        os.close(terminal)
        self.shown = ""

    def until(self, words):
        """Reads until words are shown; `None` waits for the end."""
        end = time.monotonic() + LIMIT
        while words is None or words not in self.shown:
            if not select.select([self.controller], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError(f"waited in vain for {words!r} after {self.shown!r}")
            try:
                more = os.read(self.controller, 65536)
            except OSError:  # Linux says so when nobody holds the other side any more.
                more = b""
            if not more:
                break
            self.shown += more.decode()
        if words is not None and words not in self.shown:
            raise AssertionError(f"ended without {words!r}: {self.shown!r}")
        self.shown = self.shown.split(words, 1)[1] if words else self.shown

    def type(self, text):
        os.write(self.controller, text.encode())

    def end(self):
        self.until(None)
        os.close(self.controller)
        return self.process.wait(LIMIT)


def started(folder):
    root = Path(folder) / "parc"
    subprocess.run([CARNET, "init", str(root), "--lang", "fr"], check=True, capture_output=True)
    return root


def answered(root):
    """Answers the questions about a machine, a slip included; the text that is written."""
    terminal = Terminal(root, "new", "asset", "srv-07")
    terminal.until("Nom [srv-07]\u00a0: ")
    terminal.type("Serveur de fichiers\n")
    terminal.until("Type\u00a0: ")
    terminal.type("serveurr\n")
    terminal.until("vouliez-vous dire")
    terminal.until("Type\u00a0: ")
    terminal.type("Serveur\n")
    terminal.until("Statut\u00a0: ")
    terminal.type("\n" * 20)
    code = terminal.end()
    return code, (root / "inventory/assets/srv-07.yaml").read_text(encoding="utf-8")


def interrupted(root, key):
    """Ends the questions in their middle by a key; how it ended, and the files that came meanwhile."""
    before = sorted(root.rglob("*"))
    terminal = Terminal(root, "new", "access-right", "droits/essai")
    terminal.until("Intitulé")
    terminal.type("Partage\n")
    terminal.until("Bénéficiaire")
    terminal.type(key)
    code = terminal.end()
    return code, [path for path in sorted(root.rglob("*")) if path not in before]


def unasked(root):
    """Where nobody can answer, or nobody wants to be asked: the file at once."""
    terminal = Terminal(root, "new", "asset", "srv-08", "--no-input")
    codes = [terminal.end()]
    piped = [CARNET, "new", "asset", "srv-09", "--root", str(root)]
    codes.append(subprocess.run(piped, stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT).returncode)
    names = [name for name in ("srv-08", "srv-09") if (root / f"inventory/assets/{name}.yaml").is_file()]
    return codes, names


INTERRUPTED = -signal.SIGINT
