//! A rack from the front: its units numbered from the bottom, what stands in them as boxes with links. As wide as
//! a telephone, as high as a page.

use std::fmt::Write as _;

use super::measure::{tidy, width};
use super::svg::escape;

const WIDTH: i32 = 340;
/// Height of a unit, and where boxes begin, right of the numbers.
const UNIT: i32 = 19;
const LEFT: i32 = 30;
/// What meets another box stands so much further right.
const SHIFT: i32 = 36;
const PAD: i32 = 8;
const TOP: i32 = 3;

/// What the picture shows.
#[derive(Debug, Clone, Default)]
pub struct Rack {
    /// Opens every id in the SVG; unique on the page, without blanks.
    pub id_prefix: String,
    /// What the picture is called (`<title>`).
    pub title: String,
    /// What it shows, in a sentence (`<desc>`).
    pub description: String,
    /// How many units it has.
    pub height: u32,
    /// What stands in it, from the bottom.
    pub boxes: Vec<Mounted>,
}

/// Something in a rack.
#[derive(Debug, Clone, Default)]
pub struct Mounted {
    /// Its lowest unit, from 1, and how many it takes.
    pub bottom: u32,
    /// How many units.
    pub units: u32,
    /// What it is called.
    pub name: String,
    /// What it is, after the name while there is room.
    pub about: String,
    /// Its page.
    pub url: Option<String>,
    /// How it is filled: a class of `diagrams.css`.
    pub class: &'static str,
    /// Whether it hangs at the back: dashed.
    pub is_behind: bool,
}

/// The picture as one `<svg class="diagram rack">`: no style, no script.
pub fn rack(rack: &Rack) -> String {
    let height = pixels(rack.height);
    let full = TOP * 2 + UNIT * height;
    let mut out = String::with_capacity(1_500 + 300 * rack.boxes.len());
    let prefix = escape(&rack.id_prefix);
    let (title, description) = (tidy(&rack.title), tidy(&rack.description));
    let _ = writeln!(
        out,
        r#"<svg class="diagram rack" viewBox="0 0 {WIDTH} {full}" width="{WIDTH}" height="{full}" role="group" aria-labelledby="{prefix}-title {prefix}-desc"><title id="{prefix}-title">{}</title><desc id="{prefix}-desc">{}</desc>"#,
        escape(&title),
        escape(&description)
    );
    let _ = writeln!(
        out,
        r#"<rect class="box" x="{LEFT}" y="{TOP}" width="{}" height="{}"/>"#,
        WIDTH - LEFT - 2,
        UNIT * height
    );
    rulings(rack.height, &mut out);
    let mut reached = [0, 0];
    // The front hides what hangs behind it.
    let behind = rack.boxes.iter().filter(|it| it.is_behind);
    let front = rack.boxes.iter().filter(|it| !it.is_behind);
    for mounted in behind.chain(front) {
        let side = &mut reached[usize::from(mounted.is_behind)];
        let is_free = mounted.bottom > *side;
        *side = (*side).max(mounted.bottom + mounted.units.max(1) - 1);
        draw(rack.height, mounted, is_free, &mut out);
    }
    out.push_str("</svg>\n");
    out
}

fn pixels(units: u32) -> i32 {
    i32::try_from(units.min(1_000)).unwrap_or(0)
}

/// The lines between the units, as one path, and their numbers, as one text.
fn rulings(height: u32, out: &mut String) {
    let mut path = String::new();
    let mut numbers = String::new();
    for unit in 1..=height {
        let y = TOP + UNIT * pixels(height - unit);
        if unit < height {
            let _ = write!(path, "M{LEFT} {y}H{}", WIDTH - 2);
        }
        let _ = write!(
            numbers,
            r#"<tspan x="{}" y="{}">{unit}</tspan> "#,
            LEFT - 6,
            y + UNIT - 5
        );
    }
    let _ = writeln!(
        out,
        r#"<path class="rule" d="{path}"/><text class="unit">{numbers}</text>"#
    );
}

fn draw(height: u32, mounted: &Mounted, is_free: bool, out: &mut String) {
    let units = mounted.units.max(1);
    let top = height.saturating_sub(mounted.bottom + units - 1);
    let y = TOP + UNIT * pixels(top) + 1;
    let x = if is_free { LEFT + 2 } else { LEFT + 2 + SHIFT };
    let (w, h) = (WIDTH - 4 - x, UNIT * pixels(units) - 2);
    let room = w - 2 * PAD;
    let name = cut(&tidy(&mounted.name), room);
    let left = room - width(&name, 12, true) - 8;
    let about = (left > 40).then(|| cut(&tidy(&mounted.about), left));
    let behind = if mounted.is_behind { " behind" } else { "" };
    if let Some(url) = &mounted.url {
        let _ = write!(out, r#"<a href="{}">"#, escape(url));
    }
    let baseline = y + h / 2 + 4;
    let _ = write!(
        out,
        r#"<g class="{}{behind}"><rect class="box" x="{x}" y="{y}" width="{w}" height="{h}" rx="3"/><text x="{}" y="{baseline}"><tspan class="title">{}</tspan>"#,
        mounted.class,
        x + PAD,
        escape(&name)
    );
    if let Some(about) = about.filter(|about| !about.is_empty()) {
        let _ = write!(
            out,
            r#" <tspan class="remark" dx="4">{}</tspan>"#,
            escape(&about)
        );
    }
    out.push_str("</text></g>");
    out.push_str(if mounted.url.is_some() {
        "</a>\n"
    } else {
        "\n"
    });
}

/// A text that fits, its end cut off where it must be.
fn cut(text: &str, room: i32) -> String {
    if width(text, 12, true) <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        short.push(letter);
        if width(&short, 12, true) > room - 12 {
            short.pop();
            break;
        }
    }
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mounted(name: &str, bottom: u32, units: u32) -> Mounted {
        Mounted {
            bottom,
            units,
            name: name.to_owned(),
            about: "Serveur".to_owned(),
            url: Some("../a/".to_owned()),
            class: "new",
            is_behind: false,
        }
    }

    #[test]
    fn units_count_from_the_bottom_and_nothing_leaves_the_rack() {
        let svg = rack(&Rack {
            id_prefix: "r".to_owned(),
            title: "Baie & co".to_owned(),
            description: "Vide".to_owned(),
            height: 12,
            boxes: vec![mounted("srv <1>", 1, 2), mounted(&"x".repeat(99), 12, 1)],
        });
        let boxes: Vec<&str> = svg.split(r#"<rect class="box""#).skip(2).collect();
        assert!(
            boxes[0].starts_with(r#" x="32" y="194" width="304" height="36""#),
            "{svg}"
        );
        assert!(
            boxes[1].starts_with(r#" x="32" y="4" width="304" height="17""#),
            "{svg}"
        );
        assert!(svg.contains("srv &lt;1&gt;") && svg.contains("x…"), "{svg}");
        assert_eq!(svg.matches("<tspan x=").count(), 12);
    }

    #[test]
    fn what_meets_another_box_stands_aside() {
        let svg = rack(&Rack {
            height: 4,
            boxes: vec![mounted("a", 1, 2), mounted("b", 2, 1)],
            ..Rack::default()
        });
        assert!(svg.contains(r#"<rect class="box" x="68""#), "{svg}");
    }
}
