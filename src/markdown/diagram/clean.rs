//! The picture of a page from Mermaid's: each element is written anew from short lists, so that nothing an author or the
//! library put into it can act, lead elsewhere, or bring colours of its own. Looks are classes of the theme.

use std::fmt::Write as _;

use super::roles;
use crate::markdown::escape;
use crate::markdown::html::{Piece, decode, scan};

/// Elements that are written; what stands in any other one is left out with it, but for `a`, which becomes a group.
const ELEMENTS: [&str; 12] = [
    "circle", "defs", "ellipse", "g", "line", "marker", "path", "polygon", "polyline", "rect",
    "text", "tspan",
];

/// Attributes of shape and place that are written, as SVG spells them.
const ATTRIBUTES: [&str; 31] = [
    "cx",
    "cy",
    "d",
    "dominant-baseline",
    "dx",
    "dy",
    "font-style",
    "height",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "orient",
    "points",
    "r",
    "refX",
    "refY",
    "rx",
    "ry",
    "stroke-dasharray",
    "text-anchor",
    "textLength",
    "transform",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
    "font-weight",
];

/// Attributes by which a line has a head.
const MARKERS: [&str; 3] = ["marker-start", "marker-mid", "marker-end"];

/// A picture of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Picture {
    /// Its elements, without the `svg` around them.
    pub inner: String,
    /// A class for the whole, after a space; empty for none.
    pub class: &'static str,
    /// Left, top, width and height.
    pub view: [f64; 4],
    /// What `accTitle` and `accDescr` say.
    pub title: Option<String>,
    pub description: Option<String>,
}

/// Cleans a picture; `number` keeps its anchors apart from those of others. `None` when it is none.
pub(super) fn clean(svg: &str, number: usize) -> Option<Picture> {
    let pieces = scan(svg);
    let mut cleaner = Cleaner {
        svg,
        number,
        ids: used_markers(&pieces),
        open: Vec::new(),
        node: 0,
        seen: roles::Seen::default(),
        picture: Picture::default(),
    };
    for piece in &pieces {
        cleaner.piece(piece)?;
    }
    let [_, _, width, height] = cleaner.picture.view;
    (cleaner.open.is_empty() && width > 0.0 && height > 0.0).then_some(cleaner.picture)
}

/// An element that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// The `svg` around all.
    Root,
    /// Written, with this name.
    Written(&'static str),
    /// Left out with its content.
    Dropped,
    /// The root's `title` or `desc`.
    Title,
    Description,
}

struct Cleaner<'a> {
    svg: &'a str,
    number: usize,
    /// The markers' ids, as the library wrote them.
    ids: Vec<String>,
    open: Vec<Open>,
    /// How many elements were open when the node at hand was.
    node: usize,
    seen: roles::Seen,
    picture: Picture,
}

