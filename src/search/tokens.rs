//! Words and identifiers as they are indexed and looked for. The browser's `search.js` holds the
//! same rules; `tests/search/tokens.json` is run on both sides so that they can't drift apart.

use super::fold::fold;
use super::telephone;

/// Heads that French elides before a vowel; « l’onduleur » is the word « onduleur ».
const ELISIONS: [&str; 13] = [
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
];

/// Words too frequent to tell pages apart, folded, sorted. « SI », « IT » and « Est » are missing
/// on purpose: in an IT department they are names.
pub const STOP_WORDS: [&str; 78] = [
    "a", "an", "and", "are", "as", "at", "au", "aux", "avec", "be", "by", "c", "ce", "ces",
    "cette", "d", "dans", "de", "des", "du", "elle", "en", "et", "for", "from", "has", "have",
    "il", "ils", "in", "into", "is", "j", "je", "l", "la", "le", "les", "leur", "leurs", "m",
    "mais", "mes", "mon", "n", "ne", "nos", "notre", "nous", "of", "on", "or", "ou", "par", "pas",
    "pour", "qu", "que", "qui", "s", "sa", "se", "ses", "sur", "t", "that", "the", "this", "to",
    "un", "une", "vos", "votre", "vous", "was", "were", "with", "y",
];

/// Words of a question that say nothing of what is looked for, folded, sorted. They are indexed (« Est » is a
/// site's name), and searched when a query has no other word.
const WEAK_WORDS: [&str; 42] = [
    "actuellement",
    "aujourdhui",
    "can",
    "ce",
    "combien",
    "comment",
    "currently",
    "demain",
    "do",
    "does",
    "dont",
    "est",
    "faire",
    "fais",
    "fait",
    "faut",
    "how",
    "lors",
    "maintenant",
    "my",
    "now",
    "ont",
    "pourquoi",
    "quand",
    "quel",
    "quelle",
    "quelles",
    "quels",
    "quoi",
    "sans",
    "sont",
    "today",
    "tomorrow",
    "tonight",
    "tout",
    "what",
    "when",
    "where",
    "which",
    "who",
    "why",
    "you",
];

/// No token is longer, in characters: what exceeds it is a key or a picture in text form.
const LONGEST: usize = 64;

/// One run of letters and digits, with the marks that join its pieces (`SRV-AD-01`, `10.0.3.12`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The folded run as it was typed, for messages.
    pub typed: String,
    /// The spellings of the whole, best first: with its marks where all pieces are numbers (else
    /// 10.0.3.12 and 10.0.31.2 would be one), then without any mark.
    pub forms: Vec<String>,
    /// The pieces worth a search of their own; empty for a word in one piece.
    pub pieces: Vec<String>,
    /// Letters and digits apart (`KB5034441` gives `kb` and `5034441`).
    pub runs: Vec<String>,
}

/// All tokens of a text, in reading order: for each word its forms, its pieces, its runs.
pub fn tokens(text: &str) -> Vec<String> {
    all_tokens(words(text))
}

/// The tokens of words.
pub(super) fn all_tokens(words: Vec<Word>) -> Vec<String> {
    words
        .into_iter()
        .flat_map(|word| [word.forms, word.pieces, word.runs])
        .flatten()
        .collect()
}

/// The words of a text, in reading order.
pub fn words(text: &str) -> Vec<Word> {
    let folded = fold(text);
    scan(&telephone::joined(&folded))
        .into_iter()
        .filter_map(word)
        .collect()
}

/// The letters and digits of a text and nothing else: the whole of an identifier, whatever
/// separates its parts (`+33 6 12`, `reseau/vlan`). Empty when there is none.
pub fn code(text: &str) -> String {
    fold(text)
        .chars()
        .filter(|character| character.is_alphanumeric())
        .take(LONGEST)
        .collect()
}

/// Whether a folded word is too frequent to be indexed.
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_ok()
}

/// Whether a folded word is left out of a query that has others.
pub fn is_weak_word(word: &str) -> bool {
    is_stop_word(word) || WEAK_WORDS.binary_search(&word).is_ok()
}

/// All words that [`is_weak_word`] tells beside the stop words.
pub fn weak_words() -> impl Iterator<Item = &'static str> {
    WEAK_WORDS.into_iter()
}

/// The part of a folded word that its inflections share: always a prefix of the word, so that all
/// inflections are neighbours in a sorted list. Covers the plurals of both languages and the
/// French participles and infinitives of the first group; other words are returned whole. Only a plural, or an `e`, leaves
/// three letters: a `toner` is no Tony.
pub fn stem(word: &str) -> &str {
    if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word;
    }
    let mut stem = word;
    if !stem.ends_with("ss") {
        stem = cut(stem, &["s", "x"], 3);
    }
    let before = stem.len();
    stem = cut(cut(stem, &["ee", "er", "ez"], 4), &["e"], 3);
    if stem.len() < before || stem.ends_with('y') {
        stem = cut(stem, &["i", "y"], 4);
    }
    if stem.ends_with("ail") {
        cut(stem, &["il"], 4)
    } else if stem.ends_with("al") || stem.ends_with("au") {
        cut(stem, &["l", "u"], 4)
    } else {
        stem
    }
}

