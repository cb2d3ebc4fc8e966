//! Steps of a procedure: items with a box to tick, which of them are alternatives, what each should lead to, and waits to count down.

use std::fmt::Write;

use pulldown_cmark::{Event, Tag};

use super::{Builder, Open, alternatives};
use crate::markdown::timer;
use crate::markdown::tokens::Token;
use crate::markdown::{Part, Word};

/// How an item ends; what stands on it is directly in the item.
const ITEM_END: &str = "</li>\n";

/// Words that a line of an item starts with, before a colon, when it says what to expect.
const EXPECTED: [&str; 6] = [
    "résultat attendu",
    "resultat attendu",
    "attendu",
    "expected result",
    "expected outcome",
    "expected",
];

impl Builder<'_> {
    pub(super) fn item(&mut self, tokens: &[Token<'_>], at: usize) {
        let follows = self.others.pop_if(|other| *other == at).is_some();
        let other = alternatives::other(tokens, at);
        self.others.extend(other);
        self.opens_choice = other.is_some() && !follows;
        let start = match (alternatives::is_task(tokens, at), other) {
            (true, Some(_)) => "<li class=\"task-item or\">",
            (true, None) => "<li class=\"task-item\">",
            (false, _) => "<li>",
        };
        self.wrap_line(start, ITEM_END);
    }

    /// A checkbox; the words of its item are its label. A script may enable it.
    pub(super) fn task(&mut self, done: bool) {
        let number = self.document.task_count;
        self.document.task_count += 1;
        let checked = if done { " checked" } else { "" };
        let _ = write!(
            self.html,
            "<label><input type=\"checkbox\" class=\"task\" data-task=\"{number}\" disabled{checked}> "
        );
        self.open.push(Open::Label);
        if std::mem::take(&mut self.opens_choice) {
            self.html.push_str("<em class=\"choice\">");
            self.part(Part::Word(Word::Choice));
            self.html.push_str("</em> ");
        }
    }

    /// A wait of so many seconds, as it is written.
    pub(super) fn timer(&mut self, written: &str) {
        let seconds = timer::at_start(written).map_or(0, |(_, seconds)| seconds);
        let _ = write!(
            self.html,
            "<span class=\"timer\" data-seconds=\"{seconds}\">"
        );
        self.plain(written);
        self.html.push_str("</span>");
    }

    /// Whether the paragraph that starts at `at` says what the step above it should lead to.
    pub(super) fn is_expected_paragraph(&self, tokens: &[Token<'_>], at: usize) -> bool {
        let first = at
            .checked_sub(1)
            .is_none_or(|before| matches!(tokens[before].0, Event::Start(Tag::Item)));
        let in_item = matches!(self.open.last(), Some(Open::Tag(ITEM_END)));
        in_item && !first && says_what_to_expect(&tokens[at + 1..])
    }

    /// Handles the end of a line at `at` before one that says what a step should lead to: that one becomes an
    /// element of its own, out of the label of the box. Tells whether it did.
    pub(super) fn expected_line(&mut self, tokens: &[Token<'_>], at: usize) -> bool {
        let above = |from_top: usize| self.open.iter().rev().nth(from_top);
        let in_item = match above(0) {
            Some(Open::Label | Open::Expected | Open::Tag(ITEM_END)) => true,
            Some(Open::Paragraph { .. }) => matches!(above(1), Some(Open::Tag(ITEM_END))),
            _ => false,
        };
        if !in_item || !says_what_to_expect(&tokens[at + 1..]) {
            return false;
        }
        if let Some(Open::Label | Open::Expected) = self.open.last() {
            self.close();
        }
        self.end_words();
        self.line();
        self.html.push_str("<span class=\"expected\">");
        self.open.push(Open::Expected);
        true
    }
}

/// Whether a line starts with `→ `, or with one of the words and a colon, in bold or not.
pub(super) fn says_what_to_expect(tokens: &[Token<'_>]) -> bool {
    let ([(Event::Text(text), _), ..]
    | [
        (Event::Start(Tag::Strong | Tag::Emphasis), _),
        (Event::Text(text), _),
        ..,
    ]) = tokens
    else {
        return false;
    };
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix('→') {
        return rest.starts_with(char::is_whitespace);
    }
    let Some((words, _)) = text.split_once(':') else {
        return false;
    };
    words.len() < 40 && EXPECTED.contains(&words.trim_end().to_lowercase().as_str())
}
