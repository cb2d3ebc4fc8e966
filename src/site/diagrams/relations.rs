//! What hangs together with one record: what leads to it above, what follows from it below, each a box
//! with a link. A trunk at the left joins them, so that the picture is as narrow as a telephone and no
//! line crosses a box.

use std::fmt::Write as _;

use super::measure::{tidy, wrap};
use super::svg::escape;

/// Width of the picture; boxes stand right of the trunk.
pub(super) const WIDTH: i32 = 340;
pub(super) const TRUNK: i32 = 12;
pub(super) const INDENT: i32 = 34;
/// Air inside a box, and between two.
const PAD: i32 = 8;
const GAP: i32 = 10;
/// Height of a line of a name, and of what stands under it.
const NAME: i32 = 16;
const ABOUT: i32 = 15;

/// What the picture shows.
#[derive(Debug, Clone, Default)]
pub struct Relations {
    /// Opens every id in the SVG; unique on the page, without blanks.
    pub id_prefix: String,
    /// What the picture is called (`<title>`).
    pub title: String,
    /// What it shows, in a sentence (`<desc>`).
    pub description: String,
    /// What leads to it, from the top.
    pub above: Vec<Node>,
    /// The record itself.
    pub centre: Node,
    /// What follows from it, from the top.
    pub below: Vec<Node>,
}

/// A record in the picture.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// What it is called.
    pub name: String,
    /// What it is to the record in the middle.
    pub about: String,
    /// Its page; `None` for the record whose page this is, and for a word that stands for several.
    pub url: Option<String>,
}

/// A node with its lines, placed.
pub(super) struct Placed<'n> {
    node: &'n Node,
    lines: Vec<String>,
    pub x: i32,
    pub y: i32,
    pub h: i32,
}

impl Placed<'_> {
    pub fn middle(&self) -> i32 {
        self.y + self.h / 2
    }
}

/// The picture as one `<svg class="diagram relations">`: no style, no script. `None` when nothing hangs
/// together with the record.
pub fn relations(relations: &Relations) -> Option<String> {
    if relations.above.is_empty() && relations.below.is_empty() {
        return None;
    }
    let mut y = 2;
    let mut place = |node, x| {
        let placed = placed(node, x, y);
        y += placed.h + GAP;
        placed
    };
    let above: Vec<Placed<'_>> = relations
        .above
        .iter()
        .map(|node| place(node, INDENT))
        .collect();
    let centre = place(&relations.centre, 2);
    let below: Vec<Placed<'_>> = relations
        .below
        .iter()
        .map(|node| place(node, INDENT))
        .collect();
    let mut out = String::with_capacity(1_000 + 300 * (above.len() + below.len()));
    open(relations, y, &mut out);
    if let Some(first) = above.first() {
        let end = centre.y;
        trunk(first.middle(), end - 6, &mut out);
        arrow(
            [TRUNK - 4, end - 7, TRUNK + 4, end - 7, TRUNK, end],
            &mut out,
        );
    }
    for node in &above {
        let y = node.middle();
        line(&format!("M{INDENT} {y}H{TRUNK}"), &mut out);
    }
    if let Some(last) = below.last() {
        trunk(centre.y + centre.h, last.middle(), &mut out);
    }
    for node in &below {
        let y = node.middle();
        line(&format!("M{TRUNK} {y}H{}", INDENT - 6), &mut out);
        arrow([INDENT - 7, y - 4, INDENT - 7, y + 4, INDENT, y], &mut out);
    }
    for node in above.iter().chain(&below) {
        draw(node, "closed", &mut out);
    }
    draw(&centre, "new current", &mut out);
    out.push_str("</svg>\n");
    Some(out)
}

pub(super) fn placed(node: &Node, x: i32, y: i32) -> Placed<'_> {
    let room = WIDTH - 2 - x - 2 * PAD;
    let lines = wrap(&node.name, room, 13, true);
    let names = NAME * i32::try_from(lines.len()).unwrap_or(1);
    let about = if node.about.is_empty() { 0 } else { ABOUT };
    Placed {
        node,
        lines,
        x,
        y,
        h: names + about + 2 * PAD - 4,
    }
}

