//! The matrix of access rights: groups and people by resource, then what is too wide, overdue or in conflict.

mod files;
mod matrix;
pub(super) mod topics;

use crate::estate::rights::conflicts::{conflicts, pairs};
use crate::estate::rights::{Issue, Level, Right};
use crate::estate::{Estate, Record, RecordId};
use crate::site::context::{
    Badge, Column, Link, LinkedFigure, ReviewContext, ReviewSection, Tone, Value,
};
use crate::site::frame;
use crate::site::page::{Page, tone};
use crate::site::templates::TemplateError;

use super::accounts::{head, heading, named as section};

pub(in crate::site) use files::{DATA, FILE, data_csv, people_csv};

/// A table of the page has this many rows.
const SHOWN: usize = 25;

/// Whether there is anything to show.
pub(in crate::site) fn exists(estate: &Estate) -> bool {
    estate.listed("access-right").next().is_some()
}

/// Renders the matrix.
pub(in crate::site) fn render(page: &Page<'_>) -> Result<String, TemplateError> {
    let kind = page.estate().schema.kind("access-right");
    let list = kind.map(|kind| {
        let name = kind.plural.get(page.language);
        Link::new(name, page.to(&format!("{}/", kind.folder)))
    });
    let parents = std::iter::once(frame::home(page)).chain(list);
    let mut frame = frame::frame(page, &page.word("rights-matrix"), parents.collect());
    let mut sections = matrix::sections(page);
    sections.extend(issue_sections(page));
    sections.extend(duties(page));
    frame.contents = sections.iter().map(heading).collect();
    let context = ReviewContext {
        lead: vec![lead(page), page.word("rights-read")],
        files: vec![
            Link::new(page.word("csv"), page.to(FILE)),
            Link::new(page.word("csv-data"), page.to(DATA)),
        ],
        views: Vec::new(),
        figures: figures(page),
        sections,
        frame,
    };
    page.render("review.html", &context)
}

fn lead(page: &Page<'_>) -> String {
    let rights = page.estate().rights();
    let day = page.long_date(page.estate().as_of).text;
    page.word("rights-lead")
        .replace("{day}", &day)
        .replace("{rights}", &page.count("rights-count", rights.all.len()))
        .replace(
            "{resources}",
            &page.count("rights-resources", rights.resources.len()),
        )
}

fn figures(page: &Page<'_>) -> Vec<LinkedFigure> {
    let rights = page.estate().rights();
    let figure = |label: String, count: usize, badge: Option<Badge>| LinkedFigure {
        label: Link {
            text: label,
            ..Link::default()
        },
        value: count.to_string(),
        badge: badge.filter(|_| count > 0),
    };
    let shown = [
        Issue::TooWide,
        Issue::ReviewOverdue,
        Issue::Unapproved,
        Issue::Double,
    ];
    let mut figures: Vec<LinkedFigure> = shown
        .map(|issue| {
            let count = rights.with(issue).count();
            figure(name(page, issue), count, Some(badge(page, issue)))
        })
        .into();
    let found = conflicts(page.estate()).len();
    let grave = Badge::new(page.word("accounts-now"), Tone::Danger);
    figures.push(figure(page.word("rights-conflicts"), found, Some(grave)));
    figures
}

/// An issue in words.
fn name(page: &Page<'_>, issue: Issue) -> String {
    page.word(&format!("right-{}", issue.key()))
}

/// How an issue stands.
fn badge(page: &Page<'_>, issue: Issue) -> Badge {
    if issue.is_grave() {
        Badge::new(page.word("accounts-now"), Tone::Danger)
    } else {
        Badge::new(page.word("accounts-look"), Tone::Warning)
    }
}

