//! What the tests of the search tell of an answer, and how they hand an index to the browser's engine.

#![allow(dead_code, reason = "each test uses a part of the module")]

use std::fs;
use std::path::{Path, PathBuf};

use carnet::search::{Answer, Index, Piece};

pub mod many;

/// The golden files.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search")
}

/// What is compared of an answer; what is not worth saying is left out.
pub fn told(query: &str, answer: &Answer) -> serde_json::Value {
    let mut told = serde_json::json!({"query": query, "urls": urls(answer)});
    let mut tell = |key: &str, worth: bool, value: serde_json::Value| {
        if worth {
            told[key] = value;
        }
    };
    let (total, unknown) = (answer.total, &answer.unknown);
    tell("total", total as usize != answer.hits.len(), total.into());
    tell("more", answer.more, true.into());
    tell("unknown", !unknown.is_empty(), unknown.clone().into());
    tell("partial", answer.partial, true.into());
    tell(
        "suggestion",
        answer.suggestion.is_some(),
        answer.suggestion.clone().into(),
    );
    let plain = answer.hits.is_empty() && !answer.plain.is_empty();
    tell("plain", plain, answer.plain.clone().into());
    if let Some(hit) = answer.hits.first() {
        let mark = |piece: &Piece| {
            let (start, end) = if piece.marked { ("[", "]") } else { ("", "") };
            format!("{start}{}{end}", piece.text)
        };
        let excerpt: String = hit.excerpt.iter().map(mark).collect();
        tell("excerpt", !excerpt.is_empty(), excerpt.into());
    }
    told
}

/// The addresses of the hits.
pub fn urls(answer: &Answer) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.url.as_str()).collect()
}

/// Writes the files of an index to a folder.
pub fn write(index: &Index, folder: &Path) {
    for (name, content) in &index.files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

/// Leaves an index and Rust's answers in a folder of the build.
pub fn leave(name: &str, index: &Index, answers: &[serde_json::Value]) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    write(index, &folder);
    let answers = serde_json::to_vec(&answers).unwrap();
    fs::write(folder.join("answers.json"), answers).unwrap();
}