impl Cleaner<'_> {
    fn piece(&mut self, piece: &Piece) -> Option<()> {
        match piece {
            Piece::Text(place) => self.text(&decode(&self.svg[place.clone()])),
            Piece::Open {
                name,
                attributes,
                closed,
                ..
            } => {
                let open = self.opened(name, attributes);
                match open {
                    Open::Root => {
                        self.picture.view = view(attributes)?;
                        self.picture.class = roles::of_picture(attributes);
                    }
                    Open::Written(name) => self.start(name, attributes),
                    _ => {}
                }
                self.open.push(open);
                if *closed {
                    self.close();
                }
            }
            Piece::Close { .. } => {
                self.open.last()?;
                self.close();
            }
            Piece::Comment { .. } => {}
        }
        Some(())
    }

    fn opened(&self, name: &str, attributes: &[(String, String)]) -> Open {
        match (self.open.last(), name) {
            (None, "svg") => Open::Root,
            (None | Some(Open::Dropped | Open::Title | Open::Description), _) => Open::Dropped,
            (Some(Open::Root), "title") => Open::Title,
            (Some(Open::Root), "desc") => Open::Description,
            _ if roles::is_hidden(name, attributes) => Open::Dropped,
            (_, "a") if self.is_in_text() => Open::Written("tspan"),
            (_, "a") => Open::Written("g"),
            (_, "marker") if !self.is_used(attributes) => Open::Dropped,
            _ => match ELEMENTS.iter().find(|known| **known == name) {
                Some(name) => Open::Written(name),
                None => Open::Dropped,
            },
        }
    }

    fn is_used(&self, marker: &[(String, String)]) -> bool {
        let id = marker.iter().find(|(name, _)| name == "id");
        id.is_some_and(|(_, id)| self.ids.contains(id))
    }

    fn close(&mut self) {
        if let Some(Open::Written(name)) = self.open.pop() {
            let _ = write!(self.picture.inner, "</{name}>");
        }
    }

    fn text(&mut self, text: &str) {
        let picture = &mut self.picture;
        match self.open.last() {
            Some(Open::Written("text" | "tspan")) => escape::text(&mut picture.inner, text),
            Some(Open::Title) => picture.title.get_or_insert_default().push_str(text),
            Some(Open::Description) => picture.description.get_or_insert_default().push_str(text),
            _ => {}
        }
    }

    fn is_in_text(&self) -> bool {
        let mut open = self.open.iter();
        open.any(|open| matches!(open, Open::Written("text" | "tspan")))
    }

    fn start(&mut self, name: &'static str, attributes: &[(String, String)]) {
        let value = |wanted: &str| {
            let found = attributes.iter().find(|(name, _)| name == wanted);
            found.map(|(_, value)| value.as_str())
        };
        let mut tag = format!("<{name}");
        let position = |id: &str| self.ids.iter().position(|known| known == id);
        if name == "marker"
            && let Some(place) = value("id").and_then(position)
        {
            let _ = write!(tag, " id=\"{}\"", self.id(place));
        }
        for known in ATTRIBUTES {
            if let Some(value) = value(&known.to_ascii_lowercase()).filter(|it| is_plain(it)) {
                let _ = match value.split_once(',') {
                    Some((_, down)) if known == "transform" && self.is_off_centre(attributes) => {
                        write!(tag, " transform=\"translate(0,{}\"", rounded(down))
                    }
                    _ => write!(tag, " {known}=\"{}\"", rounded(value)),
                };
            }
        }
        for known in MARKERS {
            if let Some(place) = value(known).and_then(target).and_then(position) {
                let _ = write!(tag, " {known}=\"url(#{})\"", self.id(place));
            }
        }
        if roles::is_node(attributes) {
            self.node = self.open.len();
        }
        self.seen.write(&mut tag, name, attributes);
        tag.push('>');
        self.picture.inner.push_str(&tag);
    }

    /// Whether it is the label of a state, which the library puts at the left of its box.
    fn is_off_centre(&self, attributes: &[(String, String)]) -> bool {
        self.picture.class == roles::STATES
            && roles::is_label(attributes)
            && self.open.len() == self.node + 1
    }

    /// Colons keep these ids apart from those of headings.
    fn id(&self, marker: usize) -> String {
        format!("d:{}:{marker}", self.number)
    }
}

/// The ids of the markers that lines end with, in the order of their first use.
fn used_markers(pieces: &[Piece]) -> Vec<String> {
    let mut used: Vec<String> = Vec::new();
    for piece in pieces {
        let Piece::Open { attributes, .. } = piece else {
            continue;
        };
        for (_, value) in attributes
            .iter()
            .filter(|(name, _)| MARKERS.contains(&name.as_str()))
        {
            let id = target(value).filter(|id| !used.iter().any(|known| known == id));
            used.extend(id.map(str::to_owned));
        }
    }
    used
}

/// The id in `url(#id)`.
fn target(value: &str) -> Option<&str> {
    let (_, id) = value.split_once('#')?;
    Some(id.trim_end_matches([')', '"', '\'']))
}

/// Whether a value holds nothing but figures, names of SVG, and functions of place.
fn is_plain(value: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b" .,+-()%\n\t".contains(&byte);
    value.bytes().all(known) && !value.to_ascii_lowercase().contains("url")
}

/// The `viewBox` of the picture.
fn view(attributes: &[(String, String)]) -> Option<[f64; 4]> {
    let (_, value) = attributes.iter().find(|(name, _)| name == "viewbox")?;
    let numbers: Result<Vec<f64>, _> = value.split_whitespace().map(str::parse).collect();
    let view: [f64; 4] = numbers.ok()?.try_into().ok()?;
    view.iter().all(|number| number.is_finite()).then_some(view)
}

/// The same with figures of two decimals at most: finer than any screen, and a third of the bytes.
fn rounded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit() || letter == '.') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let end = from.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
        let (number, after) = from.split_at(end.unwrap_or(from.len()));
        let has_exponent = after.starts_with('e') || before.ends_with('e');
        match number.parse::<f64>() {
            Ok(exact) if number.contains('.') && !has_exponent => {
                let near = format!("{exact:.2}");
                out.push_str(near.trim_end_matches('0').trim_end_matches('.'));
            }
            _ => out.push_str(number),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}
