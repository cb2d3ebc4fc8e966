//! Footnotes of a page: their marks, and their texts at the end with the ways back.

use std::fmt::Write;

use super::Page;

impl Page<'_> {
    /// The mark of a footnote. Colons keep these ids apart from those of headings.
    pub(super) fn note(&mut self, footnote: usize, mark: usize) {
        self.marked[footnote] = true;
        let number = footnote + 1;
        let out = &mut self.out;
        if self.embedded {
            let _ = write!(out, "<sup class=\"footnote-ref\">{number}</sup>");
            return;
        }
        let id = mark_id(number, mark);
        let _ = write!(
            out,
            "<sup class=\"footnote-ref\"><a href=\"#fn:{number}\" id=\"{id}\" role=\"doc-noteref\">{number}</a></sup>"
        );
    }

    pub(super) fn footnotes(&mut self) {
        let document = self.document;
        let shown = |marked: &[bool], index: usize, embedded: bool| marked[index] || !embedded;
        // A footnote may hold the mark of a later one, so the list is not known beforehand.
        if !(0..self.marked.len()).any(|index| shown(&self.marked, index, self.embedded)) {
            return;
        }
        let name = self.say("Notes", "Footnotes");
        let _ = writeln!(
            self.out,
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{name}\">\n<ol>"
        );
        for (index, footnote) in document.footnotes.iter().enumerate() {
            if !shown(&self.marked, index, self.embedded) {
                continue;
            }
            let number = index + 1;
            if self.embedded {
                let _ = write!(self.out, "<li value=\"{number}\">");
            } else {
                let _ = write!(self.out, "<li id=\"fn:{number}\">");
            }
            self.parts(&footnote.parts);
            if !self.embedded {
                self.back_links(number, footnote.marks);
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    fn back_links(&mut self, number: usize, marks: usize) {
        // The links stand at the end of the last paragraph where there is one.
        let paragraph = self.out.ends_with("</p>\n");
        if paragraph {
            self.out.truncate(self.out.len() - "</p>\n".len());
        }
        let name = self.say("Retour au texte, note", "Back to the text, note");
        for mark in 1..=marks {
            let id = mark_id(number, mark);
            let _ = write!(
                self.out,
                " <a class=\"footnote-back\" href=\"#{id}\" role=\"doc-backlink\" aria-label=\"{name} {number}\">↩</a>"
            );
        }
        self.out.push_str(if paragraph { "</p>\n" } else { "\n" });
    }
}

fn mark_id(number: usize, mark: usize) -> String {
    match mark {
        1 => format!("fnref:{number}"),
        _ => format!("fnref:{number}:{mark}"),
    }
}
