//! The search over the example estate: every part of every identifier is found, and both engines give the same
//! answers to real queries (`CARNET_SEARCH_LARGE` tells node's tests where they were left).

#[allow(dead_code, reason = "other tests use the rest of the module")]
mod building;
mod searching;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use carnet::search::query;
use searching::{folder, leave, told, urls};

/// Half of all equipment is looked for by what is left of a label: any three characters in a row, or more.
#[test]
fn every_part_of_every_identifier_is_found() {
    let build = building::build(Path::new(env!("CARGO_MANIFEST_DIR")));
    let documents = build.documents();
    let assets = documents.iter().filter(|document| document.kind == "asset");
    let mut asked: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for asset in assets.filter(|asset| asset.heading.is_none()) {
        for identifier in asset.identifiers.iter().chain([&asset.id]) {
            let code = carnet::search::tokens::code(identifier);
            for (length, start) in [3, 5, 8].into_iter().flat_map(|length| {
                (0..(code.len() + 1).saturating_sub(length)).map(move |start| (length, start))
            }) {
                let part = code[start..start + length].to_owned();
                asked.entry(part).or_default().push(&asset.url);
            }
        }
    }
    assert!(asked.len() > 2_000, "{}", asked.len());
    let mut missed = Vec::new();
    // One in seven: all of them take a minute without optimisation.
    for (part, assets) in asked.iter().step_by(7) {
        let answer = query(build.index(), "fr", part, 2_000);
        let found = urls(&answer);
        missed.extend(
            assets
                .iter()
                .filter(|url| !found.contains(url))
                .map(|url| (part, *url)),
        );
    }
    assert!(
        missed.is_empty(),
        "{} missed: {:?}",
        missed.len(),
        &missed[..missed.len().min(9)]
    );
}

/// Leaves the example's index and Rust's answers to the relevance queries for the browser's engine.
#[test]
fn the_example_is_left_for_the_browser_engine() {
    let build = building::build(Path::new(env!("CARGO_MANIFEST_DIR")));
    let lines = fs::read_to_string(folder().join("relevance.txt")).unwrap();
    let queries = lines.lines().take_while(|line| *line != "[en]");
    let answers: Vec<_> = queries
        .filter_map(|line| Some(line.trim().split_once(" => ")?.0.trim()))
        .map(|words| told(words, &query(build.index(), "fr", words, 10)))
        .collect();
    assert!(answers.len() > 120);
    leave("search-example", build.index(), &answers);
}

#[test]
fn the_terminal_gives_the_same_answers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let expected = query(building::build(root).index(), "fr", "imprimante -lyon", 3);
    let run = |words: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_carnet"));
        command.arg("--root").arg(root).arg("search").args(words);
        command.output().unwrap()
    };
    let output = run(&["imprimante", "-lyon", "--format", "json", "--limit", "3"]);
    assert_eq!(output.status.code(), Some(0));
    let hits: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    let found: Vec<_> = hits
        .iter()
        .map(|hit| hit["url"].as_str().unwrap())
        .collect();
    assert_eq!(found, urls(&expected));
    let keys: Vec<_> = hits[0].as_object().unwrap().keys().cloned().collect();
    let named = [
        "kind", "id", "url", "title", "heading", "excerpt", "missing", "score",
    ];
    assert_eq!(keys, named);
    let nothing = run(&["xylophoniste", "--lang", "fr"]);
    assert_eq!(nothing.status.code(), Some(1));
    let said = String::from_utf8(nothing.stderr).unwrap();
    assert!(said.contains("rien ne correspond"), "{said}");
    for (words, why) in [
        ("  ", "la recherche est vide"),
        ("--limt", "`--limt` n’est pas un argument"),
    ] {
        let refused = run(&[words, "--lang", "fr"]);
        assert_eq!(refused.status.code(), Some(2));
        let said = String::from_utf8(refused.stderr).unwrap();
        assert!(said.contains(why), "{said}");
    }
}
