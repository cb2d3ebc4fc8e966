//! Rows of the tables on backups, and the words for what is late or missing.

use crate::estate::backups::{Age, Coverage, Job, RestoreTest};
use crate::estate::{Estate, Record};
use crate::schema::Choice;
use crate::site::context::{Badge, Row, Tone, Value};
use crate::site::page::{Page, tone};

/// What the files tell of each: key, and the end of its label `backup-<…>`.
pub(super) const FIGURES: [(&str, &str); 10] = [
    ("jobs", "jobs"),
    ("last_success", "success"),
    ("late", "late"),
    ("last_restore_test", "test"),
    ("untested", "untested"),
    ("copies", "copies"),
    ("media", "media"),
    ("offsite", "offsite"),
    ("offline", "offline"),
    ("complete", "rule"),
];

/// The cells of [`FIGURES`].
pub(super) fn figures(
    estate: &Estate,
    coverage: &Coverage,
    yes_or_no: impl Fn(bool) -> String,
) -> Vec<String> {
    let jobs = jobs(estate, coverage);
    let media: Vec<&str> = coverage.media.iter().map(String::as_str).collect();
    let last = jobs.iter().filter_map(|job| job.last_success).max();
    let test = jobs.iter().filter_map(|job| tested(estate, job)).max();
    vec![
        jobs.len().to_string(),
        last.map_or_else(String::new, |last| last.to_string()),
        // Where no job says how old its last run may be, nobody can tell.
        if jobs.iter().any(|job| job.age != Age::Unjudged) {
            yes_or_no(jobs.iter().any(|job| job.is_late()))
        } else {
            String::new()
        },
        test.map_or_else(String::new, |test| test.to_string()),
        yes_or_no(jobs.iter().any(|job| job.is_untested())),
        coverage.count().to_string(),
        media.join(" "),
        yes_or_no(coverage.is_offsite()),
        yes_or_no(coverage.is_offline()),
        yes_or_no(coverage.is_complete()),
    ]
}

/// The jobs at work that cover it.
pub(super) fn jobs<'a>(estate: &'a Estate, coverage: &Coverage) -> Vec<&'a Job> {
    let all = &estate.backups().jobs;
    coverage.jobs.iter().filter_map(|id| all.get(id)).collect()
}

fn tested(estate: &Estate, job: &Job) -> Option<jiff::civil::Date> {
    estate.record(job.record).view().date("last_restore_test")
}

/// What a record is: its type, else its kind.
pub(super) fn kind(page: &Page<'_>, record: &Record) -> String {
    let labels = record
        .view()
        .choice("type")
        .map_or(&record.kind().labels, |choice| &choice.labels);
    labels.get(page.language).to_owned()
}

pub(super) fn of_target(page: &Page<'_>, coverage: &Coverage) -> Row {
    let estate = page.estate();
    let record = estate.record(coverage.target);
    let jobs = jobs(estate, coverage);
    let count = |number: usize| Value::number(number.to_string(), number.to_string());
    let media = coverage.media.iter().map(|key| medium(page, key));
    let cells = vec![
        Value::link(page.link_with_id(record)),
        Value::Badge {
            badge: verdict(page, coverage),
        },
        choice(page, record.view().choice("criticality")),
        newest(page, &jobs),
        restore_of(page, &jobs),
        count(coverage.count()),
        Value::text(media.collect::<Vec<_>>().join(", ")),
        if coverage.copies.is_empty() {
            Value::Empty
        } else {
            Value::text(places_of(page, coverage))
        },
        Value::text(kind(page, record)),
        count(jobs.len()),
    ];
    Row { cells }
}

fn newest(page: &Page<'_>, jobs: &[&Job]) -> Value {
    let late = jobs.iter().filter(|job| job.is_late()).count();
    let badge = (late > 0).then(|| Badge::new(page.count("backup-late-jobs", late), Tone::Danger));
    let last = jobs.iter().filter_map(|job| job.last_success).max();
    match (last, badge) {
        (Some(last), badge) => Value::Date {
            date: page.date(last.date()),
            badge,
        },
        (None, Some(badge)) => Value::Badge { badge },
        (None, None) => Value::Empty,
    }
}

/// The latest restore among some jobs; how many were never tested, or too long ago.
fn restore_of(page: &Page<'_>, jobs: &[&Job]) -> Value {
    let due = jobs.iter().filter(|job| job.is_untested()).count();
    let badge = (due > 0).then(|| Badge::new(page.count("backup-due-tests", due), Tone::Warning));
    let last = jobs.iter().filter_map(|job| tested(page.estate(), job));
    match (last.max(), badge) {
        (Some(last), badge) => Value::Date {
            date: page.date(last),
            badge,
        },
        (None, Some(badge)) => Value::Badge { badge },
        (None, None) => Value::Empty,
    }
}

