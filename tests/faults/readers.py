"""Readers of a site behind nginx while it is published over and over, in two versions that differ in pages and scripts.

    CARNET=target/release/carnet python3 tests/faults/readers.py [--requests 100000] [--publishes 100] [--clients 32]

Each client asks for a page, then for all styles, scripts and pictures that the page names. Every answer must be whole,
and be that of the page's own version. Where nginx is not installed this says "not run", which is no success.
"""

import argparse
import collections
import contextlib
import hashlib
import http.client
import multiprocessing
import os
import posixpath
import random
import re
import shutil
import socket
import subprocess
import tempfile
import time

from project import VERSIONS, Project

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"

CONFIGURATION = """
daemon off; master_process off; error_log {folder}/error.log; pid {folder}/nginx.pid;
events {{ worker_connections 2048; }}
http {{
  types {{ text/html html; text/css css; text/javascript js; image/svg+xml svg; }}
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""

NAMED = re.compile(r'<(?:script|img)[^>]* src="([^"]+)"|<link[^>]* rel="(?:stylesheet|icon)"[^>]* href="([^"]+)"'
                   r'|<link[^>]* href="([^"]+)"[^>]* rel="(?:stylesheet|icon)"')


def can_serve():
    """Why nginx cannot serve here; None when it can."""
    return None if os.access(NGINX, os.X_OK) else "nginx is not installed"


@contextlib.contextmanager
def nginx(folder, root):
    """nginx for a folder, on a port of its own."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    place = os.path.join(folder, "nginx.conf")
    with open(place, "w", encoding="utf-8") as file:
        user = "user root;" if os.geteuid() == 0 else ""
        file.write(user + CONFIGURATION.format(folder=folder, port=port, root=root))
    server = subprocess.Popen([NGINX, "-c", place, "-p", folder, "-e", f"{folder}/error.log"])
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait()


def named(path, page):
    """The files that a page needs, by their paths from the root."""
    folder = posixpath.dirname("/" + path)
    found = ("".join(match) for match in NAMED.findall(page.decode()))
    return {posixpath.normpath(posixpath.join(folder, name)).lstrip("/") for name in found if ":" not in name}


def read(port, seed, pages, versions, ends, told):
    """One client: reads until `ends` is set, then tells what it saw."""
    chance, counts, wrong = random.Random(seed), collections.Counter(), []
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def get(path):
        connection.request("GET", "/" + path.removesuffix("index.html"))
        answer = connection.getresponse()
        body = answer.read()
        counts["requests"] += 1
        if answer.status != 200:
            wrong.append(f"{path}: status {answer.status}")
        elif len(body) != int(answer.headers["Content-Length"]):
            wrong.append(f"{path}: cut short")
        return body

    while not ends.is_set():
        path = chance.choice(pages)
        try:
            page = get(path)
            content = hashlib.sha256(page).hexdigest()
            own = [version for version in versions if version.get(path) == content]
            if not own:
                wrong.append(f"{path}: of neither version")
                continue
            counts["pages"] += 1
            # A browser on a slow line asks for what a page names after a while: an exchange may lie between.
            time.sleep(chance.uniform(0, 0.2))
            for name in named(path, page):
                if hashlib.sha256(get(name)).hexdigest() != own[0].get(name):
                    wrong.append(f"{path}: {name} is not of its version")
        except (OSError, http.client.HTTPException) as error:
            wrong.append(f"{path}: {error!r}")
            connection.close()
    connection.close()
    told.put((counts, wrong))


def run(folder, requests, publishes, clients):
    """Publishes while clients read. Gives what happened, counted, and what was wrong."""
    os.chmod(folder, 0o755)
    project = Project(folder)
    versions = list(project.trees().values())
    pages = sorted(path for path in versions[0].keys() & versions[1].keys() if path.endswith("index.html"))
    names = [named(path, (project.out / path).read_bytes()) for path in pages[:1]]
    assert len(names[0]) > 2 and names[0] - versions[0].keys(), "the versions have scripts of their own"
    ends, told = multiprocessing.Event(), multiprocessing.Queue()
    with nginx(folder, project.out) as port:
        readers = [multiprocessing.Process(target=read, args=(port, seed, pages, versions, ends, told), daemon=True)
                   for seed in range(clients)]
        for reader in readers:
            reader.start()
        started, longest = time.monotonic(), 0
        for at in range(publishes):
            project.become(VERSIONS[at % 2])
            begun = time.monotonic()
            code, said = project.build()
            assert code == 0, said
            longest = max(longest, time.monotonic() - begun)
        published = time.monotonic() - started
        time.sleep(0.5)
        ends.set()
        seen = [told.get(timeout=60) for _ in readers]
    counts, wrong = collections.Counter(), []
    for counted, found in seen:
        counts.update(counted)
        wrong.extend(found)
    counts["publishes"] = publishes
    counts["seconds"] = round(published)
    counts["milliseconds of the longest publish"] = round(longest * 1000)
    if counts["requests"] < requests:
        wrong.append(f"only {counts['requests']} of {requests} requests were made: give more publishes")
    return counts, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--publishes", type=int, default=100)
    parser.add_argument("--clients", type=int, default=32)
    arguments = parser.parse_args()
    why = can_serve()
    if why:
        raise SystemExit(f"not run: {why}")
    with tempfile.TemporaryDirectory() as folder:
        counts, wrong = run(folder, arguments.requests, arguments.publishes, arguments.clients)
    for what, number in counts.items():
        print(f"{number:8} {what}")
    print(f"{len(wrong):8} wrong", *wrong[:10], sep="\n")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
