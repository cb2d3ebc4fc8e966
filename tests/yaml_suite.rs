//! YAML's own test suite, 402 cases: what it says is valid means here what it says, and what a reader must refuse has a
//! diagnostic, but for a reviewed list. `tests/run` installs the suite, of which nothing stands in this repository.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::Command;
use std::sync::Arc;

use carnet::diagnostic::Diagnostic;
use carnet::source::SourceFile;
use carnet::yaml::{Node, Shape, parse};

/// Where we differ on purpose: cases and a reason, in groups.
const DIFFERENCES: &str = include_str!("yaml/differences.txt");

/// How a value is told that nobody wrote, or wrote as nothing (`~`, `null`).
const NOTHING: &str = "nothing\n";

/// A case: its name, its text, the events that it means, and whether it must be refused.
#[derive(Debug, serde::Deserialize)]
struct Case {
    name: String,
    yaml: String,
    tree: Option<String>,
    fails: bool,
}

fn cases() -> Vec<Case> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/yaml/cases.mjs");
    let output = Command::new("node").arg(script).output();
    let output = output.expect("node, and the suite that tests/run installs");
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).expect("cases as JSON")
}

/// What our reader makes of a text: a value a line, and what it says.
fn read(text: &str) -> (String, Vec<Diagnostic>) {
    let file = Arc::new(SourceFile::new("a.yaml", text.to_owned()));
    let (root, diagnostics) = parse(&file, file.whole());
    let mut out = String::new();
    if let Some(root) = &root {
        tell(root, &mut out);
    }
    (out, diagnostics)
}

fn tell(node: &Node, out: &mut String) {
    match &node.shape {
        Shape::Scalar { .. } if node.is_empty() => out.push_str(NOTHING),
        Shape::Scalar { text, plain } => {
            let mark = if *plain { "plain" } else { "quoted" };
            let _ = writeln!(out, "{mark} {text:?}");
        }
        Shape::Sequence(items) => {
            out.push_str("list\n");
            for item in items {
                tell(item, out);
            }
            out.push_str("end\n");
        }
        Shape::Mapping(entries) => {
            out.push_str("mapping\n");
            for (key, value) in entries {
                tell(key, out);
                tell(value, out);
            }
            out.push_str("end\n");
        }
    }
}

/// The values of a suite's events, document by document, in the same form. Tags say nothing about them; an alias is what it
/// repeats.
fn documents(tree: &str) -> Vec<String> {
    let mut documents = Vec::new();
    let mut anchors: BTreeMap<String, String> = BTreeMap::new();
    // Where the values with an anchor begin that are not at their end.
    let mut open: Vec<Option<(String, usize)>> = Vec::new();
    for line in tree.lines().map(str::trim_start) {
        let (event, mut rest) = line.split_once(' ').unwrap_or((line, ""));
        if event == "+DOC" {
            documents.push(String::new());
            anchors.clear();
        }
        let Some(out) = documents.last_mut() else {
            continue;
        };
        let start = out.len();
        for bracket in ["{}", "[]"] {
            rest = rest.strip_prefix(bracket).unwrap_or(rest).trim_start();
        }
        let mut anchor = None;
        while let Some(first) = rest.chars().next().filter(|first| "&<".contains(*first)) {
            let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
            anchor = (first == '&').then(|| word[1..].to_owned()).or(anchor);
            rest = after;
        }
        match event {
            "+MAP" => out.push_str("mapping\n"),
            "+SEQ" => out.push_str("list\n"),
            "-MAP" | "-SEQ" => out.push_str("end\n"),
            "=VAL" => {
                let is_nothing = matches!(rest, ":" | ":~" | ":null");
                let mark = if rest.starts_with(':') {
                    "plain"
                } else {
                    "quoted"
                };
                if is_nothing {
                    out.push_str(NOTHING);
                } else {
                    let _ = writeln!(out, "{mark} {:?}", unescaped(&rest[1..]));
                }
            }
            "=ALI" => out.push_str(&anchors[&rest[1..]].clone()),
            _ => continue,
        }
        match event {
            "+MAP" | "+SEQ" => open.push(anchor.map(|name| (name, start))),
            "-MAP" | "-SEQ" => {
                if let Some((name, start)) = open.pop().flatten() {
                    anchors.insert(name, out[start..].to_owned());
                }
            }
            _ => {
                if let Some(name) = anchor {
                    anchors.insert(name, out[start..].to_owned());
                }
            }
        }
    }
    documents
}

/// A text of an event as it is.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let next = if letter == '\\' { letters.next() } else { None };
        out.push(match next {
            None => letter,
            Some('n') => '\n',
            Some('t') => '\t',
            Some('r') => '\r',
            Some('b') => '\u{8}',
            Some(other) => other,
        });
    }
    out
}

/// Whether our reader says of a case what the suite says.
fn holds(case: &Case, said: &(String, Vec<Diagnostic>)) -> bool {
    let (values, diagnostics) = said;
    if case.fails {
        return !diagnostics.is_empty();
    }
    let Some(tree) = &case.tree else {
        return false;
    };
    // A file holds one document: what stands in the first that says anything is read, and another one is told.
    let is_empty = |values: &str| matches!(values, "" | NOTHING);
    let documents = documents(tree);
    let first = documents.iter().position(|values| !is_empty(values));
    let expected = first.map_or("", |place| &documents[place]);
    let others = first.map_or(0, |place| documents.len() - place - 1);
    values == expected && diagnostics.len() == others.min(1)
}

fn differences() -> BTreeMap<&'static str, &'static str> {
    let mut reason = "";
    let mut found = BTreeMap::new();
    for line in DIFFERENCES.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("## ") {
            Some(heading) => reason = heading,
            None => found.extend(line.split_whitespace().map(|name| (name, reason))),
        }
    }
    found
}

#[test]
#[ignore = "needs node and the suite, which tests/run installs before it runs this"]
fn the_402_cases_of_yaml_are_read_as_it_says() {
    let cases = cases();
    assert_eq!(cases.len(), 402);
    assert_eq!(cases.iter().filter(|case| case.fails).count(), 94);
    let listed = differences();
    let mut wrong = String::new();
    for case in &cases {
        let said = read(&case.yaml);
        if holds(case, &said) == listed.contains_key(case.name.as_str()) {
            let expected = case.tree.as_deref().map(documents);
            let _ = writeln!(
                wrong,
                "── {} fails: {}\n{:?}\n── expected\n{}\n── said\n{}{:?}",
                case.name,
                case.fails,
                case.yaml,
                expected.unwrap_or_default().join("--\n"),
                said.0,
                said.1
                    .iter()
                    .map(|it| it.message.en.as_ref())
                    .collect::<Vec<&str>>(),
            );
        }
    }
    println!(
        "{} cases, {} of them otherwise on purpose",
        cases.len(),
        listed.len()
    );
    assert!(wrong.is_empty(), "{wrong}");
}