fn open(relations: &Relations, end: i32, out: &mut String) {
    let prefix = escape(&relations.id_prefix);
    let height = end - GAP + 2;
    let (title, description) = (tidy(&relations.title), tidy(&relations.description));
    let _ = writeln!(
        out,
        r#"<svg class="diagram relations" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="group" aria-labelledby="{prefix}-title {prefix}-desc"><title id="{prefix}-title">{}</title><desc id="{prefix}-desc">{}</desc>"#,
        escape(&title),
        escape(&description)
    );
}

fn trunk(from: i32, to: i32, out: &mut String) {
    line(&format!("M{TRUNK} {from}V{to}"), out);
}

pub(super) fn line(path: &str, out: &mut String) {
    let _ = writeln!(out, r#"<g class="line"><path d="{path}"/></g>"#);
}

pub(super) fn arrow([ax, ay, bx, by, cx, cy]: [i32; 6], out: &mut String) {
    let _ = writeln!(
        out,
        r#"<g class="line"><path class="arrow" d="M{ax} {ay}L{bx} {by}L{cx} {cy}Z"/></g>"#
    );
}

pub(super) fn draw(placed: &Placed<'_>, class: &str, out: &mut String) {
    let Placed { node, x, y, h, .. } = placed;
    if let Some(url) = &node.url {
        let _ = write!(out, r#"<a href="{}">"#, escape(url));
    }
    let width = WIDTH - 2 - x;
    let _ = write!(
        out,
        r#"<g class="{class}"><rect class="box" x="{x}" y="{y}" width="{width}" height="{h}" rx="5"/>"#
    );
    let left = x + PAD;
    let mut baseline = y + PAD + 9;
    for text in &placed.lines {
        let text = escape(text.trim_end());
        let _ = write!(
            out,
            r#"<text class="title" x="{left}" y="{baseline}">{text}</text>"#
        );
        baseline += NAME;
    }
    if !node.about.is_empty() {
        let about = escape(&node.about);
        let _ = write!(
            out,
            r#"<text class="remark" x="{left}" y="{baseline}">{about}</text>"#
        );
    }
    out.push_str("</g>");
    out.push_str(if node.url.is_some() { "</a>\n" } else { "\n" });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(name: &str, url: Option<&str>) -> Node {
        Node {
            name: name.to_owned(),
            about: "Ticket".to_owned(),
            url: url.map(str::to_owned),
        }
    }

    fn picture() -> Relations {
        Relations {
            id_prefix: "relations".to_owned(),
            title: "Relations".to_owned(),
            description: "Un ticket, un serveur.".to_owned(),
            above: vec![node("Panne <b>", Some("../inc-1/"))],
            centre: node(
                "Changer les batteries de l’onduleur du local technique",
                None,
            ),
            below: vec![node("srv-1", Some("../srv-1/")), node("+ 3", None)],
        }
    }

    #[test]
    fn boxes_follow_each_other_and_links_lead_to_their_pages() {
        let svg = relations(&picture()).unwrap();
        assert!(svg.contains(r#"<a href="../inc-1/">"#), "{svg}");
        assert!(svg.contains("Panne &lt;b&gt;"), "{svg}");
        assert_eq!(svg.matches("<a ").count(), 2);
        let tops: Vec<[i32; 2]> = svg
            .split(r#"<rect class="box""#)
            .skip(1)
            .map(|rest| {
                let number = |key: &str| {
                    let (_, rest) = rest.split_once(&format!(r#" {key}=""#)).unwrap();
                    rest.split('"').next().unwrap().parse().unwrap()
                };
                [number("y"), number("height")]
            })
            .collect();
        let mut sorted = tops.clone();
        sorted.sort_unstable();
        let apart = |pair: &[[i32; 2]]| pair[0][0] + pair[0][1] < pair[1][0];
        assert!(sorted.windows(2).all(apart), "{sorted:?}");
        assert_eq!(tops.len(), 4);
    }

    #[test]
    fn a_record_alone_has_no_picture() {
        let alone = Relations {
            above: Vec::new(),
            below: Vec::new(),
            ..picture()
        };
        assert_eq!(relations(&alone), None);
    }
}
