//! Incidents that come back, each group with what to write to open its problem.

use crate::estate::desk::{Suggestion, snippet};
use crate::site::context::SuggestedProblem;
use crate::site::page::Page;

use super::figures::time;

/// The page tells this many; the CSV has all.
const MOST: usize = 10;

/// The suggested problems, most incidents first.
pub(super) fn suggestions(page: &Page<'_>) -> Vec<SuggestedProblem> {
    let all = page.estate().desk().recurring.iter();
    all.take(MOST)
        .map(|suggestion| suggested(page, suggestion))
        .collect()
}

fn suggested(page: &Page<'_>, suggestion: &Suggestion) -> SuggestedProblem {
    let estate = page.estate();
    let subject = estate.record(suggestion.subject);
    let title = page
        .word("desk-suggested-title")
        .replace("{category}", &suggestion.category)
        .replace("{subject}", &subject.title);
    let facts = page
        .word("desk-suggested-facts")
        .replace("{count}", &suggestion.tickets.len().to_string())
        .replace("{first}", &super::day(page, suggestion.first))
        .replace("{last}", &super::day(page, suggestion.last))
        .replace("{spent}", &time(suggestion.spent, page.language));
    let tickets = suggestion.tickets.iter().map(|id| {
        let ticket = estate.record(*id);
        page.link(ticket).hint(&ticket.source.id)
    });
    SuggestedProblem {
        snippet: snippet(estate, suggestion, &title),
        title,
        subject: page.link_with_id(subject),
        facts,
        tickets: tickets.collect(),
    }
}
