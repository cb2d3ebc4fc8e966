//! Devices in layers, from the way in to the last switch: boxes of one width, lines behind them. A long layer
//! goes on in rows below, with its lines in the gaps between columns.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::measure::{tidy, wrap};
use super::svg::{Rect, escape};

const WIDTH: i32 = 214;
/// Air between columns, between rows of a layer, and between layers.
const GAP: i32 = 20;
const ROW_GAP: i32 = 18;
const LAYER_GAP: i32 = 44;
const PAD: i32 = 9;
/// Where the first column begins, right of the lines that enter it from the side.
const LEFT: i32 = GAP / 2 + 2;
/// Heights of a line of the name and of what stands below.
const NAME: i32 = 16;
const LINE: i32 = 15;
/// A row has this many boxes.
const COLUMNS: usize = 4;

/// What the picture shows.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// Opens every id in the SVG; unique on the page, without blanks.
    pub id_prefix: String,
    /// What the picture is called (`<title>`).
    pub title: String,
    /// What it shows, in a sentence (`<desc>`).
    pub description: String,
    /// Boxes from the top, each layer in any order.
    pub layers: Vec<Vec<Device>>,
    /// Lines, by the keys of their two boxes.
    pub lines: Vec<Joint>,
}

/// A box.
#[derive(Debug, Clone, Default)]
pub struct Device {
    /// By which lines name it.
    pub key: u32,
    /// What it is called.
    pub name: String,
    /// Lines below, each with its page.
    pub about: Vec<(String, Option<String>)>,
    /// Its page.
    pub url: Option<String>,
    /// How it is filled: a class of `diagrams.css`.
    pub class: &'static str,
}

/// A line.
#[derive(Debug, Clone, Default)]
pub struct Joint {
    /// The two boxes.
    pub ends: (u32, u32),
    /// Whether it is no cable: a tunnel, a radio link.
    pub is_dashed: bool,
    /// Whether it stands for several.
    pub is_multiple: bool,
}

/// A box with its place.
struct Placed<'d> {
    device: &'d Device,
    name: Vec<String>,
    /// The lines below the name, wrapped, each with its page.
    about: Vec<(String, Option<&'d str>)>,
    layer: usize,
    row: usize,
    rect: Rect,
}

/// The picture as one `<svg class="diagram network">`: no style, no script. `None` without a box.
pub fn network(network: &Network) -> Option<String> {
    let placed = place(network);
    let right = placed.values().map(|it| it.rect.right()).max()? + 2;
    let bottom = placed.values().map(|it| it.rect.bottom()).max()? + 20;
    let mut out = String::with_capacity(1_000 + 600 * placed.len());
    let prefix = escape(&network.id_prefix);
    let (title, description) = (tidy(&network.title), tidy(&network.description));
    let _ = writeln!(
        out,
        r#"<svg class="diagram relations network" viewBox="0 0 {right} {bottom}" width="{right}" height="{bottom}" role="group" aria-labelledby="{prefix}-title {prefix}-desc"><title id="{prefix}-title">{}</title><desc id="{prefix}-desc">{}</desc>"#,
        escape(&title),
        escape(&description)
    );
    for joint in &network.lines {
        let ends = (placed.get(&joint.ends.0), placed.get(&joint.ends.1));
        if let (Some(one), Some(other)) = ends {
            line(joint, one, other, &mut out);
        }
    }
    let mut boxes: Vec<&Placed<'_>> = placed.values().collect();
    boxes.sort_by_key(|it| (it.rect.y, it.rect.x));
    for it in boxes {
        draw(it, &mut out);
    }
    out.push_str("</svg>\n");
    Some(out)
}

