//! Findings for people: the place, the line itself, a caret, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::short::{level_name, one_line};
use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::source::{Span, TextRange};

/// A line longer than this many bytes is shown in part, so that one huge line cannot fill a terminal.
const LONGEST_LINE: usize = 4000;

/// Prints findings with their source lines, a blank line between two; `colour` adds ANSI escapes.
pub fn human(diagnostics: &[Diagnostic], language: Language, colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&renderer.render(&report(diagnostic, language)));
        out.push_str("\n\n");
    }
    out
}

fn report(diagnostic: &Diagnostic, language: Language) -> Vec<Group<'_>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let level = level.with_name(level_name(diagnostic.severity, language));
    let title = level
        .primary_title(diagnostic.message.get(language))
        .id(diagnostic.rule.name);
    let mut group = Group::with_title(title);
    match &diagnostic.span {
        Some(span) => {
            group = group.element(snippet(span, AnnotationKind::Primary, None));
        }
        None => group = group.element(annotate_snippets::Origin::path(one_line(&diagnostic.path))),
    }
    for (span, text) in &diagnostic.notes {
        group = group.element(snippet(
            span,
            AnnotationKind::Context,
            Some(text.get(language)),
        ));
    }
    if let Some(help) = &diagnostic.help {
        let name = match language {
            Language::Fr => "aide\u{a0}",
            Language::En | Language::Other(_) => "help",
        };
        group = group.element(Level::HELP.with_name(name).message(help.get(language)));
    }
    vec![group]
}

/// The line of a span with its caret. Only the first line of a longer span is underlined.
fn snippet<'a>(
    span: &'a Span,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let place = span.place();
    let line = span.file.line(place.line);
    let line_start = span.file.line_start(place.line) as usize;
    let start = (span.range.start as usize - line_start).min(line.len());
    let end = (span.range.end as usize)
        .saturating_sub(line_start)
        .clamp(start, line.len());
    let window = window(line, start);
    let within = |offset: usize| {
        offset.clamp(window.start as usize, window.end as usize) - window.start as usize
    };
    let shown = &line[window.start as usize..window.end as usize];
    let annotation = kind.span(within(start)..within(end)).label(label);
    Snippet::source(shown)
        .line_start(place.line)
        .path(one_line(&span.file.path))
        .fold(false)
        .annotation(annotation)
}

/// The part of a line to show around a byte: all of it, unless it is very long.
fn window(line: &str, around: usize) -> TextRange {
    if line.len() <= LONGEST_LINE {
        return TextRange::new(0, line.len());
    }
    let floor = |mut offset: usize| {
        while !line.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    let start = floor(around.saturating_sub(LONGEST_LINE / 2));
    TextRange::new(start, floor((start + LONGEST_LINE).min(line.len())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Rule;
    use crate::text;

    #[test]
    fn a_file_name_cannot_act_on_the_terminal() {
        let rule = Rule {
            name: "empty-file",
            level: Severity::Warning,
        };
        let path = "content/\u{1b}[31m\u{202e}a.md";
        let found = [Diagnostic::on_path(rule, path, text!("vide", "empty"))];
        let shown = human(&found, Language::En, false);
        assert!(shown.contains("content/ [31m a.md"), "{shown}");
    }
}
