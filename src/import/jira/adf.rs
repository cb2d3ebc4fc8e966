//! The Atlassian Document Format, the tree in which Jira keeps texts, → rich text. Nodes that nobody
//! here knows give the words they hold, and are counted.
//!
//! Form: the JSON schema of `@atlaskit/adf-schema`.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::Language;
use crate::import::answer::{list, text_of};
use crate::import::jira::leaf;
use crate::import::prose::{Block, Inline, Item, extend, on_one_line, push};

/// How deep a text may be nested; people stop at five. What is deeper gives its words alone.
const DEEPEST: usize = 24;

/// Reads trees, and remembers what is not in the text that comes of it.
#[derive(Debug)]
pub(super) struct Reader {
    pub language: Language,
    /// Images and files that stand in texts.
    pub media: usize,
    /// Nodes that are not known, by type, and how many.
    pub unknown: BTreeMap<String, usize>,
    /// Parts that are nested too deeply.
    pub deep: usize,
}

impl Reader {
    /// A reader that has read nothing.
    pub fn new(language: Language) -> Self {
        Self {
            language,
            media: 0,
            unknown: BTreeMap::new(),
            deep: 0,
        }
    }

    /// The text of a document.
    pub fn document(&mut self, document: &Value) -> Vec<Block> {
        self.blocks(document, 0)
    }

    /// The blocks that a node holds. Words that stand there alone become a paragraph.
    fn blocks(&mut self, parent: &Value, depth: usize) -> Vec<Block> {
        if depth > DEEPEST {
            self.deep += 1;
            let words = words(parent);
            return vec![Block::Paragraph(vec![Inline::Text(words)])];
        }
        let mut blocks = Vec::new();
        let mut line: Vec<Inline> = Vec::new();
        for node in list(parent, "content") {
            if leaf::is_inline(node_type(node)) {
                self.inline(node, &mut line);
                continue;
            }
            flush(&mut line, &mut blocks);
            self.block(node, depth, &mut blocks);
        }
        flush(&mut line, &mut blocks);
        blocks
    }

    fn block(&mut self, node: &Value, depth: usize, blocks: &mut Vec<Block>) {
        let below = depth + 1;
        match node_type(node) {
            "paragraph" | "caption" => blocks.push(Block::Paragraph(self.line(node, below))),
            "heading" => {
                let level = node["attrs"]["level"].as_u64();
                let level = level.and_then(|level| u8::try_from(level).ok());
                blocks.push(Block::Heading(level.unwrap_or(1), self.line(node, below)));
            }
            "bulletList" | "decisionList" => {
                blocks.push(Block::List(None, self.items(node, below)));
            }
            "orderedList" => {
                let start = node["attrs"]["order"].as_u64().unwrap_or(1);
                blocks.push(Block::List(Some(start), self.items(node, below)));
            }
            "taskList" => blocks.push(Block::List(None, self.items(node, below))),
            "codeBlock" => {
                let language = text_of(&node["attrs"], "language").unwrap_or_default();
                blocks.push(Block::Code(language, words(node)));
            }
            "blockquote" => blocks.push(Block::Quote(self.blocks(node, below))),
            "panel" => {
                let panel = text_of(&node["attrs"], "panelType").unwrap_or_default();
                let callout = leaf::callout(&panel);
                let inner = self.blocks(node, below);
                blocks.push(Block::Callout(callout, false, String::new(), inner));
            }
            "expand" | "nestedExpand" => {
                let title = text_of(&node["attrs"], "title").unwrap_or_default();
                let inner = self.blocks(node, below);
                blocks.push(Block::Callout("note", true, title, inner));
            }
            "rule" => blocks.push(Block::Rule),
            "table" => blocks.push(self.table(node, below)),
            "blockCard" | "embedCard" => {
                blocks.push(Block::Paragraph(leaf::card(node).into_iter().collect()));
            }
            // What only arranges other nodes.
            "doc" | "layoutSection" | "layoutColumn" | "mediaSingle" | "mediaGroup"
            | "bodiedExtension" | "bodiedSyncBlock" | "listItem" | "decisionItem" | "tableRow"
            | "tableCell" | "tableHeader" | "taskItem" => {
                blocks.extend(self.blocks(node, below));
            }
            other => {
                *self.unknown.entry(shortened(other)).or_default() += 1;
                let text = text_of(&node["attrs"], "text");
                let text = text.or_else(|| text_of(node, "text"));
                if let Some(text) = text {
                    blocks.push(Block::Paragraph(vec![Inline::Text(text)]));
                }
                blocks.extend(self.blocks(node, below));
            }
        }
    }