/// Where each box stands: layers under each other, each from the left so that a telephone shows the way in first;
/// those of one layer in the order of what they hang on.
fn place(network: &Network) -> BTreeMap<u32, Placed<'_>> {
    let mut placed: BTreeMap<u32, Placed<'_>> = BTreeMap::new();
    let mut y = 2;
    for (layer, devices) in network.layers.iter().enumerate() {
        let mut order: Vec<&Device> = devices.iter().collect();
        order.sort_by_cached_key(|device| above(network, device.key, &placed));
        if order.len() > COLUMNS {
            // What others hang on stands in the last row, next to them.
            order.sort_by_cached_key(|device| leads_on(network, layer, device.key));
        }
        for (row, devices) in order.chunks(COLUMNS).enumerate() {
            let mut x = LEFT;
            let mut lowest = y;
            for device in devices {
                let it = measured(device, layer, row, x, y);
                lowest = lowest.max(it.rect.bottom());
                placed.insert(device.key, it);
                x += WIDTH + GAP;
            }
            y = lowest + ROW_GAP;
        }
        y += LAYER_GAP - ROW_GAP;
    }
    placed
}

/// The middle of the boxes above that lines join a box to; those that hang on nothing come last.
fn above(network: &Network, key: u32, placed: &BTreeMap<u32, Placed<'_>>) -> i32 {
    let lines = network.lines.iter();
    let others = lines.filter_map(|joint| match joint.ends {
        (one, other) if one == key => Some(other),
        (one, other) if other == key => Some(one),
        _ => None,
    });
    let middles: Vec<i32> = others
        .filter_map(|other| placed.get(&other))
        .map(|it| it.rect.x + it.rect.w / 2)
        .collect();
    let count = i32::try_from(middles.len()).unwrap_or(i32::MAX);
    middles
        .iter()
        .sum::<i32>()
        .checked_div(count)
        .unwrap_or(i32::MAX)
}

/// Whether something further down hangs on a box.
fn leads_on(network: &Network, layer: usize, key: u32) -> bool {
    let mut lower = network.layers.iter().skip(layer + 1).flatten();
    lower.any(|it| {
        let mut lines = network.lines.iter();
        lines.any(|joint| joint.ends == (key, it.key) || joint.ends == (it.key, key))
    })
}

fn measured(device: &Device, layer: usize, row: usize, x: i32, y: i32) -> Placed<'_> {
    let room = WIDTH - 2 * PAD;
    let name = wrap(&device.name, room, 13, true);
    let about: Vec<(String, Option<&str>)> = device
        .about
        .iter()
        .flat_map(|(text, url)| {
            let lines = wrap(text, room, 12, false).into_iter();
            lines.map(|line| (line, url.as_deref()))
        })
        .collect();
    let lines = |count: usize| i32::try_from(count).unwrap_or(0);
    let rect = Rect {
        x,
        y,
        w: WIDTH,
        h: NAME * lines(name.len()) + LINE * lines(about.len()) + 2 * PAD - 4,
    };
    Placed {
        device,
        name,
        about,
        layer,
        row,
        rect,
    }
}

