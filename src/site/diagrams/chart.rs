//! Small charts: bars across, and what came in and went out week by week.
//!
//! Across, everything is placed in per cent of the room; down, and for text, in pixels. So a chart
//! fills a phone and a wide screen alike, with letters of the same size. Shapes and words, never colour
//! alone, tell the series apart; each mark has its own `<title>`, and a table beside says the same.

use std::fmt::Write as _;

use super::svg::escape;

/// What a chart is called and what it says, for those who do not see it.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The start of the ids of its title and description; no other picture of the page has it.
    pub id: &'a str,
    /// Its name.
    pub title: &'a str,
    /// What can be seen, in a sentence.
    pub description: &'a str,
}

/// One bar across.
#[derive(Debug, Clone, Default)]
pub struct Bar {
    /// What it is for, above the bar to the left.
    pub label: String,
    /// Its length, in any unit.
    pub value: i64,
    /// The part of it that is drawn full; the rest is an outline.
    pub full: i64,
    /// Its value in words, above the bar to the right.
    pub text: String,
}

/// One week.
#[derive(Debug, Clone, Default)]
pub struct WeekMarks {
    /// Under the axis; empty where there is no room for it.
    pub label: String,
    /// What came in.
    pub entered: usize,
    /// What went out.
    pub left: usize,
    /// What waits in the end.
    pub waiting: usize,
    /// All of it in words.
    pub text: String,
}

/// Labels longer than this are cut: a phone has no more room.
const LONGEST_LABEL: usize = 30;

/// Heights in pixels: a row of bars; the two parts of the weeks and what is above and between them.
const ROW: i32 = 42;
const HEAD: i32 = 24;
const PART: i32 = 96;
const GAP: i32 = 48;

/// The room left of the weeks for the scale, and the whole, in hundredths of per cent.
const LEFT: usize = 900;
const WHOLE: usize = 10_000;

/// Bars across, one above the other.
pub fn bars(words: Words<'_>, bars: &[Bar]) -> String {
    let rows = i32::try_from(bars.len()).unwrap_or_default();
    let mut svg = open(words, ROW * rows + 4);
    let longest = bars.iter().map(|bar| bar.value).max().unwrap_or(1).max(1);
    // Wide enough for any two values of their type.
    let length = |value: i64| {
        let part = i128::from(value) * 10_000 / i128::from(longest);
        percent(usize::try_from(part).unwrap_or_default())
    };
    for (row, bar) in bars.iter().enumerate() {
        let y = ROW * i32::try_from(row).unwrap_or_default();
        let _ = write!(
            svg,
            r#"<g><title>{}</title><text y="{}">{}</text><text class="value" x="100%" y="{}">{}</text>"#,
            escape(&format!("{} — {}", bar.label, bar.text)),
            y + 16,
            escape(&short(&bar.label)),
            y + 16,
            escape(&bar.text),
        );
        if bar.value > 0 {
            rect(&mut svg, "part", ["0%", &length(bar.value)], [y + 23, 13]);
        }
        if bar.full > 0 {
            rect(&mut svg, "full", ["0%", &length(bar.full)], [y + 23, 13]);
        }
        svg.push_str("</g>");
    }
    svg.push_str("</svg>");
    svg
}

