//! Tabs: a callout `> [!tabs]` whose highest headings name them. They stand one under another, as on a
//! forge, until a script makes tabs of them.

use pulldown_cmark::{Event, Tag};

use super::{Builder, Open};
use crate::markdown::callout::Head;
use crate::markdown::rules::BROKEN_TABS;
use crate::markdown::tokens::Token;
use crate::text;

impl Builder<'_> {
    /// Opens a group of tabs whose head's first text is at `at`; returns the token after the head.
    pub(super) fn tabs(&mut self, head: &Head, tokens: &[Token<'_>], at: usize) -> usize {
        let is_tabs = |open: &Open| matches!(open, Open::Tabs { .. });
        let message = if self.open.iter().any(is_tabs) {
            Err(text!(
                "des onglets dans des onglets ; ceux-ci s’affichent l’un sous l’autre",
                "tabs within tabs; these are shown one under another"
            ))
        } else {
            highest(&tokens[at - 1..]).ok_or_else(|| {
                text!(
                    "des onglets sans titre `## …` qui les nomme",
                    "tabs without a heading `## …` that names them"
                )
            })
        };
        match message {
            Ok(level) => {
                self.html.push_str("<div class=\"tabs\">\n");
                let shown = false;
                self.open.push(Open::Tabs { level, shown });
            }
            Err(message) => {
                let place = &tokens[at].1;
                let end = place.end.min(place.start + head.length);
                self.report(BROKEN_TABS, &(place.start..end), message, None);
                self.wrap("<div>\n", "</div>\n");
            }
        }
        self.head_of_tabs(head, tokens, at)
    }

    /// Writes the group's title, if it has one.
    fn head_of_tabs(&mut self, head: &Head, tokens: &[Token<'_>], at: usize) -> usize {
        let more = matches!(&tokens[at].0, Event::Text(line) if head.length < line.len());
        let ends = matches!(
            tokens[at + 1].0,
            Event::SoftBreak | Event::HardBreak | Event::End(_)
        );
        let mut next = at + 1;
        if more || !ends {
            self.wrap("<p class=\"callout-title\">", "</p>\n");
            next = self.callout_title(head, tokens, at);
            self.end();
        }
        if !matches!(tokens[next].0, Event::End(_)) {
            self.start_paragraph("");
        }
        next + 1
    }

    /// A heading starts; if it names a tab, the tab before ends and it starts one. Tells whether it does.
    pub(super) fn start_tab(&mut self, level: u8) -> bool {
        let Some(Open::Tabs {
            level: names,
            shown,
        }) = self.open.last_mut()
        else {
            return false;
        };
        if *names != level {
            return false;
        }
        let another = std::mem::replace(shown, true);
        self.end_words();
        self.line();
        if another {
            self.html.push_str("</section>\n");
        }
        self.html.push_str("<section class=\"tab\">\n");
        true
    }

    /// Ends a group of tabs.
    pub(super) fn end_tabs(&mut self, shown: bool) {
        self.end_words();
        self.line();
        if shown {
            self.html.push_str("</section>\n");
        }
        self.html.push_str("</div>\n");
    }
}

/// The highest level of the headings that stand directly in the quote whose first block the tokens start with.
fn highest(tokens: &[Token<'_>]) -> Option<u8> {
    let mut depth = 0_usize;
    let mut highest = None;
    for (event, _) in tokens {
        match event {
            Event::Start(tag) => {
                if let Tag::Heading { level, .. } = tag
                    && depth == 0
                {
                    let level = *level as u8;
                    highest = Some(highest.map_or(level, |highest: u8| highest.min(level)));
                }
                depth += 1;
            }
            Event::End(_) if depth == 0 => break,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    highest
}
