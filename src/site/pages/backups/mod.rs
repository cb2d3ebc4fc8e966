//! The coverage by backups of the whole estate: what is not saved, what is late, what was never restored,
//! and 3-2-1 by what is saved.

mod block;
mod rows;

pub(super) use block::{block, heading};

use crate::estate::backups::{Age, Coverage, Job, RestoreTest};
use crate::estate::{Estate, RecordId};
use crate::format;
use crate::site::context::{
    BackupCoverageContext, Badge, Column, Link, Question, Row, TableSection, Tone,
};
use crate::site::page::Page;
use crate::site::templates::TemplateError;
use crate::site::{export, frame};

/// The table for people.
pub(in crate::site) const PEOPLE_CSV: &str = "backups/coverage/coverage.csv";
/// The table for machines.
pub(in crate::site) const CSV: &str = "data/backup-coverage.csv";

/// A question lists this many; the tables have all of them.
const MOST_ANSWERS: usize = 20;
/// A table shows this many rows, the worst first; the files have all of them.
const MOST_ROWS: usize = 500;

/// Columns of the table by what is saved, which are also labels `backup-<key>`.
const BY_TARGET: [&str; 10] = [
    "target",
    "rule",
    "criticality",
    "success",
    "test",
    "copies",
    "media",
    "offsite",
    "kind",
    "jobs",
];
/// Columns of the table by job.
const BY_JOB: [&str; 7] = [
    "job",
    "success",
    "max-age",
    "test",
    "next-test",
    "destination",
    "offsite",
];

/// Words that the page explains: labels `backup-<term>` and `backup-<term>-meaning`.
const TERMS: [&str; 6] = ["target", "copies", "media", "offsite", "late", "rule"];

/// Whether the estate has the page: backups are kept in it.
pub(in crate::site) fn exists(estate: &Estate) -> bool {
    !estate.backups().is_empty()
}

/// Renders the page.
pub(in crate::site) fn coverage(page: &Page<'_>) -> Result<String, TemplateError> {
    let estate = page.estate();
    let kind = estate.schema.kind("backup");
    let list = kind.map_or("", |kind| kind.plural.get(page.language));
    let parents = vec![frame::home(page), Link::new(list, page.to("backups/"))];
    let frame = frame::frame(page, &page.word("backup-coverage"), parents);
    let sorted = sorted(estate);
    let complete = sorted.iter().filter(|it| it.is_complete()).count();
    let rule = page
        .count("backup-complete", complete)
        .replace("{all}", &sorted.len().to_string());
    let context = BackupCoverageContext {
        frame,
        questions: questions(page, &sorted),
        rule,
        tables: vec![by_target(page, &sorted), by_job(page)],
        files: vec![
            Link::new(page.word("csv"), page.to(PEOPLE_CSV)),
            Link::new(page.word("backup-data"), page.to(CSV)),
        ],
        definitions: TERMS
            .map(|term| {
                let word = format!("backup-{term}");
                (page.word(&word), page.word(&format!("{word}-meaning")))
            })
            .to_vec(),
    };
    page.render("backup-coverage.html", &context)
}

/// What is saved or should be, the worst first, then by name.
fn sorted(estate: &Estate) -> Vec<&Coverage> {
    let backups = estate.backups();
    let any = |coverage: &Coverage, is: fn(&Job) -> bool| {
        let jobs = coverage.jobs.iter();
        jobs.filter_map(|id| backups.jobs.get(id)).any(is)
    };
    let mut all: Vec<&Coverage> = backups.coverage.values().collect();
    all.sort_by_cached_key(|coverage| {
        let is_well = [
            !coverage.jobs.is_empty(),
            !any(coverage, Job::is_late),
            !any(coverage, Job::is_untested),
            coverage.is_complete(),
        ];
        let title = &estate.record(coverage.target).title;
        (is_well, crate::fold::fold(title), coverage.target)
    });
    all
}

fn questions(page: &Page<'_>, sorted: &[&Coverage]) -> Vec<Question> {
    let estate = page.estate();
    let jobs = || estate.backups().jobs.values();
    let unprotected = sorted.iter().filter(|it| it.jobs.is_empty());
    let unprotected = unprotected.map(|it| (it.target, rows::kind(page, estate.record(it.target))));
    let late = jobs().filter(|job| job.is_late());
    let late = late.map(|job| (job.record, rows::lateness(page, job)));
    let unjudged = jobs().filter(|job| job.at_work && job.age == Age::Unjudged);
    let unjudged: Vec<_> = unjudged.map(|job| (job.record, String::new())).collect();
    let never = |job: &&Job| job.at_work && job.restore == RestoreTest::Never;
    let never = jobs().filter(never).map(|job| (job.record, String::new()));
    let due = jobs().filter_map(|job| match job.restore {
        RestoreTest::Late(due) if job.at_work => {
            let due = format::short_date(due, page.language);
            let text = page.word("backup-test-due").replace("{date}", &due);
            Some((job.record, text))
        }
        _ => None,
    });
    vec![
        question(page, "unprotected", Tone::Danger, unprotected.collect()),
        question(page, "late", Tone::Danger, late.collect()),
        question(page, "unjudged", Tone::Warning, unjudged),
        question(page, "untested", Tone::Warning, never.chain(due).collect()),
    ]
}

