//! The findings a Markdown text can give by itself, before any reference is resolved.

use crate::diagnostic::{Rule, Severity};

/// A link with a scheme that could run script or open a local program.
pub const UNSAFE_LINK: Rule = rule("unsafe-link", Severity::Error);
/// Raw HTML that was refused, in part or whole.
pub const RAW_HTML: Rule = rule("raw-html", Severity::Warning);
/// A call of another generator's template language, shown as it is written.
pub const FOREIGN_SHORTCODE: Rule = rule("foreign-shortcode", Severity::Warning);
/// A fenced block in a language that cannot be highlighted.
pub const UNKNOWN_LANGUAGE: Rule = rule("unknown-language", Severity::Warning);
/// A marked line that its code block does not have.
pub const LINE_OUTSIDE_CODE: Rule = rule("line-outside-code", Severity::Warning);
/// Tabs within tabs, or without a heading to name them.
pub const BROKEN_TABS: Rule = rule("broken-tabs", Severity::Warning);
/// An image from another host: readers' browsers would tell that host who reads what.
pub const REMOTE_IMAGE: Rule = rule("remote-image", Severity::Warning);
/// A diagram that could not be drawn; its text is shown.
pub const BROKEN_DIAGRAM: Rule = rule("broken-diagram", Severity::Warning);
/// Looks or links written into a diagram, which the page does not keep.
pub const DIAGRAM_SETTING: Rule = rule("diagram-setting", Severity::Info);
/// A footnote that no text refers to.
pub const UNUSED_FOOTNOTE: Rule = rule("unused-footnote", Severity::Warning);
/// A `[[page|text]]` cut in two by the `|` of its table.
pub const SPLIT_WIKI_LINK: Rule = rule("split-wiki-link", Severity::Warning);
/// Characters that change the order of the text around them without being seen.
pub const HIDDEN_CHARACTER: Rule = rule("hidden-character", Severity::Warning);

/// All rules of this room.
pub const ALL: [Rule; 12] = [
    UNSAFE_LINK,
    RAW_HTML,
    FOREIGN_SHORTCODE,
    UNKNOWN_LANGUAGE,
    LINE_OUTSIDE_CODE,
    BROKEN_TABS,
    REMOTE_IMAGE,
    BROKEN_DIAGRAM,
    DIAGRAM_SETTING,
    UNUSED_FOOTNOTE,
    SPLIT_WIKI_LINK,
    HIDDEN_CHARACTER,
];

const fn rule(name: &'static str, level: Severity) -> Rule {
    Rule { name, level }
}
