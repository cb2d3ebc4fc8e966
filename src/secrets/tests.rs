//! The table of secrets, in `tests/secrets/`: what is found of each text, and what is not; that work grows with a text's
//! length, and that any text is read.

use super::masked::{Hidden, MASK, shown};
use super::{Allowed, Fingerprint, find};
use crate::source::SourceFile;

/// Texts, each on a line, with `⟦` and `⟧` around what is secret; `⏎` ends a line within one.
const FOUND: &str = include_str!("../../tests/secrets/found.txt");
/// Texts without secrets.
const PASSED: &str = include_str!("../../tests/secrets/passed.txt");

fn marked(text: &str) -> String {
    let mut out = text.to_owned();
    for secret in find(text).into_iter().rev() {
        out.insert(secret.range.end, '⟧');
        out.insert(secret.range.start, '⟦');
    }
    out
}

/// Lines without those that only say what follows. What a line holds in parts (`a` + `b`) is joined: no scanner of a forge
/// takes the table for a leak.
fn lines(table: &str) -> impl Iterator<Item = String> {
    let lines = table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("## "));
    lines.map(|line| line.replace('⏎', "\n").replace("⊕", ""))
}

#[test]
fn secrets_are_found_where_they_stand() {
    assert!(lines(FOUND).count() > 60);
    let wrong = lines(FOUND).filter_map(|line| {
        let found = marked(&line.replace(['⟦', '⟧'], ""));
        (found != line).then_some((line, found))
    });
    assert_eq!(wrong.collect::<Vec<_>>(), []);
}

#[test]
fn other_texts_pass() {
    assert!(lines(PASSED).count() > 60);
    for line in lines(PASSED) {
        assert_eq!(marked(&line), line);
    }
}

#[test]
fn any_text_is_read() {
    let pieces = [
        "mdp :",
        "é",
        "://a:b@",
        "-----BEGIN ",
        "\n\n",
        "|",
        "-",
        "AKIA",
        "WIFI:",
        "$6$",
        "{SSHA}",
        "eyJ",
        ".eyJ",
        " 7 ",
    ];
    for first in pieces {
        for second in pieces {
            for text in [format!("{first}{second}"), format!("{second}é{first}\n")] {
                let _ = find(&text);
                let _ = find(&text.repeat(50));
            }
        }
    }
}

#[test]
fn an_allowed_value_is_found_no_more_and_its_fingerprint_is_not_the_value() {
    let text = "mdp : Azerty77!";
    let fingerprint = Fingerprint::of("sel", "Azerty77!");
    let allowed = Allowed {
        salt: "sel".into(),
        fingerprints: [fingerprint.clone()].into(),
    };
    assert_eq!(allowed.find(text), []);
    assert_eq!(allowed.masked(text), None);
    let other = Allowed {
        salt: "poivre".into(),
        ..allowed
    };
    assert_eq!(other.masked(text).as_deref(), Some("mdp : ••••••••"));
    let written = fingerprint.to_string();
    assert_eq!(Fingerprint::read(&written), Some(fingerprint));
    assert!(!written.contains("Azerty"));
}

#[test]
fn all_that_is_told_of_a_file_shows_one_copy_without_its_secrets() {
    let file = SourceFile::new("a.yaml", "a: [x, AA] # BB\nb: |-\n  CC\n  DD\nc: EE\n");
    let hidden = [(3, 7..9), (13, 13..15), (19, 19..31), (35, 35..37)];
    let spans = shown(&file, &hidden.map(|(from, value)| Hidden { value, from }));
    let text = &spans[0].file.text;
    assert_eq!(*text, format!("a: ... {MASK}\nb: {MASK}\n\n\nc: {MASK}\n"));
    let places: Vec<usize> = spans.iter().map(|span| span.place().line).collect();
    assert_eq!(places, [1, 1, 2, 5]);
    assert!(spans.iter().all(|span| span.file.slice(span.range) == MASK));
}
