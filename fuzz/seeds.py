#!/usr/bin/env python3
"""Fills fuzz/corpus with the samples that the tests have: files of tests/, and the texts inside tests.rs.

Nothing is copied into the repository. The letters before a seed are explained in fuzz/targets/.
"""

import hashlib
import io
import re
import zipfile
from pathlib import Path

FUZZ = Path(__file__).resolve().parent
ROOT = FUZZ.parent
TESTS = ROOT / "tests"
READERS = ROOT / "src" / "import"
# A seed that is longer slows the fuzzer down and finds no more.
LONGEST = 32_768

ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", '"': '"', "\\": "\\"}
LITERAL = re.compile(r'r#"(.*?)"#|"((?:[^"\\]|\\.)*)"', re.DOTALL)
ESCAPE = re.compile(r"\\(?:(\n\s*)|u\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{2})|(.))", re.DOTALL)


def plain(text):
    """What a Rust literal stands for."""

    def sign(found):
        line, number, byte, letter = found.groups()
        if line is not None:
            return ""
        if number or byte:
            return chr(int(number or byte, 16))
        return ESCAPES.get(letter, letter)

    return ESCAPE.sub(sign, text)


def literals(folder):
    """The longer texts of a reader's tests."""
    for path in sorted((READERS / folder).rglob("*.rs")):
        if "tests" not in path.as_posix() and "#[cfg(test)]" not in path.read_text():
            continue
        for raw, escaped in LITERAL.findall(path.read_text()):
            text = raw or plain(escaped)
            if len(text) > 12:
                yield text.replace("{{", "{").replace("}}", "}").encode()


def parts(path):
    """A workbook as the parts that the target `tables` packs."""
    out = b""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        for name in archive.namelist():
            out += b"@@ " + name.encode() + b"\n" + archive.read(name).rstrip(b"\n") + b"\n"
    return out


def put(target, bytes):
    if len(bytes) <= LONGEST:
        folder = FUZZ / "corpus" / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / hashlib.sha1(bytes).hexdigest()).write_bytes(bytes)


def main():
    samples = [*(TESTS / "import").iterdir(), *(TESTS / "imported_ocs").iterdir()]
    for seed in [*(path.read_bytes() for path in samples), *literals("glpi")]:
        put("glpi_json_xml", seed)

    letters = {"glpi": b"g", "ad": b"a", "snipeit": b"s", "jira": b"j", "csv": b"c"}
    for path in sorted((TESTS / "imported_tables").iterdir()):
        if path.suffix == ".csv":
            put("tables", letters[path.stem] + path.read_bytes())
        elif path.suffix in (".xlsx", ".ods"):
            put("tables", b"g" + path.read_bytes())
            put("tables", b"G" + parts(path))
            put("tables", b"C" + parts(path))
    for seed in [*literals("profile"), *literals("table")]:
        for letter in letters.values():
            put("tables", letter + seed)

    put("ldif", (TESTS / "imported_tables" / "accounts.ldif").read_bytes())
    for seed in literals("ldif"):
        put("ldif", seed)

    answers = {"jira": b"j", "snipeit": b"s", "glpi/rest": b"g"}
    for path in sorted((TESTS / "imported_answers").glob("*.json")):
        for letter in answers.values():
            if path.name.startswith({b"j": "jira", b"s": "snipeit", b"g": "glpi"}[letter]):
                put("answers", letter + path.read_bytes())
    for folder, letter in answers.items():
        for seed in literals(folder):
            put("answers", letter + seed)

    put("others", b"o" + (TESTS / "imported_ocs" / "pc-atelier.ocs").read_bytes())
    for folder, letters in {"ninjaone": b"n", "entra": b"e", "backups": b"rbv", "device_type": b"d"}.items():
        seeds = [*literals(folder)]
        for letter in letters:
            for seed in seeds:
                put("others", bytes([letter]) + seed)
            put("others", bytes([letter]) + b"\n~~~\n".join(seeds))

    for request in (
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1:4646\r\n\r\n",
        b"POST /inventory HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\nabcd",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"HEAD /a%20b/?c HTTP/1.0\r\nRange: bytes=1-2\r\nIf-Range: \"tag\"\r\nIf-None-Match: W/\"x\", *\r\n\r\n",
    ):
        put("requests", request)

    projects()


def projects():
    """The targets that make a site: texts of the rules' fixtures, of the semantic comparison and of the example."""
    folders = ["assets", "tickets", "workflows", "licences", "people", "_kinds", "rotas", "contracts", "prefixes", "changes"]
    example = [*(ROOT / "inventory").rglob("*.yaml"), *(ROOT / "procedures").rglob("*.md"), *(ROOT / "content" / "manuel").glob("ma*.md")]
    fixtures = [path for folder in ("rules", "semantic", "sites") for path in (TESTS / folder).rglob("*") if path.suffix in (".yaml", ".md")]
    for path in sorted([*example, *fixtures]):
        text = path.read_bytes()
        if path.suffix == ".md":
            put("markdown", text)
        elif path.parent.name in folders:
            put("records", bytes([folders.index(path.parent.name)]) + text)
        put("differences", text + b"\n~~~\n" + text[: len(text) // 2])
    asked = (TESTS / "search" / "relevance.txt").read_text().splitlines()
    for line in asked:
        if " => " in line:
            put("queries", line.split(" => ")[0].encode())

    printed = re.compile(r"{{-?\s*(.*?)\s*-?}}", re.DOTALL)
    for path in sorted((ROOT / "themes" / "default" / "templates").glob("*.html")):
        for expression in printed.findall(path.read_text()):
            put("filters", expression.encode())
    for name in ("value", "table", "badge", "moment", "kept", "link", "external_link", "sorting", "label"):
        put("filters", f'"<x-typed>" | {name}'.encode())


if __name__ == "__main__":
    main()
