//! What the page of a change tells beside its fields: the seven answers, what stands against its
//! window, the commits that carried it.

use crate::estate::changes::{self, SEVEN_R};
use crate::estate::service_hours::{PublicHolidays, name_of};
use crate::estate::service_levels::terms;
use crate::estate::{Record, freezes};
use crate::history::Commit;
use crate::site::context::{Badge, CarriedBy, ChangeNote, ChangeReasons, Reason, Tone, Value};
use crate::site::log::commit::{Extent, site_change};
use crate::site::page::{Page, tone};
use crate::site::value;

use super::change_relations;

/// A change's page lists this many commits, the newest.
const COMMITS: usize = 20;

/// What is told of each.
const OF_CHANGE: Extent = Extent {
    memory: true,
    records: 6,
    folded: 20,
    fields: 8,
    names: 12,
    files: 6,
};

/// A change's seven R in the order of the notes, its type, state and window, and what to mind.
pub(super) fn reasons(page: &Page<'_>, change: &Record) -> ChangeReasons {
    let view = change.view();
    let asked = changes::required(change);
    let reasons: Vec<Reason> = SEVEN_R
        .iter()
        .map(|key| {
            let entry = view.entry(key);
            let label = key.replace('_', "-");
            let is_missing = entry.is_none() && asked.contains(key);
            Reason {
                word: page.word(&format!("r-{label}")),
                question: page.word(&format!("r-{label}-question")),
                answer: entry.map_or(Value::Empty, |entry| {
                    value::entry_value(page, change, &view.fields[entry.field], entry)
                }),
                key: is_missing.then(|| (*key).to_owned()),
            }
        })
        .collect();
    let missing = reasons.iter().filter(|reason| reason.key.is_some());
    ChangeReasons {
        answered: asked.len() - missing.count(),
        asked: asked.len(),
        facts: facts(page, change),
        notes: notes(page, change),
        relations: change_relations::picture(page, change),
        reasons,
    }
}

/// Type in ITIL's words, window, approvals.
fn facts(page: &Page<'_>, change: &Record) -> Vec<(String, String)> {
    let view = change.view();
    let label = |key: &str| {
        let field = change.kind().field(key);
        field.map_or_else(String::new, |(_, field)| {
            field.labels.get(page.language).to_owned()
        })
    };
    let mut facts = Vec::new();
    if let Some(choice) = view.choice("type") {
        let itil = match choice.key.as_str() {
            "routine" | "pre-approved" => Some("itil-standard"),
            "normal" => Some("itil-normal"),
            "urgent" => Some("itil-emergency"),
            _ => None,
        };
        let own = choice.labels.get(page.language);
        let text = itil.map_or_else(
            || own.to_owned(),
            |itil| format!("{own} ({})", page.word(itil)),
        );
        facts.push((label("type"), text));
    }
    if let Some(choice) = view.choice("status") {
        let text = choice.labels.get(page.language).to_owned();
        facts.push((label("status"), text));
    }
    if let Some(window) = changes::window(change) {
        let [start, end] = [window.start, window.end].map(|at| page.date_time(at).text);
        facts.push((page.word("change-window"), format!("{start} → {end}")));
    }
    let decisions: Vec<_> = view
        .structures("approvals")
        .filter_map(|line| line.choice("decision"))
        .collect();
    let labels = [
        ("approved", "approvals-approved"),
        ("waiting", "approvals-waiting"),
        ("refused", "approvals-refused"),
    ];
    let counted = labels.into_iter().filter_map(|(key, label)| {
        let count = decisions.iter().filter(|choice| choice.key == key).count();
        (count > 0).then(|| page.count(label, count))
    });
    let approvals = counted.collect::<Vec<_>>().join(", ");
    if !approvals.is_empty() {
        facts.push((label("approvals"), approvals));
    }
    facts
}

/// What stands against the window of a change: freezes, other changes, public holidays.
pub(super) fn notes(page: &Page<'_>, change: &Record) -> Vec<ChangeNote> {
    let estate = page.estate();
    let is_urgent = changes::is_urgent(change);
    let mut notes = Vec::new();
    for freeze in freezes::of_change(estate, change) {
        let exempt = if is_urgent {
            format!(" — {}", page.word("freeze-urgent"))
        } else {
            String::new()
        };
        let badge_tone = if is_urgent { Tone::Info } else { Tone::Danger };
        notes.push(ChangeNote {
            badge: Badge::new(page.word("freeze"), badge_tone),
            text: format!("{}{exempt}", freeze.name),
            link: Some(page.link(freeze.organisation)),
        });
    }
    for clash in changes::clashes(estate, change) {
        let over = clash.over.iter().map(|id| estate.record(*id).title.clone());
        notes.push(ChangeNote {
            badge: Badge::new(page.word("clash"), Tone::Danger),
            text: over.collect::<Vec<_>>().join(", "),
            link: Some(page.link_with_id(clash.with)),
        });
    }
    if let Some(window) = changes::window(change) {
        let holidays = terms::holidays(estate, None, change);
        let (first, last) = (window.start.date(), window.end.date());
        // A window of weeks meets some whatever one does.
        let is_short = crate::estate::deadlines::days_between(first, last).abs() <= 7;
        let days = years(first.year(), last.year(), holidays);
        for day in days.filter(|day| is_short && (first..=last).contains(day)) {
            notes.push(ChangeNote {
                badge: Badge::new(page.word("public-holiday"), Tone::Warning),
                text: match name_of(day, page.language) {
                    Some(name) => format!("{} — {name}", page.long_date(day).text),
                    None => page.long_date(day).text,
                },
                link: None,
            });
        }
    }
    notes
}

/// The public holidays of some years.
pub(super) fn years(
    first: i16,
    last: i16,
    holidays: PublicHolidays,
) -> impl Iterator<Item = jiff::civil::Date> {
    (first..=last).flat_map(move |year| holidays.in_year(year))
}

/// How far a change has come, as a badge.
pub(super) fn state(page: &Page<'_>, change: &Record) -> Option<Badge> {
    let status = change.view().choice("status")?;
    Some(Badge::new(
        status.labels.get(page.language),
        tone(status.tone),
    ))
}

/// The commits whose trailer names the change, with the records and fields that they altered; `None`
/// where no commit does.
pub(super) fn carried_by(page: &Page<'_>, change: &Record) -> Option<CarriedBy> {
    let commits = page.estate().history.commits();
    let places = page.site.known().carriers(change.id);
    let shown = places.iter().take(COMMITS);
    let shown = shown.map(|place| -> &Commit { &commits[*place] });
    let entries: Vec<_> = shown
        .map(|commit| site_change(page, commit, None, OF_CHANGE))
        .collect();
    (!entries.is_empty()).then(|| CarriedBy {
        more: places.len() - entries.len(),
        entries,
    })
}
