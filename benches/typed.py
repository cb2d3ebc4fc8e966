"""From a keystroke to what `carnet lsp` says of it, seen from outside over its pipes."""

import json
import math
import re
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

LIMIT = 120


class Editor:
    """An editor with a project open; `ready` says how many seconds passed until the first findings' draft answered."""

    def __init__(self, binary, root):
        self.root = Path(root).resolve()
        self.process = subprocess.Popen([str(binary), "lsp"], cwd=self.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        watch = threading.Timer(LIMIT, self.process.kill)
        watch.daemon = True
        watch.start()
        started = time.perf_counter()
        self.last = 0
        self.ask("initialize", {"processId": None, "rootUri": self.root.as_uri(), "capabilities": {}})
        self.notify("initialized", {})
        self.ask("textDocument/documentSymbol", {"textDocument": {"uri": self.uri("carnet.yaml")}})
        self.ready = time.perf_counter() - started

    def uri(self, path):
        return (self.root / path).as_uri()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def read(self):
        length = 0
        while (line := self.process.stdout.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        if not length:
            raise SystemExit("the server is gone")
        return json.loads(self.process.stdout.read(length))

    def ask(self, method, params):
        self.last += 1
        self.send({"id": self.last, "method": method, "params": params})
        while True:
            message = self.read()
            if message.get("id") == self.last and "method" not in message:
                return message.get("result")

    def told(self, path, wanted):
        """Waits for findings of a file of which `wanted`, a function of all their messages, is true."""
        while True:
            message = self.read()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == self.uri(path):
                if wanted("\n".join(found["message"] for found in message["params"]["diagnostics"])):
                    return

    def stop(self):
        self.ask("shutdown", None)
        self.notify("exit", None)
        self.process.wait()


@dataclass
class Times:
    """Seconds from keystrokes to what is said of them, and of completions."""

    found: list
    cleared: list
    proposed: list

    def all(self):
        return self.found + self.cleared


def percentile(times, share):
    """The time that this share of all keeps."""
    return sorted(times)[math.ceil(share * len(times)) - 1]


def keystrokes(editor, path, text, place, turns):
    """What is typed at a place of a file, where an id stands that there is.

    Every keystroke but each fifth makes it the id of nothing, another one each time, so that its own finding answers; each
    fifth writes the id that there is, and the finding goes. After each, completions are asked for its first two letters."""
    document = {"uri": editor.uri(path)}
    language = "markdown" if path.endswith(".md") else "yaml"
    editor.notify("textDocument/didOpen", {"textDocument": {**document, "languageId": language, "version": 0, "text": text}})
    line = text[:place].count("\n")
    column = place - text.rfind("\n", 0, place) - 1
    sound = re.match(r"[\w-]+", text[place:]).group()
    written, times = sound, Times([], [], [])
    for turn in range(1, turns + 1):
        before, written = written, sound if turn % 5 == 0 else f"{sound[:2]}x{turn}"
        change = {"range": {"start": {"line": line, "character": column},
                            "end": {"line": line, "character": column + len(before)}}, "text": written}
        started = time.perf_counter()
        editor.notify("textDocument/didChange", {"textDocument": {**document, "version": turn}, "contentChanges": [change]})
        if written == sound:
            editor.told(path, lambda said, gone=before: f"`{gone}`" not in said)
            times.cleared.append(time.perf_counter() - started)
        else:
            editor.told(path, lambda said, word=written: f"`{word}`" in said)
            times.found.append(time.perf_counter() - started)
        started = time.perf_counter()
        answer = editor.ask("textDocument/completion",
                            {"textDocument": document, "position": {"line": line, "character": column + 2}})
        times.proposed.append(time.perf_counter() - started)
        if not answer or not answer["items"]:
            raise SystemExit(f"nothing is proposed in {path}")
    editor.notify("textDocument/didClose", {"textDocument": document})
    return times


def typing(binary, root, turns):
    """Seconds until ready, and `Times` by kind of file: a record alone in its file, a list of 500, a procedure."""
    root = Path(root)
    alone = Path("inventory/assets/typed.yaml")
    (root / alone).write_text("name: Typed\nstatus: in-service\nsite: site-1\n", encoding="utf-8")
    listed = sorted((root / "inventory" / "assets").glob("assets-*.yaml"))[0].relative_to(root)
    text = sorted((root / "procedures").rglob("*.md"))[0].relative_to(root)
    with open(root / text, "a", encoding="utf-8") as file:
        file.write("\nVoir [[eq-1]].\n")
    editor = Editor(binary, root)
    results = {}
    for kind, path, mark in (("a record alone", alone, "site: "), ("a list", listed, "site: "), ("a procedure", text, "[[")):
        written = (root / path).read_text(encoding="utf-8")
        results[kind] = keystrokes(editor, str(path), written, written.index(mark) + len(mark), turns)
    editor.stop()
    return editor.ready, results
