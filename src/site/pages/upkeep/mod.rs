//! Keeping the estate in order: what is behind its approved version, past its support, unprotected or overdue,
//! who is trained, what is needed, which manuals there are.

mod block;
mod machines;
mod people;
pub(in crate::site) mod sheet;
mod tasks;

use crate::estate::backups::is_in_use;
use crate::estate::deadlines::days_between;
use crate::estate::upkeep::systems::System;
use crate::estate::upkeep::trainings::Coverage;
use crate::site::context::{Badge, Tone};
use crate::site::page::Page;
use crate::site::pages::desk::figures::Cell;

pub(super) use block::{block, heading, shorten};

use super::finance::{Part, counted};

/// An end of support within so many days is to be prepared.
const SOON: i32 = 365;

/// The tables: key, and the label of the heading.
pub(super) const TABLES: [(&str, &str); 8] = [
    ("tasks", "upkeep-tasks"),
    ("systems", "upkeep-systems"),
    ("updates", "upkeep-updates"),
    ("protection", "upkeep-protection"),
    ("trainings", "upkeep-trainings"),
    ("needs", "upkeep-needs"),
    ("decisions", "upkeep-decisions"),
    ("manuals", "upkeep-manuals"),
];

/// How things are counted.
pub(super) const NOTES: [&str; 5] = [
    "upkeep-versions-counted",
    "upkeep-systems-counted",
    "upkeep-protection-counted",
    "upkeep-trainings-counted",
    "upkeep-tasks-counted",
];

/// A table of the page.
pub(super) fn part(page: &Page<'_>, table: &str) -> Part {
    match table {
        "tasks" => tasks::tasks(page),
        "systems" => machines::systems(page),
        "updates" => machines::updates(page),
        "protection" => machines::protection(page),
        "trainings" => people::trainings(page),
        "needs" => people::needs(page),
        "decisions" => people::decisions(page),
        _ => tasks::manuals(page),
    }
}

/// What is to be done, in numbers.
pub(super) fn figures(page: &Page<'_>) -> Vec<(String, String, Option<Badge>)> {
    let estate = page.estate();
    let upkeep = estate.upkeep();
    let figure = |key, count: usize, tone| {
        let badge = (count > 0).then(|| Badge::new(page.word("to-watch"), tone));
        counted(page, key, count, badge)
    };
    let unsupported = estate.listed("asset").filter(|asset| {
        let system = estate.systems().of(asset);
        is_in_use(asset) && system.is_some_and(|system| system.is_past(estate.as_of))
    });
    let outdated: usize = upkeep
        .updates
        .iter()
        .map(|update| update.outdated.len())
        .sum();
    let unprotected = upkeep.protections.iter().filter(|it| !it.gaps.is_empty());
    let untrained: usize = upkeep.trainings.iter().map(Coverage::left).sum();
    vec![
        figure("upkeep-overdue", tasks::overdue(page), Tone::Danger),
        figure("fleet-unsupported", unsupported.count(), Tone::Danger),
        figure("upkeep-outdated", outdated, Tone::Warning),
        figure("upkeep-gaps", unprotected.count(), Tone::Warning),
        figure("upkeep-untrained", untrained, Tone::Warning),
        counted(page, "upkeep-open-needs", people::open_needs(page), None),
    ]
}

/// Where the support of a system stands.
pub(super) fn support(page: &Page<'_>, system: &System) -> Badge {
    let (_, label, tone) = support_words(page, system);
    Badge::new(page.word(label), tone)
}

/// The same in a table that programs read, too.
pub(super) fn support_cell(page: &Page<'_>, system: &System) -> Cell {
    let (key, label, tone) = support_words(page, system);
    Cell::verdict(key, Badge::new(page.word(label), tone))
}

/// Key, label and tone.
fn support_words(page: &Page<'_>, system: &System) -> (&'static str, &'static str, Tone) {
    let left = system.end.map(|end| days_between(page.estate().as_of, end));
    match left {
        None => ("unknown", "support-unknown", Tone::Neutral),
        Some(days) if days < 0 => ("ended", "support-ended", Tone::Danger),
        Some(days) if days <= SOON => ("ending", "support-ending", Tone::Warning),
        Some(_) => ("running", "support-running", Tone::Success),
    }
}
