"""From a keystroke to what `carnet lsp` says of it, seen from outside over its pipes."""

import json
import statistics
import subprocess
import threading
import time
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

    def told(self, path, word):
        """Waits for findings of a file that speak of a word."""
        while True:
            message = self.read()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == self.uri(path):
                if any(word in found["message"] for found in message["params"]["diagnostics"]):
                    return

    def stop(self):
        self.ask("shutdown", None)
        self.notify("exit", None)
        self.process.wait()


def keystrokes(editor, path, text, place, turns):
    """Seconds from each keystroke to its findings, and of each completion where it was made.

    Every keystroke changes the id of a site that does not exist, so that each is answered by another finding."""
    document = {"uri": editor.uri(path)}
    editor.notify("textDocument/didOpen", {"textDocument": {**document, "languageId": "yaml", "version": 0, "text": text}})
    line = text[:place].count("\n")
    column = place - text.rfind("\n", 0, place) - 1
    end = column + len(text[place:].split("\n", 1)[0])
    found, proposed = [], []
    for turn in range(1, turns + 1):
        word = f"nowhere-{turn}"
        change = {"range": {"start": {"line": line, "character": column}, "end": {"line": line, "character": end}}, "text": word}
        end = column + len(word)
        started = time.perf_counter()
        editor.notify("textDocument/didChange", {"textDocument": {**document, "version": turn}, "contentChanges": [change]})
        editor.told(path, f"`{word}`")
        found.append(time.perf_counter() - started)
        started = time.perf_counter()
        editor.ask("textDocument/completion", {"textDocument": document, "position": {"line": line, "character": column}})
        proposed.append(time.perf_counter() - started)
    editor.notify("textDocument/didClose", {"textDocument": document})
    return found, proposed


def typing(binary, root, turns):
    """Seconds until ready; by kind of file, the median and the slowest from a keystroke to its findings, and the median of a
    completion."""
    root = Path(root)
    alone = Path("inventory/assets/typed.yaml")
    (root / alone).write_text("name: Typed\nstatus: in-service\nsite: nowhere\n", encoding="utf-8")
    listed = sorted((root / "inventory" / "assets").glob("assets-*.yaml"))[0].relative_to(root)
    editor = Editor(binary, root)
    results = {}
    for kind, path in (("a record alone", alone), ("a list", listed)):
        text = (root / path).read_text(encoding="utf-8")
        place = text.index("site: ") + len("site: ")
        found, proposed = keystrokes(editor, str(path), text, place, turns)
        results[kind] = statistics.median(found), max(found), statistics.median(proposed)
    editor.stop()
    return editor.ready, results
