//! A suggested problem as YAML, ready to be put in a file of `inventory/problems/`.

use std::fmt::Write as _;

use crate::estate::{Estate, RecordId};

use super::Suggestion;

/// The lines of a new problem record under a title: its links are filled in, its symptoms are the
/// titles of the incidents, and its id is the next of the year.
pub fn snippet(estate: &Estate, suggestion: &Suggestion, title: &str) -> String {
    let mut yaml = String::new();
    let mut line = |key: &str, value: &str| {
        let lead = if key == "id" { "- " } else { "  " };
        // Writing to a String cannot fail.
        let _ = writeln!(yaml, "{lead}{key}: {value}");
    };
    line("id", &next_id(estate, suggestion));
    line("title", &quoted(title));
    line("status", "new");
    line("category", &quoted(&suggestion.category));
    line("opened", &estate.as_of.to_string());
    let organisation = suggestion.organisation.as_slice();
    if let [organisation] = organisation {
        line("organisation", &estate.record(*organisation).source.id);
    }
    let lists = [
        ("assets", &suggestion.assets),
        ("services", &suggestion.services),
        ("tickets", &suggestion.tickets),
    ];
    for (key, ids) in lists.into_iter().filter(|(_, ids)| !ids.is_empty()) {
        line(key, &format!("[{}]", list(estate, ids)));
    }
    line("symptoms", "|");
    for ticket in &suggestion.tickets {
        let ticket = estate.record(*ticket);
        let _ = writeln!(yaml, "    - {} ({})", ticket.title, ticket.source.id);
    }
    yaml
}

fn list(estate: &Estate, ids: &[RecordId]) -> String {
    let ids = ids.iter().map(|id| estate.record(*id).source.id.as_str());
    ids.collect::<Vec<_>>().join(", ")
}

/// The text as a double-quoted scalar.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The next number of the year after those in use (`prb-2026-04` → `prb-2026-05`), each suggestion its own.
fn next_id(estate: &Estate, suggestion: &Suggestion) -> String {
    let start = format!("prb-{}-", estate.as_of.year());
    let numbers = estate.of_kind("problem").iter().filter_map(|problem| {
        let number = problem.source.id.strip_prefix(&start)?;
        Some((number.parse::<usize>().ok()?, number.len()))
    });
    let (last, width) = numbers.max().unwrap_or((0, 2));
    let mut suggestions = estate.desk().recurring.iter();
    let place = suggestions.position(|other| other == suggestion);
    format!("{start}{:0width$}", last + 1 + place.unwrap_or_default())
}
