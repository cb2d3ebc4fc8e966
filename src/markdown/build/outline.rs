//! Headings, sections and footnotes: what of a document is known only when more of it was read.

use std::ops::Range;

use super::{Builder, Open};
use crate::markdown::rules::UNUSED_FOOTNOTE;
use crate::markdown::{Document, Footnote, Heading, Part, Place, Section};
use crate::text;

impl Builder<'_> {
    /// Opens a heading, maybe the name of a tab. A level-1 heading that opens the document is its title.
    pub(super) fn start_heading(&mut self, level: u8, place: &Range<usize>, names_tab: bool) {
        self.end_words();
        let range = self.range(place);
        let heading = Heading {
            level,
            id: String::new(),
            text: String::new(),
            names_tab,
            range,
        };
        let top = self.open.is_empty();
        let nothing_yet = self.html.is_empty() && self.document.parts.is_empty();
        let index = if level == 1 && top && nothing_yet && self.document.title.is_none() {
            self.document.title = Some(heading);
            None
        } else {
            self.end_section();
            let index = self.document.headings.len();
            self.document.headings.push(heading);
            let start = if top { self.cut() } else { self.block };
            self.document.places.push(Place {
                top,
                start,
                end: start,
            });
            self.line();
            self.part(Part::Heading(index));
            Some(index)
        };
        let words = self.words.len();
        self.open.push(Open::Heading { index, words });
    }

    /// Closes a heading whose text starts at `words`.
    pub(super) fn end_heading(&mut self, index: Option<usize>, words: usize) {
        let text = self.words[words..].trim().to_owned();
        let id = self.slugger.id(&text);
        self.words.truncate(words);
        self.code.retain(|code| code.end <= words);
        if let Some(index) = index {
            let heading = &mut self.document.headings[index];
            (heading.text, heading.id) = (text, id);
            let end = self.part(Part::HeadingEnd(index)) + 1;
            self.section = (self.words.len(), Some(index));
            let in_note = self
                .open
                .iter()
                .any(|open| matches!(open, Open::Footnote { .. }));
            if self.document.places[index].top {
                self.document.places[index].end = end;
            } else if !in_note {
                self.waiting.push(index);
            }
        } else if let Some(title) = &mut self.document.title {
            (title.text, title.id) = (text, id);
            self.html.clear();
            self.document.parts.clear();
        }
    }

    /// Ends the section at hand, when it has words.
    fn end_section(&mut self) {
        let (start, heading) = self.section;
        let words = &self.words[start..];
        let text = words.trim().to_owned();
        let first = start + words.len() - words.trim_start().len();
        let place = |at: usize| at.saturating_sub(first).min(text.len());
        let code = self
            .code
            .drain(..)
            .map(|code| place(code.start)..place(code.end));
        let code = code.collect();
        if !text.is_empty() || heading.is_some() {
            let section = Section {
                heading,
                text,
                code,
            };
            self.document.sections.push(section);
        }
        self.section = (self.words.len(), None);
    }

    /// A top-level block starts that may hold headings.
    pub(super) fn start_block(&mut self) {
        if self.open.is_empty() {
            self.block = self.cut();
        }
    }

    /// Something was closed; if it was a whole block, its headings learn where it ends.
    pub(super) fn end_block(&mut self) {
        if self.open.is_empty() && !self.waiting.is_empty() {
            let end = self.cut();
            for index in std::mem::take(&mut self.waiting) {
                self.document.places[index].end = end;
            }
        }
    }

    /// Writes the mark of a footnote.
    pub(super) fn mark(&mut self, label: &str) {
        let next = self.marks.len();
        let (footnote, marks) = self.marks.entry(label.to_lowercase()).or_insert((next, 0));
        *marks += 1;
        let part = Part::Note {
            footnote: *footnote,
            mark: *marks,
        };
        self.part(part);
    }

    /// Opens a footnote's text; what was written so far waits.
    pub(super) fn start_note(&mut self, label: &str, place: &Range<usize>) {
        let open = Open::Footnote {
            label: label.to_lowercase(),
            place: place.clone(),
            parts: std::mem::take(&mut self.document.parts),
            html: std::mem::take(&mut self.html),
        };
        self.open.push(open);
    }

    /// Closes a footnote's text; what waited goes on. Of two with one label the first counts.
    pub(super) fn end_note(
        &mut self,
        open: (String, Range<usize>),
        parts: Vec<Part>,
        html: String,
    ) {
        self.cut();
        let note = std::mem::replace(&mut self.document.parts, parts);
        self.html = html;
        let (label, place) = open;
        self.notes.entry(label).or_insert((note, place));
    }

    /// Closes what is still open and hands the document over.
    pub(super) fn finish(mut self) -> Document {
        while !self.open.is_empty() {
            self.close();
        }
        self.end_section();
        self.cut();
        let marks = std::mem::take(&mut self.marks);
        let mut footnotes = vec![Footnote::default(); marks.len()];
        for (label, (index, marks)) in marks {
            let parts = self.notes.remove(&label).map(|(parts, _)| parts);
            footnotes[index] = Footnote {
                parts: parts.unwrap_or_default(),
                marks,
            };
        }
        for (label, (parts, place)) in std::mem::take(&mut self.notes) {
            footnotes.push(Footnote { parts, marks: 0 });
            let message = text!(
                "aucun texte ne renvoie à la note `[^{label}]`",
                "no text refers to the footnote `[^{label}]`"
            );
            self.report(UNUSED_FOOTNOTE, &place, message, None);
        }
        self.document.footnotes = footnotes;
        // Documents are kept as long as the estate: no room is kept for more parts.
        self.document.parts.shrink_to_fit();
        self.document
            .diagnostics
            .sort_by_key(|found| found.span.as_ref().map(|span| span.range));
        self.document
    }
}
