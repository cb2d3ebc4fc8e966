//! Two engines, one answer: asks the example estate more than a thousand questions (those of
//! `tests/search/relevance.txt`, and others drawn from the estate itself with parts, slips, phrases, exclusions
//! and filters) and leaves the index and Rust's answers where `CARNET_SEARCH_EXAMPLE` points
//! `tests/search/example.test.js`, which asks the browser's engine the same. Needs no node itself.

#[allow(dead_code, reason = "other tests use the rest of the module")]
mod building;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use carnet::search::{Answer, Document, Piece, query};
use rayon::prelude::*;

/// Results compared for each question.
const DEPTH: usize = 10;

/// The questions of the relevance file with their language.
fn written(file: &str) -> Vec<(&str, String)> {
    let mut language = "";
    let mut found = Vec::new();
    for line in file.lines().map(str::trim) {
        if let Some(code) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            language = code;
        } else if let (false, Some((words, _))) = (line.starts_with('#'), line.split_once(" => ")) {
            found.push((language, words.trim().to_owned()));
        }
    }
    found
}

/// A question about a document, of another form at each `turn`.
fn drawn(document: &Document, turn: usize) -> Option<String> {
    let letters = |text: &str, from: usize, most: usize| -> String {
        text.chars().skip(from).take(most).collect()
    };
    let words: Vec<&str> = document.text.split_whitespace().collect();
    let title: Vec<&str> = document.title.split_whitespace().collect();
    let word = |words: &[&str], place: usize| {
        words
            .get(place % words.len().max(1))
            .map_or("", |word| *word)
            .to_owned()
    };
    let (one, two) = (word(&words, turn * 7), word(&words, turn * 7 + 1));
    let name = word(&title, turn);
    let code = document.identifiers.first().unwrap_or(&document.id);
    let facet = document.facets.get(turn % document.facets.len().max(1));
    let mut slip: Vec<char> = name.chars().collect();
    match (slip.len() > 4, turn % 3) {
        (true, 0) => drop(slip.remove(turn % 5)),
        (true, 1) => slip.swap(turn % 4, turn % 4 + 1),
        (true, _) => slip[turn % 5] = 'w',
        _ => {}
    }
    let slip: String = slip.into_iter().collect();
    let all = vec![
        letters(code, turn % 4, 3 + turn % 6),
        letters(&document.id, turn % 3, 9),
        format!("{one} {two}"),
        format!("\"{one} {two}\""),
        format!("{name} -{one}"),
        slip.clone(),
        format!("{slip} {one}"),
        format!("{name} kind:{}", document.kind),
        facet.map_or_else(String::new, |facet| {
            format!("{}:\"{}\"", facet.field, facet.label)
        }),
        facet.map_or_else(String::new, |facet| {
            format!("{name} -{}:{}", facet.field, facet.value)
        }),
        format!("{} {}", document.title, letters(&one, 0, 3)),
        letters(&name, 0, 2 + turn % 3),
    ];
    let count = all.len();
    let question = all[turn * 5 % count].clone();
    Some(question).filter(|question| !question.trim().is_empty())
}

/// What must be the same. Scores too: equal places by different sums would part at the next change.
fn told(language: &str, words: &str, answer: &Answer) -> serde_json::Value {
    let mark = |piece: &Piece| {
        let (start, end) = if piece.marked { ("[", "]") } else { ("", "") };
        format!("{start}{}{end}", piece.text)
    };
    let hits: Vec<_> = answer
        .hits
        .iter()
        .map(|hit| {
            let excerpt: String = hit.excerpt.iter().map(mark).collect();
            serde_json::json!([hit.url, hit.score, excerpt, hit.missing])
        })
        .collect();
    serde_json::json!({
        "language": language,
        "query": words,
        "hits": hits,
        "total": answer.total,
        "more": answer.more,
        "unknown": answer.unknown,
        "partial": answer.partial,
        "suggestion": answer.suggestion,
        "plain": answer.plain,
    })
}

#[test]
fn the_example_s_answers_are_left_for_the_browser_engine() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = fs::read_to_string(root.join("tests/search/relevance.txt")).unwrap();
    let build = building::build(root);
    let documents = build.documents();
    let mut questions = written(&file);
    assert!(questions.len() >= 120);
    let mut seen = BTreeSet::new();
    for (turn, document) in documents.iter().enumerate() {
        if let Some(question) = drawn(document, turn).filter(|one| seen.insert(one.clone())) {
            questions.push((document.language, question));
        }
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("search-example");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    for (name, content) in &build.index().files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    let answers: Vec<_> = questions
        .par_iter()
        .map(|(language, words)| {
            let answer = query(build.index(), language, words, DEPTH);
            told(language, words, &answer)
        })
        .collect();
    let count = |key: &str| answers.iter().filter(|answer| answer[key] == true).count();
    let suggested = answers
        .iter()
        .filter(|answer| !answer["suggestion"].is_null())
        .count();
    println!(
        "{} questions, {} partial, {suggested} corrected",
        answers.len(),
        count("partial")
    );
    // A draw that no longer reaches a kind of answer would compare nothing of it.
    assert!(answers.len() > 1_000 && count("partial") > 20 && suggested > 20);
    fs::write(
        folder.join("answers.json"),
        serde_json::to_vec(&answers).unwrap(),
    )
    .unwrap();
}
