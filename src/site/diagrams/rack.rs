//! A rack from the front: its units numbered from the bottom, what stands in them as boxes with links. As wide as
//! a telephone, as high as a page.

use std::fmt::Write as _;

use super::measure::{tidy, width};
use super::svg::escape;

const WIDTH: i32 = 340;
/// Height of a unit, and where boxes begin, right of the numbers.
const UNIT: i32 = 19;
const LEFT: i32 = 30;
/// Boxes that share a unit stand side by side, so far from one another.
const GAP: i32 = 3;
const PAD: i32 = 8;
/// Room of the mark before the name of a box that claims another's unit.
const MARK: i32 = 10;
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

impl Mounted {
    fn top(&self) -> u32 {
        self.bottom.saturating_add(self.units.max(1)) - 1
    }
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
    for (mounted, lane) in rack.boxes.iter().zip(lanes(&rack.boxes)) {
        draw(rack.height, mounted, lane, &mut out);
    }
    out.push_str("</svg>\n");
    out
}

/// Where a box stands among those that share a unit with it, directly or by one between them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Lane {
    /// Its place from the left, and how many there are.
    place: i32,
    count: i32,
    /// Whether another of its side claims one of its units: marked.
    is_clash: bool,
}

/// The lanes of some boxes, in their order. The front and the back share the width without being in each
/// other's way.
fn lanes(boxes: &[Mounted]) -> Vec<Lane> {
    let mut order: Vec<usize> = (0..boxes.len()).collect();
    order.sort_by_key(|n| (boxes[*n].bottom, boxes[*n].is_behind, *n));
    let mut lanes = vec![Lane::default(); boxes.len()];
    // Boxes that meet, and how high each of their lanes is filled.
    let (mut group, mut tops): (Vec<usize>, Vec<u32>) = (Vec::new(), Vec::new());
    for n in order {
        let (bottom, top) = (boxes[n].bottom, boxes[n].top());
        if tops.iter().all(|filled| *filled < bottom) {
            close(&mut lanes, &group, tops.len());
            (group, tops) = (Vec::new(), Vec::new());
        }
        for other in group
            .iter()
            .copied()
            .filter(|other| boxes[*other].top() >= bottom)
        {
            if boxes[other].is_behind == boxes[n].is_behind {
                (lanes[other].is_clash, lanes[n].is_clash) = (true, true);
            }
        }
        let free = tops.iter().position(|filled| *filled < bottom);
        let place = free.unwrap_or(tops.len());
        tops.resize(tops.len().max(place + 1), 0);
        tops[place] = top;
        lanes[n].place = pixels(u32::try_from(place).unwrap_or(0));
        group.push(n);
    }
    close(&mut lanes, &group, tops.len());
    lanes
}

fn close(lanes: &mut [Lane], group: &[usize], count: usize) {
    for n in group {
        lanes[*n].count = pixels(u32::try_from(count).unwrap_or(1)).max(1);
    }
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

fn draw(height: u32, mounted: &Mounted, lane: Lane, out: &mut String) {
    let units = mounted.units.max(1);
    let top = height.saturating_sub(mounted.bottom + units - 1);
    let y = TOP + UNIT * pixels(top) + 1;
    let all = WIDTH - 4 - LEFT - 2;
    let w = (all - GAP * (lane.count - 1)) / lane.count;
    let x = LEFT + 2 + (w + GAP) * lane.place;
    let h = UNIT * pixels(units) - 2;
    let mark = if lane.is_clash { MARK } else { 0 };
    let room = w - 2 * PAD - mark;
    let name = cut(&tidy(&mounted.name), room, true);
    let left = room - width(&name, 12, true) - 8;
    let about = tidy(&mounted.about);
    // What does not fit beside the name stands under it where the box is high enough.
    let is_below = units > 1 && width(&about, 12, false) > left;
    let free = if is_below { room } else { left };
    let about = (free > 40).then(|| cut(&about, free, false));
    let behind = if mounted.is_behind { " behind" } else { "" };
    let clash = if lane.is_clash { " clash" } else { "" };
    if let Some(url) = &mounted.url {
        let _ = write!(out, r#"<a href="{}">"#, escape(url));
    }
    let baseline = y + h / 2 + if is_below { -3 } else { 4 };
    let begin = x + PAD + mark;
    let _ = write!(
        out,
        r#"<g class="{}{behind}{clash}"><rect class="box" x="{x}" y="{y}" width="{w}" height="{h}" rx="3"/>{}<text x="{}" y="{baseline}"><tspan class="title">{}</tspan>"#,
        mounted.class,
        if lane.is_clash {
            format!(
                r#"<text class="mark" x="{}" y="{baseline}">!</text>"#,
                x + PAD
            )
        } else {
            String::new()
        },
        begin,
        escape(&name)
    );
    if let Some(about) = about.filter(|about| !about.is_empty()) {
        let place = if is_below {
            format!(r#"x="{begin}" y="{}""#, baseline + 14)
        } else {
            r#"dx="4""#.to_owned()
        };
        let _ = write!(
            out,
            r#" <tspan class="remark" {place}>{}</tspan>"#,
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
fn cut(text: &str, room: i32, bold: bool) -> String {
    if width(text, 12, bold) <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        short.push(letter);
        if width(&short, 12, bold) > room - 12 {
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
    fn what_does_not_fit_beside_a_name_stands_under_it() {
        let about = "Serveur de fichiers de la comptabilité";
        let of = |units: u32| {
            let about = about.to_owned();
            rack(&Rack {
                height: 4,
                boxes: vec![Mounted {
                    about,
                    ..mounted("srv-fic-01", 1, units)
                }],
                ..Rack::default()
            })
        };
        assert!(of(1).contains(r#"class="remark" dx="4">Serveur"#) && of(1).contains('…'));
        let high = of(2);
        let below = format!(r#"class="remark" x="40" y="71">{about}</tspan>"#);
        assert!(high.contains(&below) && !high.contains('…'), "{high}");
    }

    #[test]
    fn what_meets_another_box_stands_beside_it_with_a_mark() {
        let svg = rack(&Rack {
            height: 4,
            boxes: vec![mounted("a", 1, 2), mounted("b", 2, 1), mounted("c", 3, 1)],
            ..Rack::default()
        });
        for x in [32, 185] {
            let half = format!(r#"<rect class="box" x="{x}" y="#);
            assert!(svg.contains(&half), "{svg}");
        }
        assert_eq!(svg.matches(r#"width="150""#).count(), 2, "{svg}");
        assert_eq!(svg.matches(r#"class="mark""#).count(), 2, "{svg}");
        assert_eq!(svg.matches(r#"<g class="new clash">"#).count(), 2);
    }

    #[test]
    fn lanes_are_as_many_as_meet_at_once() {
        let behind = Mounted {
            is_behind: true,
            ..mounted("d", 6, 1)
        };
        let boxes = [
            mounted("a", 1, 4),
            mounted("b", 2, 1),
            mounted("c", 3, 2),
            mounted("e", 6, 1),
            behind,
        ];
        let told: Vec<_> = lanes(&boxes)
            .iter()
            .map(|it| (it.place, it.count, it.is_clash))
            .collect();
        let expected = [
            (0, 2, true),
            (1, 2, true),
            (1, 2, true),
            (0, 2, false),
            (1, 2, false),
        ];
        assert_eq!(told, expected);
    }
}
