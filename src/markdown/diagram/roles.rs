//! What the parts of Mermaid's pictures are, as classes of the theme: the library's own classes, colours and styles are
//! read and never written, so that an author's words reach no style sheet of the site.

use std::fmt::Write as _;

/// Classes of the library, or how they begin (`*`), and those of the theme.
const ROLES: [(&str, &str); 49] = [
    ("node", "m-node"),
    ("label", "m-label"),
    ("edgeLabel", "m-edge"),
    ("cluster", "m-group"),
    ("statediagram-cluster", "m-group"),
    ("flowchart-link", "m-line"),
    ("transition", "m-line"),
    ("relation", "m-line"),
    ("relationshipLine", "m-line"),
    ("messageLine0", "m-line"),
    ("messageLine1", "m-line m-dash"),
    ("loopLine", "m-line m-dash"),
    ("note-edge", "m-dash"),
    ("pieOuterCircle", "m-line"),
    ("divider", "m-line"),
    ("edge-pattern-dotted", "m-dash"),
    ("edge-pattern-dashed", "m-dash"),
    ("edge-thickness-thick", "m-thick"),
    ("actor-line", "m-faint"),
    ("tick", "m-faint"),
    ("note", "m-note"),
    ("statediagram-note", "m-note"),
    // What the library calls a note of a class diagram.
    ("undefined", "m-note"),
    ("labelBox", "m-mark"),
    ("activation*", "m-mark"),
    ("rect", "m-wash"),
    ("section", "m-wash"),
    ("row-rect-even", "m-wash"),
    ("row-rect-odd", "m-back"),
    ("exclude-range", "m-off"),
    ("state-start", "m-dot"),
    ("taskTextOutsideRight", "m-small m-start"),
    ("taskTextOutsideLeft", "m-small m-end"),
    ("taskText", "m-small"),
    ("sectionTitle0", "m-small m-start"),
    ("sectionTitle1", "m-small m-start"),
    ("sectionTitle2", "m-small m-start"),
    ("sectionTitle3", "m-small m-start"),
    ("done*", "m-done"),
    ("activeCrit*", "m-crit"),
    ("doneCrit*", "m-crit"),
    ("crit*", "m-crit"),
    ("active*", "m-active"),
    ("titleText", "m-title"),
    ("pieTitleText", "m-title"),
    ("flowchartTitleText", "m-title"),
    ("statediagramTitleText", "m-title"),
    ("classTitleText", "m-title"),
    ("edgeTerminals", "m-small"),
];

/// What is not shown: links that only give order, the axis behind its own ticks, today, which no page knows, frames around
/// notes, and grounds of labels, whose letters have a halo.
const HIDDEN: [&str; 5] = [
    "edge-thickness-invisible",
    "domain",
    "today",
    "note-cluster",
    "background",
];

/// What a text may be.
const OF_TEXTS: [&str; 4] = ["m-small", "m-start", "m-end", "m-title"];

/// Heads of arrows that are not filled.
const HOLLOW: [&str; 4] = ["aggregation", "extension", "lollipop", "er"];

/// How many colours slices of a pie have before the first comes again.
const SLICES: usize = 5;

/// What was seen of a picture so far.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Slices of a pie, and the marks of its legend.
    slices: [usize; 2],
    /// The legend of a pie has begun.
    is_legend: bool,
}

type Attributes = [(String, String)];

fn value<'a>(attributes: &'a Attributes, wanted: &str) -> &'a str {
    let found = attributes.iter().find(|(name, _)| name == wanted);
    found.map_or("", |(_, value)| value.as_str())
}

/// Whether an element is left out: by its class, or because it has no size.
pub(super) fn is_hidden(name: &str, attributes: &Attributes) -> bool {
    let mut classes = value(attributes, "class").split_whitespace();
    let is_empty = name == "rect" && value(attributes, "width").is_empty();
    is_empty || classes.any(|class| HIDDEN.contains(&class))
}

/// The class of a diagram of states.
pub(super) const STATES: &str = " m-state";

/// Whether an element is a box with its label.
pub(super) fn is_node(attributes: &Attributes) -> bool {
    has_class(attributes, "node")
}

/// Whether an element is a label.
pub(super) fn is_label(attributes: &Attributes) -> bool {
    has_class(attributes, "label")
}

fn has_class(attributes: &Attributes, wanted: &str) -> bool {
    let mut classes = value(attributes, "class").split_whitespace();
    classes.any(|class| class == wanted)
}

/// The class of the whole picture, by what the library calls its kind.
pub(super) fn of_picture(attributes: &Attributes) -> &'static str {
    match value(attributes, "class") {
        "flowchart" => " m-flow",
        "statediagram" => STATES,
        _ => "",
    }
}

impl Seen {
    /// Writes the looks of an element: classes, and whether it is filled or drawn at all.
    pub(super) fn write(&mut self, tag: &mut String, name: &str, attributes: &Attributes) {
        let written = value(attributes, "class");
        let mut classes: Vec<&str> = Vec::new();
        for class in written.split_whitespace() {
            let fits = |known: &str| match known.strip_suffix('*') {
                Some(start) => class.starts_with(start),
                None => class == known,
            };
            if let Some((_, role)) = ROLES.iter().find(|(known, _)| fits(known)) {
                for role in role.split(' ') {
                    // A text has a size and a place; its paint is that of all texts.
                    let is_fit = name != "text" || OF_TEXTS.contains(&role);
                    if is_fit && !classes.contains(&role) {
                        classes.push(role);
                    }
                }
            }
            if name == "marker" && HOLLOW.contains(&class) && !classes.contains(&"m-hollow") {
                classes.push("m-hollow");
            }
        }
        self.is_legend |= written == "legend";
        let is_slice = [written == "pieCircle", self.is_legend && name == "rect"];
        let slice = is_slice.iter().position(|is| *is).map(|which| {
            self.slices[which] += 1;
            format!("m-slice-{}", (self.slices[which] - 1) % SLICES)
        });
        classes.extend(slice.as_deref());
        if !classes.is_empty() {
            let _ = write!(tag, " class=\"{}\"", classes.join(" "));
        }
        for paint in ["fill", "stroke"] {
            let is_line = paint == "stroke" && classes.contains(&"m-line");
            if matches!(painted(attributes, paint), "none" | "transparent") && !is_line {
                let _ = write!(tag, " {paint}=\"none\"");
            }
        }
        let anchor = declared(attributes, "text-anchor").unwrap_or_default();
        if ["start", "middle", "end"].contains(&anchor) {
            let _ = write!(tag, " text-anchor=\"{anchor}\"");
        }
    }
}

/// The paint of an element, by its style or its attribute.
fn painted<'a>(attributes: &'a Attributes, paint: &str) -> &'a str {
    declared(attributes, paint).unwrap_or_else(|| value(attributes, paint))
}

/// What the style of an element says of a property, the last word.
fn declared<'a>(attributes: &'a Attributes, property: &str) -> Option<&'a str> {
    let declarations = value(attributes, "style").split(';').rev();
    declarations
        .filter_map(|declaration| declaration.split_once(':'))
        .find(|(name, _)| name.trim() == property)
        .map(|(_, value)| value.trim())
}
