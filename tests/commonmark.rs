//! CommonMark's own 652 examples (0.31.2): our pages say what its specification says, but for a reviewed list. The examples are
//! those that the Markdown reader's package carries for its own tests; of our HTML, what pages add to it is left out.

#[allow(dead_code, reason = "other tests use the rest of the module")]
mod markup;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use carnet::diagnostic::Language;
use carnet::markdown::{Reference, ReferenceKind, Resolution, Resolve, parse};
use carnet::source::SourceFile;
use markup::{Piece, percent_decode, pieces};

/// Where our pages differ on purpose: a number and a reason a line, in groups.
const DIFFERENCES: &str = include_str!("commonmark/differences.txt");

/// Follows every address as it is written: what they lead to is the site's concern.
struct Literal;

impl Resolve for Literal {
    fn resolve(&self, _: usize, reference: &Reference) -> Resolution {
        let fragment = reference.fragment.as_ref();
        let fragment = fragment.map_or(String::new(), |id| format!("#{id}"));
        let url = format!("{}{fragment}", reference.target);
        match reference.kind {
            ReferenceKind::Bare => Resolution::Plain,
            ReferenceKind::Image => Resolution::Image { url },
            _ => Resolution::Link {
                url,
                class: "record",
                label: None,
                title: None,
            },
        }
    }

    fn language(&self) -> Language {
        Language::En
    }
}

/// The examples: Markdown, and the HTML that it means.
fn examples() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(package("pulldown-cmark").join("tests/suite/spec.rs"));
    let text = text.expect("the package carries its tests");
    let quoted = |text: &str, name: &str| {
        let (_, after) = text.split_once(&format!("let {name} = r##\""))?;
        let (inner, _) = after.split_once("\"##;")?;
        Some(inner.to_owned())
    };
    let tests = text.split("#[test]").skip(1);
    let pair = |test: &str| {
        let pair = Some((quoted(test, "original")?, quoted(test, "expected")?));
        pair.map(|(markdown, html)| (markdown, html.replace("\\u{a0}", "\u{a0}")))
    };
    tests.map(|test| pair(test).expect("an example")).collect()
}

/// The folder of a package that Carnet is built from.
fn package(name: &str) -> PathBuf {
    // The packages of other systems need not be on this machine.
    let rustc = run("RUSTC", "rustc", &["-vV"]);
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.expect("a system");
    let ways = ["--offline", "--locked", "--filter-platform", host];
    let known = [&["metadata", "--format-version", "1"], &ways[..]].concat();
    let known = run("CARGO", "cargo", &known);
    let read: serde_json::Value = serde_json::from_str(&known).expect("what cargo knows");
    let packages = read["packages"].as_array().expect("packages");
    let own = packages.iter().find(|package| package["name"] == name);
    let manifest = own.and_then(|package| package["manifest_path"].as_str());
    let manifest = Path::new(manifest.expect("a package of this name"));
    manifest.parent().expect("a folder").to_owned()
}

/// What a program of the toolchain prints.
fn run(variable: &str, name: &str, arguments: &[&str]) -> String {
    let program = std::env::var_os(variable).unwrap_or_else(|| name.into());
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = command.output().expect("a program of the toolchain");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("a text")
}

fn html(markdown: &str) -> String {
    let file = Arc::new(SourceFile::new("a.md", markdown.to_owned()));
    parse(&file, file.whole()).html(&Literal)
}

/// What a page says, as lines: a tag with the attributes that mean something, or a text.
fn said(html: &str) -> String {
    let mut out = String::new();
    let mut within_anchor = false;
    for piece in pieces(html) {
        match piece {
            Piece::Open(tag) if tag.get("class") == Some("anchor") => within_anchor = true,
            Piece::Close("a") if within_anchor => within_anchor = false,
            Piece::Open(tag) if !matches!(tag.name.as_str(), "figure" | "span" | "figcaption") => {
                let _ = write!(out, "\n<{}", tag.name);
                for name in ["href", "src", "alt", "title", "start"] {
                    if let Some(value) = tag.get(name).map(percent_decode) {
                        let _ = write!(out, " {name}={value:?}");
                    }
                }
                out.push_str(">\n");
            }
            Piece::Close(name) if !matches!(name, "figure" | "span" | "figcaption") => {
                let _ = write!(out, "\n</{name}>\n");
            }
            Piece::Text(text) if !within_anchor => out.push_str(&text),
            _ => {}
        }
    }
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

fn differences() -> BTreeMap<usize, &'static str> {
    let mut reason = "";
    let mut found = BTreeMap::new();
    for line in DIFFERENCES.lines().filter(|line| !line.is_empty()) {
        if let Some(heading) = line.strip_prefix("## ") {
            reason = heading;
            continue;
        }
        for number in line.split_whitespace() {
            found.insert(number.parse().expect("a number"), reason);
        }
    }
    found
}

#[test]
fn the_652_examples_of_commonmark_are_read_as_it_says() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    let listed = differences();
    let mut wrong = String::new();
    for (place, (markdown, expected)) in examples.iter().enumerate() {
        let number = place + 1;
        let (expected, actual) = (said(expected), said(&html(markdown)));
        if (expected == actual) == listed.contains_key(&number) {
            let _ = writeln!(
                wrong,
                "── {number}\n{markdown}── expected\n{expected}\n── said\n{actual}"
            );
        }
    }
    println!(
        "{} examples, {} of them otherwise on purpose",
        examples.len(),
        listed.len()
    );
    assert!(wrong.is_empty(), "{wrong}");
}