/// All that was looked for, then the rights that something is wrong with.
fn issue_sections(page: &Page<'_>) -> Vec<ReviewSection> {
    let rights = page.estate().rights();
    let rows = Issue::ALL.map(|issue| {
        let count = rights.with(issue).count();
        let verdict = if count == 0 {
            Badge::new(page.word("accounts-none"), Tone::Success)
        } else {
            badge(page, issue)
        };
        vec![
            Value::text(name(page, issue)),
            Value::number(count.to_string(), count.to_string()),
            Value::Badge { badge: verdict },
            Value::text(page.word(&format!("right-{}-meaning", issue.key()))),
        ]
    });
    let mut columns = heads(
        page,
        &[
            "accounts-looked-for",
            "rights",
            "accounts-verdict",
            "accounts-means",
        ],
    );
    columns[1].numeric = true;
    let checked = section(page, "rights-checked", columns, rows.into());
    let wrong: Vec<&Right> = rights
        .all
        .iter()
        .filter(|right| !right.issues.is_empty())
        .collect();
    let mut sections = vec![checked];
    if !wrong.is_empty() {
        sections.push(wrong_section(page, wrong));
    }
    sections
}

fn wrong_section(page: &Page<'_>, mut wrong: Vec<&Right>) -> ReviewSection {
    let estate = page.estate();
    wrong.sort_by_key(|right| (right.issues.first().copied(), right.record));
    let more = wrong.len().saturating_sub(SHOWN);
    let rows = wrong.into_iter().take(SHOWN).map(|right| {
        let record = estate.record(right.record);
        let badges = right.issues.iter().map(|issue| Value::Badge {
            badge: Badge::new(name(page, *issue), badge(page, *issue).tone),
        });
        vec![
            Value::link(page.link(record)),
            Value::link(page.link(estate.record(right.subject))),
            level(page, record),
            Value::List {
                items: badges.collect(),
            },
            review(page, record),
        ]
    });
    let keys = [
        "rights-right",
        "rights-subject",
        "rights-level",
        "accounts-issues",
        "rights-review",
    ];
    let rows = rows.collect();
    let mut section = section(page, "rights-wrong", heads(page, &keys), rows);
    if more > 0 {
        section.points = vec![page.count("and-more", more)];
    }
    section
}

/// The day by which a right is to be reviewed.
fn review(page: &Page<'_>, record: &Record) -> Value {
    let day = record.view().date("review_by");
    day.map_or(Value::Empty, |day| {
        let days = crate::estate::deadlines::days_between(page.estate().as_of, day);
        Value::Date {
            date: page.date(day),
            badge: (days < 0).then(|| page.nearness(days)),
        }
    })
}

/// The level of a right, as the schema calls it.
fn level(page: &Page<'_>, right: &Record) -> Value {
    right.view().choice("level").map_or(Value::Empty, |choice| {
        Value::badge(choice.labels.get(page.language), tone(choice.tone))
    })
}

/// The pairs that one person must not have, and who has both.
fn duties(page: &Page<'_>) -> Vec<ReviewSection> {
    let estate = page.estate();
    let found = conflicts(estate);
    let rows: Vec<Vec<Value>> = pairs(estate)
        .into_iter()
        .map(|pair| {
            let link = |id: RecordId| Value::link(page.link(estate.record(id)));
            let both: Vec<Value> = found
                .iter()
                .filter(|conflict| conflict.pair == pair)
                .map(|conflict| link(conflict.person))
                .collect();
            let verdict = if both.is_empty() {
                Value::badge(page.word("rights-nobody"), Tone::Success)
            } else {
                Value::List { items: both }
            };
            vec![link(pair.first), link(pair.second), verdict]
        })
        .collect();
    let keys = ["rights-duty", "rights-other-duty", "rights-both"];
    let mut section = section(page, "rights-duties", heads(page, &keys), rows);
    section.note = Some(page.word(if section.table.rows.is_empty() {
        "rights-no-pairs"
    } else {
        "rights-duties-note"
    }));
    vec![section]
}

fn heads(page: &Page<'_>, keys: &[&str]) -> Vec<Column> {
    let head = |key: &&str| head(page.word(key));
    keys.iter().map(head).collect()
}

/// The choice of the schema for a level, for its words and colour.
fn level_value(page: &Page<'_>, level: Level) -> Value {
    let kind = page.estate().schema.kind("access-right");
    let field = kind.and_then(|kind| kind.field("level"));
    let mut choices = field.into_iter().flat_map(|(_, field)| field.choices());
    let choice = choices.find(|choice| choice.meaning() == level.key() && level != Level::Other);
    choice.map_or_else(
        || Value::text(page.word("rights-unsaid")),
        |choice| Value::badge(choice.labels.get(page.language), tone(choice.tone)),
    )
}