fn question(page: &Page<'_>, key: &str, tone: Tone, found: Vec<(RecordId, String)>) -> Question {
    let count = found.len();
    let tone = if count == 0 { Tone::Success } else { tone };
    let number = format::integer(i64::try_from(count).unwrap_or(i64::MAX), page.language);
    let answers = found.into_iter().take(MOST_ANSWERS);
    Question {
        id: key.to_owned(),
        title: page.word(&format!("backup-{key}")),
        badge: Badge::new(number, tone),
        answers: answers
            .map(|(id, about)| (page.link_with_id(page.estate().record(id)), about))
            .collect(),
        more: (count > MOST_ANSWERS).then(|| page.count("and-more", count - MOST_ANSWERS)),
        none: page.word(&format!("backup-{key}-none")),
    }
}

fn by_target(page: &Page<'_>, sorted: &[&Coverage]) -> TableSection {
    let rows = sorted.iter().take(MOST_ROWS);
    TableSection {
        id: "by-target".to_owned(),
        title: page.word("backup-by-target"),
        columns: columns(page, &BY_TARGET),
        rows: rows.map(|it| rows::of_target(page, it)).collect(),
        total: Vec::new(),
    }
}

fn by_job(page: &Page<'_>) -> TableSection {
    let jobs = page.estate().backups().jobs.values();
    let rows: Vec<Row> = jobs
        .filter(|job| job.at_work)
        .take(MOST_ROWS)
        .map(|job| rows::of_job(page, job))
        .collect();
    TableSection {
        id: "by-job".to_owned(),
        title: page.word("backup-by-job"),
        columns: columns(page, &BY_JOB),
        rows,
        total: Vec::new(),
    }
}

fn columns(page: &Page<'_>, keys: &[&str]) -> Vec<Column> {
    let column = |key: &&str| Column {
        key: (*key).to_owned(),
        label: page.word(&format!("backup-{key}")),
        numeric: matches!(*key, "jobs" | "copies"),
        facet: matches!(*key, "kind" | "criticality" | "destination" | "offsite"),
        order: Vec::new(),
        sorted: None,
    };
    keys.iter().map(column).collect()
}

/// The table by what is saved, for people.
pub(in crate::site) fn people_csv(page: &Page<'_>) -> Vec<u8> {
    let head: Vec<String> = ["target", "kind", "criticality"]
        .into_iter()
        .chain(rows::FIGURES.map(|(_, label)| label))
        .map(|key| page.word(&format!("backup-{key}")))
        .collect();
    let all = sorted(page.estate());
    let rows = all.iter().map(|coverage| {
        let record = page.estate().record(coverage.target);
        let criticality = record.view().choice("criticality");
        let criticality = criticality.map_or("", |choice| choice.labels.get(page.language));
        let mut cells = vec![
            record.title.clone(),
            rows::kind(page, record),
            criticality.to_owned(),
        ];
        let yes_or_no = |yes| page.word(if yes { "yes" } else { "no" });
        cells.extend(rows::figures(page.estate(), coverage, yes_or_no));
        cells
    });
    export::people_table(&head, rows, page.language)
}

/// The table by what is saved, for machines: ids, ISO dates, keys.
pub(in crate::site) fn csv(estate: &Estate) -> Vec<u8> {
    let mut head = vec!["id", "kind", "type", "criticality", "holds_data"];
    head.extend(rows::FIGURES.map(|(key, _)| key));
    let rows = estate.backups().coverage.values().map(|coverage| {
        let record = estate.record(coverage.target);
        let choice = |key: &str| {
            let choice = record.view().choice(key);
            choice.map_or_else(String::new, |choice| choice.key.clone())
        };
        let mut cells = vec![
            record.source.id.clone(),
            record.kind().name.clone(),
            choice("type"),
            choice("criticality"),
            coverage.holds_data.to_string(),
        ];
        cells.extend(rows::figures(estate, coverage, |yes| yes.to_string()));
        cells
    });
    export::machine_table(&head, rows)
}
