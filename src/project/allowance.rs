//! `# carnet: allow(rule, reason)`: an author's word that a finding is known, and why it stays. At the end of a line it
//! is about that line, on a line of its own about the next one that says something else.
//!
//! Texts take it as `<!-- carnet: allow(rule, reason) -->`. Without a reason it hides nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::markdown::Fence;
use crate::source::{SourceFile, Span, TextRange};
use crate::text;

/// An allowance that does not say why.
pub const UNEXPLAINED_ALLOW: Rule = Rule {
    name: "unexplained-allow",
    level: Severity::Error,
};
/// An allowance of a finding that is not there (any more).
pub const UNUSED_ALLOW: Rule = Rule {
    name: "unused-allow",
    level: Severity::Warning,
};

/// What every allowance begins with, after its mark of a comment.
const OPENING: &str = "carnet: allow(";
/// Found when it is asked for alone: whether it is allowed for nothing cannot be known.
const ASKED_FOR: &str = "deadline";

/// An author's word about a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// The rule, as written.
    pub rule: String,
    /// Where its name is written.
    pub span: Span,
    /// The line that it is about, from 1.
    pub line: usize,
    /// Whether it says why.
    pub is_explained: bool,
}

/// The allowances of a file, in order.
pub fn allowances(source: &Arc<SourceFile>, markdown: bool) -> Vec<Allowance> {
    if !source.text.contains(OPENING) {
        return Vec::new();
    }
    let yaml_until = if markdown {
        front_matter_end(source)
    } else {
        source.lines()
    };
    // What a text shows as code says nothing itself.
    let mut fence = Fence::default();
    let lines = (1..=source.lines()).filter_map(|line| {
        if line > yaml_until && fence.holds(source.line(line)) {
            return None;
        }
        let (mut own, is_alone) = read(source, line, yaml_until)?;
        if is_alone {
            own.line = about(source, line, yaml_until);
        }
        Some(own)
    });
    lines.collect()
}

/// The last line of a text's front matter; 0 without one.
fn front_matter_end(source: &SourceFile) -> usize {
    if source.line(1) != "---" {
        return 0;
    }
    let mut lines = 2..=source.lines();
    let end = lines.find(|line| matches!(source.line(*line), "---" | "..."));
    end.unwrap_or_default()
}

/// The allowance on a line, as if about it; and whether it stands there alone.
fn read(source: &Arc<SourceFile>, line: usize, yaml_until: usize) -> Option<(Allowance, bool)> {
    let text = source.line(line);
    let opening = text.find(OPENING)?;
    let mark = if line <= yaml_until { "#" } else { "<!--" };
    let before = text[..opening].trim_end_matches(' ');
    let before = before.strip_suffix(mark)?;
    if !before.is_empty() && !before.ends_with([' ', '\t']) {
        return None;
    }
    let start = opening + OPENING.len();
    let inner = &text[start..start + text[start..].rfind(')')?];
    let (rule, reason) = inner.split_once(',').unwrap_or((inner, ""));
    let begin = source.line_start(line) as usize + start;
    let begin = begin + rule.len() - rule.trim_start().len();
    let rule = rule.trim();
    let own = Allowance {
        rule: rule.to_owned(),
        span: Span::new(source, TextRange::new(begin, begin + rule.len())),
        line,
        is_explained: !reason.trim().is_empty(),
    };
    Some((own, before.trim().is_empty()))
}

/// The next line that says something and is no allowance itself.
fn about(source: &Arc<SourceFile>, line: usize, yaml_until: usize) -> usize {
    let mut after = line + 1..=source.lines();
    let says = |line: &usize| {
        !source.line(*line).trim().is_empty() && read(source, *line, yaml_until).is_none()
    };
    after.find(says).unwrap_or(line)
}

