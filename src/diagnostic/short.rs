//! One line a finding, for editors and scripts: `path:line:column: level[rule]: message`.

use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Language, Severity};

/// Prints findings in the short form, one a line.
pub fn short(diagnostics: &[Diagnostic], language: Language) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let _ = write!(out, "{}:", one_line(&diagnostic.path));
        if let Some(span) = &diagnostic.span {
            let place = span.place();
            let _ = write!(out, "{}:{}:", place.line, place.column);
        }
        let level = level_name(diagnostic.severity, language);
        let message = one_line(diagnostic.message.get(language));
        let _ = writeln!(out, " {level}[{}]: {message}", diagnostic.rule.name);
    }
    out
}

/// A text that can neither break its line nor move the terminal's cursor.
pub(super) fn one_line(text: &str) -> String {
    // Marks that turn the direction of what follows would show another path than the real one.
    let turns = |letter| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let visible = |letter: char| {
        if letter.is_control() || turns(letter) {
            ' '
        } else {
            letter
        }
    };
    text.chars().map(visible).collect()
}

/// The word for a severity.
pub fn level_name(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::Fr) => "erreur",
        (Severity::Error, Language::En | Language::Other(_)) => "error",
        (Severity::Warning, Language::Fr) => "avertissement",
        (Severity::Warning, Language::En | Language::Other(_)) => "warning",
        (Severity::Info, _) => "info",
    }
}
