"""The manual's settings for nginx and Apache, as they are written there, on these servers: every address of a published site
with its headers, what does not exist, and who gets in where.

    CARNET=target/debug/carnet python3 tests/servers/test_servers.py

Needs Debian's packages nginx-light and apache2-bin. The servers listen on free ports of this machine alone, and all of their
files are in a temporary folder. Of each example only what names this machine is changed: port, certificate, folder.
"""

import base64
import http.client
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
MANUAL = HERE.parents[1] / "content/manuel"
MODULES = Path("/usr/lib/apache2/modules")
PAGES = {"fr": (MANUAL / "publier.md", MANUAL / "audiences.md"), "en": (MANUAL / "publier.en.md", MANUAL / "audiences.en.md")}
PROTECTING = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; ",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# With `nosniff` a browser runs and shows nothing that is called otherwise.
TYPES = {".html": "text/html", ".css": "text/css", ".js": "javascript", ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png"}
SECRET = "rapport-de-direction"
CONFIGURATION = """title: Parc
audiences:
  tous: {}
  direction: {includes: [tous]}
"""
PROCEDURES = {
    "accueil.md": "# Accueil\n\nBonjour.\n",
    f"{SECRET}.md": f"---\naudience: direction\n---\n# {SECRET}\n\nRien ici pour tous.\n",
}
APACHE = """ServerRoot "{folder}"
PidFile "{folder}/apache.pid"
ErrorLog "{folder}/error.log"
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
{modules}
{user}
TypesConfig /etc/mime.types
<Directory />
    AllowOverride None
    Require all denied
</Directory>
{sites}
"""
NGINX = """daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
events {{}}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{sites}
}}
"""


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def example(page, language):
    """The block of code of a page that is written in this language: there is one."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.S | re.M)
    assert len(blocks) == 1, f"{page.name}: {len(blocks)} × {language}"
    return blocks[0]


def here(text, changes):
    """An example as it works here: each pattern stands in it."""
    for pattern, new in changes:
        text, count = re.subn(pattern, lambda _: new, text)
        assert count, pattern
    return text


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


class Server:
    """A web server with a configuration of its own, until `stop`."""

    def __init__(self, folder, port, command, text):
        self.port = port
        settings = folder / "server.conf"
        settings.write_text(text, encoding="utf-8")
        # What the server itself says of the settings, before it starts.
        run(command[0], *command[1](settings), "-t")
        self.process = subprocess.Popen([command[0], *map(str, command[1](settings)), *command[2]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                return socket.create_connection(("127.0.0.1", port)).close()
            except OSError:
                time.sleep(0.05)
        raise AssertionError((folder / "error.log").read_text())

    def stop(self):
        self.process.terminate()
        self.process.wait(20)

    def ask(self, path, method="GET", host=None, **headers):
        """The status, the headers and the body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        if host:
            headers["Host"] = host
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body


def nginx(folder, port, sites):
    user = "user root;" if os.geteuid() == 0 else ""
    command = ("/usr/sbin/nginx", lambda settings: ("-c", settings), ())
    return Server(folder, port, command, NGINX.format(folder=folder, user=user, sites=sites))


def apache(folder, port, sites):
    names = ["mpm_event", "authz_core", "authn_core", "authn_file", "auth_basic", "authz_user", "dir", "mime", "headers"]
    modules = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in names)
    user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
    command = ("/usr/sbin/apache2", lambda settings: ("-f", settings), ("-D", "FOREGROUND"))
    return Server(folder, port, command, APACHE.format(folder=folder, port=port, user=user, modules=modules, sites=sites))


# What of an example names this machine: its port with its certificate, and its folder.
LISTENS = {"nginx": (r"listen 443 ssl;", "listen 127.0.0.1:{port};"), "apache": (r"<VirtualHost \*:443>", "<VirtualHost *:{port}>")}
STARTS = {"nginx": nginx, "apache": apache}


