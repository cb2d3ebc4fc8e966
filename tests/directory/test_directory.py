"""A real directory: OpenLDAP's `slapd`, filled with 300 invented people, asked with `ldapsearch`, imported.

    CARNET=target/debug/carnet python3 tests/directory/test_directory.py

Needs Debian's packages slapd (2.5 or later) and ldap-utils. The server listens on a free port of this machine alone, and
all of its files are in a temporary folder.
"""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from people import BASE, CANARY, FIRST, LAST, TODAY, around, ldif, people

HERE = Path(__file__).resolve().parent
ROOT_NAME = f"cn=admin,{BASE}"
PASSWORD = "ouverture"

CONFIGURATION = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include /etc/ldap/schema/nis.schema
include /etc/ldap/schema/msuser.schema
include {here}/accounts.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload ppolicy
moduleload memberof
pidfile {folder}/slapd.pid
database mdb
suffix "{base}"
rootdn "{root}"
rootpw {password}
directory {folder}/data
maxsize 67108864
dbnosync
overlay ppolicy
overlay memberof
"""


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


class Server:
    """slapd on a port of its own, until `stop`."""

    def __init__(self, folder):
        # Where AppArmor keeps slapd to its own folders, it knows it by its path; a copy may write here.
        program = shutil.copy("/usr/sbin/slapd", folder / "slapd")
        (folder / "data").mkdir()
        written = CONFIGURATION.format(here=HERE, folder=folder, base=BASE, root=ROOT_NAME, password=PASSWORD)
        (folder / "slapd.conf").write_text(written)
        self.address = f"ldap://127.0.0.1:{free_port()}"
        self.log = open(folder / "slapd.log", "w+")
        self.process = subprocess.Popen([program, "-f", folder / "slapd.conf", "-h", self.address, "-d", "0"],
                                        stdout=self.log, stderr=self.log)
        self.wait()

    def wait(self):
        until = time.monotonic() + 10
        while time.monotonic() < until and self.process.poll() is None:
            if self.tool("ldapwhoami", check=False).returncode == 0:
                return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"slapd did not start: {Path(self.log.name).read_text()}")

    def tool(self, name, *arguments, text=None, check=True):
        return subprocess.run([name, "-x", "-H", self.address, "-D", ROOT_NAME, "-w", PASSWORD, *arguments],
                              input=text, check=check, capture_output=True, text=True)

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.log.close()


class Directory(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.people = people()
        cls.answers = cls.asked(Path(cls.folder.name))
        cls.root = Path(cls.folder.name) / "site"
        cls.write("carnet.yaml", f"title: Essai\nas_of: {TODAY}\n")
        # Some of the people, as their estate knows them: no address, so that names alone tell who is who.
        for first, last in [(first, last) for first in FIRST[:4] for last in LAST[:15]]:
            text = f"name: {first} {last}\nfirst_name: {first}\nlast_name: {last}\n"
            cls.write(f"inventory/people/{FIRST.index(first)}-{LAST.index(last)}.yaml", text)
        cls.told = cls.carnet("import", "ldif", cls.answers["wrapped"])

    @classmethod
    def asked(cls, folder):
        """What `ldapsearch` says of all of it: as it is, in pages with comments; and bare, on long lines."""
        server = Server(folder)
        cls.addClassCleanup(server.stop)
        first, last = around(cls.people)
        server.tool("ldapadd", text=ldif(first + [person.entry for person in cls.people] + last))
        ways = {"wrapped": ["-E", "pr=50/noprompt"], "bare": ["-LLL", "-o", "ldif-wrap=no"]}
        answers = {}
        for name, options in ways.items():
            answer = server.tool("ldapsearch", *options, "-b", BASE, "(objectClass=*)", "*", "+").stdout
            answers[name] = folder / f"{name}.ldif"
            answers[name].write_text(answer)
        return answers

    @classmethod
    def write(cls, path, text):
        path = cls.root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    @classmethod
    def carnet(cls, *arguments):
        done = subprocess.run([os.environ["CARNET"], *arguments, "--root", cls.root], capture_output=True, text=True,
                              env={**os.environ, "LC_ALL": "fr_FR.UTF-8"})
        if done.returncode != 0:
            raise AssertionError(f"{arguments}: {done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def rows(self, question):
        answer = json.loads(self.carnet("query", question, "--format", "json", "--no-history"))
        return [tuple(row.values()) for row in answer]

    def files(self):
        return {path: path.read_bytes() for path in self.root.rglob("*") if path.is_file()}

    def test_all_accounts_are_there(self):
        kinds = self.rows("SELECT type, directory, count(*) AS n FROM accounts GROUP BY type, directory ORDER BY n")
        self.assertEqual(kinds, [("service", "ad", 3), ("computer", "ad", 5), ("user", None, 100), ("user", "ad", 200)])
        logins = {login for (login,) in self.rows("SELECT login FROM accounts WHERE type = 'user'")}
        self.assertEqual(logins, {person.login for person in self.people})

    def test_disabled_accounts_are_right(self):
        disabled = {login for (login,) in self.rows("SELECT login FROM accounts WHERE enabled = 0")}
        self.assertEqual(len(disabled), 28)
        self.assertEqual(disabled, {person.login for person in self.people if person.disabled})

    def test_expired_accounts_are_right(self):
        days = dict(self.rows("SELECT login, expires FROM accounts WHERE expires IS NOT NULL"))
        self.assertEqual(days, {person.login: str(person.last_day) for person in self.people if person.last_day})
        expired = [login for login, day in days.items() if day < str(TODAY)]
        self.assertEqual(len(expired), 38)
        self.assertEqual(set(expired), {person.login for person in self.people if person.expired})

    def test_names_tell_who_is_who(self):
        linked = dict(self.rows("SELECT login, person FROM accounts WHERE person IS NOT NULL"))
        expected = {person.login: f"{FIRST.index(person.first)}-{LAST.index(person.last)}"
                    for person in self.people if person.first in FIRST[:4]}
        self.assertEqual(len(expected), 60)
        self.assertEqual(linked, expected)

    def test_accounts_stand_in_their_groups(self):
        members = self.rows('SELECT "value", count(*) AS n FROM accounts_groups GROUP BY 1 ORDER BY 1')
        self.assertEqual(members, [("bureau", 50), ("gg-atelier", 23), ("gg-comptabilite", 50)])

    def test_other_imports_of_it_change_nothing(self):
        before = self.files()
        for answer in self.answers.values():
            told = self.carnet("import", "ldif", answer)
            self.assertRegex(told, r"0 fiche créée, 0 modifiée, 311 inchangées\s; 0 valeur gardée, 0 en doute")
            self.assertEqual(self.files(), before)

    def test_no_secret_came_in(self):
        asked = self.answers["bare"].read_text()
        self.assertIn("userPassword:: ", asked)
        self.assertIn(CANARY, asked)
        for path, text in self.files().items():
            self.assertNotIn(CANARY.encode(), text, path)
        self.assertNotIn(CANARY, self.told)
        for what in ["mots de passe (300)", "photos (200)", "textes libres (500)"]:
            self.assertIn(what, self.told)

    def test_check_is_content(self):
        self.carnet("check", "--no-history")


if __name__ == "__main__":
    unittest.main()
