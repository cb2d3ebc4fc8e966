//! Findings as GitHub's workflow commands: each line becomes an annotation beside the line of the file. Gitea and
//! Forgejo show the same lines in the log.

use std::fmt::Write;

use crate::diagnostic::forge::{file, sentence};
use crate::diagnostic::{Diagnostic, Language, Severity};

/// Prints findings as workflow commands, one a line; `folder` is where the project stands in its repository.
pub fn github(diagnostics: &[Diagnostic], language: Language, folder: &str) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let mut properties: Vec<(&str, String)> = Vec::new();
        properties.extend(file(diagnostic, folder).map(|path| ("file", path)));
        if let Some(span) = &diagnostic.span {
            let (start, end) = (span.place(), span.file.place(span.range.end));
            properties.push(("line", start.line.to_string()));
            // GitHub knows columns within one line alone.
            if start.line == end.line {
                properties.push(("col", start.column.to_string()));
                properties.push(("endColumn", end.column.to_string()));
            } else {
                properties.push(("endLine", end.line.to_string()));
            }
        }
        properties.push(("title", diagnostic.rule.name.to_owned()));
        let properties: Vec<String> = properties
            .into_iter()
            .map(|(name, value)| format!("{name}={}", property(&value)))
            .collect();
        let message = escaped(&sentence(diagnostic, language));
        let _ = writeln!(out, "::{command} {}::{message}", properties.join(","));
    }
    out
}

/// A message, which neither ends its line nor begins another command.
fn escaped(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D");
    text.replace('\n', "%0A")
}

/// A value among others, where `,` and `:` part them.
fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Rule;
    use crate::text;

    #[test]
    fn nothing_in_a_finding_ends_its_command() {
        let rule = Rule {
            name: "empty-file",
            level: Severity::Info,
        };
        let message = text!("a\r\n::add-mask::100%, b: c", "a");
        let found = [
            Diagnostic::on_path(rule, "a,b:c\n100%.md", message.clone()),
            Diagnostic::on_path(rule, ".git", message),
        ];
        let shown = github(&found, Language::Fr, "parc/");
        assert_eq!(
            shown,
            "::notice file=parc/a%2Cb%3Ac%0A100%25.md,title=empty-file::a%0D%0A::add-mask::100%25, b: c\n\
             ::notice title=empty-file::a%0D%0A::add-mask::100%25, b: c\n"
        );
    }
}
