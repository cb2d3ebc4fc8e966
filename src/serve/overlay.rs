//! What `serve` adds to the site: the script that follows it, and the findings that it shows over a page.

use serde::Serialize;

use crate::diagnostic::{self, Diagnostic, Language, Severity, Text};
use crate::text;

/// The keys that `serve` adds; a theme's files have other names (they carry a hash).
pub(super) const SCRIPT: &str = "_carnet/live.js";
pub(super) const STYLE: &str = "_carnet/live.css";
pub(super) const STREAM: &str = "_carnet/live";
pub(super) const FINDINGS: &str = "_carnet/diagnostics.json";

pub(super) const SCRIPT_TEXT: &str = include_str!("live.js");
pub(super) const STYLE_TEXT: &str = include_str!("live.css");

/// What the script reads. An empty `text` means that nothing is wrong.
#[derive(Serialize)]
struct Findings<'a> {
    version: u64,
    title: String,
    text: String,
    close: &'a str,
    /// What is said at the search boxes; empty when the index is that of what is shown.
    search: &'a str,
}

/// The findings of level error as the terminal shows them, and before them why the project could not be read; whether
/// the search index is behind what is shown.
pub(super) fn findings(
    version: u64,
    (diagnostics, failure): (&[Diagnostic], Option<&Text>),
    behind: bool,
    language: Language,
) -> Vec<u8> {
    let errors: Vec<Diagnostic> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .cloned()
        .collect();
    let mut text = failure.map_or_else(String::new, |failure| {
        format!("{}\n\n", failure.get(language))
    });
    text.push_str(&diagnostic::human(&errors, language, false));
    let count = errors.len() + usize::from(failure.is_some());
    let s = if count > 1 { "s" } else { "" };
    let (title, close) = match language {
        Language::Fr => (format!("{count} erreur{s}"), "Fermer"),
        Language::En | Language::Other(_) => (format!("{count} error{s}"), "Close"),
    };
    let catching_up = text!(
        "L’index de la recherche se refait\u{a0}: les dernières modifications n’y sont pas encore.",
        "The search index is catching up: the last changes are not in it yet."
    );
    let findings = Findings {
        version,
        title,
        text,
        close,
        search: if behind {
            catching_up.get(language)
        } else {
            ""
        },
    };
    serde_json::to_vec(&findings).expect("a plain struct serialises")
}

/// A page with the script that follows it; `tag` is the page's mark without the script.
pub(super) fn with_script(mut page: Vec<u8>, tag: &str) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let script = format!("<script src=\"/{SCRIPT}\" data-tag=\"{tag}\" defer></script>");
    let end = page.windows(END.len()).rposition(|window| window == END);
    let end = end.unwrap_or(page.len());
    page.splice(end..end, script.into_bytes());
    page
}

/// A page that stands in for one that cannot be shown: a title, and a text as it is.
pub(super) fn plain_page(title: &str, text: &str) -> Vec<u8> {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><title>{}</title></head><body><pre>{}</pre></body></html>\n",
        escape(title),
        escape(text)
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_goes_before_the_end_of_the_page() {
        let page = with_script(b"<p></body></p></body></html>".to_vec(), "12");
        let expected = "<p></body></p><script src=\"/_carnet/live.js\" data-tag=\"12\" defer></script></body></html>";
        assert_eq!(String::from_utf8(page).unwrap(), expected);
        assert!(with_script(b"x".to_vec(), "1").ends_with(b"defer></script>"));
    }

    #[test]
    fn what_stands_in_is_escaped() {
        let page = String::from_utf8(plain_page("<t>", "</pre><script>&")).unwrap();
        assert!(page.contains("<title>&lt;t>") && page.contains("<pre>&lt;/pre>&lt;script>&amp;"));
    }
}
