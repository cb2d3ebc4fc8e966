//! Values that a note shows because they could not be read: the first few, in quotation marks, for people to find
//! where they come from.

use crate::diagnostic::Text;
use crate::import::directory::names_password;
use crate::text;

/// The most values in one note.
pub(super) const MOST: usize = 5;

/// The longest value that is shown, in characters.
const LONGEST: usize = 40;

/// The first few values, each with its place before it where it has one (the number of a line).
pub(super) fn quoted<'a>(values: impl Iterator<Item = (Option<usize>, &'a str)>) -> Text {
    let (mut fr, mut en) = (Vec::new(), Vec::new());
    for (place, value) in values.take(MOST) {
        let place = place.map(|place| format!("{place} ")).unwrap_or_default();
        let value = shown(value);
        fr.push(format!("{place}«\u{a0}{value}\u{a0}»"));
        en.push(format!("{place}“{value}”"));
    }
    let (fr, en) = (fr.join(", "), en.join(", "));
    text!("{fr}", "{en}")
}

/// A value on one line, not too long, and without what may be a password.
pub(super) fn shown(value: &str) -> String {
    if names_password(value) {
        return "***".to_owned();
    }
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_few_are_shown_short() {
        let long = "é".repeat(50);
        let values = ["a\nb", "mdp : canari", &long, "d", "e", "f"];
        let told = quoted(values.iter().map(|value| (None, *value)));
        let cut = format!("{}…", "é".repeat(LONGEST));
        assert_eq!(told.en, format!("“a b”, “***”, “{cut}”, “d”, “e”"));
        let told = quoted([(Some(3), "x")].into_iter());
        assert_eq!(told.fr, "3 «\u{a0}x\u{a0}»");
    }
}
