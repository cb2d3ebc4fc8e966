"""From a save to the page that shows it, seen from outside over HTTP, and how soon `carnet serve` answers at all."""

import http.client
import re
import socket
import statistics
import subprocess
import time

LIMIT = 60


def free_port():
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return opened.getsockname()[1]


class Server:
    """A `carnet serve` of a project, ready when this is made; `ready` says how many seconds that took."""

    def __init__(self, binary, root):
        self.port = free_port()
        started = time.perf_counter()
        self.process = subprocess.Popen([str(binary), "serve", "--root", str(root), "--no-history", "--port", str(self.port)],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while b"<html" not in self.get("/"):
            if time.perf_counter() - started > LIMIT:
                raise SystemExit("the server does not answer")
            time.sleep(0.005)
        self.ready = time.perf_counter() - started

    def get(self, path):
        """The body of a page, empty while nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LIMIT)
        try:
            connection.request("GET", path)
            return connection.getresponse().read()
        except OSError:
            return b""
        finally:
            connection.close()

    def visible(self, path, mark):
        """Waits until a page holds a mark; gives the seconds."""
        started = time.perf_counter()
        while mark not in self.get(path):
            if time.perf_counter() - started > LIMIT:
                raise SystemExit(f"{mark} never came to {path}")
            time.sleep(0.001)
        return time.perf_counter() - started

    def memory(self):
        """MiB at the peak."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()


def style(server):
    """The address of the site's style sheet, which carries its hash."""
    return "/" + re.search(rb'href="(?:\.?/)?(_carnet/style\.[^"]+\.css)"', server.get("/")).group(1).decode()


def edits(root, turn):
    """Five kinds of edit: name, file, its new text, and where the mark is seen (`None`: in the style sheet)."""
    mark = f"marque{turn:05}"
    page = root / "procedures" / "s0000" / "p-000000.md"
    text = page.read_text(encoding="utf-8")
    yield "body", page, text + f"\n{mark}a\n", "/procedures/s0000/p-000000/", mark + "a"
    record = root / "inventory" / "assets" / "bench.yaml"
    yield "field", record, f"- {{id: banc, name: Banc, type: server, status: in-service, room: {mark}b}}\n", "/assets/banc/", mark + "b"
    title = re.sub(r"^title: .*$", f"title: {mark}c", text, count=1, flags=re.M)
    yield "front matter", page, title, "/procedures/s0000/p-000000/", mark + "c"
    footer = root / "themes" / "bench" / "templates" / "footer.html"
    yield "template", footer, f"<p>{mark}d</p>\n", "/", mark + "d"
    sheet = root / "themes" / "bench" / "assets" / "style" / "8-bench.css"
    yield "style", sheet, f".{mark}e {{ color: red }}\n", None, mark + "e"


def prepare(root):
    """A theme of the project's own, and a record to edit."""
    (root / "themes" / "bench" / "templates").mkdir(parents=True, exist_ok=True)
    (root / "themes" / "bench" / "assets" / "style").mkdir(parents=True, exist_ok=True)
    (root / "inventory" / "assets").mkdir(parents=True, exist_ok=True)
    settings = root / "carnet.yaml"
    if "theme:" not in settings.read_text(encoding="utf-8"):
        settings.write_text(settings.read_text(encoding="utf-8") + "theme: bench\n", encoding="utf-8")
    for _, file, text, _, _ in edits(root, 0):
        if not file.suffix == ".md":
            file.write_text(text, encoding="utf-8")


def saving(binary, root, turns):
    """Seconds until the server is ready; the medians by kind of edit and over all; MiB at the peak."""
    prepare(root)
    server = Server(binary, root)
    found = {}
    try:
        for turn in range(1, turns + 1):
            for kind, file, text, path, mark in edits(root, turn):
                file.write_text(text, encoding="utf-8")
                started = time.perf_counter()
                if path is None:
                    while mark.encode() not in server.get(style(server)):
                        if time.perf_counter() - started > LIMIT:
                            raise SystemExit(f"{mark} never came to the style sheet")
                else:
                    server.visible(path, mark.encode())
                found.setdefault(kind, []).append(time.perf_counter() - started)
        memory = server.memory()
    finally:
        server.stop()
    by_kind = {kind: statistics.median(times) for kind, times in found.items()}
    return server.ready, by_kind, statistics.median(sum(found.values(), [])), memory