pub(super) fn of_job(page: &Page<'_>, job: &Job) -> Row {
    let estate = page.estate();
    let record = estate.record(job.record);
    let view = record.view();
    let most = view.duration("max_age");
    let next = match job.restore {
        RestoreTest::Good(due) => Value::Date {
            date: page.date(due),
            badge: None,
        },
        RestoreTest::Late(due) => Value::Date {
            date: page.date(due),
            badge: Some(Badge::new(page.word("backup-late"), Tone::Warning)),
        },
        RestoreTest::Once(_) | RestoreTest::Never => Value::Empty,
    };
    let says = |key| view.boolean(key);
    let unsaid = || Value::badge(page.word("backup-age-unsaid"), Tone::Warning);
    let cells = vec![
        Value::link(page.link(record)),
        success(page, job),
        most.map_or_else(unsaid, |most| Value::text(most.text(page.language))),
        restore(page, job),
        next,
        destination(page, record),
        Value::text(places(page, says("offsite"), says("offline"))),
    ];
    Row { cells }
}

/// The last good run of a job, and whether it is too old.
pub(super) fn success(page: &Page<'_>, job: &Job) -> Value {
    let late = job
        .is_late()
        .then(|| Badge::new(page.word("backup-late"), Tone::Danger));
    match job.last_success {
        Some(last) => Value::Date {
            date: page.date(last.date()),
            badge: late,
        },
        None => Value::badge(page.word("backup-never-ran"), Tone::Danger),
    }
}

/// The last restore test of a job.
pub(super) fn restore(page: &Page<'_>, job: &Job) -> Value {
    let due = job
        .is_untested()
        .then(|| Badge::new(page.word("backup-due"), Tone::Warning));
    match tested(page.estate(), job) {
        Some(day) => Value::Date {
            date: page.date(day),
            badge: due,
        },
        None => Value::badge(page.word("backup-never-tested"), Tone::Warning),
    }
}

/// Where a job saves to, with the medium.
pub(super) fn destination(page: &Page<'_>, job: &Record) -> Value {
    let medium = job.view().choice("media");
    let medium = medium.map(|choice| choice.labels.get(page.language).to_owned());
    match (page.estate().first(job, "destination"), medium) {
        (Some(place), Some(medium)) => Value::link(page.link(place).hint(medium)),
        (Some(place), None) => Value::link(page.link(place)),
        (None, Some(medium)) => Value::text(medium),
        (None, None) => Value::Empty,
    }
}

/// Why a job is late, in words.
pub(super) fn lateness(page: &Page<'_>, job: &Job) -> String {
    match job.age {
        Age::Late(due) => {
            let due = page.date_time(due).text;
            page.word("backup-run-due").replace("{date}", &due)
        }
        _ => page.word("backup-never-ran"),
    }
}

/// « hors site, hors ligne », that it is on the spot, or that nobody said where it is.
pub(super) fn places(page: &Page<'_>, offsite: Option<bool>, offline: Option<bool>) -> String {
    let words = [
        (offsite, "backup-is-offsite"),
        (offline, "backup-is-offline"),
    ];
    let words = words.iter().filter(|(is, _)| *is == Some(true));
    let words: Vec<String> = words.map(|(_, key)| page.word(key)).collect();
    if !words.is_empty() {
        words.join(", ")
    } else if offsite == Some(false) {
        page.word("backup-on-the-spot")
    } else {
        page.word("backup-place-unsaid")
    }
}

/// Where the copies of one thing are, for [`places`].
pub(super) fn places_of(page: &Page<'_>, coverage: &Coverage) -> String {
    let yes = |is: bool| is.then_some(true);
    let offsite = yes(coverage.is_offsite()).or(coverage.is_on_the_spot().then_some(false));
    places(page, offsite, yes(coverage.is_offline()))
}

/// Whether the rule 3-2-1 is kept, and what it lacks.
pub(super) fn verdict(page: &Page<'_>, coverage: &Coverage) -> Badge {
    if coverage.jobs.is_empty() {
        return Badge::new(page.word("backup-none-covers"), Tone::Danger);
    }
    if coverage.is_complete() {
        return Badge::new(page.word("backup-kept"), Tone::Success);
    }
    let copies = 3_usize.saturating_sub(coverage.count());
    let mut lacks = Vec::new();
    if copies > 0 {
        lacks.push(page.count("backup-lacks-copies", copies));
    }
    if coverage.media.len() < 2 {
        lacks.push(page.word("backup-lacks-medium"));
    }
    if !coverage.is_offsite() {
        lacks.push(page.word("backup-lacks-offsite"));
    }
    let lacks = lacks.join(", ");
    Badge::new(
        page.word("backup-lacks").replace("{what}", &lacks),
        Tone::Warning,
    )
}

pub(super) fn medium(page: &Page<'_>, key: &str) -> String {
    let kind = page.estate().schema.kind("backup");
    let choices = kind.and_then(|kind| kind.field("media"));
    let choices = choices.map_or(&[][..], |(_, field)| field.choices());
    let choice = choices.iter().find(|choice| choice.key == key);
    choice.map_or_else(
        || key.to_owned(),
        |choice| choice.labels.get(page.language).to_owned(),
    )
}

fn choice(page: &Page<'_>, choice: Option<&Choice>) -> Value {
    choice.map_or(Value::Empty, |choice| {
        Value::badge(choice.labels.get(page.language), tone(choice.tone))
    })
}
