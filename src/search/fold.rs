//! Folding: one spelling for every way to write the same letters. `themes/default/assets/search.js`
//! holds the same rules for the browser; `tests/search/tokens.json` keeps both sides equal.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in lower case, without accents or ligatures, its apostrophes and hyphens straight.
/// Invisible joiners (soft hyphen, zero-width characters) are gone.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() {
            folded.push(character.to_ascii_lowercase());
        } else {
            fold_character(character, &mut folded);
        }
    }
    folded
}

/// Appends the folded form of one character outside ASCII.
fn fold_character(character: char, folded: &mut String) {
    match character {
        // The acute accent decomposes into a space and a mark: it must be read before that happens.
        '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{00B4}' | '\u{2032}' => folded.push('\''),
        '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => {}
        _ => {
            for lower in std::iter::once(character)
                .nfkd()
                .flat_map(char::to_lowercase)
                .filter(|lower| !is_combining_mark(*lower))
            {
                fold_letter(lower, folded);
            }
        }
    }
}

/// Letters that Unicode does not decompose.
fn fold_letter(letter: char, folded: &mut String) {
    match letter {
        'œ' => folded.push_str("oe"),
        'æ' => folded.push_str("ae"),
        'ß' => folded.push_str("ss"),
        'ø' => folded.push('o'),
        'ł' => folded.push('l'),
        'đ' => folded.push('d'),
        'ı' => folded.push('i'),
        // The browser lowers a last capital sigma to its final form, Rust letter by letter does not.
        'ς' => folded.push('σ'),
        '\u{2010}' => folded.push('-'),
        _ => folded.push(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn accents_ligatures_and_apostrophes_are_folded() {
        assert_eq!(fold("L’Œuvre DÉJÀ e\u{301}crite"), "l'oeuvre deja ecrite");
        assert_eq!(
            fold("ﬁ\u{AD}chier N\u{2011}1 m² İ ΟΔΟΣ"),
            "fichier n-1 m2 i οδοσ"
        );
    }
}
