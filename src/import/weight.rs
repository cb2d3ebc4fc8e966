//! What JSON weighs: a file of a few MiB may take a hundred times as much once it is a tree, so its
//! values are counted before any is made.

use crate::import::Refusal;
use crate::text;

/// The most that the values of a file of another program may weigh, in bytes: with the file itself, half
/// a GiB.
pub(super) const HEAVIEST: usize = 448 << 20;

/// What a value weighs in bytes: 72 of its own (`serde_json` with the order of keys kept), in a list
/// that may have grown to twice its length.
const VALUE: usize = 150;
/// What the name of a value in an object weighs beside it: its letters, its number, its place.
const NAME: usize = 60;
/// What an object weighs beside what is in it: the first room for three values, and their index.
const OBJECT: usize = 250;

/// Refuses a text that would take more than some bytes as JSON, by an estimate that is rather too high.
pub(super) fn weigh(text: &str, most: usize) -> Result<(), Refusal> {
    // No letter weighs more than that of an object: most files are too small for any count.
    let heaviest = text.len().saturating_mul(VALUE + OBJECT + 1);
    if heaviest <= most || weight(text) <= most {
        return Ok(());
    }
    let most = most >> 20;
    Err(Refusal::new(text!(
        "ce JSON a trop de valeurs : il prendrait plus de {most} Mio de mémoire ; demandez moins d’éléments à la fois",
        "this JSON has too many values: it would take over {most} MiB of memory; ask for fewer items at a time"
    )))
}

/// How many bytes a text takes as JSON. Of a text that is none, some number.
fn weight(text: &str) -> usize {
    let (mut values, mut names, mut objects) = (0_usize, 0_usize, 0_usize);
    let mut bytes = text.bytes();
    let mut in_word = false;
    while let Some(byte) = bytes.next() {
        let was_in_word = std::mem::take(&mut in_word);
        match byte {
            b'"' => {
                values += 1;
                while let Some(letter) = bytes.next().filter(|letter| *letter != b'"') {
                    if letter == b'\\' {
                        bytes.next();
                    }
                }
            }
            b'{' => {
                objects += 1;
                values += 1;
            }
            b'[' => values += 1,
            b':' => names += 1,
            b'}' | b']' | b',' | b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => {
                in_word = true;
                values += usize::from(!was_in_word);
            }
        }
    }
    // A name is a text as well, and no value.
    values.saturating_sub(names) * VALUE + names * NAME + objects * OBJECT + text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_names_and_objects_are_counted() {
        let cases = [
            ("", 0, 0, 0),
            ("12", 1, 0, 0),
            ("[1, 23,true]", 4, 0, 0),
            (r#"{"a": "b:{\"[", "c": null}"#, 3, 2, 1),
            (r#"1 2 "" """#, 4, 0, 0),
            (r#"[[],{},"\\"]"#, 4, 0, 1),
        ];
        for (text, values, names, objects) in cases {
            let expected = values * VALUE + names * NAME + objects * OBJECT + text.len();
            assert_eq!(weight(text), expected, "{text}");
        }
    }

    #[test]
    fn no_letter_weighs_more_than_that_of_an_object() {
        for text in ["{", "{{{{", "[[[", ":::", "\"\"", "1 1 1", "{\"\":{}}"] {
            assert!(weight(text) <= text.len() * (VALUE + OBJECT + 1), "{text}");
        }
        assert_eq!(weight("{{"), 2 * (VALUE + OBJECT + 1));
        assert!(weigh("{{", 2 * (VALUE + OBJECT + 1)).is_ok());
        assert!(weigh("{{", 2 * (VALUE + OBJECT + 1) - 1).is_err());
    }

    #[test]
    fn what_is_too_heavy_is_refused_with_the_bound() {
        let text = "0,".repeat(10_000);
        assert!(weigh(&text, 2 << 20).is_ok());
        let refusal = weigh(&text, 1 << 20).expect_err("too heavy");
        assert!(refusal.message.fr.contains("plus de 1 Mio"), "{refusal:?}");
    }
}
