//! The time of one ticket as a bar: a stretch for each stay in a state, marks where promises fall due.
//!
//! Stretches carry the number of their state and, on hold, a hatching, so that nothing is said by
//! colour alone; the legend under the bar names them. Drawn 340 pixels wide, a telephone's width: wider
//! places enlarge it.

mod places;

use std::fmt::Write as _;

use self::places::{marks, numbers};
use super::flow::Phase;
use super::measure::{tidy, wrap};
use super::svg::escape;

/// Width of the picture and the air on both sides.
const WIDTH: i32 = 340;
const MARGIN: i32 = 4;
/// Height of a line of text, of the bar, of a line of the legend.
const LINE: i32 = 16;
const BAR: i32 = 26;
const ENTRY: i32 = 20;
/// Side of the samples in the legend.
const SAMPLE: i32 = 14;
/// A mark farther than so many bars is not drawn in its place: the bar would shrink to nothing.
const FARTHEST: i64 = 4;
/// Room under the bar for the numbers of stretches that are too narrow for theirs.
const BELOW: i32 = 14;

/// What the bar shows. Times are minutes from the opening.
#[derive(Debug, Clone, Default)]
pub struct TimeBar {
    /// Opens every id in the SVG; unique on the page, without blanks.
    pub id_prefix: String,
    /// What the picture is called (`<title>`).
    pub title: String,
    /// What it shows, in a sentence (`<desc>`).
    pub description: String,
    /// The states of the legend, in the order of the workflow.
    pub states: Vec<State>,
    /// The stays, in time order, each beginning where the one before ends.
    pub stays: Vec<Stay>,
    /// The promises.
    pub marks: Vec<Mark>,
}

/// A state that the ticket was in.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Its name, with the time spent there.
    pub text: String,
    /// What it means.
    pub phase: Phase,
}

/// A stay in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// Place among `states`.
    pub state: usize,
    /// When it ended.
    pub end: i64,
}

/// Where a promise falls due.
#[derive(Debug, Clone, Default)]
pub struct Mark {
    /// When.
    pub at: i64,
    /// What to write there: `GTR : 3 mars à 10:00`.
    pub text: String,
    /// It was missed, or is over.
    pub missed: bool,
}

/// The bar as one `<svg class="diagram time-bar">`: no style, no script, ids opened by the prefix.
/// `None` when no time passed.
pub fn time_bar(bar: &TimeBar) -> Option<String> {
    let end = bar
        .stays
        .last()
        .map(|stay| stay.end)
        .filter(|end| *end > 0)?;
    let near = bar.marks.iter().map(|mark| mark.at);
    let near = near.filter(|at| *at <= end * FARTHEST);
    let scale = Scale(near.max().unwrap_or(0).max(end));
    let top = MARGIN + LINE * count(bar.marks.len());
    let legend = legend(bar);
    let lines: usize = legend.iter().map(Vec::len).sum();
    let marks = marks(bar, scale);
    let numbers = numbers(bar, scale, &marks);
    let under = if numbers.iter().any(|it| !it.inside) {
        BELOW
    } else {
        0
    };
    let key = top + BAR + under + 10;
    let height = key + (ENTRY - LINE) * count(legend.len()) + LINE * count(lines) + MARGIN;
    let mut out = String::with_capacity(2_000 + 200 * bar.stays.len());
    open(bar, height, &mut out);
    stretches(bar, scale, top, &mut out);
    for number in &numbers {
        number.draw(top, &mut out);
    }
    for (line, mark) in marks.iter().enumerate() {
        mark.draw((count(line), top), &mut out);
    }
    let mut y = key;
    for (number, (state, lines)) in bar.states.iter().zip(&legend).enumerate() {
        draw_entry((number, state), (lines, y), &bar.id_prefix, &mut out);
        y += ENTRY - LINE + LINE * count(lines.len());
    }
    out.push_str("</svg>\n");
    Some(out)
}

/// How far right a moment stands.
#[derive(Clone, Copy)]
struct Scale(i64);

impl Scale {
    fn x(self, at: i64) -> i32 {
        let room = i64::from(WIDTH - 2 * MARGIN);
        let across = at.clamp(0, self.0) * room / self.0.max(1);
        MARGIN + i32::try_from(across).unwrap_or(0)
    }
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX / 1_000)
}

fn legend(bar: &TimeBar) -> Vec<Vec<String>> {
    let room = WIDTH - 2 * MARGIN - SAMPLE - 8;
    let states = bar.states.iter();
    states
        .map(|state| wrap(&state.text, room, 13, false))
        .collect()
}

fn open(bar: &TimeBar, height: i32, out: &mut String) {
    let prefix = escape(&bar.id_prefix);
    let (title, description) = (tidy(&bar.title), tidy(&bar.description));
    let _ = writeln!(
        out,
        r#"<svg class="diagram time-bar" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{prefix}-title {prefix}-desc"><title id="{prefix}-title">{}</title><desc id="{prefix}-desc">{}</desc>"#,
        escape(&title),
        escape(&description)
    );
    let _ = writeln!(
        out,
        r#"<defs><pattern id="{prefix}-hatching" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatching" d="M1 0V6"/></pattern></defs>"#,
    );
}

fn class(phase: Phase) -> &'static str {
    match phase {
        Phase::New => "new",
        Phase::Assigned => "assigned",
        Phase::Pending => "pending",
        Phase::Resolved => "resolved",
        Phase::Closed => "closed",
    }
}

/// A box in its state's colour, hatched on hold.
fn stretch((x, y, w, h): (i32, i32, i32, i32), phase: Phase, prefix: &str, out: &mut String) {
    let size = format!(r#"x="{x}" y="{y}" width="{w}" height="{h}""#);
    let _ = write!(
        out,
        r#"<g class="state {}"><rect class="box" {size}/>"#,
        class(phase)
    );
    if phase == Phase::Pending {
        let _ = write!(
            out,
            r#"<rect {size} fill="url(#{}-hatching)"/>"#,
            escape(prefix)
        );
    }
    out.push_str("</g>");
}

/// The number of a state, in the middle of what it names.
fn number_at(number: usize, (x, y): (i32, i32), out: &mut String) {
    let number = number + 1;
    let _ = write!(
        out,
        r#"<text class="number" x="{x}" y="{y}">{number}</text>"#
    );
}

fn stretches(bar: &TimeBar, scale: Scale, top: i32, out: &mut String) {
    let frame = WIDTH - 2 * MARGIN;
    let _ = write!(
        out,
        r#"<rect class="whole" x="{MARGIN}" y="{top}" width="{frame}" height="{BAR}"/>"#
    );
    let mut from = MARGIN;
    for stay in &bar.stays {
        let to = scale.x(stay.end);
        if to > from {
            let phase = bar.states[stay.state].phase;
            stretch((from, top, to - from, BAR), phase, &bar.id_prefix, out);
        }
        from = to;
    }
    out.push('\n');
}

fn draw_entry(
    (number, state): (usize, &State),
    (lines, y): (&[String], i32),
    prefix: &str,
    out: &mut String,
) {
    stretch((MARGIN, y, SAMPLE, SAMPLE), state.phase, prefix, out);
    number_at(number, (MARGIN + SAMPLE / 2, y + SAMPLE / 2 + 4), out);
    for (line, text) in lines.iter().enumerate() {
        let _ = write!(
            out,
            r#"<text class="label" x="{}" y="{}">{}</text>"#,
            MARGIN + SAMPLE + 8,
            y + 11 + LINE * count(line),
            escape(text.trim_end())
        );
    }
    out.push('\n');
}
