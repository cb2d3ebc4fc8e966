//! Trees and mistakes, as small texts.

use std::fmt::Write;
use std::sync::Arc;

use super::*;
use crate::diagnostic::{Language, short};

/// Prints a tree in one line, scalars quoted.
fn print(node: &Node) -> String {
    match &node.shape {
        Shape::Scalar { text, .. } => format!("{text:?}"),
        Shape::Sequence(items) => {
            format!(
                "[{}]",
                items.iter().map(print).collect::<Vec<_>>().join(", ")
            )
        }
        Shape::Mapping(entries) => {
            let mut out = String::from("{");
            for (key, value) in entries {
                let _ = write!(out, "{}: {};", print(key), print(value));
            }
            out + "}"
        }
    }
}

fn check(yaml: &str, tree: &str, findings: &str) {
    let file = Arc::new(SourceFile::new("a.yaml", yaml));
    let (root, diagnostics) = parse(&file, file.whole());
    assert_eq!(root.as_ref().map_or_else(String::new, print), tree);
    assert_eq!(short(&diagnostics, Language::En).trim_end(), findings);
}

#[test]
fn scalars_stay_as_written() {
    check(
        "a: 000123\nb: 1E10\nc: no\nd: 52:54:00:12:34:56\ne: 1.10\nf: ~\n",
        r#"{"a": "000123";"b": "1E10";"c": "no";"d": "52:54:00:12:34:56";"e": "1.10";"f": "~";}"#,
        "",
    );
}

#[test]
fn empty_text_is_nothing() {
    check("", "", "");
    check("---\n", "", "");
    check("# only a comment\n", "", "");
}

#[test]
fn positions_point_at_the_value() {
    let file = Arc::new(SourceFile::new("a.yaml", "é: [x, \"y\"]\n"));
    let (root, _) = parse(&file, file.whole());
    let root = root.expect("parses");
    let Shape::Mapping(entries) = &root.shape else {
        panic!("a mapping")
    };
    let Shape::Sequence(items) = &entries[0].1.shape else {
        panic!("a list")
    };
    assert_eq!(file.slice(items[1].range), "\"y\"");
    assert_eq!(file.slice(root.range), "é: [x, \"y\"]");
}

#[test]
fn mistakes_have_their_place() {
    check(
        "a: 1\n\tb: 2\n",
        "",
        "a.yaml:2:1: error[yaml-syntax]: a tab is used to indent, YAML accepts spaces only",
    );
    check(
        "a: 1\nb: \"open\nc: 3\n",
        "",
        "a.yaml:2:4: error[yaml-syntax]: this quote is never closed",
    );
    check(
        "a: 1\na: 2\n",
        r#"{"a": "1";"a": "2";}"#,
        "a.yaml:2:1: error[duplicate-key]: key `a` is written twice",
    );
    check(
        "a: [1, 2\n",
        "",
        "a.yaml:1:4: error[yaml-syntax]: `[` is never closed",
    );
    check(
        "a: @home\n",
        "",
        "a.yaml:1:4: error[yaml-syntax]: `@` cannot start a value",
    );
    check(
        "a: 1\n---\nb: 2\n",
        r#"{"a": "1";}"#,
        "a.yaml:2:1: error[yaml-syntax]: a second document starts here, a file holds one",
    );
}

#[test]
fn bombs_end_early() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..9 {
        let previous = vec![format!("*a{}", level - 1); 9].join(", ");
        let _ = writeln!(bomb, "a{level}: &a{level} [{previous}]");
    }
    let file = Arc::new(SourceFile::new("a.yaml", bomb));
    let (root, diagnostics) = parse(&file, file.whole());
    assert!(root.is_none() && diagnostics[0].message.en.starts_with("too many aliases"));
    let deep = "[".repeat(100_000);
    let file = Arc::new(SourceFile::new("a.yaml", deep));
    let (root, diagnostics) = parse(&file, file.whole());
    assert!(root.is_none() && diagnostics.len() == 1);
}
