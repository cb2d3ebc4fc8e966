//! Values that stand below their name: on the next line, in a list, in the next cell.

use crate::project::free_text::Secret;
use crate::project::free_text::extent::{Mode, hidden};
use crate::project::free_text::lines::Line;
use crate::project::free_text::value::{has_like, is_hint, is_like, is_prose, skip};

/// Where a value stands that its line lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// On the next line that is not empty, and on what follows it without a gap.
    Line,
    /// On the next line, if that holds what looks like one and nothing else.
    Alone,
    /// In the next cell of the row.
    Cell,
}

/// What is waited for from line to line.
#[derive(Debug, Default)]
pub(super) struct Follow {
    waiting: Option<Next>,
    is_key: bool,
    /// A line of a value was hidden.
    goes_on: bool,
}

impl Follow {
    /// Waits for a value.
    pub fn wait(&mut self, next: Next, is_key: bool) {
        *self = Self {
            waiting: Some(next),
            is_key,
            goes_on: false,
        };
    }

    /// Hides what a line holds of the value that is waited for; says whether nothing else is to be read in it.
    pub fn take(&mut self, text: &str, line: &Line, found: &mut Vec<Secret>) -> bool {
        let Some(next) = self.waiting else {
            return false;
        };
        let written = text[line.range.clone()].trim();
        let is_fence = written.starts_with("```") || written.starts_with("~~~");
        if written.is_empty() || is_fence || written == "\\" {
            let is_row_over = next == Next::Cell && !line.is_cell;
            if self.goes_on || is_row_over {
                self.waiting = None;
            }
            return true;
        }
        let start = item(text, line);
        let content = text[start..line.range.end].trim();
        let is_heading =
            content.starts_with('#') && content.trim_start_matches('#').starts_with(' ');
        let is_one = content.split_whitespace().count() == 1;
        let is_shown = is_heading || is_hint(content) || (is_prose(content) && !self.is_key);
        let holds = match next {
            Next::Line if self.goes_on => is_one || has_like(content),
            Next::Line => true,
            Next::Alone => is_one && is_like(content),
            Next::Cell => !(line.is_head && is_title(content)),
        };
        if is_shown || !holds {
            self.waiting = None;
            return false;
        }
        let ranges = hidden(text, start..line.range.end, Mode::Strong).unwrap_or_default();
        let is_key = self.is_key;
        found.extend(ranges.into_iter().map(|range| Secret { range, is_key }));
        self.goes_on = next == Next::Line;
        if !self.goes_on {
            self.waiting = None;
        }
        true
    }
}

/// Where the words of a line begin, behind the sign of an item and the marks of a quotation.
fn item(text: &str, line: &Line) -> usize {
    let end = line.range.end;
    let blank = |letter: char| letter.is_whitespace() || letter == '>';
    let at = skip(&text[..end], line.range.start, blank);
    let rest = &text[at..end];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).take(3).count();
    let sign = if rest.starts_with(['-', '*', '+', '\u{2022}']) {
        rest.chars().next().map_or(0, char::len_utf8)
    } else if digits > 0 && rest[digits..].starts_with(['.', ')']) {
        digits + 1
    } else {
        return at;
    };
    if rest[sign..].starts_with(char::is_whitespace) {
        skip(&text[..end], at + sign, blank)
    } else {
        at
    }
}

/// Whether a cell looks like the title of a column.
fn is_title(content: &str) -> bool {
    content.starts_with(char::is_uppercase) && !has_like(content)
}
