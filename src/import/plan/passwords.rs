//! Passwords that people wrote into free texts (`Mot de passe : …`): the words stay, what follows them is starred and
//! counted. A record goes into Git, which forgets nothing.

use crate::history::Recorded;
use crate::import::directory::PASSWORD_WORDS;

/// What stands instead of a password.
const STARS: &str = "***";

/// Stars the passwords in the texts of a value; says how many there were.
pub(super) fn star(value: &mut Recorded) -> usize {
    match value {
        Recorded::Text(text) => match starred(text) {
            Some((without, count)) => {
                *text = without;
                count
            }
            None => 0,
        },
        Recorded::List(items) => items.iter_mut().map(star).sum(),
        Recorded::Structure(parts) => parts.values_mut().map(star).sum(),
    }
}

fn starred(text: &str) -> Option<(String, usize)> {
    if !text.contains([':', '=']) {
        return None;
    }
    let small = text.to_ascii_lowercase();
    let (mut out, mut count, mut at) = (String::new(), 0, 0);
    while let Some((start, end)) = next(&small, at) {
        out.push_str(&text[at..start]);
        out.push_str(STARS);
        count += 1;
        at = end;
    }
    out.push_str(&text[at..]);
    (count > 0).then_some((out, count))
}

/// Where the next password stands, from a place on.
fn next(small: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let words = PASSWORD_WORDS.iter().chain(&["passphrase"]);
        let found = words.filter_map(|word| Some((at + small[at..].find(word)?, word.len())));
        let (place, length) = found.min()?;
        at = place + length;
        let after = small[at..].trim_start_matches(is_dress);
        let Some(value) = after.strip_prefix([':', '=']) else {
            continue;
        };
        let value = value.trim_start_matches(is_dress);
        let length = value.find(char::is_whitespace).unwrap_or(value.len());
        let start = small.len() - value.len();
        if length > 0 && &value[..length] != STARS {
            return Some((start, start + length));
        }
    }
}

/// Blanks within a line, and the signs by which a text is set off.
fn is_dress(letter: char) -> bool {
    matches!(
        letter,
        ' ' | '\t' | '\u{a0}' | '\u{202f}' | '*' | '_' | '`' | '"' | '«'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str, count: usize) {
        let mut value = Recorded::Text(text.to_owned());
        assert_eq!(star(&mut value), count, "{text}");
        assert_eq!(value, Recorded::Text(expected.to_owned()));
    }

    #[test]
    fn what_follows_the_word_is_starred_and_nothing_else() {
        check(
            "Local admin password: Azerty77 (bâtiment É)",
            "Local admin password: *** (bâtiment É)",
            1,
        );
        check(
            "Mot de passe\u{a0}: CANARI\net mdp=B2",
            "Mot de passe\u{a0}: ***\net mdp=***",
            2,
        );
        check("**Mot de passe** : `A1`", "**Mot de passe** : `***", 1);
        check("PWD :x", "PWD :***", 1);
        check(
            "Mot de passe oublié : voir le guide",
            "Mot de passe oublié : voir le guide",
            0,
        );
        check(
            "mdp :\nsur la ligne d’après",
            "mdp :\nsur la ligne d’après",
            0,
        );
        check("password: ***", "password: ***", 0);
    }
}
