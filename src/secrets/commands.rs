//! Passwords that are given to programs on their command line: `curl -u name:…`, `mysql -p…`.

use std::ops::Range;

use super::reference::is_reference;
use super::triggers::{Then, Trigger, any_case};
use super::{Kind, Secret, credible};

/// How far an option is looked for behind the program, in bytes.
const LONGEST: usize = 400;

pub(super) fn triggers() -> Vec<Trigger> {
    vec![
        any_case("curl ", 0, Then::Form(of_curl)),
        any_case("mysql ", 0, Then::Form(of_database)),
        any_case("mysqldump ", 2, Then::Form(of_database)),
        any_case("mysqladmin ", 2, Then::Form(of_database)),
        any_case("mariadb ", 2, Then::Form(of_database)),
        any_case("mariadb-dump ", 2, Then::Form(of_database)),
    ]
}

/// `-u name:password`, `--user 'name:password'`, `-uname:password`
fn of_curl(text: &str, program: Range<usize>) -> Option<Secret> {
    words(text, program.end).find_map(|(at, before, word)| {
        let given = word.strip_prefix("--user=");
        let given = given.or_else(|| word.strip_prefix("-u").filter(|rest| !rest.is_empty()));
        let follows = matches!(before, "-u" | "--user" | "-U" | "--proxy-user");
        let given = given.or(follows.then_some(word))?;
        let colon = given.find(':')?;
        secret(
            text,
            at + word.len() - given.len() + colon + 1,
            &given[colon + 1..],
        )
    })
}

/// `-ppassword`: behind a blank stands the name of a database.
fn of_database(text: &str, program: Range<usize>) -> Option<Secret> {
    words(text, program.end).find_map(|(at, _, word)| {
        let given = word.strip_prefix("-p")?;
        secret(text, at + 2, given)
    })
}

/// The words of the command behind its program, each with its place and the word before it.
fn words(text: &str, from: usize) -> impl Iterator<Item = (usize, &str, &str)> {
    let to = text.floor_char_boundary(from.saturating_add(LONGEST));
    let line = text[from..to].split(['\n', '|', ';', '`']).next();
    let line = line.unwrap_or_default();
    let mut before = "";
    line.split(char::is_whitespace).map(move |word| {
        let at = from + (word.as_ptr().addr() - line.as_ptr().addr());
        (at, std::mem::replace(&mut before, word), word)
    })
}

fn secret(text: &str, at: usize, given: &str) -> Option<Secret> {
    let quote = |letter: char| matches!(letter, '"' | '\'');
    let start = at + given.len() - given.trim_start_matches(quote).len();
    let value = given.trim_matches(quote);
    let fits = value.len() >= 4
        && !is_reference(value)
        && !credible::is_word(value)
        && credible::is_open(value);
    fits.then(|| Secret {
        range: start..start + value.len(),
        kind: Kind::Password,
    })
    .filter(|secret| text.get(secret.range.clone()) == Some(value))
}