class Servers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="carnet-servers-"))
        cls.folder.chmod(0o755)
        root = cls.folder / "project"
        (root / "procedures").mkdir(parents=True)
        (root / "carnet.yaml").write_text(CONFIGURATION, encoding="utf-8")
        for name, text in PROCEDURES.items():
            (root / "procedures" / name).write_text(text, encoding="utf-8")
        for audience in ("tous", "direction"):
            run(os.environ["CARNET"], "--root", root, "build", "--audience", audience, "--out", cls.folder / audience, "--base-url", "https://parc.example/")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def files(self, audience):
        """The files of a site, by address."""
        public = self.folder / audience
        paths = sorted(path for path in public.rglob("*") if path.is_file())
        return {f"/{path.relative_to(public)}": path.read_bytes() for path in paths}

    def start(self, server, sites, port):
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        folder.chmod(0o755)
        started = STARTS[server](folder, port, sites)
        self.addCleanup(started.stop)
        return started

    def published(self, server):
        for language, (page, _) in PAGES.items():
            with self.subTest(language=language):
                port, public = free_port(), self.folder / "tous"
                pattern, listens = LISTENS[server]
                sites = here(example(page, server), [(pattern, listens.format(port=port)), (r"/srv/carnet/public", str(public))])
                self.judge(self.start(server, sites, port))

    def judge(self, server):
        files = self.files("tous")
        self.assertGreater(len(files), 60)

        def protected(path, status, headers):
            for name, beginning in PROTECTING.items():
                self.assertTrue((headers[name] or "").startswith(beginning), f"{path}, {status}: {name}: {headers[name]}")

        for path, expected in files.items():
            status, headers, body = server.ask(path)
            self.assertEqual((path, status), (path, 200))
            self.assertEqual(body, expected, path)
            protected(path, status, headers)
            kind = TYPES.get(Path(path).suffix)
            self.assertIn(kind or "", headers["Content-Type"] or "", path)
            fresh = path in ("/offline-worker.js", "/_offline/index.json")
            self.assertEqual(headers["Cache-Control"], "no-cache" if fresh else None, path)
            if path.endswith("/index.html"):
                self.assertEqual(server.ask(path.removesuffix("index.html"))[2], expected, path)
        self.assertIn("/offline-worker.js", files)
        self.assertIn("/_offline/index.json", files)
        missing = files["/404.html"]
        for path in ("/nowhere/", "/procedures/nowhere", "/.git/config", "/_carnet/", "/%2e%2e/project/carnet.yaml"):
            status, headers, body = server.ask(path)
            self.assertIn(status, (400, 403, 404), path)
            self.assertNotIn(b"audiences:", body)
            protected(path, status, headers)
            if status == 404:
                self.assertEqual(body, missing, path)
        status, headers, body = server.ask("/procedures/accueil/", "HEAD")
        self.assertEqual((status, body), (200, b""))
        protected("HEAD", status, headers)
        status, headers, body = server.ask("/index.html", Range="bytes=0-14")
        self.assertEqual((status, body), (206, files["/index.html"][:15]))
        status, headers, _ = server.ask("/procedures/accueil")
        self.assertEqual(status, 301)
        protected("/procedures/accueil", status, headers)

    def guarded(self, server):
        for language, (publishing, audiences) in PAGES.items():
            with self.subTest(language=language):
                self.guard(server, example(publishing, server), example(audiences, server))

    def guard(self, server, open_to_all, of_managers):
        port = free_port()
        pattern, listens = LISTENS[server]
        listening = (pattern, listens.format(port=port))
        passwords = self.folder / f"{server}.htpasswd"
        digest = run("openssl", "passwd", "-apr1", "-salt", "parcparc", "ouverture").strip()
        passwords.write_text(f"chef:{digest}\n")
        name = re.search(r"[\w.-]+\.(?:parc|estate)\.example", of_managers).group()
        known = re.search(r"(?<!\.)\b(?:parc|estate)\.example", open_to_all).group()
        all_sites = here(open_to_all, [listening, (r"/srv/carnet/public", str(self.folder / "tous"))])
        own = here(of_managers, [listening, (r"/srv/www/[a-z]+", str(self.folder / "direction")), (r"/etc/(?:nginx|apache2)/[a-z]+\.htpasswd", str(passwords))])
        started = self.start(server, all_sites + own, port)
        word = base64.b64encode(b"chef:ouverture").decode()
        wrong = base64.b64encode(b"chef:fermeture").decode()
        files = self.files("direction")
        hidden = [path for path in files if SECRET in path]
        self.assertTrue(hidden)
        for path, expected in files.items():
            for headers in ({}, {"Authorization": f"Basic {wrong}"}, {"X-Auth-Request-User": "chef", "Remote-User": "chef"}):
                status, _, body = started.ask(path, host=name, **headers)
                self.assertEqual((path, status), (path, 401))
                self.assertNotIn(SECRET.encode(), body)
            status, _, body = started.ask(path, host=name, Authorization=f"Basic {word}")
            self.assertEqual((path, status, body), (path, 200, expected))
        for path in hidden:
            status, _, body = started.ask(path, host=known, Authorization=f"Basic {word}")
            self.assertEqual((path, status), (path, 404))
            self.assertNotIn(SECRET.encode(), body)
        self.assertEqual(started.ask("/nowhere/", host=name)[0], 401)

    def test_nginx_sends_each_file_with_its_headers(self):
        self.published("nginx")

    def test_apache_sends_each_file_with_its_headers(self):
        self.published("apache")

    def test_nginx_lets_in_whom_it_knows(self):
        self.guarded("nginx")

    def test_apache_lets_in_whom_it_knows(self):
        self.guarded("apache")


if __name__ == "__main__":
    unittest.main()