    /// The items of a list. A list of tasks holds the lists below its tasks beside them.
    fn items(&mut self, node: &Value, depth: usize) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for child in list(node, "content") {
            if node_type(child) == "taskList" {
                let mut inner = Vec::new();
                self.block(child, depth, &mut inner);
                match items.last_mut() {
                    Some(last) => last.blocks.extend(inner),
                    None => items.push(Item {
                        done: None,
                        blocks: inner,
                    }),
                }
                continue;
            }
            let done = match node_type(child) {
                "taskItem" | "blockTaskItem" => {
                    let state = text_of(&child["attrs"], "state");
                    Some(state.is_some_and(|state| state == "DONE"))
                }
                _ => None,
            };
            let blocks = self.blocks(child, depth);
            items.push(Item { done, blocks });
        }
        items
    }

    fn table(&mut self, node: &Value, depth: usize) -> Block {
        let mut has_header = false;
        let mut rows = Vec::new();
        for (at, row) in list(node, "content").iter().enumerate() {
            let cells = list(row, "content");
            if at == 0 {
                let is_head = |cell: &Value| node_type(cell) == "tableHeader";
                has_header = !cells.is_empty() && cells.iter().all(is_head);
            }
            let mut all = Vec::new();
            for cell in cells {
                let inner = self.blocks(cell, depth + 2);
                all.push(on_one_line(inner));
                let span = cell["attrs"]["colspan"].as_u64().unwrap_or(1).min(20);
                all.extend((1..span).map(|_| Vec::new()));
            }
            rows.push(all);
        }
        Block::Table(has_header, rows)
    }

    /// The pieces of a paragraph; blocks that stand in it by mistake come after them.
    fn line(&mut self, node: &Value, depth: usize) -> Vec<Inline> {
        let mut line = Vec::new();
        for child in list(node, "content") {
            if leaf::is_inline(node_type(child)) {
                self.inline(child, &mut line);
            } else if depth < DEEPEST {
                let mut inner = Vec::new();
                self.block(child, depth, &mut inner);
                extend(&mut line, on_one_line(inner));
            } else {
                self.deep += 1;
                push(&mut line, Inline::Text(words(child)));
            }
        }
        line
    }

    fn inline(&mut self, node: &Value, line: &mut Vec<Inline>) {
        if leaf::is_media(node_type(node)) {
            self.media += 1;
        }
        for piece in leaf::pieces(node, self.language) {
            push(line, piece);
        }
    }
}

/// Ends a paragraph of words that stand among blocks.
fn flush(line: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
    if !line.is_empty() {
        blocks.push(Block::Paragraph(std::mem::take(line)));
    }
}

pub(super) fn node_type(node: &Value) -> &str {
    node.get("type").and_then(Value::as_str).unwrap_or_default()
}

/// A type's name as notes say it.
fn shortened(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.take(40).collect()
}

/// The words of a node and of all in it.
fn words(node: &Value) -> String {
    let mut all = String::new();
    if let Some(Value::String(text)) = node.get("text") {
        all.push_str(text);
    }
    if node_type(node) == "hardBreak" {
        all.push('\n');
    }
    // The parser of JSON stops at 128 levels.
    for child in list(node, "content") {
        all.push_str(&words(child));
    }
    all
}