/// Weeks: above, what waits, as a line; below, what came in (full bars) and went out (outlines).
/// The three names are those of these series.
pub fn weeks(words: Words<'_>, names: [&str; 3], weeks: &[WeekMarks]) -> String {
    let second = HEAD + PART + GAP;
    let bottom = second + PART;
    let mut svg = open(words, bottom + 24);
    let slot = (WHOLE - LEFT) / weeks.len().max(1);
    let waiting = weeks.iter().map(|week| week.waiting).max().unwrap_or(0);
    let moved = weeks.iter().map(|week| week.entered.max(week.left)).max();
    let scales = [round_up(waiting), round_up(moved.unwrap_or(0))];
    let _ = write!(svg, r#"<text y="14">{}</text>"#, escape(names[0]));
    legend(&mut svg, second, [names[1], names[2]]);
    for (top, scale) in [(HEAD, scales[0]), (second, scales[1])] {
        grid(&mut svg, top, scale);
    }
    for (place, week) in weeks.iter().enumerate() {
        let left = LEFT + place * slot;
        let _ = write!(svg, "<g><title>{}</title>", escape(&week.text));
        let target = [percent(left), percent(slot)];
        rect(
            &mut svg,
            "reach",
            [&target[0], &target[1]],
            [HEAD, bottom - HEAD],
        );
        for (class, count, shift) in [("full", week.entered, 10), ("part", week.left, 52)] {
            let tall = height(count, scales[1]);
            let across = [percent(left + slot * shift / 100), percent(slot * 38 / 100)];
            if tall > 0 {
                rect(
                    &mut svg,
                    class,
                    [&across[0], &across[1]],
                    [bottom - tall, tall],
                );
            }
        }
        let middle = left + slot / 2;
        let y = HEAD + PART - height(week.waiting, scales[0]);
        if let Some(next) = weeks.get(place + 1) {
            let next_y = HEAD + PART - height(next.waiting, scales[0]);
            let (from, to) = (percent(middle), percent(middle + slot));
            let _ = write!(
                svg,
                r#"<line class="line" x1="{from}" y1="{y}" x2="{to}" y2="{next_y}"/>"#
            );
        }
        let x = percent(middle);
        let _ = write!(svg, r#"<circle cx="{x}" cy="{y}" r="2.5"/>"#);
        if !week.label.is_empty() {
            let y = bottom + 17;
            let _ = write!(
                svg,
                r#"<text class="tick" x="{x}" y="{y}">{}</text>"#,
                escape(&week.label)
            );
        }
        svg.push_str("</g>");
    }
    svg.push_str("</svg>");
    svg
}

fn open(words: Words<'_>, height: i32) -> String {
    let id = words.id;
    format!(
        r#"<svg class="chart" role="img" aria-labelledby="{id}-title {id}-description" width="100%" height="{height}"><title id="{id}-title">{}</title><desc id="{id}-description">{}</desc>"#,
        escape(words.title),
        escape(words.description),
    )
}

/// A rectangle: left and width in per cent, top and height in pixels.
fn rect(svg: &mut String, class: &str, across: [&str; 2], down: [i32; 2]) {
    let _ = write!(
        svg,
        r#"<rect class="{class}" x="{}" y="{}" width="{}" height="{}"/>"#,
        across[0], down[0], across[1], down[1],
    );
}

/// Two names with the shapes of their bars, above a part.
fn legend(svg: &mut String, top: i32, names: [&str; 2]) {
    for (class, name, y) in [("full", names[0], top - 27), ("part", names[1], top - 10)] {
        let _ = write!(
            svg,
            r#"<rect class="{class}" x="1" y="{}" width="10" height="10"/><text x="18" y="{y}">{}</text>"#,
            y - 9,
            escape(name),
        );
    }
}

/// The two ends of a scale, and its lines.
fn grid(svg: &mut String, top: i32, scale: usize) {
    for (y, count) in [(top, scale), (top + PART, 0)] {
        let left = percent(LEFT);
        let _ = write!(
            svg,
            r#"<line class="grid" x1="{left}" y1="{y}" x2="100%" y2="{y}"/><text class="tick scale" x="{}" y="{}">{count}</text>"#,
            percent(LEFT - 150),
            y + 4,
        );
    }
}

fn height(count: usize, scale: usize) -> i32 {
    let tall = count * usize::try_from(PART).unwrap_or_default() / scale.max(1);
    i32::try_from(tall).unwrap_or(PART)
}

/// The next round number: 1, 2 or 5 and zeros.
fn round_up(count: usize) -> usize {
    let mut power = 1;
    loop {
        for step in [1, 2, 5] {
            if step * power >= count {
                return step * power;
            }
        }
        power *= 10;
    }
}

/// Hundredths of per cent as an attribute.
fn percent(hundredths: usize) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// A label as a phone has room for it.
fn short(label: &str) -> String {
    if label.chars().count() <= LONGEST_LABEL {
        return label.to_owned();
    }
    let cut: String = label.chars().take(LONGEST_LABEL - 1).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: Words<'_> = Words {
        id: "c",
        title: "A & B",
        description: "d",
    };

    #[test]
    fn the_longest_bar_fills_the_room() {
        let bar = |value, full| Bar {
            label: "x".to_owned(),
            value,
            full,
            text: value.to_string(),
        };
        let svg = bars(WORDS, &[bar(4, 1), bar(0, 0), bar(3, 3)]);
        assert!(svg.contains("<title id=\"c-title\">A &amp; B</title>"));
        for width in ["100.00%", "25.00%", "75.00%"] {
            assert!(svg.contains(&format!("width=\"{width}\"")), "{width}");
        }
        assert_eq!(
            svg.matches("<rect").count(),
            4,
            "nothing is drawn of nothing"
        );
    }

    #[test]
    fn scales_end_at_round_numbers() {
        let ends = [0, 1, 3, 6, 11, 20, 21, 499].map(round_up);
        assert_eq!(ends, [1, 1, 5, 10, 20, 20, 50, 500]);
    }

    #[test]
    fn a_week_is_drawn_to_scale() {
        let week = WeekMarks {
            label: "S1".to_owned(),
            entered: 5,
            left: 2,
            waiting: 10,
            text: "t".to_owned(),
        };
        let svg = weeks(WORDS, ["w", "in", "out"], &[week]);
        assert!(svg.contains(&format!(r#"height="{PART}""#)), "five of five");
        assert!(svg.contains(r#"height="38""#), "two of five: 96 × 2 ÷ 5");
        assert!(svg.contains(&format!(r#"cy="{HEAD}""#)), "ten of ten");
    }
}
