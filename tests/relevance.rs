//! How well the search finds: the queries of `tests/search/relevance.txt` over the example estate,
//! scored as success@1 (a right answer comes first), success@5 (among the first five) and MRR (one by the
//! place of the first right answer, on average). `cargo test --test relevance -- --nocapture` shows each miss.

#[allow(dead_code, reason = "other tests use the rest of the module")]
mod building;

use std::collections::BTreeSet;
use std::path::Path;

use carnet::search::{Index, query};

/// The least that the whole file must reach, in percent.
const SUCCESS_AT_1: usize = 85;
const SUCCESS_AT_5: usize = 97;

/// The answers looked at.
const DEPTH: usize = 5;

/// What stands for an answer without results.
const NOTHING: &str = "nothing";

/// A line of the file.
struct Case<'a> {
    language: &'a str,
    query: &'a str,
    first: Vec<&'a str>,
    also: Vec<&'a str>,
    never: Vec<&'a str>,
}

fn cases(file: &str) -> Vec<Case<'_>> {
    let mut language = "";
    let mut cases = Vec::new();
    for line in file.lines().map(str::trim) {
        if let Some(code) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            language = code;
        } else if !line.is_empty() && !line.starts_with('#') {
            let (query, answers) = line.split_once(" => ").expect("words => addresses");
            let (first, rest) = answers.split_once(';').unwrap_or((answers, ""));
            let (never, also) = rest
                .split([' ', ';'])
                .filter(|word| !word.is_empty())
                .partition(|word: &&str| word.starts_with('!'));
            cases.push(Case {
                language,
                query: query.trim(),
                first: first.split_whitespace().collect(),
                also,
                never,
            });
        }
    }
    cases
}

/// Whether an address is one that the file names: itself, a section of it, or anything below `*`.
fn meets(url: &str, named: &str) -> bool {
    match named.strip_suffix('*') {
        Some(folder) => url.starts_with(folder),
        None if named.contains('#') => url == named,
        None => url.split('#').next() == Some(named),
    }
}

/// The place of the first right answer, from 1; 0 when none is among those found.
fn place(case: &Case<'_>, found: &[String]) -> usize {
    let never = |url: &String| case.never.iter().any(|named| meets(url, &named[1..]));
    if found.iter().any(never) {
        return 0;
    }
    if case.first.contains(&NOTHING) {
        return usize::from(found.is_empty());
    }
    let right = |url: &String, among: &[&str]| among.iter().any(|named| meets(url, named));
    found
        .iter()
        .position(|url| right(url, &case.first))
        .or_else(|| {
            // What is only right among the first five is not right in the first place.
            let other = found.iter().position(|url| right(url, &case.also));
            other.map(|place| place.max(1))
        })
        .map_or(0, |place| place + 1)
}

fn answers(index: &Index, case: &Case<'_>) -> Vec<String> {
    let answer = query(index, case.language, case.query, DEPTH);
    answer.hits.into_iter().map(|hit| hit.url).collect()
}

#[test]
fn the_right_page_comes_first() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(root.join("tests/search/relevance.txt")).unwrap();
    let cases = cases(&file);
    assert!(cases.len() >= 120);
    let build = building::build(root);
    let (mut first, mut among, mut reciprocal) = (0_u32, 0_u32, 0.0);
    for case in &cases {
        let found = answers(build.index(), case);
        let place = place(case, &found);
        first += u32::from(place == 1);
        among += u32::from(place > 0);
        if place > 0 {
            reciprocal += 1.0 / f64::from(u32::try_from(place).unwrap());
        }
        if place != 1 {
            println!("{place} {} [{}]", case.query, found.join(" "));
        }
    }
    let count = u32::try_from(cases.len()).unwrap();
    let share = |part: u32| f64::from(part) / f64::from(count);
    println!(
        "{count} queries: success@1 {:.3}, success@5 {:.3}, MRR {:.3}",
        share(first),
        share(among),
        reciprocal / f64::from(count)
    );
    assert!(first as usize * 100 >= SUCCESS_AT_1 * cases.len());
    assert!(among as usize * 100 >= SUCCESS_AT_5 * cases.len());
}

/// An address of the file that does not exist would make a miss out of a right answer.
#[test]
fn every_answer_of_the_file_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(root.join("tests/search/relevance.txt")).unwrap();
    let build = building::build(root);
    let documents = build.documents();
    let urls: BTreeSet<&str> = documents.iter().map(|one| one.url.as_str()).collect();
    let mut missing = Vec::new();
    for case in cases(&file) {
        let named = case.first.iter().chain(&case.also).chain(&case.never);
        for name in named.map(|name| name.trim_start_matches('!')) {
            let there = name == NOTHING
                || urls.contains(name)
                || (name.ends_with('*') && urls.iter().any(|url| meets(url, name)));
            if !there {
                missing.push(format!("{}: {name}", case.query));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
