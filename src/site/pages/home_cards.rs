//! The cards of the home page for those who steer and those who keep the site true: a few figures each, and the
//! page that has the rest.

use crate::estate::deadlines;
use crate::estate::service_levels::TicketClocks;
use crate::site::context::{Badge, HomeCard, Link, LinkedFigure, Tone};
use crate::site::page::Page;

use super::finance::Ledger;
use super::{desk, quality, service_levels};

/// A card names this many records.
const MOST_LINES: usize = 5;

/// For those who steer: promises and budgets. The deadlines stand beside them.
pub(super) fn steering(page: &Page<'_>) -> Vec<HomeCard> {
    [promises(page), budgets(page)]
        .into_iter()
        .flatten()
        .collect()
}

/// For those who write: what lacks, what contradicts itself, what nobody has read again.
pub(super) fn upkeep(page: &Page<'_>) -> Vec<HomeCard> {
    [findings(page), reviews(page)]
        .into_iter()
        .flatten()
        .collect()
}

/// The promises on tickets: those over while the ticket waits, and those missed in the month of the site's day.
fn promises(page: &Page<'_>) -> Option<HomeCard> {
    let estate = page.estate();
    let promised: Vec<&TicketClocks> = estate
        .service_levels()
        .all()
        .map(|(_, clocks)| clocks)
        .filter(|clocks| clocks.clocks().next().is_some())
        .collect();
    if promised.is_empty() {
        return None;
    }
    let month = estate.as_of.first_of_month();
    let opened: Vec<_> = promised
        .iter()
        .filter(|clocks| clocks.opened.date().first_of_month() == month)
        .collect();
    let missed = opened.iter().filter(|clocks| clocks.is_missed()).count();
    let bad = |count: usize| (count > 0).then(|| Badge::new(page.word("to-watch"), Tone::Danger));
    let figure = |word: &str, count: usize, list: String, badge: Option<Badge>| LinkedFigure {
        label: Link {
            text: page.word(word),
            url: (count > 0).then_some(list),
            hint: None,
        },
        value: page.number(count),
        badge,
    };
    let late = service_levels::late(page);
    // The month's tickets in the list, where script narrows it; those that missed theirs stand together.
    let month_list = format!("{}?opened={}", page.to("tickets/"), month.strftime("%Y-%m"));
    let missed_list = format!("{month_list}&sort=service-level");
    let figures = vec![
        figure(
            "home-late",
            late,
            service_levels::late_list(page),
            bad(late),
        ),
        figure("home-missed", missed, missed_list, bad(missed)),
        figure("home-promised", opened.len(), month_list, None),
    ];
    Some(HomeCard {
        id: "promises",
        title: page.word("home-promises"),
        figures,
        more: desk::link(page),
        ..HomeCard::default()
    })
}

/// What the budgets of the year have left.
fn budgets(page: &Page<'_>) -> Option<HomeCard> {
    Ledger::Budgets.exists(page.estate()).then(|| HomeCard {
        id: "budgets",
        title: page.word("home-budgets"),
        figures: Ledger::Budgets
            .figures(page)
            .into_iter()
            .map(|(text, value, badge)| LinkedFigure {
                label: Link {
                    text,
                    ..Link::default()
                },
                value,
                badge,
            })
            .collect(),
        more: Some(Link::new(
            page.word(Ledger::Budgets.title()),
            page.to(Ledger::Budgets.url()),
        )),
        ..HomeCard::default()
    })
}

/// The questions of the quality page, each with its count.
fn findings(page: &Page<'_>) -> Option<HomeCard> {
    quality::exists(page.estate()).then(|| HomeCard {
        id: "findings",
        title: page.word("quality"),
        lines: quality::counts(page),
        more: Some(quality::link(page)),
        ..HomeCard::default()
    })
}

/// The records whose review is past, the oldest first.
fn reviews(page: &Page<'_>) -> Option<HomeCard> {
    let estate = page.estate();
    let mut overdue: Vec<_> = estate
        .records()
        .iter()
        .filter_map(|record| Some((deadlines::review_overdue(estate, record)?, record)))
        .collect();
    overdue.sort_by_key(|(date, record)| (*date, record.id));
    let count = overdue.len();
    let lines = overdue.into_iter().take(MOST_LINES).map(|(date, record)| {
        let days = deadlines::days_between(estate.as_of, date);
        let owner = deadlines::responsible(estate, record).map(|owner| owner.title.clone());
        let link = page.link(record);
        let link = match owner {
            Some(owner) => link.hint(owner),
            None => link,
        };
        (link, page.nearness(days))
    });
    (count > 0).then(|| HomeCard {
        id: "reviews",
        title: page.word("home-reviews"),
        lines: lines.collect(),
        note: (count > MOST_LINES).then(|| page.count("and-more", count - MOST_LINES)),
        more: super::deadlines::link(page),
        ..HomeCard::default()
    })
}