fn line(joint: &Joint, one: &Placed<'_>, other: &Placed<'_>, out: &mut String) {
    let is_above = (one.layer, one.row) <= (other.layer, other.row);
    let (high, low) = if is_above { (one, other) } else { (other, one) };
    let (a, b) = (high.rect, low.rect);
    let (from, to) = (a.x + a.w / 2, b.x + b.w / 2);
    let path = if high.layer == low.layer && high.row == low.row {
        beside(a, b)
    } else if low.row == 0 {
        let middle = i32::midpoint(a.bottom(), b.y);
        format!(
            "M{from} {}C{from} {middle} {to} {middle} {to} {}",
            a.bottom(),
            b.y
        )
    } else {
        // Down the gap left of the column, then in from the side.
        let (gap, y) = (b.x - GAP / 2, b.y + b.h / 2);
        let bend = a.bottom() + LAYER_GAP - 8;
        format!(
            "M{from} {}C{from} {bend} {gap} {} {gap} {bend}V{y}H{}",
            a.bottom(),
            a.bottom() + 12,
            b.x
        )
    };
    let mut class = "line".to_owned();
    class.push_str(if joint.is_dashed { " return" } else { "" });
    class.push_str(if joint.is_multiple { " often" } else { "" });
    let _ = writeln!(out, r#"<g class="{class}"><path d="{path}"/></g>"#);
}

/// Between two boxes of one row: straight to the next one, else below those between.
fn beside(a: Rect, b: Rect) -> String {
    let (left, right) = if a.x <= b.x { (a, b) } else { (b, a) };
    if right.x - left.right() <= GAP {
        let y = (left.y + left.h / 2).min(right.y + right.h / 2);
        return format!("M{} {y}H{}", left.right(), right.x);
    }
    let (from, to) = (left.x + left.w / 2, right.x + right.w / 2);
    let deep = left.bottom().max(right.bottom()) + 20;
    format!(
        "M{from} {}C{from} {deep} {to} {deep} {to} {}",
        left.bottom(),
        right.bottom()
    )
}

fn draw(placed: &Placed<'_>, out: &mut String) {
    let Rect { x, y, w, h } = placed.rect;
    let _ = write!(
        out,
        r#"<g class="{}"><rect class="box" x="{x}" y="{y}" width="{w}" height="{h}" rx="5"/>"#,
        placed.device.class
    );
    let left = x + PAD;
    let mut baseline = y + PAD + 10;
    let mut text = |class: &str, line: &str, url: Option<&str>, step: i32| {
        let words = escape(line.trim_end());
        if let Some(url) = url {
            let _ = write!(out, r#"<a href="{}">"#, escape(url));
        }
        let _ = write!(
            out,
            r#"<text class="{class}" x="{left}" y="{baseline}">{words}</text>"#
        );
        out.push_str(if url.is_some() { "</a>" } else { "" });
        baseline += step;
    };
    for line in &placed.name {
        text("title", line, placed.device.url.as_deref(), NAME);
    }
    for (line, url) in &placed.about {
        text("remark", line, *url, LINE);
    }
    out.push_str("</g>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn device(key: u32) -> Device {
        Device {
            key,
            name: format!("sw-{key} & co"),
            about: vec![("Commutateur".to_owned(), Some(format!("../{key}/")))],
            url: Some(format!("../{key}/")),
            class: "new",
        }
    }

    fn joint(one: u32, other: u32) -> Joint {
        Joint {
            ends: (one, other),
            ..Joint::default()
        }
    }

    fn sample() -> Network {
        Network {
            id_prefix: "n".to_owned(),
            title: "Lyon".to_owned(),
            description: "Un site.".to_owned(),
            layers: vec![
                vec![device(0)],
                vec![device(1), device(2)],
                (3..20).map(device).collect(),
            ],
            lines: (1..3)
                .map(|key| joint(0, key))
                .chain((3..20).map(|key| joint(2 - key % 2, key)))
                .chain([joint(1, 2), joint(9, 99)])
                .collect(),
        }
    }

    #[test]
    fn no_box_meets_another_and_each_line_is_drawn() {
        let sample = sample();
        let placed = place(&sample);
        let rects: Vec<Rect> = placed.values().map(|it| it.rect).collect();
        for (at, one) in rects.iter().enumerate() {
            assert!(rects[at + 1..].iter().all(|other| !one.meets(*other)));
        }
        let svg = network(&sample).unwrap();
        // The line to a box that is not there is left out.
        assert_eq!(svg.matches("<path").count(), 20, "{svg}");
        assert!(svg.contains("sw-0 &amp; co"), "{svg}");
        assert!(network(&Network::default()).is_none());
    }

    #[test]
    fn boxes_stand_near_what_they_hang_on() {
        let sample = sample();
        let placed = place(&sample);
        let x = |key: u32| (placed[&key].row, placed[&key].rect.x);
        // Those of the left switch come before those of the right one.
        assert!(x(3) < x(4), "{:?} {:?}", x(3), x(4));
        assert!(x(19) < x(18));
    }
}
