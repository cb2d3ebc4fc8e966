//! The nodes of a tree that hold no others: words with their marks, mentions, dates, links, images.

use jiff::Timestamp;
use serde_json::Value;

use crate::diagnostic::Language;
use crate::import::answer::{list, text_of};
use crate::import::jira::adf::node_type;
use crate::import::prose::{Inline, Style};
use crate::text;

/// Whether a node is a piece of a line.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "text"
            | "hardBreak"
            | "mention"
            | "emoji"
            | "date"
            | "status"
            | "inlineCard"
            | "placeholder"
    ) || is_media(name)
}

/// Whether a node is an image or a file.
pub(super) fn is_media(name: &str) -> bool {
    matches!(name, "media" | "mediaInline")
}

/// What a node says in a line.
pub(super) fn pieces(node: &Value, language: Language) -> Vec<Inline> {
    let attribute = |key: &str| text_of(&node["attrs"], key);
    let piece = match node_type(node) {
        "text" => marked(node),
        "hardBreak" => Some(Inline::Break),
        "mention" => attribute("text").map(|name| {
            let name = name.trim_start_matches('@');
            Inline::Text(format!("@{name}"))
        }),
        "emoji" => attribute("text")
            .or_else(|| attribute("shortName"))
            .map(Inline::Text),
        "date" => attribute("timestamp")
            .and_then(|stamp| day(&stamp))
            .map(Inline::Text),
        "status" | "placeholder" => attribute("text").map(Inline::Text),
        "inlineCard" => card(node),
        _ => Some(media(node, language)),
    };
    piece.into_iter().collect()
}

/// Words in the styles that their marks name. Colours and underlines say nothing in Markdown, and are
/// left aside without a word.
fn marked(node: &Value) -> Option<Inline> {
    let words = node.get("text").and_then(Value::as_str)?.to_owned();
    let marks = list(node, "marks");
    let has = |name: &str| marks.iter().any(|mark| node_type(mark) == name);
    let mut piece = if has("code") {
        Inline::Code(words)
    } else {
        Inline::Text(words)
    };
    let shift = marks.iter().find(|mark| node_type(mark) == "subsup");
    if let Some(shift) = shift {
        let is_raised = text_of(&shift["attrs"], "type").is_some_and(|shift| shift == "sup");
        let style = if is_raised {
            Style::Raised
        } else {
            Style::Lowered
        };
        piece = Inline::Styled(style, vec![piece]);
    }
    let styles = [
        ("strike", Style::Struck),
        ("em", Style::Emphasis),
        ("strong", Style::Strong),
    ];
    for (name, style) in styles {
        if has(name) {
            piece = Inline::Styled(style, vec![piece]);
        }
    }
    let link = marks.iter().find(|mark| node_type(mark) == "link");
    let address = link.and_then(|link| text_of(&link["attrs"], "href"));
    Some(match address {
        Some(address) => Inline::Link(address, vec![piece]),
        None => piece,
    })
}

/// The day of a moment in thousandths of a second.
fn day(stamp: &str) -> Option<String> {
    let stamp = Timestamp::from_millisecond(stamp.parse().ok()?).ok()?;
    Some(stamp.strftime("%Y-%m-%d").to_string())
}

/// A link that Jira shows as a card.
pub(super) fn card(node: &Value) -> Option<Inline> {
    let attributes = &node["attrs"];
    let url = text_of(attributes, "url").or_else(|| text_of(&attributes["data"], "url"))?;
    let name = text_of(&attributes["data"], "name");
    let words = name.unwrap_or_else(|| url.clone());
    Some(Inline::Link(url, vec![Inline::Text(words)]))
}

/// What stands in the place of an image or a file: its name.
fn media(node: &Value, language: Language) -> Inline {
    let attributes = &node["attrs"];
    let names = ["alt", "__fileName", "url"];
    let name = names.iter().find_map(|key| text_of(attributes, key));
    let words = match name {
        Some(name) => text!(
            "[image non importée : {name}]",
            "[image not imported: {name}]"
        ),
        None => text!("[image non importée]", "[image not imported]"),
    };
    Inline::Text(words.get(language).to_owned())
}

/// The callout that a panel of Jira is.
pub(super) fn callout(panel: &str) -> &'static str {
    match panel {
        "info" => "info",
        "warning" => "warning",
        "error" => "caution",
        "success" => "success",
        "tip" => "tip",
        _ => "note",
    }
}
