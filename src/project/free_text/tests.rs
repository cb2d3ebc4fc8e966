//! The table of free texts, in `tests/free_text/`: what is hidden of each, and what is not; and that no text takes
//! more work than its length.

use crate::project::free_text::work::counted;
use crate::project::free_text::{find, without};

/// Texts and what is shown of them, each on a line; `⏎` ends a line within one, `⍽` is a no-break space.
const HIDDEN: &str = include_str!("../../../tests/free_text/hidden.txt");
/// Texts without secrets.
const SHOWN: &str = include_str!("../../../tests/free_text/shown.txt");

fn written(line: &str) -> String {
    line.replace('⏎', "\n").replace('⍽', "\u{a0}")
}

#[test]
fn secrets_are_hidden() {
    let lines: Vec<&str> = HIDDEN.lines().filter(|line| !line.is_empty()).collect();
    assert!(lines.len() > 120, "{}", lines.len());
    for pair in lines.chunks(2) {
        let [text, expected] = pair else {
            panic!("{pair:?}");
        };
        let (text, expected) = (written(text), written(expected));
        let shown = without(&text).map_or(text.clone(), |(shown, _)| shown);
        assert_eq!(shown, expected, "{text}");
        assert!(expected.contains("***"), "{text}");
        // What was starred once stays as it is.
        assert_eq!(find(&shown), [], "{shown}");
    }
}

#[test]
fn other_texts_are_shown() {
    let lines = SHOWN.lines().filter(|line| !line.is_empty());
    assert!(lines.clone().count() > 40);
    for line in lines {
        assert_eq!(without(&written(line)), None, "{line}");
    }
}

#[test]
fn keys_are_told_apart_from_passwords() {
    let secrets = find("mdp : A1\nclé de licence : B2\nAAAAA-BBBBB-CCCCC-DDDDD-EEEEE\n");
    let are_keys: Vec<bool> = secrets.iter().map(|secret| secret.is_key).collect();
    assert_eq!(are_keys, [false, true, true]);
}

#[test]
fn work_grows_with_the_length_and_no_faster() {
    for piece in [
        "mdp :",
        "mot de passe : ",
        "mot de passe est voir ",
        "mdp oublié : voir le guide ",
        "mdp « ",
        "mdp (",
        "mdp <b ",
        "\"mdp\" \"",
        "mdp **",
        "mdp \\",
        "mdp   ",
        "mdp :\n",
        "| mdp ",
        "| mdp |\n| --- |\n",
        "-----BEGIN ",
        "://a:",
        "mdp : oui ( ",
    ] {
        let work = |times: usize| counted(|| drop(find(&piece.repeat(times))));
        let (once, ten_times) = (work(1_000), work(10_000));
        assert!(once > 0, "{piece}");
        assert!(ten_times <= once * 11, "{piece}: {once}, {ten_times}");
    }
}

#[test]
fn any_text_is_read() {
    for text in [
        "",
        "mdp",
        "mdp:",
        "é mdp é",
        "mdp «é",
        "<mdp>",
        "mdp :\u{2028}é",
        "| mdp |",
        "&",
        "mdp&nbsp;",
    ] {
        let _ = find(text);
    }
}
