//! The review of accounts: which are open and used, what is wrong with them, second factors, password rules.

mod counts;
mod exceptions;
mod lists;
mod mfa;
pub(super) mod person;
mod policies;

use crate::estate::accounts::{Issue, State};
use crate::estate::{Estate, Record};
use crate::format;
use crate::site::context::{
    Badge, Heading, Link, LinkedFigure, ReviewContext, ReviewSection, Tone, Value,
};
use crate::site::page::Page;
use crate::site::templates::TemplateError;
use crate::site::{export, frame};

pub(in crate::site::pages) use counts::{head, named};
use lists::list;
pub(in crate::site) use lists::{
    Selection, csv, data_csv, file_url, folder, rows, selections, url,
};

/// The file of the accounts' states for programs.
pub(in crate::site) const DATA: &str = "data/account-review.csv";

/// What stands at one of the review's addresses.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::site) enum AccountsPage {
    /// The review.
    Review,
    /// Part of the list of a selection, from 1.
    List(Selection, usize),
}

/// Whether there is anything to review.
pub(in crate::site) fn exists(estate: &Estate) -> bool {
    estate.listed("account").next().is_some()
}

/// Renders one of the pages.
pub(in crate::site) fn render(
    page: &Page<'_>,
    which: &AccountsPage,
) -> Result<String, TemplateError> {
    match which {
        AccountsPage::Review => review(page),
        AccountsPage::List(selection, part) => list(page, *selection, *part),
    }
}

fn review(page: &Page<'_>) -> Result<String, TemplateError> {
    let mut sections = counts::sections(page);
    sections.extend(issue_sections(page));
    sections.extend(mfa::sections(page));
    sections.extend(policies::sections(page));
    let mut frame = frame::frame(page, &page.word("accounts-review"), parents(page));
    frame.contents = sections.iter().map(heading).collect();
    let context = ReviewContext {
        lead: counts::lead(page),
        files: vec![
            Link::new(
                page.word("csv"),
                page.to(&file_url(page.estate(), Selection::Whole)),
            ),
            Link::new(page.word("csv-data"), page.to(DATA)),
        ],
        views: Vec::new(),
        figures: figures(page),
        sections,
        frame,
    };
    page.render("review.html", &context)
}

/// The way to the review's pages: home, the list of accounts.
fn parents(page: &Page<'_>) -> Vec<Link> {
    let kind = page.estate().schema.kind("account");
    let list = kind.map(|kind| {
        let name = kind.plural.get(page.language);
        Link::new(name, page.to(&format!("{}/", kind.folder)))
    });
    std::iter::once(frame::home(page)).chain(list).collect()
}

pub(in crate::site::pages) fn heading(section: &ReviewSection) -> Heading {
    Heading {
        id: section.table.id.clone(),
        text: section.table.title.clone(),
        level: 2,
    }
}

/// What the page is opened for: how many users and machines are active, and what cannot wait.
fn figures(page: &Page<'_>) -> Vec<LinkedFigure> {
    let accounts = page.estate().accounts();
    let counted = [
        ("user", "accounts-active-users"),
        ("computer", "accounts-active-computers"),
    ];
    let active = counted.into_iter().filter_map(|(sort, word)| {
        let choice = counts::choice_of(page, sort)?;
        let selection = Selection::Of(State::Active, Some(choice));
        let count = selection.count(page.estate());
        Some(figure(page, &page.word(word), selection, count, None))
    });
    let issues = [
        Issue::Leaver,
        Issue::PrivilegedWithoutMfa,
        Issue::Inactive,
        Issue::NeverUsed,
    ];
    let issues = issues.into_iter().map(|issue| {
        let count = accounts.with(issue).count();
        let badge = (count > 0).then(|| badge(page, issue));
        figure(page, &name(page, issue), Selection::of(issue), count, badge)
    });
    active.chain(issues).chain(mfa::figure(page)).collect()
}

fn figure(
    page: &Page<'_>,
    label: &str,
    selection: Selection,
    count: usize,
    badge: Option<Badge>,
) -> LinkedFigure {
    let link = lists::link(page, selection, label);
    LinkedFigure {
        label: if count > 0 { link } else { unlinked(label) },
        value: format::integer(i64::try_from(count).unwrap_or(i64::MAX), page.language),
        badge,
    }
}

fn unlinked(text: &str) -> Link {
    Link {
        text: text.to_owned(),
        ..Link::default()
    }
}

/// An issue in words.
fn name(page: &Page<'_>, issue: Issue) -> String {
    page.word(&format!("account-{}", issue.key()))
}

/// How an issue stands.
fn badge(page: &Page<'_>, issue: Issue) -> Badge {
    if issue.is_grave() {
        Badge::new(page.word("accounts-now"), Tone::Danger)
    } else {
        Badge::new(page.word("accounts-look"), Tone::Warning)
    }
}

/// A table of all that was looked for, then one of the accounts for each that was found.
fn issue_sections(page: &Page<'_>) -> Vec<ReviewSection> {
    let accounts = page.estate().accounts();
    let rows = Issue::ALL.map(|issue| {
        let count = accounts.with(issue).count();
        let verdict = if count == 0 {
            Badge::new(page.word("accounts-none"), Tone::Success)
        } else {
            badge(page, issue)
        };
        vec![
            Value::text(name(page, issue)),
            counts::number(page, Selection::of(issue), count),
            Value::Badge { badge: verdict },
            Value::text(page.word(&format!("account-{}-meaning", issue.key()))),
        ]
    });
    let columns = [
        "accounts-looked-for",
        "accounts",
        "accounts-verdict",
        "accounts-means",
    ];
    let mut whole = counts::table(page, "accounts-to-do", &columns, rows.to_vec());
    whole.table.columns[1].numeric = true;
    let found = Issue::ALL
        .into_iter()
        .filter_map(|issue| lists::section(page, issue));
    std::iter::once(whole)
        .chain(exceptions::section(page))
        .chain(found)
        .collect()
}

/// Who an account belongs to: its holder, the machine, else who answers for it.
fn holder<'a>(estate: &'a Estate, account: &'a Record) -> Option<&'a Record> {
    let keys = ["person", "computer", "owner"];
    keys.into_iter().find_map(|key| estate.first(account, key))
}

/// A table for people.
fn people_file(page: &Page<'_>, head: &[String], rows: Vec<Vec<String>>) -> Vec<u8> {
    export::people_table(head, rows.into_iter(), page.language)
}
