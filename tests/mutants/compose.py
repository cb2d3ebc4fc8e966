"""Writes every mutant of some sources into one copy of them, each behind `crate::mutants::is(N)`.

cargo-mutants lists the mutants but compiles Carnet again for each; thus one build serves all, and a test tells which it reaches."""

from pathlib import Path

import tree_sitter_rust
from tree_sitter import Language, Parser

PARSER = Parser(Language(tree_sitter_rust.language()))

MODULE = """//! Which mutant acts (CARNET_MUTANT), and which were reached (a file of CARNET_REACHED, a line each).
use std::io::Write as _;
use std::sync::{LazyLock, Mutex};

static ACTS: LazyLock<u32> = LazyLock::new(|| {
    std::env::var("CARNET_MUTANT").ok().and_then(|told| told.parse().ok()).unwrap_or(0)
});
static REACHED: LazyLock<Option<Mutex<(Vec<bool>, std::fs::File)>>> = LazyLock::new(|| {
    let path = std::env::var_os("CARNET_REACHED")?;
    let file = std::fs::OpenOptions::new().append(true).create(true).open(path).ok()?;
    Some(Mutex::new((vec![false; 100_000], file)))
});

pub fn is(number: u32) -> bool {
    if let Some(reached) = &*REACHED {
        let mut reached = reached.lock().unwrap();
        if !reached.0[number as usize] {
            reached.0[number as usize] = true;
            let _ = reached.1.write_all(format!("{number}\\n").as_bytes());
        }
    }
    *ACTS == number
}
"""


class Source:
    """One file, and where its mutants stand: by the first byte of what each replaces."""

    def __init__(self, path, mutants):
        self.text = Path(path).read_bytes()
        starts, at = [], 0
        for line in self.text.split(b"\n"):
            starts.append((at, line.decode()))
            at += len(line) + 1
        self.edits = {}
        for mutant in mutants:
            start, end = (self.byte(starts, mutant["span"][edge]) for edge in ("start", "end"))
            self.edits.setdefault((mutant["genre"], start), []).append((mutant["number"], mutant["replacement"], end))
        self.placed = set()

    @staticmethod
    def byte(starts, place):
        at, line = starts[place["line"] - 1]
        return at + len(line[: place["column"] - 1].encode())

    def told(self, genre, at):
        found = self.edits.get((genre, at), [])
        self.placed.update(number for number, _, _ in found)
        return found

    def of(self, node):
        return self.text[node.start_byte : node.end_byte].decode()

    def composed(self):
        return self.written(PARSER.parse(self.text).root_node)

    def inner(self, node, changed):
        """The text of a node with its children as they are composed; what stands between them stays."""
        out, at = [], node.start_byte
        for child in node.children:
            out += [self.text[at : child.start_byte].decode(), changed.get(child.id) or self.written(child)]
            at = child.end_byte
        return "".join([*out, self.text[at : node.end_byte].decode()])

    def written(self, node):
        way = getattr(self, node.type, None)
        return way(node) if way else self.inner(node, {})

    def chosen(self, mutants, otherwise):
        tests = "".join(f"if crate::mutants::is({number}) {{ {text} }} else " for number, text in mutants)
        return f"({tests}{{ {otherwise} }})" if tests else otherwise

    def binary_expression(self, node):
        left, operator, right = node.child_by_field_name("left"), node.child_by_field_name("operator"), node.child_by_field_name("right")
        told = self.told("BinaryOperator", operator.start_byte)
        mutants = [(number, f"{self.of(left)} {other} {self.of(right)}") for number, other, _ in told]
        return self.chosen(mutants, self.inner(node, {}))

    def compound_assignment_expr(self, node):
        return self.binary_expression(node)

    def unary_expression(self, node):
        told = self.told("UnaryOperator", node.start_byte)
        return self.chosen([(number, self.of(node.children[-1])) for number, _, _ in told], self.inner(node, {}))

    def match_arm(self, node):
        pattern = node.child_by_field_name("pattern")
        guard = pattern.child_by_field_name("condition")
        removed = [f"!crate::mutants::is({number})" for number, _, _ in self.told("MatchArm", node.start_byte)]
        if guard:
            told = self.told("MatchArmGuard", guard.start_byte)
            removed.append(self.chosen([(number, text) for number, text, _ in told], self.written(guard)))
        if not removed:
            return self.inner(node, {})
        shape = self.of(pattern.children[0]) if guard else self.of(pattern)
        return self.inner(node, {pattern.id: f"{shape} if {' && '.join(removed)}"})

    def field_initializer(self, node):
        told = self.told("StructField", node.start_byte)
        base = next((self.of(other.children[-1]) for other in node.parent.children if other.type == "base_field_initializer"), None)
        name, value = node.child_by_field_name("field"), node.child_by_field_name("value")
        if not told or not base:
            return self.inner(node, {})
        mutants = [(number, f"({base}).{self.of(name)}") for number, _, _ in told]
        return self.inner(node, {value.id: self.chosen(mutants, self.written(value))})

    def function_item(self, node):
        body = node.child_by_field_name("body")
        head = self.text[node.start_byte : body.start_byte].decode()
        told = self.told("FnValue", body.named_children[0].start_byte) if body.named_children else []
        for comment in body.named_children:
            if comment.type not in ("line_comment", "block_comment", "attribute_item"):
                told = told or self.told("FnValue", comment.start_byte)
                break
        if " const fn " in f" {head}" or "const fn" in head.split("(")[0]:
            return self.of(node)
        returns = "".join(f" if crate::mutants::is({number}) {{ return {text}; }}" for number, text, _ in told)
        return head + "{" + returns + self.inner(body, {})[1:]


def compose(root, mutants):
    """Changes the sources under `root`; returns the numbers that found no place."""
    placed = set()
    for path in sorted({mutant["file"] for mutant in mutants}):
        source = Source(root / path, [mutant for mutant in mutants if mutant["file"] == path])
        (root / path).write_text(source.composed())
        placed |= source.placed
    (root / "src/mutants.rs").write_text(MODULE)
    lib = root / "src/lib.rs"
    lib.write_text(lib.read_text().replace("pub mod yaml;", "pub mod mutants;\npub mod yaml;", 1))
    return [mutant["number"] for mutant in mutants if mutant["number"] not in placed]
