//! The kinds of diagrams that are drawn, by the word that opens them.

use super::settings::lines;
use crate::diagnostic::Text;
use crate::text;

/// A kind of diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Flowchart,
    Sequence,
    State,
    Class,
    Entities,
    Gantt,
    Pie,
}

/// The words that open a diagram.
const WORDS: [(&str, Kind); 10] = [
    ("flowchart", Kind::Flowchart),
    ("graph", Kind::Flowchart),
    ("sequenceDiagram", Kind::Sequence),
    ("stateDiagram-v2", Kind::State),
    ("stateDiagram", Kind::State),
    ("classDiagram", Kind::Class),
    ("classDiagram-v2", Kind::Class),
    ("erDiagram", Kind::Entities),
    ("gantt", Kind::Gantt),
    ("pie", Kind::Pie),
];

/// The place of the word that says the kind: the first after a head, comments and directives.
pub(super) fn word(source: &str) -> Option<(usize, &str)> {
    let bare = super::settings::without(source);
    let mut head = false;
    let mut found = None;
    for (at, (start, line)) in lines(&bare).enumerate() {
        let text = line.trim_start();
        if text.trim_end() == "---" && (at == 0 || head) {
            head = !head;
        } else if !head && !text.trim().is_empty() && !text.starts_with("%%") {
            let from = start + line.len() - text.len();
            let end = text.find(|letter: char| letter.is_whitespace() || letter == ';');
            found = Some(from..from + end.unwrap_or(text.len()));
            break;
        }
    }
    found.map(|place| (place.start, &source[place]))
}

/// The kind of a diagram.
pub(super) fn named(source: &str) -> Option<Kind> {
    let (_, word) = word(source)?;
    let found = WORDS.iter().find(|(known, _)| *known == word);
    found.map(|(_, kind)| *kind)
}

/// The words that open a diagram, for a help.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|(word, _)| *word)
}

/// What a diagram is called of which nothing is known.
pub(super) fn any() -> Text {
    text!("Schéma", "Diagram")
}

impl Kind {
    /// The page of Mermaid's manual about it.
    pub(super) fn manual(self) -> &'static str {
        match self {
            Self::Flowchart => "flowchart.html",
            Self::Sequence => "sequenceDiagram.html",
            Self::State => "stateDiagram.html",
            Self::Class => "classDiagram.html",
            Self::Entities => "entityRelationshipDiagram.html",
            Self::Gantt => "gantt.html",
            Self::Pie => "pie.html",
        }
    }

    /// What it is called where its author says nothing.
    pub(super) fn name(self) -> Text {
        match self {
            Self::Flowchart => text!("Organigramme", "Flowchart"),
            Self::Sequence => text!("Diagramme de séquence", "Sequence diagram"),
            Self::State => text!("Diagramme d’états", "State diagram"),
            Self::Class => text!("Diagramme de classes", "Class diagram"),
            Self::Entities => text!(
                "Schéma d’entités et de relations",
                "Entity relationship diagram"
            ),
            Self::Gantt => text!("Diagramme de Gantt", "Gantt chart"),
            Self::Pie => text!("Diagramme circulaire", "Pie chart"),
        }
    }
}
