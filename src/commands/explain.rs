//! `carnet explain`: what a rule finds, why, and what to do, as the manual's page of messages says it.

use anyhow::anyhow;

use crate::cli::{Cli, ExplainArguments};
use crate::commands::{CLEAN, language_anywhere, output};
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Explanation, Language};
use crate::pipeline;
use crate::text;

/// The manual's page, in French and English; a test holds it to the rules that there are.
const PAGES: [&str; 2] = [
    include_str!("../../content/manuel/messages.md"),
    include_str!("../../content/manuel/messages.en.md"),
];

/// Explains a rule, or lists all.
pub(super) fn explain(cli: &Cli, arguments: &ExplainArguments) -> anyhow::Result<u8> {
    let language = language_anywhere(cli);
    let Some(name) = &arguments.rule else {
        for rule in pipeline::rule_names() {
            output::result(&format!("{rule}\n"));
        }
        return Ok(CLEAN);
    };
    let page = page(language);
    // People copy `error[dead-link]` as it stands.
    let inner = name.split_once('[').map_or(name.as_str(), |(_, rest)| rest);
    let name = inner.trim_end_matches(']');
    let Some(Section {
        said,
        example,
        right,
    }) = section(page, name)
    else {
        let near = did_you_mean(name, pipeline::rule_names().into_iter());
        let near = near.unwrap_or_else(|| {
            text!(
                "`carnet explain` les nomme toutes",
                "`carnet explain` names them all"
            )
        });
        let (fr, en) = (near.fr, near.en);
        return Err(anyhow!(text!(
            "aucune règle ne s’appelle `{name}`\u{a0}; {fr}",
            "no rule is called `{name}`; {en}"
        )));
    };
    let levels = text!(
        "Dans carnet.yaml, `levels: {{{name}: warning}}` change son niveau (`error`, `warning`, `info`, `off`), pour le site ou un dossier.",
        "In carnet.yaml, `levels: {{{name}: warning}}` changes its level (`error`, `warning`, `info`, `off`), for the site or a folder."
    );
    let example = example.map_or(String::new(), |example| format!("{example}\n\n"));
    let right = right.map_or(String::new(), |(path, lines)| {
        let head = text!("Juste, dans {path}\u{a0}:", "Right, in {path}:");
        let lines: Vec<String> = lines.lines().map(|line| format!("    {line}")).collect();
        format!("{}\n\n{}\n\n", head.get(language), lines.join("\n"))
    });
    let levels = levels.get(language);
    output::result(&format!("{name}\n\n{said}\n\n{example}{right}{levels}\n"));
    Ok(CLEAN)
}

fn page(language: Language) -> &'static str {
    PAGES[usize::from(language != Language::Fr)]
}

/// What a rule means, for reports that bring it along; `None` for no rule of ours.
pub(super) fn explanation(rule: &str, language: Language) -> Option<Explanation> {
    let whole = section(page(language), rule)?.said;
    let first = whole.split("\n\n").next().unwrap_or(&whole);
    // The first sentence is the level, which may be configured.
    let what = first.split_once(". ").map_or(first, |(_, rest)| rest);
    Some(Explanation {
        what: what.to_owned(),
        whole,
    })
}

/// What a page says of a rule.
#[derive(Debug, Default)]
struct Section<'p> {
    /// What it finds, why, what to do: without most marks of Markdown.
    said: String,
    /// The message that it shows as an example.
    example: Option<&'p str>,
    /// A file as it is right, and its path.
    right: Option<(&'p str, &'p str)>,
}

/// What stands under the heading of a rule.
fn section<'p>(page: &'p str, rule: &str) -> Option<Section<'p>> {
    let heading = format!("### `{rule}`\n");
    let (_, after) = page.split_once(&heading)?;
    let block = after.split_once("```text\n");
    let Some((said, rest)) = block.filter(|(said, _)| !said.contains("\n#")) else {
        let said = &after[..after.find("\n#").unwrap_or(after.len())];
        return Some(Section {
            said: plain(said.trim()),
            ..Section::default()
        });
    };
    let (example, rest) = rest.split_once("\n```").unwrap_or((rest, ""));
    let said = &said[..said.rfind("**Ex").unwrap_or(said.len())];
    Some(Section {
        said: plain(said.trim()),
        example: Some(example),
        right: right(rest),
    })
}

/// The file that is shown as right, at the start of a text.
fn right(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let mut titles = ["**Juste.**", "**Right.**"].iter();
    let after = titles.find_map(|title| text.strip_prefix(title))?;
    let (head, lines) = after.trim_start().split_once('\n')?;
    let (_, path) = head.split_once("title=\"")?;
    Some((path.trim_end_matches('"'), lines.split_once("\n```")?.0))
}

/// A text as a terminal shows it: no stars, and of a link its words.
fn plain(markdown: &str) -> String {
    let text = markdown.replace("**", "");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(middle) = rest.find("](") {
        let (before, after) = rest.split_at(middle);
        let open = before.rfind('[').unwrap_or(before.len());
        let close = after.find(')').map_or(after.len(), |close| close + 1);
        out.push_str(&before[..open]);
        out.push_str(before.get(open + 1..).unwrap_or_default());
        rest = &after[close..];
    }
    out.push_str(rest);
    // The level stands between stars before the first sentence.
    out.replacen('*', "", 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_explained_in_both_languages() {
        for page in PAGES {
            let mut shown = 0;
            for rule in pipeline::rule_names() {
                let Section {
                    said,
                    example,
                    right,
                } = section(page, rule).unwrap_or_default();
                let example = example.unwrap_or_default();
                if let Some((path, lines)) = right {
                    assert!(
                        path.contains('.') && !lines.contains("```"),
                        "{rule}: {lines}"
                    );
                    shown += 1;
                }
                let is_drawn = ["broken-diagram", "diagram-setting"].contains(&rule);
                assert!(
                    is_drawn || example.contains(&format!("[{rule}]: ")),
                    "{rule}: {example}"
                );
                let parts = said.split("\n\n").count();
                assert!(parts >= 3, "what, why, what to do: {rule}: {said}");
                assert!(
                    !said.contains("](") && !said.contains("**"),
                    "{rule}: {said}"
                );
            }
            assert!(shown > 100, "{shown} show what is right");
        }
    }

    #[test]
    fn marks_are_taken_away() {
        let said = plain("*Error.* See [this](a.md#b) and [that](c).\n\n**Why.** `x`.");
        assert_eq!(said, "Error. See this and that.\n\nWhy. `x`.");
    }
}
