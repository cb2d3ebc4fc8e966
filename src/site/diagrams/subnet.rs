//! A network as a picture: a cell for each address, or for each block of addresses, sixteen in a row.
//!
//! States differ by pattern and not by colour alone: full, hatched, dotted, crossed, framed, empty; a gateway
//! has its letter, what is wrong a mark. Cells in a row with one state are one path, so that a /24 stays small.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::svg::escape;

/// Cells in a row, their side, and where the first stands.
const COLUMNS: usize = 16;
const SIDE: usize = 20;
const LEFT: usize = 60;
const TOP: usize = 20;
/// Height of a line of the legend.
const ENTRY: usize = 22;
/// Letters that half of the width has room for; a longer word gives each entry a line of its own.
const HALF_LINE: usize = 25;

/// The picture of a network.
#[derive(Debug, Clone, Default)]
pub struct Subnet {
    /// Opens every id in the SVG; unique on the page, without blanks.
    pub id_prefix: String,
    /// What the picture is called (`<title>`).
    pub title: String,
    /// What it shows, in a sentence (`<desc>`).
    pub description: String,
    /// What stands before each row of cells.
    pub rows: Vec<String>,
    /// The cells, in order.
    pub cells: Vec<Cell>,
    /// What the patterns mean, in the order of the legend.
    pub legend: Vec<(Fill, String)>,
}

/// An address, or a block of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// What most of it is for.
    pub fill: Fill,
    /// How much of a block is used, in per cent, drawn from below; 0 leaves it out.
    pub used: u8,
    /// What to say of it; without it the cell joins its neighbours.
    pub title: Option<String>,
}

/// How a cell is filled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fill {
    /// A dense grid, with a figure: several machines have it.
    Duplicate,
    /// Crossed, with a mark: somebody has what nobody can have.
    Misplaced,
    /// Full, with a letter.
    Gateway,
    /// Full.
    Used,
    /// Crossed.
    End,
    /// Framed.
    Subnet,
    /// Hatched.
    Reserved,
    /// Dotted.
    Dhcp,
    /// Empty.
    #[default]
    Free,
}

impl Fill {
    fn class(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::Misplaced => "misplaced",
            Self::Gateway => "gateway",
            Self::Used => "used",
            Self::End => "end",
            Self::Subnet => "subnet",
            Self::Reserved => "reserved",
            Self::Dhcp => "dhcp",
            Self::Free => "free",
        }
    }

    /// What its pattern is made of, if it has one: strokes in a square of six pixels.
    fn strokes(self) -> Option<&'static str> {
        match self {
            Self::Duplicate => Some("M0 1.5h6M0 4.5h6M1.5 0v6M4.5 0v6"),
            Self::End | Self::Misplaced => Some("M0 0l6 6M6 0l-6 6"),
            Self::Subnet => Some("M0 3h6"),
            Self::Reserved => Some("M-1 4l5-5M2 7l5-5"),
            Self::Dhcp => Some("M2 3h2"),
            Self::Gateway | Self::Used | Self::Free => None,
        }
    }
}