/// Takes away the findings that are allowed. Gives the allowances, by their place in the list, that hid something.
pub fn allow(findings: &mut Vec<Diagnostic>, allowances: &[Allowance]) -> BTreeSet<usize> {
    let mut used = BTreeSet::new();
    if allowances.is_empty() {
        return used;
    }
    findings.retain(|finding| {
        let Some(span) = &finding.span else {
            return true;
        };
        let line = span.place().line;
        let hides = |it: &Allowance| {
            it.is_explained
                && it.rule == finding.rule.name
                && it.line == line
                && it.span.file.path == finding.path
        };
        let by = allowances.iter().position(hides);
        used.extend(by);
        by.is_none()
    });
    used
}

/// What is wrong with allowances of which these hid something; `rules` are the names that there are.
pub fn judge(
    allowances: &[Allowance],
    used: &BTreeSet<usize>,
    rules: &[&'static str],
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (place, own) in allowances.iter().enumerate() {
        let rule = &own.rule;
        if !own.is_explained {
            let message = text!(
                "cette exception ne dit pas pourquoi",
                "this exception does not say why"
            );
            let help = text!(
                "écrivez `carnet: allow({rule}, la raison)`\u{202f}; sans raison, elle ne cache rien",
                "write `carnet: allow({rule}, the reason)`; without a reason it hides nothing"
            );
            let diagnostic = Diagnostic::at(UNEXPLAINED_ALLOW, own.span.clone(), message);
            found.push(diagnostic.help(help));
        } else if !used.contains(&place) && rule != ASKED_FOR {
            let message = text!(
                "`{rule}` ne trouve rien à cet endroit",
                "`{rule}` finds nothing here"
            );
            let near = did_you_mean(rule, rules.iter().copied());
            let near = near.filter(|_| !rules.contains(&rule.as_str()));
            let help = near.unwrap_or_else(|| {
                text!(
                    "enlevez l’exception, ou mettez-la sur la ligne du message ou juste avant",
                    "remove the exception, or put it on the line of the finding or just before"
                )
            });
            let diagnostic = Diagnostic::at(UNUSED_ALLOW, own.span.clone(), message);
            found.push(diagnostic.help(help));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, markdown: bool) -> Vec<(String, usize, bool)> {
        let source = Arc::new(SourceFile::new("a", text));
        let all = allowances(&source, markdown).into_iter();
        all.map(|it| (it.rule, it.line, it.is_explained)).collect()
    }

    #[test]
    fn an_allowance_is_about_its_line_or_the_next() {
        let one = |rule: &str, line, why| vec![(rule.to_owned(), line, why)];
        assert_eq!(
            told("a: b # carnet: allow(x, so (it is))", false),
            one("x", 1, true)
        );
        assert_eq!(
            told("# carnet: allow(x, so)\n\na: b", false),
            one("x", 3, true)
        );
        assert_eq!(told("a: b # carnet: allow( x )", false), one("x", 1, false));
        assert_eq!(
            told("<!-- carnet: allow(x, so) -->\n\nText", true),
            one("x", 3, true)
        );
        assert_eq!(told("a: b# carnet: allow(x, so)", false), Vec::new());
        assert_eq!(told("# carnet: allow(x, so)\nText", true), Vec::new());
        let code = "> ````md\n> <!-- carnet: allow(x, so) -->\n> ```\n> <!-- carnet: allow(x, so) -->\n> ````\n";
        assert_eq!(told(code, true), Vec::new());
        let after = format!("{code}<!-- carnet: allow(y, so) -->\nText");
        assert_eq!(told(&after, true), one("y", 7, true));
        assert_eq!(
            told("```a`b\n<!-- carnet: allow(x, so) -->\nText", true),
            one("x", 3, true)
        );
        let head = "---\na: b # carnet: allow(x, so)\n---\n";
        assert_eq!(told(head, true), one("x", 2, true));
        let two = told(
            "# carnet: allow(x, so)\n# carnet: allow(y, so)\na: b",
            false,
        );
        assert_eq!(two.iter().map(|it| it.1).collect::<Vec<_>>(), [3, 3]);
    }
}
