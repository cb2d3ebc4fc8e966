//! What is told of a diagram: that it could not be drawn and why, and what of it the page does not keep.

use std::ops::Range;

use super::draw::Fault;
use super::{kinds, settings};
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Rule, Text};
use crate::markdown::rules::{BROKEN_DIAGRAM, DIAGRAM_SETTING};
use crate::text;

/// Something to tell of a diagram, at a place of its text.
pub(in crate::markdown) struct Finding {
    pub rule: Rule,
    pub place: Range<usize>,
    pub message: Text,
    pub help: Option<Text>,
}

/// All there is to tell of a diagram.
pub(super) fn findings(source: &str, fault: Option<&Fault>) -> Vec<Finding> {
    let broken = fault.map(|fault| broken(source, fault));
    let setting = settings::first(source).map(|place| Finding {
        rule: DIAGRAM_SETTING,
        place,
        message: text!(
            "les couleurs, liens et réglages d’un schéma ne sont pas repris",
            "colours, links and settings of a diagram are not kept"
        ),
        help: Some(text!(
            "retirez-les\u{a0}: le thème du site choisit les couleurs, et un lien se met dans le texte",
            "take them out: the site’s theme chooses the colours, and links stand in the text"
        )),
    });
    broken.into_iter().chain(setting).collect()
}

fn broken(source: &str, fault: &Fault) -> Finding {
    let (place, message, help) = match fault {
        Fault::TooLarge => (
            opening(source),
            text!(
                "ce schéma Mermaid est trop grand pour être dessiné",
                "this Mermaid diagram is too large to be drawn"
            ),
            Some(text!(
                "coupez-le en plusieurs schémas qui se lisent chacun d’un coup d’œil",
                "cut it into several diagrams, each of which is read at a glance"
            )),
        ),
        Fault::UnknownKind if source.trim().is_empty() => (
            opening(source),
            text!(
                "ce schéma Mermaid est vide",
                "this Mermaid diagram is empty"
            ),
            None,
        ),
        Fault::UnknownKind => {
            let (_, word) = kinds::word(source).unwrap_or_default();
            let known = kinds::words().collect::<Vec<_>>();
            let list = known.join("`, `");
            let help = text!(
                "les sortes de schéma sont `{list}`",
                "the kinds of diagrams are `{list}`"
            );
            let near = did_you_mean(word, known.into_iter());
            let message = text!(
                "`{word}` n’est pas une sorte de schéma Mermaid que Carnet dessine",
                "`{word}` is no kind of Mermaid diagram that Carnet draws"
            );
            (opening(source), message, Some(near.unwrap_or(help)))
        }
        Fault::Syntax(place) => syntax(source, place.as_ref()),
    };
    Finding {
        rule: BROKEN_DIAGRAM,
        place,
        message,
        help,
    }
}

/// A place that the rules of the kind do not allow, or the whole when the library names none.
fn syntax(source: &str, place: Option<&Range<usize>>) -> (Range<usize>, Text, Option<Text>) {
    let Some(place) = place.map(|place| visible(source, place)) else {
        let message = text!(
            "Mermaid ne comprend pas ce schéma",
            "Mermaid does not understand this diagram"
        );
        return (opening(source), message, Some(compare(source)));
    };
    let found = source[place.clone()].trim();
    let message = if found.is_empty() {
        text!(
            "Mermaid attend une suite à cette ligne",
            "Mermaid expects this line to go on"
        )
    } else {
        let found: String = found.chars().take(40).collect();
        text!(
            "Mermaid n’attend pas `{found}` ici",
            "Mermaid does not expect `{found}` here"
        )
    };
    (place, message, Some(compare(source)))
}

/// What to do: the rules of the kind, where they are written.
fn compare(source: &str) -> Text {
    let page = kinds::named(source).map_or("", kinds::Kind::manual);
    text!(
        "mettez entre guillemets un texte qui contient des signes\u{a0}; les règles sont sur `mermaid.js.org/syntax/{page}`",
        "put a text with signs in it between quotation marks; the rules are at `mermaid.js.org/syntax/{page}`"
    )
}

/// A place on one line; what lies past the end of the text or on an empty line is the end of the last line with words.
fn visible(source: &str, place: &Range<usize>) -> Range<usize> {
    let mut start = place.start.min(source.len());
    while !source.is_char_boundary(start) {
        start -= 1;
    }
    if source[start..].trim().is_empty() || source[start..].starts_with('\n') {
        let end = source[..start].trim_end().len();
        return end..end;
    }
    let line = source[start..]
        .find('\n')
        .map_or(source.len(), |end| start + end);
    let mut end = place.end.clamp(start, line);
    while !source.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// The line that says the kind.
fn opening(source: &str) -> Range<usize> {
    let (start, word) = kinds::word(source).unwrap_or((0, ""));
    start..start + word.len()
}
