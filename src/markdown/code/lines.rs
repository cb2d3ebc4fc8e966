//! Lines of a code block that stand out: those its author marks in the info string (`{2,4-6}`), and what a
//! diff adds and takes away. Each is one span, so that it can be shown over the whole width.

/// Lines that an info string marks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(in crate::markdown) struct Lines {
    /// First and last lines, from 1, sorted and apart from each other.
    ranges: Vec<(usize, usize)>,
    /// What stands between the braces.
    pub written: String,
}

impl Lines {
    /// Reads `{2,4-6}` at the start of a text; returns what follows. Braces around anything else are not ours.
    pub(super) fn at_start(text: &str) -> Option<(Self, &str)> {
        let (written, after) = text.strip_prefix('{')?.split_at(inner(text));
        let after = after.strip_prefix('}')?;
        let mut ranges: Vec<(usize, usize)> = written.split(',').filter_map(range).collect();
        if ranges.is_empty() {
            return None;
        }
        ranges.sort_unstable();
        let mut apart: Vec<(usize, usize)> = Vec::new();
        for (first, last) in ranges {
            match apart.last_mut() {
                Some(before) if first <= before.1 => before.1 = before.1.max(last),
                _ => apart.push((first, last)),
            }
        }
        let lines = Self {
            ranges: apart,
            written: written.to_owned(),
        };
        Some((lines, after))
    }

    /// A marked line that a block of so many lines does not have.
    pub(in crate::markdown) fn outside(&self, count: usize) -> Option<usize> {
        let (first, last) = (self.ranges.first()?.0, self.ranges.last()?.1);
        if first == 0 {
            return Some(first);
        }
        (last > count).then_some(last)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    fn has(&self, line: usize) -> bool {
        let next = self.ranges.partition_point(|(_, last)| *last < line);
        self.ranges
            .get(next)
            .is_some_and(|(first, _)| *first <= line)
    }
}

/// The length of what may stand between the braces that a text starts with.
fn inner(text: &str) -> usize {
    let ours = |char: char| char.is_ascii_digit() || ",- ".contains(char);
    text.chars().skip(1).take_while(|char| ours(*char)).count()
}

/// Reads `4` or `4-6`, in either order. A number beyond all counting is only too large.
fn range(piece: &str) -> Option<(usize, usize)> {
    let number = |text: &str| {
        let text = text.trim();
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().unwrap_or(usize::MAX))
    };
    let (first, last) = match piece.split_once('-') {
        Some((first, last)) => (number(first)?, number(last)?),
        None => (number(piece)?, number(piece)?),
    };
    Some((first.min(last), first.max(last)))
}

/// The classes of each line of a diff. Two signs more before a file's name are its head, not a change.
pub(super) fn of_diff(code: &str) -> Vec<Option<&'static str>> {
    let lines: Vec<&str> = code.lines().collect();
    let head = |at: usize, sign: &str| lines.get(at).is_some_and(|line| line.starts_with(sign));
    let class = |(at, line): (usize, &&str)| match line.as_bytes().first() {
        Some(b'-') if !(head(at, "--- ") && head(at + 1, "+++ ")) => Some("removed"),
        Some(b'+') if !(head(at, "+++ ") && at > 0 && head(at - 1, "--- ")) => Some("added"),
        _ => None,
    };
    lines.iter().enumerate().map(class).collect()
}

/// Writes coloured code with a span around each line that stands out, its end included. Runs of colour that
/// go on over such a line are cut there.
pub(super) fn write(
    out: &mut String,
    html: &str,
    changes: &[Option<&'static str>],
    marked: &Lines,
) {
    let mut runs: Vec<&str> = Vec::new();
    let mut are_cut = false;
    for (at, line) in html.split_inclusive('\n').enumerate() {
        let class = match (changes.get(at).copied().flatten(), marked.has(at + 1)) {
            (Some("added"), true) => Some("added marked"),
            (Some(_), true) => Some("removed marked"),
            (change, false) => change,
            (None, true) => Some("marked"),
        };
        if let Some(class) = class {
            if !are_cut {
                close(out, &runs);
            }
            out.push_str("<span class=\"");
            out.push_str(class);
            out.push_str("\">");
        }
        if are_cut || class.is_some() {
            for run in &runs {
                out.push_str(run);
            }
        }
        out.push_str(line);
        follow(line, &mut runs);
        are_cut = class.is_some();
        if are_cut {
            close(out, &runs);
            out.push_str("</span>");
        }
    }
}

fn close(out: &mut String, runs: &[&str]) {
    for _ in runs {
        out.push_str("</span>");
    }
}

/// Keeps the tags that are open after a line. Coloured code has no other than those of spans.
fn follow<'a>(line: &'a str, runs: &mut Vec<&'a str>) {
    let mut rest = line;
    while let Some(start) = rest.find('<') {
        let end = rest[start..]
            .find('>')
            .map_or(rest.len(), |end| start + end + 1);
        let tag = &rest[start..end];
        if tag == "</span>" {
            runs.pop();
        } else {
            runs.push(tag);
        }
        rest = &rest[end..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Vec<(usize, usize)>> {
        Lines::at_start(text).map(|(lines, _)| lines.ranges)
    }

    #[test]
    fn braces_with_numbers_are_lines() {
        assert_eq!(read("{2,4-6}"), Some(vec![(2, 2), (4, 6)]));
        assert_eq!(read("{ 6-4 , 5-9, 1 }"), Some(vec![(1, 1), (4, 9)]));
        assert_eq!(
            read("{99999999999999999999}"),
            Some(vec![(usize::MAX, usize::MAX)])
        );
        for other in ["{}", "{.bash}", "{,}", "{2", "{a1}", "2", "{-}", "{é}"] {
            assert_eq!(read(other), None, "{other}");
        }
        let (lines, after) = Lines::at_start("{2} x").expect("lines");
        assert_eq!(
            (after, lines.outside(2), lines.outside(1)),
            (" x", None, Some(2))
        );
        assert_eq!(Lines::at_start("{0}").expect("lines").0.outside(3), Some(0));
    }

    #[test]
    fn runs_of_colour_are_cut_at_lines() {
        let html = "a <b>b\nc\nd</b> e\nf\n".replace("b>", "span>");
        let written = |lines: &str| {
            let mut out = String::new();
            let (lines, _) = Lines::at_start(lines).expect("lines");
            write(&mut out, &html, &[], &lines);
            out.replace("span>", "b>")
                .replace("span class=\"marked\"", "M")
        };
        assert_eq!(written("{4}"), "a <b>b\nc\nd</b> e\n<M>f\n</b>");
        assert_eq!(
            written("{2}"),
            "a <b>b\n</b><M><b>c\n</b></b><b>d</b> e\nf\n"
        );
        assert_eq!(
            written("{1-2}"),
            "<M>a <b>b\n</b></b><M><b>c\n</b></b><b>d</b> e\nf\n"
        );
    }

    #[test]
    fn a_diff_has_heads_and_changes() {
        let classes = of_diff("--- a\n+++ b\n@@ x\n-a\n+b\n c\n--- d\n+++e");
        let (removed, added) = (Some("removed"), Some("added"));
        let expected = [None, None, None, removed, added, None, removed, added];
        assert_eq!(classes, expected);
    }
}
