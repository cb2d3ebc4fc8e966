//! YAML as written: a tree of nodes that keep their text and position, typed by nobody yet.
//!
//! The only home of the YAML parser. [`parse`] never guesses a type (`000123` stays `000123`) and
//! never fails: syntax mistakes are diagnostics. Anchors and aliases work within a budget.

mod anchors;
mod syntax;

pub use anchors::{anchored, shared};

use std::collections::HashMap;
use std::sync::Arc;

use granit_parser::{Event, Options, Parser, ScalarStyle, StructureStyle, Tag};

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::{SourceFile, Span, TextRange};
use crate::text;

/// The text is not YAML.
pub const YAML_SYNTAX: Rule = Rule {
    name: "yaml-syntax",
    level: Severity::Error,
};
/// A key stands twice in one mapping; readers that keep the last one lose what the first said.
pub const DUPLICATE_KEY: Rule = Rule {
    name: "duplicate-key",
    level: Severity::Error,
};

/// Nesting allowed; the deepest record we know of needs five.
const DEEPEST: usize = 64;
/// Nodes that aliases may add to one file: enough for any table, too few for an alias bomb.
const MOST_ALIASED_NODES: usize = 10_000;

/// One value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Where it stands.
    pub range: TextRange,
    /// What it is.
    pub shape: Shape,
}

/// The three forms of YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A text; `plain` tells whether it stood without quotes (`~` and nothing mean "empty" only then).
    Scalar {
        /// The text after escapes.
        text: String,
        /// Whether it was written without quotes and not as a block.
        plain: bool,
    },
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values in the order written.
    Mapping(Vec<(Node, Node)>),
}

/// Whether a key of `text` is one that no author means by a word: after `? `, or over several lines.
/// It may be anything, a secret too.
pub fn is_explicit_key(text: &str, key: &Node) -> bool {
    let blank = [' ', '\t'];
    let before = text[..key.range.start as usize].trim_end_matches(blank);
    let mark = before
        .strip_suffix('?')
        .map(|rest| rest.trim_end_matches(blank));
    mark.is_some_and(|rest| rest.is_empty() || rest.ends_with(['\n', '-', '{', '[', ',']))
        || key.text().is_some_and(|name| name.contains('\n'))
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.shape {
            Shape::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether nothing was written: an empty plain scalar, `~` or `null`.
    pub fn is_empty(&self) -> bool {
        matches!(&self.shape, Shape::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null"))
    }

    /// The value of a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Shape::Mapping(entries) = &self.shape else {
            return None;
        };
        entries
            .iter()
            .find(|(name, _)| name.text() == Some(key))
            .map(|(_, value)| value)
    }

    fn count(&self) -> usize {
        1 + match &self.shape {
            Shape::Scalar { .. } => 0,
            Shape::Sequence(items) => items.iter().map(Self::count).sum(),
            Shape::Mapping(entries) => entries
                .iter()
                .map(|(key, value)| key.count() + value.count())
                .sum(),
        }
    }
}

/// Reads the YAML in a range of a file (a whole file, or the front matter of a page).
/// Gives the root node, or `None` when the text is empty or broken, and what is wrong with it.
pub fn parse(file: &Arc<SourceFile>, range: TextRange) -> (Option<Node>, Vec<Diagnostic>) {
    let mut reader = Reader {
        file,
        offset: range.start,
        anchors: HashMap::new(),
        aliased: 0,
        diagnostics: Vec::new(),
    };
    let mut options = Options::default();
    options.emit_comments = false;
    options.flow_nesting_limit = DEEPEST;
    options.block_nesting_limit = DEEPEST;
    let mut events = Parser::new_from_str_with_options(file.slice(range), options);
    let root = reader.stream(&mut events);
    (root, reader.diagnostics)
}

type Events<'a> = Parser<'a, granit_parser::StrInput<'a>>;
/// A mistake that ends the reading of the file; it has been reported.
struct Broken;

struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    offset: u32,
    anchors: HashMap<usize, Node>,
    aliased: usize,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn stream(&mut self, events: &mut Events<'_>) -> Option<Node> {
        let mut root = None;
        loop {
            match self.next(events) {
                Err(Broken) => return None,
                Ok((Event::StreamEnd, _)) => return root,
                Ok((Event::DocumentStart(..), range)) if root.is_some() => {
                    let message = text!(
                        "un second document commence ici, un fichier n’en contient qu’un",
                        "a second document starts here, a file holds one"
                    );
                    let help = text!(
                        "écrivez plusieurs fiches comme une liste : une ligne `- id: …` par fiche",
                        "write several records as a list: one `- id: …` a record"
                    );
                    self.report(YAML_SYNTAX, range, message, Some(help));
                    return root;
                }
                Ok((Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd, _)) => {}
                Ok((event, range)) => match self.node(events, event, range) {
                    Ok(node) => root = (!node.is_empty()).then_some(node),
                    Err(Broken) => return None,
                },
            }
        }
    }

    fn next<'e>(&mut self, events: &mut Events<'e>) -> Result<(Event<'e>, TextRange), Broken> {
        match events.next_event() {
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or_default();
                Ok((
                    event,
                    TextRange::new(range.start, range.end).shift(self.offset),
                ))
            }
            Some(Err(error)) => {
                let diagnostic = syntax::diagnostic(self.file, self.offset, &error);
                self.diagnostics.push(diagnostic);
                Err(Broken)
            }
            None => Ok((Event::StreamEnd, TextRange::default())),
        }
    }

    fn node(
        &mut self,
        events: &mut Events<'_>,
        event: Event<'_>,
        range: TextRange,
    ) -> Result<Node, Broken> {
        if let Some(tag) = event.tag().filter(|tag| is_foreign(tag)) {
            let tag = tag.original();
            self.report_tag(self.before(&tag, range));
        }
        let (anchor, node) = match event {
            Event::Scalar(text, style, anchor, _) => {
                let plain = style == ScalarStyle::Plain;
                (
                    anchor,
                    Node {
                        range,
                        shape: Shape::Scalar {
                            text: text.into_owned(),
                            plain,
                        },
                    },
                )
            }
            Event::SequenceStart(style, anchor, _) => {
                (anchor, self.sequence(events, range, style)?)
            }
            Event::MappingStart(style, anchor, _) => (anchor, self.mapping(events, range, style)?),
            Event::Alias(id) => return self.alias(id, range),
            // Documents and streams end only where no node is open, so no other event can come.
            _ => return Err(Broken),
        };
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn sequence(
        &mut self,
        events: &mut Events<'_>,
        start: TextRange,
        style: StructureStyle,
    ) -> Result<Node, Broken> {
        let mut items: Vec<Node> = Vec::new();
        loop {
            match self.next(events)? {
                (Event::SequenceEnd, end) => {
                    let range = extent(start, end, style, items.last());
                    return Ok(Node {
                        range,
                        shape: Shape::Sequence(items),
                    });
                }
                (event, range) => items.push(self.node(events, event, range)?),
            }
        }
    }

    fn mapping(
        &mut self,
        events: &mut Events<'_>,
        start: TextRange,
        style: StructureStyle,
    ) -> Result<Node, Broken> {
        let mut entries: Vec<(Node, Node)> = Vec::new();
        let mut seen: HashMap<String, TextRange> = HashMap::new();
        loop {
            let key = match self.next(events)? {
                (Event::MappingEnd, end) => {
                    let range = extent(start, end, style, entries.last().map(|(_, value)| value));
                    return Ok(Node {
                        range,
                        shape: Shape::Mapping(entries),
                    });
                }
                (event, range) => self.node(events, event, range)?,
            };
            let (event, range) = self.next(events)?;
            let value = self.node(events, event, range)?;
            if let Some(name) = key.text() {
                if let Some(first) = seen.get(name) {
                    self.report_duplicate(name, *first, key.range);
                } else {
                    seen.insert(name.to_owned(), key.range);
                }
            }
            entries.push((key, value));
        }
    }

    fn alias(&mut self, id: usize, range: TextRange) -> Result<Node, Broken> {
        let Some(node) = self.anchors.get(&id) else {
            let message = text!(
                "cet alias reprend la valeur dans laquelle il se trouve",
                "this alias repeats the value that it is part of"
            );
            self.report(YAML_SYNTAX, range, message, None);
            return Err(Broken);
        };
        self.aliased += node.count();
        if self.aliased > MOST_ALIASED_NODES {
            let message = text!(
                "trop d’alias : plus de {MOST_ALIASED_NODES} valeurs reprises",
                "too many aliases: more than {MOST_ALIASED_NODES} values repeated"
            );
            self.report(YAML_SYNTAX, range, message, None);
            return Err(Broken);
        }
        Ok(Node {
            range,
            shape: node.shape.clone(),
        })
    }

    /// Where a tag stands before its value; the value's place where the two are far apart.
    fn before(&self, tag: &str, value: TextRange) -> TextRange {
        let line = self.file.line_start(self.file.place(value.start).line) as usize;
        let before = &self.file.text[line..value.start as usize];
        before
            .rfind(tag)
            .map_or(value, |at| TextRange::new(line + at, line + at + tag.len()))
    }

    /// A tag is dropped by a reader that does not know it; a `!` that belongs to the text is, too.
    /// The message does not repeat it: it may be the start of a password.
    fn report_tag(&mut self, range: TextRange) {
        let message = text!(
            "une étiquette commence ici, et aucune n’est admise",
            "a tag starts here, and none is allowed"
        );
        let help = text!(
            "si le point d’exclamation fait partie du texte, mettez-le entre guillemets",
            "if the exclamation mark is part of the text, quote it"
        );
        self.report(YAML_SYNTAX, range, message, Some(help));
    }

    fn report_duplicate(&mut self, name: &str, first: TextRange, second: TextRange) {
        let message = text!(
            "la clé `{name}` est écrite deux fois",
            "key `{name}` is written twice"
        );
        let diagnostic = Diagnostic::at(DUPLICATE_KEY, Span::new(self.file, second), message)
            .note(
                Span::new(self.file, first),
                text!("déjà écrite ici", "first written here"),
            )
            .help(text!(
                "gardez une seule des deux lignes",
                "keep one of the two lines"
            ));
        self.diagnostics.push(diagnostic);
    }

    fn report(
        &mut self,
        rule: Rule,
        range: TextRange,
        message: crate::diagnostic::Text,
        help: Option<crate::diagnostic::Text>,
    ) {
        let span = Span::new(self.file, range);
        self.diagnostics
            .push(Diagnostic::at(rule, span, message).maybe_help(help));
    }
}

/// Whether a tag is none of YAML's own (`!!str`, `!!int`, `!`).
fn is_foreign(tag: &Tag) -> bool {
    !tag.is_yaml_core_schema() && tag.original() != "!"
}

/// The range of a collection: to its bracket in flow style; in block style to its last value,
/// because the parser sees a block's end only at the next line that is not part of it.
fn extent(
    start: TextRange,
    end: TextRange,
    style: StructureStyle,
    last: Option<&Node>,
) -> TextRange {
    let end = match (style, last) {
        (StructureStyle::Block, Some(last)) => last.range.end,
        _ => end.end,
    };
    TextRange {
        start: start.start,
        end,
    }
}

#[cfg(test)]
mod tests;
