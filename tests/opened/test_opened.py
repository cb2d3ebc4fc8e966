"""The published data in other people's hands: sqlite3 and Datasette open `estate.sqlite`, DuckDB loads
every CSV, and the same three questions have the same answers in all of them.

    CARNET=target/debug/carnet python tests/opened/test_opened.py
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]

# Nothing here belongs to one of the dialects; each answer is a number of rows that no other question shares.
QUESTIONS = {
    "what stands where, by type":
        'SELECT site, type, count(*) AS n FROM assets WHERE status = \'in-service\' '
        "GROUP BY site, type ORDER BY site, type",
    "what each supplier sold, in cents":
        "SELECT s.name, count(*) AS n, sum(CAST(replace(a.price, '.', '') AS INTEGER)) AS cents "
        "FROM assets a JOIN suppliers s ON s.id = a.supplier WHERE a.price <> '' GROUP BY s.name ORDER BY s.name",
    "tickets by month and client":
        "SELECT substr(CAST(opened AS VARCHAR), 1, 7) AS month, organisation, count(*) AS n FROM tickets "
        "GROUP BY substr(CAST(opened AS VARCHAR), 1, 7), organisation ORDER BY 1, 2",
}


def as_text(rows):
    return [tuple("" if cell is None else str(cell) for cell in row) for row in rows]


class Opened(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        site = Path(cls.folder.name) / "site"
        subprocess.run([os.environ["CARNET"], "build", "--root", str(ROOT), "--out", str(site), "--no-history"],
                       check=True, capture_output=True)
        cls.data = site / "data"
        cls.database = cls.data / "estate.sqlite"

    def sqlite(self, sql):
        told = subprocess.run(["sqlite3", "-batch", "-bail", "-json", "-readonly", str(self.database), sql],
                              check=True, capture_output=True, text=True).stdout
        return as_text(row.values() for row in json.loads(told or "[]"))

    def datasette(self, sql):
        address = "/estate.json?" + urllib.parse.urlencode({"sql": sql, "_shape": "arrays", "_size": "max"})
        program = Path(sys.executable).parent / "datasette"
        told = subprocess.run([program, str(self.database), "--get", address],
                              check=True, capture_output=True, text=True).stdout
        answer = json.loads(told)
        self.assertFalse(answer["truncated"])
        return as_text(answer["rows"])

    def duck(self):
        """A connection with a view for each CSV, its values as written."""
        connection = duckdb.connect()
        for path in sorted(self.data.glob("*.csv")):
            name = path.stem.replace("-", "_")
            connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM '
                               f"read_csv('{path}', header = true, all_varchar = true, strict_mode = true)")
        return connection

    def test_the_file_is_sound(self):
        self.assertEqual(self.sqlite("PRAGMA integrity_check"), [("ok",)])
        self.assertEqual(self.sqlite("PRAGMA foreign_key_check"), [])

    def test_three_questions_have_one_answer(self):
        duck = self.duck()
        for title, sql in QUESTIONS.items():
            with self.subTest(title):
                here = self.sqlite(sql)
                self.assertGreater(len(here), 3)
                self.assertEqual(as_text(duck.execute(sql).fetchall()), here)
                self.assertEqual(self.datasette(sql), here)

    def test_duckdb_reads_every_csv_and_counts_every_record(self):
        duck = self.duck()
        kinds = self.sqlite("SELECT DISTINCT kind FROM records")
        self.assertGreater(len(kinds), 20)
        for path in sorted(self.data.glob("*.csv")):
            with self.subTest(path.name):
                view = path.stem.replace("-", "_")
                rows = duck.execute(f'SELECT * FROM "{view}"').fetchall()
                table = self.sqlite(f"SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '{view}'")
                if table == [("1",)]:
                    self.assertEqual([(str(len(rows)),)], self.sqlite(f'SELECT count(*) FROM "{view}"'))

    def test_datasette_lists_every_table(self):
        told = self.datasette("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")
        self.assertEqual(told, self.sqlite("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name"))
        self.assertIn(("assets",), told)
        self.assertIn(("vue_equipements",), told)


if __name__ == "__main__":
    unittest.main(verbosity=2)
