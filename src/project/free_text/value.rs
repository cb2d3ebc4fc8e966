//! What a piece of text looks like: a word of a sentence, a hint where to look, or what may be a password.

use crate::fold::fold;
use crate::project::free_text::lines::{Tag, tag};
use crate::project::free_text::words::entity;
use crate::project::free_text::work::look_at;

/// Words that sentences have and passwords have not.
const SMALL_WORDS: [&str; 66] = [
    "le",
    "la",
    "les",
    "l",
    "un",
    "une",
    "des",
    "du",
    "de",
    "d",
    "a",
    "au",
    "aux",
    "en",
    "est",
    "sont",
    "sur",
    "pour",
    "par",
    "dans",
    "avec",
    "sans",
    "que",
    "qui",
    "ne",
    "pas",
    "se",
    "sa",
    "son",
    "ses",
    "ce",
    "cette",
    "il",
    "elle",
    "on",
    "nous",
    "vous",
    "voir",
    "the",
    "an",
    "of",
    "in",
    "to",
    "for",
    "from",
    "with",
    "by",
    "is",
    "are",
    "be",
    "not",
    "it",
    "this",
    "that",
    "see",
    "at",
    "your",
    "caracteres",
    "characters",
    "jours",
    "days",
    "mois",
    "months",
    "fois",
    "minimum",
    "trop",
];
/// Words by which a second value is joined.
const JOINING: [&str; 8] = ["ou", "or", "et", "and", "puis", "then", "ancien", "nouveau"];
/// How a hint begins, where a value could stand.
const HINTS: [&str; 44] = [
    "voir",
    "cf",
    "see",
    "dans",
    "in",
    "chez",
    "demander",
    "ask",
    "aupres",
    "via",
    "inconnu",
    "unknown",
    "aucun",
    "none",
    "neant",
    "vide",
    "empty",
    "oui",
    "non",
    "yes",
    "no",
    "ok",
    "absent",
    "conserve",
    "stocke",
    "stored",
    "transmis",
    "transmise",
    "envoye",
    "sent",
    "idem",
    "confidentiel",
    "communique",
    "jamais",
    "never",
    "not",
    "kept",
    "held",
    "dispo",
    "disponible",
    "available",
    "na",
    "todo",
    "nc",
];
/// How what is said of a password begins, behind a verb.
const SAID: [&str; 38] = [
    "expire",
    "oublie",
    "perdu",
    "trop",
    "correct",
    "incorrect",
    "faux",
    "bon",
    "mauvais",
    "obligatoire",
    "requis",
    "different",
    "identique",
    "gere",
    "desormais",
    "toujours",
    "encore",
    "deja",
    "bien",
    "valide",
    "invalide",
    "valable",
    "bloque",
    "en",
    "sur",
    "too",
    "now",
    "required",
    "wrong",
    "invalid",
    "expired",
    "lost",
    "forgotten",
    "managed",
    "still",
    "reset",
    "changed",
    "refuse",
];

/// Blanks within a line.
pub(super) fn is_blank(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}'
        )
}

/// Blanks, and the signs by which a text is set off.
pub(super) fn is_dress(letter: char) -> bool {
    is_blank(letter)
        || matches!(
            letter,
            '*' | '_' | '`' | '"' | '«' | '“' | '>' | '\\' | '(' | '['
        )
}

/// Where a text goes on from a place behind some letters, tags and references to blanks.
pub(super) fn skip(text: &str, mut at: usize, passes: impl Fn(char) -> bool) -> usize {
    while let Some(letter) = text[at..].chars().next() {
        let own = match letter {
            '<' => tag(&text[at..])
                .filter(|(kind, _)| *kind == Tag::Inline)
                .map_or(0, |(_, length)| length),
            '&' => entity(&text[at..]),
            letter if passes(letter) => letter.len_utf8(),
            _ => 0,
        };
        if own == 0 {
            break;
        }
        look_at(own);
        at += own;
    }
    at
}

/// Whether a token may be a password by its form: a letter and a digit, a sign that words lack, four digits or
/// more.
pub(super) fn is_like(token: &str) -> bool {
    if token.is_empty()
        || is_day_or_count(token)
        || token.chars().all(|letter| !letter.is_alphanumeric())
    {
        return false;
    }
    let digits = token.chars().filter(char::is_ascii_digit).count();
    let has_letter = token.chars().any(char::is_alphabetic);
    let is_version = token
        .chars()
        .all(|letter| letter.is_ascii_digit() || letter == '.');
    let has_sign = token.contains([
        '!', '@', '#', '$', '%', '^', '&', '+', '=', '~', '?', '{', '}',
    ]);
    (digits > 0 && has_letter)
        || (digits >= 4 && !(is_version && token.contains('.')))
        || (has_sign && token.len() > 2)
}