/// The word without the first ending that leaves it so many letters.
fn cut<'a>(word: &'a str, endings: &[&str], least: usize) -> &'a str {
    let mut rests = endings
        .iter()
        .filter_map(|ending| word.strip_suffix(ending));
    rests.find(|rest| rest.len() >= least).unwrap_or(word)
}

/// The length in characters of the mark that makes the name of a language of the letter before it (`c#`, `c++`), or 0.
/// `c` alone is a stop word.
pub(super) fn language_mark(mut characters: impl Iterator<Item = char>) -> usize {
    if !characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
    {
        return 0;
    }
    match (characters.next(), characters.next()) {
        (Some('#'), _) => 1,
        (Some('+'), Some('+')) => 2,
        _ => 0,
    }
}

/// The runs of letters and digits of a folded text, with the single marks (and `::`) inside them; and `c#`, `c++`.
fn scan(folded: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = folded;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        rest = &rest[start..];
        let language = language_mark(rest.chars());
        if language > 0 {
            found.push(&rest[..=language]);
            rest = &rest[1 + language..];
            continue;
        }
        let mut end = letters(rest);
        loop {
            let mark = mark(&rest[end..]);
            let more = letters(&rest[end + mark..]);
            if mark == 0 || more == 0 {
                break;
            }
            end += mark + more;
        }
        found.push(&rest[..end]);
        rest = &rest[end..];
    }
    found
}

/// The length in bytes of the letters and digits that a text begins with.
fn letters(text: &str) -> usize {
    text.find(|character: char| !character.is_alphanumeric())
        .unwrap_or(text.len())
}

/// The length in bytes of the joining mark that a text begins with, or 0.
fn mark(text: &str) -> usize {
    match text.as_bytes() {
        [b':', b':', ..] => 2,
        [b'\'' | b'-' | b'.' | b':' | b'_', ..] => 1,
        _ => 0,
    }
}

/// The tokens of one scanned run; `None` when only elisions remain of it.
fn word(run: &str) -> Option<Word> {
    let pieces: Vec<String> = run
        .split(['-', '.', ':', '_'])
        .map(without_elision)
        .filter(|piece| !piece.is_empty())
        .collect();
    let joined = shortened(&pieces.concat());
    if joined.is_empty() {
        return None;
    }
    let typed = run.to_owned();
    let runs = pieces
        .iter()
        .flat_map(|piece| letters_and_digits(piece))
        .collect();
    if pieces.len() == 1 {
        return Some(Word {
            typed,
            forms: vec![joined],
            pieces: Vec::new(),
            runs,
        });
    }
    let digits = joined.bytes().all(|byte| byte.is_ascii_digit());
    let forms = if digits {
        vec![shortened(run), joined]
    } else {
        vec![joined]
    };
    // The bytes of a MAC address and the pairs of a telephone number say nothing alone.
    let pairs = pieces.len() >= 5 && pieces.iter().all(|piece| piece.chars().count() <= 2);
    let pieces = pieces
        .iter()
        .filter(|piece| !pairs && piece.chars().nth(1).is_some())
        .map(|piece| shortened(piece))
        .collect();
    Some(Word {
        typed,
        forms,
        pieces,
        runs,
    })
}

/// A piece without its elided heads and its English possessive, and without apostrophes.
fn without_elision(piece: &str) -> String {
    let mut parts: Vec<&str> = piece.split('\'').collect();
    while parts.len() > 1 && ELISIONS.contains(&parts[0]) {
        parts.remove(0);
    }
    if parts.len() > 1 && parts.last() == Some(&"s") {
        parts.pop();
    }
    parts.concat()
}

/// Two letters or more followed by two digits or more and nothing else, apart; else nothing.
fn letters_and_digits(piece: &str) -> Vec<String> {
    let split = piece.bytes().take_while(u8::is_ascii_lowercase).count();
    let (letters, digits) = piece.split_at(split);
    let numeric = digits.bytes().all(|byte| byte.is_ascii_digit());
    if letters.len() < 2 || digits.len() < 2 || !numeric {
        return Vec::new();
    }
    vec![shortened(letters), shortened(digits)]
}

/// At most [`LONGEST`] characters.
fn shortened(token: &str) -> String {
    token.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_sorted_for_the_binary_search() {
        assert!(STOP_WORDS.is_sorted() && WEAK_WORDS.is_sorted());
        assert!(is_stop_word("vous") && !is_stop_word("si"));
    }

    #[test]
    fn languages_of_one_letter_keep_their_marks() {
        assert_eq!(tokens("C++ et C#, .NET"), ["c++", "et", "c#", "net"]);
        assert_eq!(tokens("vb# l'a+b c+ c-#"), ["vb", "a", "b", "c", "c"]);
    }

    #[test]
    fn inflections_share_a_stem() {
        for family in [
            ["reparees", "reparer", "repare"],
            ["reseau", "reseaux", "reseaux"],
            ["journal", "journaux", "journal"],
            ["travail", "travaux", "travail"],
            ["policy", "policies", "policy"],
            ["switch", "switches", "switch"],
            ["copie", "copier", "copies"],
            ["locale", "local", "locaux"],
        ] {
            let stems = family.map(stem);
            assert!(
                stems.iter().all(|one| *one == stems[0]),
                "{family:?}: {stems:?}"
            );
            assert!(family.iter().all(|word| word.starts_with(stems[0])));
        }
        assert_ne!(stem("acces"), stem("accord"));
        assert_eq!(stem("kb50s"), "kb50s");
    }
}
