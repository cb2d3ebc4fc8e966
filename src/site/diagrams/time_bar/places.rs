//! Where the words of a time bar's marks and the numbers of its stretches stand, so that no line runs through them.

use std::fmt::Write as _;

use super::{BAR, LINE, MARGIN, Mark, Scale, TimeBar, WIDTH, number_at};
use crate::site::diagrams::measure::width;
use crate::site::diagrams::svg::escape;

/// Air between a line and words beside it.
const AIR: i32 = 4;

/// A promise in its place; one that lies beyond the bar has an arrow for a line.
pub(super) struct Marked {
    /// Where its line runs.
    pub x: i32,
    is_beyond: bool,
    is_missed: bool,
    text: String,
    start: i32,
}

/// The promises, the words of each beside its line and clear of the lines of those above.
pub(super) fn marks(bar: &TimeBar, scale: Scale) -> Vec<Marked> {
    let mut placed: Vec<Marked> = Vec::new();
    for mark in &bar.marks {
        placed.push(marked(mark, scale, &placed));
    }
    placed
}

fn marked(mark: &Mark, scale: Scale, above: &[Marked]) -> Marked {
    let is_beyond = mark.at > scale.0;
    let arrow = if is_beyond { " →" } else { "" };
    let text = format!("{}{arrow}", mark.text);
    let (x, across) = (scale.x(mark.at), width(&text, 12, true));
    let lines = || above.iter().filter(|it| !it.is_beyond).map(|it| it.x);
    let beside = |line: i32| [line + AIR, line - AIR - across];
    let fits = |start: &i32| *start >= MARGIN && start + across <= WIDTH - MARGIN;
    let is_clear = |start: &i32| lines().all(|line| line < *start || line > start + across);
    let places: Vec<i32> = std::iter::once(x)
        .chain(lines())
        .flat_map(beside)
        .filter(fits)
        .collect();
    let clear = places.iter().copied().find(is_clear);
    let start = clear.or(places.first().copied()).unwrap_or(MARGIN);
    Marked {
        x,
        is_beyond,
        is_missed: mark.missed,
        text,
        start,
    }
}

impl Marked {
    /// Its line through the bar, which begins below its own words where they stand over it, and its words.
    pub(super) fn draw(&self, (line, top): (i32, i32), out: &mut String) {
        let class = if self.is_missed {
            "mark missed"
        } else {
            "mark"
        };
        let y = MARGIN + line * LINE;
        let across = width(&self.text, 12, true);
        let is_under = (self.start..=self.start + across).contains(&self.x);
        let from = if is_under { y + LINE } else { y + 2 };
        let _ = write!(out, r#"<g class="{class}">"#);
        if !self.is_beyond {
            let _ = write!(out, r#"<path d="M{} {from}V{}"/>"#, self.x, top + BAR + 3);
        }
        let _ = writeln!(
            out,
            r#"<text class="remark" x="{}" y="{}">{}</text></g>"#,
            self.start,
            y + 12,
            escape(&self.text)
        );
    }
}

/// The number of a stay's state.
pub(super) struct Number {
    state: usize,
    x: i32,
    /// In the bar; else under it, for want of room.
    pub inside: bool,
}

impl Number {
    pub(super) fn draw(&self, top: i32, out: &mut String) {
        let y = if self.inside {
            top + BAR / 2 + 4
        } else {
            top + BAR + 13
        };
        number_at(self.state, (self.x, y), out);
    }
}

/// A number for each stretch: in the widest part of it that no line cuts, else under the bar.
pub(super) fn numbers(bar: &TimeBar, scale: Scale, marks: &[Marked]) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    let (mut from, mut free) = (MARGIN, MARGIN);
    for stay in &bar.stays {
        let to = scale.x(stay.end);
        if to > from {
            let needed = width(&(stay.state + 1).to_string(), 11, true) + AIR;
            let (left, right) = widest(from, to, marks);
            let inside = right - left >= needed;
            let middle = if inside {
                left + (right - left) / 2
            } else {
                (from + (to - from) / 2).max(free + needed / 2)
            };
            if !inside {
                free = middle + needed / 2;
            }
            numbers.push(Number {
                state: stay.state,
                x: middle,
                inside,
            });
        }
        from = to;
    }
    numbers
}

/// The widest part of a stretch between the lines of marks.
fn widest(from: i32, to: i32, marks: &[Marked]) -> (i32, i32) {
    let lines = marks.iter().filter(|it| !it.is_beyond).map(|it| it.x);
    let mut cuts: Vec<i32> = lines.filter(|x| (from..to).contains(x)).collect();
    cuts.extend([from, to]);
    cuts.sort_unstable();
    let parts = cuts.windows(2).map(|ends| (ends[0], ends[1]));
    parts
        .max_by_key(|(left, right)| right - left)
        .unwrap_or((from, to))
}

#[cfg(test)]
mod tests {
    use super::super::{State, Stay, time_bar};
    use super::*;

    fn bar() -> TimeBar {
        let mark = |at: i64, text: &str| Mark {
            at,
            text: text.to_owned(),
            missed: false,
        };
        TimeBar {
            states: vec![State::default(); 3],
            stays: [(0, 12), (1, 40), (2, 600)]
                .map(|(state, end)| Stay { state, end })
                .to_vec(),
            marks: vec![
                mark(40, "GTI — 15/04/2026 11:30"),
                mark(330, "GTR — 16/04/2026 08:30"),
            ],
            ..TimeBar::default()
        }
    }

    #[test]
    fn no_line_runs_through_words_or_numbers() {
        let (bar, scale) = (bar(), Scale(600));
        let marks = marks(&bar, scale);
        let [gti, gtr] = marks.as_slice() else {
            panic!("two promises")
        };
        let across = width(&gtr.text, 12, true);
        assert!(gti.x < gtr.start || gti.x > gtr.start + across);
        for number in numbers(&bar, scale, &marks).iter().filter(|it| it.inside) {
            assert!(marks.iter().all(|mark| (mark.x - number.x).abs() >= 5));
        }
    }

    #[test]
    fn each_stretch_has_its_number() {
        let numbers = numbers(&bar(), Scale(600), &[]);
        let told: Vec<_> = numbers.iter().map(|it| (it.state, it.inside)).collect();
        assert_eq!(told, [(0, false), (1, true), (2, true)]);
        let svg = time_bar(&bar()).expect("time passed");
        assert_eq!(svg.matches("class=\"number\"").count(), 6, "and the legend");
    }
}