/// A day, a time, a small number, or an ordinal (`2e`, `14h30`, `90j`).
fn is_day_or_count(token: &str) -> bool {
    let numbers: Vec<&str> = token
        .split(|letter: char| !letter.is_ascii_digit())
        .collect();
    let other: String = token
        .chars()
        .filter(|letter| !letter.is_ascii_digit())
        .collect();
    let starts = token.starts_with(|letter: char| letter.is_ascii_digit());
    let lengths: Vec<usize> = numbers.iter().map(|number| number.len()).collect();
    starts
        && match (other.as_str(), lengths.as_slice()) {
            ("", [1 | 2])
            | ("//" | ".." | "--", [1 | 2, 1 | 2, 2 | 4] | [4, 1 | 2, 1 | 2])
            | ("/", [1 | 2, 1 | 2])
            | ("h" | ":", [1 | 2, 0 | 2]) => true,
            ("e" | "j" | "er" | "nd" | "rd" | "th" | "%" | "x", [1 | 2, ..]) => {
                lengths[1..].iter().all(|length| *length == 0)
            }
            _ => false,
        }
}

/// Whether a token is a word, a day or a small number.
fn is_plain(token: &str) -> bool {
    let token = bare(token);
    if token.is_empty() || is_day_or_count(token) {
        return true;
    }
    token.split(['\'', '’', '-']).all(|part| {
        let mut letters = part.chars();
        let first = letters.next();
        let rest = letters.as_str();
        first.is_none_or(char::is_alphabetic)
            && rest.chars().all(char::is_alphabetic)
            && (rest.chars().all(char::is_lowercase) || part.chars().all(char::is_uppercase))
    })
}

/// Letters alone, of whatever case (`KeePass`).
fn is_name(token: &str) -> bool {
    bare(token)
        .chars()
        .all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '\'' | '’' | '/'))
}

fn bare(token: &str) -> &str {
    token
        .trim_matches(|letter: char| {
            !letter.is_alphanumeric()
                && !matches!(letter, '@' | '#' | '$' | '%' | '&' | '=' | '+' | '!' | '?')
        })
        .trim_end_matches(['!', '?'])
}

fn first_word(text: &str) -> (String, &str) {
    let token = text
        .split_whitespace()
        .map(bare)
        .find(|token| !token.is_empty())
        .unwrap_or_default();
    let word = token.split(['\'', '’']).next().unwrap_or_default();
    (fold(word), word)
}

/// Whether a piece of text is a piece of a sentence.
pub(super) fn is_prose(text: &str) -> bool {
    let (first, _) = first_word(text);
    let tokens = text.split_whitespace();
    let is_small = |token: &str| {
        bare(token)
            .split(['\'', '’'])
            .any(|part| SMALL_WORDS.contains(&fold(part).as_str()))
    };
    // A sign within is that of another value.
    let has_sign = text.contains(['=', '\u{2192}'])
        || text.contains("->")
        || text.split_whitespace().any(|token| token.ends_with(':'));
    !has_sign
        && !JOINING.contains(&first.as_str())
        && tokens.clone().count() > 1
        && tokens.clone().all(is_plain)
        && tokens.clone().any(is_small)
}

/// Whether a piece of text says where a value is, or that there is none.
pub(super) fn is_hint(text: &str) -> bool {
    let (first, written) = first_word(text);
    let is_hint = HINTS.contains(&first.as_str()) || matches!(written, "à" | "À");
    is_hint && is_said_plainly(text)
}

/// Whether a piece of text behind “is” says how a password is, and not which.
pub(super) fn is_state(text: &str) -> bool {
    let (first, written) = first_word(text);
    let is_participle = ["é", "ée", "és", "ées", "ed"]
        .iter()
        .any(|end| written.ends_with(end));
    (is_participle || SAID.contains(&first.as_str())) && is_said_plainly(text)
}

fn is_said_plainly(text: &str) -> bool {
    text.split_whitespace()
        .all(|token| is_plain(token) || is_name(token))
}

/// Whether a piece of text is a day or a small number and nothing else.
pub(super) fn is_only_day(text: &str) -> bool {
    is_day_or_count(text.trim())
}

/// Whether one of the tokens of a text may be a password by its form.
pub(super) fn has_like(text: &str) -> bool {
    text.split_whitespace().any(|token| is_like(bare(token)))
}
