//! The words that several reports share.

use crate::diagnostic::Language;
use crate::diagnostic::Language::{En, Fr, Other};
use crate::history::{FileWhat, SectionChange, What};

/// The text of a language.
pub(super) fn say(language: Language, fr: &'static str, en: &'static str) -> &'static str {
    match language {
        Fr => fr,
        En | Other(_) => en,
    }
}

/// A colon after a label, with the space that follows it.
pub(super) fn colon(language: Language) -> &'static str {
    say(language, "\u{a0}: ", ": ")
}

/// What happened, of a record or a section: both are feminine in French.
pub(super) fn what(what: What, language: Language) -> &'static str {
    match what {
        What::Added => say(language, "ajoutée", "added"),
        What::Removed => say(language, "retirée", "removed"),
        What::Changed => say(language, "modifiée", "changed"),
        What::Reformatted => say(language, "mise en forme seulement", "formatting only"),
        What::Unreadable => say(
            language,
            "illisible dans cette version",
            "cannot be read in this version",
        ),
    }
}

/// What happened to a file.
pub(super) fn file(what: FileWhat, language: Language) -> &'static str {
    match what {
        FileWhat::Added => say(language, "ajouté", "added"),
        FileWhat::Removed => say(language, "retiré", "removed"),
        FileWhat::Changed => say(language, "modifié", "changed"),
        FileWhat::Reformatted => say(language, "mise en forme seulement", "formatting only"),
        FileWhat::Broken => say(
            language,
            "illisible après : le contenu de ses fiches est inconnu",
            "cannot be read after: the content of its records is unknown",
        ),
        FileWhat::Mended => say(
            language,
            "illisible avant, lisible après",
            "could not be read before, can be after",
        ),
    }
}

/// A section of a text with what happened to it: `« Installation » modifiée`.
pub(super) fn section(
    section: &SectionChange,
    quote: impl Fn(&str) -> String,
    language: Language,
) -> String {
    let what = what(section.what, language);
    if section.heading.is_empty() {
        let opening = say(language, "début du texte", "opening");
        // The opening is masculine in French, and always there.
        return match section.what {
            What::Changed => format!("{opening} {}", say(language, "modifié", "changed")),
            What::Added => format!("{opening} {}", say(language, "ajouté", "added")),
            What::Removed => format!("{opening} {}", say(language, "retiré", "removed")),
            What::Reformatted | What::Unreadable => format!("{opening}, {what}"),
        };
    }
    let between = match section.what {
        What::Reformatted | What::Unreadable => ", ",
        What::Added | What::Removed | What::Changed => " ",
    };
    format!("{}{between}{what}", quote(&section.heading))
}

/// A number of things: `1 fiche`, `3 fiches`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number}\u{a0}{}", if number > 1 { many } else { one })
}

/// What stands where nothing was written.
pub(super) fn empty(language: Language) -> &'static str {
    say(language, "(vide)", "(empty)")
}

/// What stands for a value that is never told.
pub(super) fn hidden(language: Language) -> &'static str {
    say(language, "valeur non montrée", "value not shown")
}

/// A value that means the same as before, written otherwise.
pub(super) fn rewritten(value: &str, language: Language) -> String {
    let words = say(language, "écrit autrement", "written otherwise");
    format!("{value} ({words})")
}

/// The items of a list are the same in another order.
pub(super) fn reordered(language: Language) -> &'static str {
    say(language, "ordre changé", "order changed")
}

/// There is more than is shown.
pub(super) fn others(number: usize, language: Language) -> String {
    match language {
        Fr => format!("… et {}", count(number, "autre", "autres")),
        En | Other(_) => format!("… and {}", count(number, "other", "others")),
    }
}

/// Things of which only the writing changed: `3 fiches : mise en forme seulement`.
pub(super) fn formatting_only(
    number: usize,
    fr: [&'static str; 2],
    en: [&'static str; 2],
    language: Language,
) -> String {
    let [one, many] = match language {
        Fr => fr,
        En | Other(_) => en,
    };
    let number = count(number, one, many);
    let rest = say(language, "mise en forme seulement", "formatting only");
    format!("{number}{}{rest}", colon(language))
}
