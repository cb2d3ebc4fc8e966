//! What readers get from a text, whatever its writing: two bodies of the same meaning differ in
//! wrapped lines, comments or marks of emphasis at most. The history tells such changes apart.

mod pieces;

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Document, Part, Word, build};

/// Bytes of pieces that are remembered; beyond, all are forgotten.
const REMEMBERED: usize = 8 << 20;

/// A body in a form that is compared, never shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meaning {
    /// The text of a level-1 heading that opens the body.
    pub title: Option<String>,
    /// As [`Document::meaning`] gives them.
    pub sections: Vec<Arc<SectionMeaning>>,
}

/// Reads bodies for what they mean alone: nothing is judged, no place in a file is kept. May be
/// shared by threads; what it remembers changes how fast it answers, never what.
#[derive(Debug, Default)]
pub struct Meanings(Mutex<Memory>);

/// A part of a body, read alone.
#[derive(Debug)]
struct Piece {
    meaning: Meaning,
    /// Its raw HTML may matter to other pieces.
    reaches_beyond: bool,
}

/// Pieces of bodies that were read.
#[derive(Debug, Default)]
struct Memory {
    pieces: HashMap<Box<str>, Arc<Piece>>,
    /// Bytes of what was read.
    size: usize,
}

impl Meanings {
    /// What a body means.
    pub fn read(&self, body: &str) -> Meaning {
        let pieces = pieces::cut(body).into_iter();
        let pieces: Vec<Arc<Piece>> = pieces.map(|text| self.piece(text)).collect();
        if pieces.len() > 1 && pieces.iter().any(|piece| piece.reaches_beyond) {
            return self.piece(body).meaning.clone();
        }
        let mut pieces = pieces.iter();
        let first = pieces.next().map(|piece| piece.meaning.clone());
        let mut meaning = first.unwrap_or_default();
        for piece in pieces {
            // Nothing stands before the heading of a piece.
            let sections = piece.meaning.sections.iter().skip(1);
            meaning.sections.extend(sections.cloned());
        }
        meaning
    }

    fn piece(&self, text: &str) -> Arc<Piece> {
        let memory = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = memory().pieces.get(text) {
            return Arc::clone(known);
        }
        let (document, reaches_beyond) = build::unjudged(text);
        let meaning = Meaning {
            title: document.title().map(str::to_owned),
            sections: document.meaning().into_iter().map(Arc::new).collect(),
        };
        let piece = Arc::new(Piece {
            meaning,
            reaches_beyond,
        });
        let mut memory = memory();
        memory.size += text.len();
        if memory.size > REMEMBERED {
            memory.pieces.clear();
            memory.size = text.len();
        }
        memory.pieces.insert(text.into(), Arc::clone(&piece));
        piece
    }
}

/// A section in a form that is compared, never shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionMeaning {
    /// The text of its heading; `""` for what stands before the first one.
    pub heading: String,
    /// Its HTML with blanks as browsers show them, its code as written, and what it points at. The
    /// numbers of tables, tasks and notes are left out: they change with the sections before.
    pub content: String,
}

impl Document {
    /// The sections in order, the title with what stands before the first heading.
    pub fn meaning(&self) -> Vec<SectionMeaning> {
        let mut writer = Writer {
            document: self,
            sections: vec![SectionMeaning {
                heading: String::new(),
                content: self.title().unwrap_or_default().to_owned(),
            }],
            noted: BTreeSet::new(),
        };
        writer.parts(&self.parts, true);
        for section in &mut writer.sections {
            section.content.truncate(section.content.trim_end().len());
        }
        writer.sections
    }
}

struct Writer<'a> {
    document: &'a Document,
    sections: Vec<SectionMeaning>,
    /// Footnotes that were written: where they are first marked.
    noted: BTreeSet<usize>,
}