/// The picture as one `<svg class="diagram subnet">`: no style, no script, ids opened by the prefix.
pub fn subnet(subnet: &Subnet) -> String {
    let rows = subnet.cells.len().div_ceil(COLUMNS);
    let columns = subnet.cells.len().min(COLUMNS);
    let bottom = TOP + rows * SIDE;
    let is_long = |(_, text): &(Fill, String)| text.chars().count() > HALF_LINE;
    let across = if subnet.legend.iter().any(is_long) {
        1
    } else {
        2
    };
    let lines = subnet.legend.len().div_ceil(across);
    let height = bottom + 12 + lines * ENTRY;
    let width = LEFT + COLUMNS * SIDE + 2;
    let prefix = &subnet.id_prefix;
    let mut out = String::with_capacity(4_000);
    let _ = write!(
        out,
        r#"<svg class="diagram subnet" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="{prefix}-title {prefix}-desc"><title id="{prefix}-title">{}</title><desc id="{prefix}-desc">{}</desc>"#,
        escape(&subnet.title),
        escape(&subnet.description),
    );
    patterns(subnet, &mut out);
    cells(subnet, &mut out);
    grid(columns, rows, &mut out);
    for (row, text) in subnet.rows.iter().enumerate() {
        let y = TOP + row * SIDE + 14;
        let x = LEFT - 6;
        let text = escape(text);
        let _ = write!(out, r#"<text class="scale" x="{x}" y="{y}">{text}</text>"#);
    }
    for (place, (fill, text)) in subnet.legend.iter().enumerate() {
        let x = 2 + place % across * (width / 2);
        let y = bottom + 12 + place / across * ENTRY;
        let mark = draw(subnet, *fill, &format!("M{x} {y}h14v14h-14z"), None);
        let (letter, text) = (letter(*fill, x + 7, y + 11), escape(text));
        let (x, y) = (x + 20, y + 12);
        let _ = write!(out, r#"{mark}{letter}<text x="{x}" y="{y}">{text}</text>"#);
    }
    out.push_str("</svg>\n");
    out
}

fn patterns(subnet: &Subnet, out: &mut String) {
    out.push_str("<defs>");
    for (fill, _) in &subnet.legend {
        if let Some(strokes) = fill.strokes() {
            let (prefix, class) = (&subnet.id_prefix, fill.class());
            let _ = write!(
                out,
                r#"<pattern id="{prefix}-{class}" width="6" height="6" patternUnits="userSpaceOnUse"><path class="ground {class}" d="M0 0h6v6H0z"/><path class="strokes {class}" d="{strokes}"/></pattern>"#
            );
        }
    }
    out.push_str("</defs>");
}

/// A path filled as the state has it.
fn draw(subnet: &Subnet, fill: Fill, d: &str, title: Option<&str>) -> String {
    let class = fill.class();
    let pattern = fill.strokes().map_or_else(String::new, |_| {
        format!(r#" fill="url(#{}-{class})""#, subnet.id_prefix)
    });
    let title = title.map_or_else(
        || "/>".to_owned(),
        |title| format!("><title>{}</title></path>", escape(title)),
    );
    let class = if pattern.is_empty() {
        class
    } else {
        "patterned"
    };
    format!(r#"<path class="{class}"{pattern} d="{d}"{title}"#)
}

/// Cells without a word are joined in runs, one path a state; the others stand by themselves.
fn cells(subnet: &Subnet, out: &mut String) {
    let mut runs: BTreeMap<Fill, String> = BTreeMap::new();
    let mut single = String::new();
    let mut place = 0;
    while let Some(cell) = subnet.cells.get(place) {
        let (x, y) = (LEFT + place % COLUMNS * SIDE, TOP + place / COLUMNS * SIDE);
        let row_end = (place / COLUMNS + 1) * COLUMNS;
        let alike = |other: &&Cell| *other == cell && cell.title.is_none() && cell.used == 0;
        let rest = subnet.cells[place..subnet.cells.len().min(row_end)].iter();
        let count = rest.take_while(alike).count().max(1);
        let d = format!("M{x} {y}h{0}v{SIDE}h-{0}z", count * SIDE);
        if cell.title.is_some() || cell.used > 0 {
            if cell.fill != Fill::Free || cell.used == 0 {
                single += &draw(subnet, cell.fill, &d, None);
            }
            let d = if cell.used > 0 {
                let tall = (usize::from(cell.used) * SIDE).div_ceil(100).clamp(2, SIDE);
                format!("M{x} {}h{SIDE}v{tall}h-{SIDE}z", y + SIDE - tall)
            } else {
                d
            };
            let fill = if cell.used > 0 { Fill::Used } else { cell.fill };
            single += &draw(subnet, fill, &d, cell.title.as_deref());
        } else {
            runs.entry(cell.fill).or_default().push_str(&d);
        }
        single += &letter(cell.fill, x + SIDE / 2, y + 14);
        place += count;
    }
    for (fill, d) in &runs {
        *out += &draw(subnet, *fill, d, None);
    }
    *out += &single;
}

/// The letter of a gateway, the figure or mark of what is wrong.
fn letter(fill: Fill, x: usize, y: usize) -> String {
    let (class, letter) = match fill {
        Fill::Gateway => ("letter", "G"),
        Fill::Duplicate => ("letter fault", "2"),
        Fill::Misplaced => ("letter fault", "!"),
        _ => return String::new(),
    };
    format!(r#"<text class="{class}" x="{x}" y="{y}">{letter}</text>"#)
}

/// Lines between the cells.
fn grid(columns: usize, rows: usize, out: &mut String) {
    let (right, bottom) = (LEFT + columns * SIDE, TOP + rows * SIDE);
    let mut d = String::new();
    for row in 0..=rows {
        let _ = write!(d, "M{LEFT} {}H{right}", TOP + row * SIDE);
    }
    for column in 0..=columns {
        let _ = write!(d, "M{} {TOP}V{bottom}", LEFT + column * SIDE);
    }
    let _ = write!(out, r#"<path class="grid" d="{d}"/>"#);
    for column in (0..columns).step_by(4) {
        let x = LEFT + column * SIDE + SIDE / 2;
        let y = TOP - 6;
        let _ = write!(
            out,
            r#"<text class="column" x="{x}" y="{y}">+{column}</text>"#
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(cells: Vec<Cell>) -> String {
        subnet(&Subnet {
            id_prefix: "map".to_owned(),
            title: "192.0.2.0/28".to_owned(),
            description: "<3>".to_owned(),
            rows: vec![".0".to_owned()],
            cells,
            legend: vec![(Fill::Reserved, "kept".to_owned())],
        })
    }

    #[test]
    fn long_words_of_the_legend_have_lines_of_their_own() {
        let legend = |word: &str| {
            let words = [word, "b"].map(|word| (Fill::Used, word.to_owned()));
            subnet(&Subnet {
                cells: vec![Cell::default()],
                legend: words.to_vec(),
                ..Subnet::default()
            })
        };
        let second = |x: usize, y: usize| format!(r#"<text x="{x}" y="{y}">b</text>"#);
        let short = legend("Réseau et diffusion");
        assert!(short.contains(&second(213, 64)), "{short}");
        let long = legend("Attribuée à tort (réseau ou diffusion)");
        assert!(long.contains(&second(22, 86)), "{long}");
    }

    #[test]
    fn neighbours_of_one_state_are_one_path() {
        let mut cells = vec![Cell::default(); 32];
        cells[3].fill = Fill::Reserved;
        cells[4].fill = Fill::Used;
        cells[4].title = Some("192.0.2.4 & co".to_owned());
        let svg = sample(cells);
        // Three before, eleven after, sixteen in the next row.
        assert!(svg.contains(r#"<path class="free" d="M60 20h60v20h-60zM160 20h220v20h-220zM60 40h320v20h-320z"/>"#), "{svg}");
        assert!(
            svg.contains(r#"fill="url(#map-reserved)" d="M120 20h20v20h-20z"/>"#),
            "{svg}"
        );
        assert!(svg.contains("<title>192.0.2.4 &amp; co</title>"), "{svg}");
        assert!(svg.contains("&lt;3&gt;"), "{svg}");
    }

    #[test]
    fn a_share_stands_at_the_bottom_and_can_be_seen() {
        let cell = |used| Cell {
            used,
            ..Cell::default()
        };
        let svg = sample(vec![cell(1), cell(50), cell(100)]);
        for d in [
            "M60 38h20v2h-20z",
            "M80 30h20v10h-20z",
            "M100 20h20v20h-20z",
        ] {
            assert!(
                svg.contains(&format!(r#"<path class="used" d="{d}"/>"#)),
                "{d}: {svg}"
            );
        }
    }
}
