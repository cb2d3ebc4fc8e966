//! What stops with one record: what it needs above, below it a tree of what falls, each a box with a link.
//! A box stands further right than what takes it down, so that the picture stays as narrow as a telephone
//! and no line crosses a box.

use std::fmt::Write as _;

use super::measure::tidy;
use super::relations::{INDENT, Node, Placed, TRUNK, WIDTH, arrow, draw, line, placed};
use super::svg::escape;

/// How much further right each step stands, and where the line down to it runs.
const STEP: i32 = 20;
const LINE: i32 = 9;
const GAP: i32 = 8;
/// Steps drawn; callers count what is further away.
pub const DEEPEST: usize = 5;

/// What the picture shows.
#[derive(Debug, Clone, Default)]
pub struct Impact {
    /// Opens every id in the SVG; unique on the page, without blanks.
    pub id_prefix: String,
    /// What the picture is called (`<title>`).
    pub title: String,
    /// What it shows, in a sentence (`<desc>`).
    pub description: String,
    /// What the record needs, from the top.
    pub above: Vec<Node>,
    /// The record itself.
    pub centre: Node,
    /// What falls with it, each after what takes it down.
    pub below: Vec<Falling>,
}

/// A box of the tree.
#[derive(Debug, Clone, Default)]
pub struct Falling {
    /// The record.
    pub node: Node,
    /// How many steps from the record in the middle, from 1; at most [`DEEPEST`].
    pub depth: usize,
    /// Whether it is a service: what people notice.
    pub is_service: bool,
}

/// The picture as one `<svg class="diagram relations impact">`: no style, no script. `None` when nothing falls.
pub fn impact(impact: &Impact) -> Option<String> {
    if impact.below.is_empty() {
        return None;
    }
    let mut y = 2;
    let mut place = |node, x| {
        let placed = placed(node, x, y);
        y += placed.h + GAP;
        placed
    };
    let above: Vec<Placed<'_>> = impact.above.iter().map(|it| place(it, INDENT)).collect();
    let centre = place(&impact.centre, 2);
    let below = impact.below.iter();
    let below: Vec<(usize, Placed<'_>)> = below
        .map(|it| (it.depth, place(&it.node, x_of(it.depth))))
        .collect();
    let mut out = String::with_capacity(1_000 + 300 * (above.len() + below.len()));
    open(impact, y - GAP + 2, &mut out);
    if let Some(first) = above.first() {
        let end = centre.y;
        line(
            &format!("M{TRUNK} {}V{}", first.middle(), end - 6),
            &mut out,
        );
        arrow(
            [TRUNK - 4, end - 7, TRUNK + 4, end - 7, TRUNK, end],
            &mut out,
        );
    }
    for node in &above {
        line(&format!("M{INDENT} {}H{TRUNK}", node.middle()), &mut out);
    }
    branches(&centre, &below, &mut out);
    for node in &above {
        draw(node, "closed", &mut out);
    }
    draw(&centre, "new current", &mut out);
    for ((_, placed), falling) in below.iter().zip(&impact.below) {
        let class = if falling.is_service {
            "pending"
        } else {
            "closed"
        };
        draw(placed, class, &mut out);
    }
    out.push_str("</svg>\n");
    Some(out)
}

fn x_of(depth: usize) -> i32 {
    2 + STEP * i32::try_from(depth.min(DEEPEST)).unwrap_or(0)
}

/// One line down from each box that takes others with it, and one to the right for each of them.
fn branches(centre: &Placed<'_>, below: &[(usize, Placed<'_>)], out: &mut String) {
    let mut bottoms = vec![centre.y + centre.h];
    for (place, (depth, node)) in below.iter().enumerate() {
        bottoms.truncate(*depth);
        let from = bottoms.last().copied().unwrap_or(centre.y + centre.h);
        let own = x_of(depth.saturating_sub(1)) + LINE;
        let (x, y) = (node.x, node.middle());
        line(&format!("M{own} {y}H{}", x - 5), out);
        arrow([x - 6, y - 4, x - 6, y + 4, x, y], out);
        let siblings = below[place + 1..].iter().take_while(|(it, _)| it >= depth);
        if siblings.into_iter().all(|(it, _)| it != depth) {
            line(&format!("M{own} {from}V{y}"), out);
        }
        bottoms.push(node.y + node.h);
    }
}

fn open(impact: &Impact, height: i32, out: &mut String) {
    let prefix = escape(&impact.id_prefix);
    let (title, description) = (tidy(&impact.title), tidy(&impact.description));
    let _ = writeln!(
        out,
        r#"<svg class="diagram relations impact" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="group" aria-labelledby="{prefix}-title {prefix}-desc"><title id="{prefix}-title">{}</title><desc id="{prefix}-desc">{}</desc>"#,
        escape(&title),
        escape(&description)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn falling(name: &str, depth: usize) -> Falling {
        Falling {
            node: Node {
                name: name.to_owned(),
                about: "Serveur".to_owned(),
                url: Some(format!("../{name}/")),
            },
            depth,
            is_service: name == "erp",
        }
    }

    fn picture() -> Impact {
        Impact {
            id_prefix: "impact".to_owned(),
            title: "Impact".to_owned(),
            description: "Tout s’arrête.".to_owned(),
            above: vec![falling("ups", 1).node],
            centre: falling("sw & co", 0).node,
            below: vec![
                falling("hyp", 1),
                falling("vm", 2),
                falling("erp", 3),
                falling("pc", 1),
            ],
        }
    }

    #[test]
    fn every_box_stands_right_of_what_takes_it_down() {
        let svg = impact(&picture()).unwrap();
        let xs: Vec<i32> = svg
            .split(r#"<rect class="box" x=""#)
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
            .collect();
        assert_eq!(xs, [INDENT, 2, 22, 42, 62, 22]);
        // One line down for the centre's two, one for the server's and one for the machine's.
        assert_eq!(svg.matches("M11 ").count(), 3, "{svg}");
        assert_eq!(svg.matches("M31 ").count(), 2);
        assert!(svg.contains("sw &amp; co"), "{svg}");
        assert_eq!(svg.matches(r#"class="pending""#).count(), 1);
    }

    #[test]
    fn where_nothing_falls_there_is_no_picture() {
        let quiet = Impact {
            below: Vec::new(),
            ..picture()
        };
        assert_eq!(impact(&quiet), None);
    }
}