impl Writer<'_> {
    fn out(&mut self) -> &mut String {
        let last = self.sections.last_mut().expect("there is always a section");
        &mut last.content
    }

    /// Writes parts; `top` when their headings begin sections.
    fn parts(&mut self, parts: &[Part], top: bool) {
        for part in parts {
            match part {
                Part::Html(html) => plain(self.out(), html),
                // Nobody sees a name; who follows a link to it is told by the link.
                Part::Block(_) => {}
                Part::Word(Word::Table(_)) => self.mark("table"),
                Part::Word(Word::Choice) => self.mark("choice"),
                Part::Word(Word::Callout(kind)) => {
                    let kind = format!("{kind:?}");
                    self.mark(&kind);
                }
                Part::Heading(index) => self.heading(*index, top),
                Part::HeadingEnd(_) => self.block("end of heading"),
                Part::Link(index) => self.reference("link", *index),
                Part::LinkEnd => self.mark("end of link"),
                Part::Image(index) => self.reference("image", *index),
                Part::Embed { reference, alone } => {
                    self.reference(if *alone { "block" } else { "embed" }, *reference);
                }
                Part::Bare(index) => self.reference("bare", *index),
                Part::Placeholder(index) => {
                    let written = &self.document.placeholders[*index].written;
                    plain(self.out(), written);
                }
                Part::Code(block) => {
                    let code = format!("{block:?}");
                    self.block(&code);
                }
                Part::Diagram(diagram) => {
                    let code = format!("{:?}", diagram.block);
                    self.block(&code);
                }
                Part::Note { footnote, .. } => self.note(*footnote),
            }
        }
    }

    /// Writes something that no text of an author can look like: HTML holds no control character.
    fn mark(&mut self, what: &str) {
        let out = self.out();
        out.push('\u{1}');
        out.push_str(what);
        out.push('\u{1}');
    }

    /// The same for what stands in lines of its own: blanks around it are none.
    fn block(&mut self, what: &str) {
        let out = self.out();
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\u{2}');
        out.push_str(what);
        out.push('\u{2}');
    }

    fn heading(&mut self, index: usize, top: bool) {
        let heading = &self.document.headings[index];
        if top {
            self.sections.push(SectionMeaning {
                heading: heading.text.clone(),
                content: String::new(),
            });
        }
        let level = format!("heading {}", heading.level);
        self.block(&level);
    }

    fn reference(&mut self, form: &str, index: usize) {
        let found = &self.document.references[index];
        let (target, fragment) = (&found.target, &found.fragment);
        let written = (found.kind, &found.text, &found.title, &found.size);
        let mut text = form.to_owned();
        let _ = write!(text, " {target:?} {fragment:?} {written:?}");
        self.mark(&text);
    }

    fn note(&mut self, index: usize) {
        self.mark("note");
        if self.noted.insert(index)
            && let Some(note) = self.document.footnotes.get(index)
        {
            self.parts(&note.parts, false);
            self.mark("end of note");
        }
    }
}

/// Writes HTML with its runs of blanks as one, but for what stands in `<pre>`.
fn plain(out: &mut String, html: &str) {
    if html.contains("<pre") {
        out.push_str(html);
        return;
    }
    let mut pieces = html.split("data-task=\"");
    blanks(out, pieces.next().unwrap_or_default());
    for piece in pieces {
        blanks(out, piece.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
}

fn blanks(out: &mut String, html: &str) {
    let mut start = 0;
    for (at, byte) in html.bytes().enumerate() {
        if byte.is_ascii_whitespace() {
            out.push_str(&html[start..at]);
            start = at + 1;
            if !matches!(out.as_bytes().last(), None | Some(b' ' | 2)) {
                out.push(' ');
            }
        }
    }
    out.push_str(&html[start..]);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::markdown::parse;
    use crate::source::SourceFile;

    fn same(old: &str, new: &str) -> bool {
        let meaning = |text: &str| {
            let file = Arc::new(SourceFile::new("a.md", text));
            parse(&file, file.whole()).meaning()
        };
        meaning(old) == meaning(new)
    }

    #[test]
    fn writing_alone_means_nothing() {
        assert!(same("un deux\ntrois\n", "un\ndeux   trois"));
        assert!(same("*a* b", "_a_ b"));
        assert!(same("- a\n- b\n", "* a\n* b\n"));
        assert!(same("a\n\n\n\nb\n", "a\n\nb\n"));
        assert!(same("Titre\n=====\n\na", "# Titre #\n\na"));
        assert!(same(
            "```\na\n```\n\n## B",
            "```\na\n```\n<!-- c -->\n\n## B"
        ));
        assert!(same("a\n\nb", "a\n\n<!-- c -->\n\nb"));
        assert!(same("## A\r\n\r\nb\r\n", "## A\n\nb\n"));
    }

    #[test]
    fn everything_else_does() {
        for (old, new) in [
            ("a b", "a c"),
            ("a b", "ab"),
            ("# a\n\nb", "# b\n\nb"),
            ("## a", "### a"),
            ("a\nb", "a  \nb"),
            ("```sh\na\n b\n```", "```sh\na\nb\n```"),
            ("```sh\na\n```", "```bash\na\n```"),
            ("[a](b.md)", "[a](c.md)"),
            ("[a](https://a.example/)", "[a](https://b.example/)"),
            ("![[a]]", "[[a]]"),
            ("- [ ] a", "- [x] a"),
            ("a[^1]\n\n[^1]: b", "a[^1]\n\n[^1]: c"),
            ("<pre>a b</pre>", "<pre>a  b</pre>"),
            ("a\n\nb", "a\nb"),
        ] {
            assert!(!same(old, new), "{old:?} {new:?}");
        }
    }

    #[test]
    fn numbers_of_other_sections_do_not_count() {
        let meaning = |text: &str| {
            let file = Arc::new(SourceFile::new("a.md", text));
            parse(&file, file.whole()).meaning()
        };
        let (old, new) = (
            "## A\n\n## B\n\n- [ ] x\n",
            "## A\n\n- [ ] y\n\n## B\n\n- [ ] x\n",
        );
        assert_eq!(meaning(old)[2], meaning(new)[2]);
        assert_ne!(meaning(old)[1], meaning(new)[1]);
    }
}
