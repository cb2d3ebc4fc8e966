//! The lists behind the review's numbers: accounts in a state, of a type, or with something wrong.

use std::collections::BTreeMap;

use crate::estate::accounts::{Account, Issue, PAGE, State};
use crate::estate::{Estate, Record, RecordId, display};
use crate::site::context::{Column, Link, ListContext, ReviewSection, Row, Tone, Value};
use crate::site::export;
use crate::site::frame;
use crate::site::page::{Page, tone};
use crate::site::rows::{self, Long};
use crate::site::templates::TemplateError;

use super::super::list::pager;
use super::super::list::url as part_url;
use super::super::questions;
use super::counts::{choices, label, named, place, state_name, state_tone};
use super::{holder, name, parents, people_file};

/// A table of the review has this many.
const SHOWN: usize = 10;
/// That of missing second factors has this many.
const SHOWN_WEAK: usize = 50;

/// Which accounts a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::site) enum Selection {
    /// All of them.
    Whole,
    /// Those in a state.
    State(State),
    /// Those of a type in a state; the type by its place in the schema.
    Of(State, Option<usize>),
    /// Those with something wrong.
    Issue(Issue),
}

impl Selection {
    /// The list of an issue; one that is a state has that list.
    pub(super) fn of(issue: Issue) -> Self {
        match issue {
            Issue::PastExpiry => Self::State(State::Expired),
            Issue::Inactive => Self::State(State::Inactive),
            Issue::NeverUsed => Self::State(State::NeverUsed),
            other => Self::Issue(other),
        }
    }

    fn holds(self, estate: &Estate, account: &Account) -> bool {
        match self {
            Self::Whole => true,
            Self::State(state) => account.state == state,
            Self::Of(state, sort) => {
                account.state == state && place(estate.record(account.record), "type") == sort
            }
            Self::Issue(issue) => account.issues.contains(&issue),
        }
    }

    fn accounts(self, estate: &Estate) -> impl Iterator<Item = &Account> {
        let all = estate.accounts().all.iter();
        all.filter(move |account| self.holds(estate, account))
    }

    /// How many it has.
    pub(super) fn count(self, estate: &Estate) -> usize {
        self.accounts(estate).count()
    }
}

/// Every list that has accounts, with how many.
pub(in crate::site) fn selections(estate: &Estate) -> BTreeMap<Selection, usize> {
    let mut counts = BTreeMap::new();
    for account in &estate.accounts().all {
        let sort = place(estate.record(account.record), "type");
        let state = account.state;
        let own = [Selection::State(state), Selection::Of(state, sort)];
        let issues = account.issues.iter().map(|issue| Selection::of(*issue));
        let issues = issues.filter(|selection| matches!(selection, Selection::Issue(_)));
        for selection in own.into_iter().chain(issues) {
            *counts.entry(selection).or_insert(0_usize) += 1;
        }
    }
    counts
}

/// The name of a list in addresses.
fn key(estate: &Estate, selection: Selection) -> String {
    match selection {
        Selection::Whole => "review".to_owned(),
        Selection::State(state) => state.key().to_owned(),
        Selection::Of(state, sort) => {
            let kind = estate.schema.kind("account");
            let field = kind.and_then(|kind| kind.field("type"));
            let choice = field
                .zip(sort)
                .and_then(|((_, field), index)| field.choices().get(index));
            let sort = choice.map_or("untyped", |choice| choice.key.as_str());
            format!("{}-{sort}", state.key())
        }
        Selection::Issue(issue) => issue.key().to_owned(),
    }
}

/// The folder of a list, without a slash at its end.
pub(in crate::site) fn folder(estate: &Estate, selection: Selection) -> String {
    format!("{PAGE}{}", key(estate, selection))
}

/// Some rows of a list, from 0.
pub(in crate::site) fn rows(
    page: &Page<'_>,
    selection: Selection,
    skip: usize,
    take: usize,
) -> Vec<Row> {
    let accounts = selection.accounts(page.estate()).skip(skip).take(take);
    accounts.map(|account| row(page, account, true)).collect()
}

/// The address of a part of a list.
pub(in crate::site) fn url(estate: &Estate, selection: Selection, part: usize) -> String {
    part_url(&folder(estate, selection), part)
}

/// The address of a list as CSV for people.
pub(in crate::site) fn file_url(estate: &Estate, selection: Selection) -> String {
    let key = key(estate, selection);
    match selection {
        Selection::Whole => format!("{PAGE}{key}.csv"),
        _ => format!("{PAGE}{key}/{key}.csv"),
    }
}

/// A link to a list.
pub(super) fn link(page: &Page<'_>, selection: Selection, text: &str) -> Link {
    Link::new(text, page.to(&url(page.estate(), selection, 1)))
}

/// What a list shows, in words.
pub(super) fn title(page: &Page<'_>, selection: Selection) -> String {
    match selection {
        Selection::Whole => page.word("accounts-review"),
        Selection::State(state) => {
            format!("{} – {}", page.word("accounts"), state_name(page, state))
        }
        Selection::Of(state, sort) => {
            let choice = sort.and_then(|index| choices(page, "type").get(index));
            let sort = choice.map(|choice| choice.labels.get(page.language).to_owned());
            let sort = sort.unwrap_or_else(|| page.word("accounts-unsaid"));
            format!(
                "{} – {} – {sort}",
                page.word("accounts"),
                state_name(page, state)
            )
        }
        Selection::Issue(issue) => format!("{} – {}", page.word("accounts"), name(page, issue)),
    }
}

/// Renders a part of a list.
pub(in crate::site) fn list(
    page: &Page<'_>,
    selection: Selection,
    part: usize,
) -> Result<String, TemplateError> {
    let estate = page.estate();
    let mut above = parents(page);
    above.push(Link::new(page.word("accounts-review"), page.to(PAGE)));
    let count = selection.count(estate);
    let columns = columns(page, true);
    let whole = rows::whole(page, &Long::Accounts(selection), count, &columns);
    let size = rows::per_page(count);
    let context = ListContext {
        introduction: None,
        count,
        late: None,
        columns,
        rows: rows(page, selection, (part - 1) * size, size),
        csv: Some(Link::new(
            page.word("csv"),
            page.to(&file_url(estate, selection)),
        )),
        views: Vec::new(),
        pager: pager(page, &folder(estate, selection), part, rows::parts(count)),
        whole,
        new_command: None,
        frame: frame::frame(page, &title(page, selection), above),
    };
    page.render("list.html", &context)
}

/// The first accounts with something wrong, under a heading; `None` when there are none.
pub(super) fn section(page: &Page<'_>, issue: Issue) -> Option<ReviewSection> {
    let accounts = page.estate().accounts();
    let count = accounts.with(issue).count();
    if count == 0 {
        return None;
    }
    let first = accounts.with(issue).take(SHOWN);
    let rows = first
        .map(|account| row(page, account, false).cells)
        .collect();
    let title = format!("account-{}", issue.key());
    let mut section = named(page, &title, columns(page, false), rows);
    section.note = Some(page.word(&format!("account-{}-meaning", issue.key())));
    section.more = (count > SHOWN).then(|| {
        link(
            page,
            Selection::of(issue),
            &page.count("accounts-see-all", count),
        )
    });
    Some(section)
}

/// The accounts whose second factor is missing or weak; `None` when there are none.
pub(super) fn weak(page: &Page<'_>, weak: &[RecordId]) -> Option<ReviewSection> {
    let all = &page.estate().accounts().all;
    let first = weak.iter().take(SHOWN_WEAK);
    let found = first.filter_map(|id| all.iter().find(|account| account.record == *id));
    let rows: Vec<Vec<Value>> = found
        .map(|account| row(page, account, false).cells)
        .collect();
    if rows.is_empty() {
        return None;
    }
    let mut section = named(page, "accounts-mfa-weak", columns(page, false), rows);
    section.note = Some(page.word("accounts-mfa-note"));
    let question = page.to(&questions::url("mfa-missing"));
    let text = page.count("accounts-see-all", weak.len());
    section.more = Some(Link::new(text, question));
    Some(section)
}

/// The fields that a list shows after its first columns; a table of the review has the first two.
const FIELDS: [&str; 5] = ["type", "mfa", "directory", "expires", "password_last_set"];

fn fields(is_whole: bool) -> &'static [&'static str] {
    &FIELDS[..if is_whole { FIELDS.len() } else { 2 }]
}

fn columns(page: &Page<'_>, is_whole: bool) -> Vec<Column> {
    let label = |key: &str| label(page, key);
    let column = |key: &str, label: String, facet: bool| Column {
        key: key.to_owned(),
        label,
        facet,
        ..Column::default()
    };
    let mut columns = vec![
        column("login", label("login"), false),
        column("holder", page.word("accounts-holder"), false),
        column("state", page.word("accounts-state"), true),
        column("last_logon", label("last_logon"), false),
    ];
    columns.extend(fields(is_whole).iter().map(|key| {
        let facet = is_whole && matches!(*key, "type" | "directory" | "mfa");
        column(key, label(key), facet)
    }));
    if is_whole {
        let issues = column("issues", page.word("accounts-issues"), false);
        columns.insert(3, issues);
    }
    columns
}

fn row(page: &Page<'_>, account: &Account, is_whole: bool) -> Row {
    let estate = page.estate();
    let record = estate.record(account.record);
    let view = record.view();
    let holder = holder(estate, record);
    let date = |key: &str| {
        view.date(key)
            .map_or(Value::Empty, |day| Value::date(page.date(day)))
    };
    let mut cells = vec![
        Value::link(page.link(record)),
        holder.map_or(Value::Empty, |holder| Value::link(page.link(holder))),
        Value::badge(state_name(page, account.state), state_tone(account.state)),
        date("last_logon"),
    ];
    cells.extend(fields(is_whole).iter().map(|key| match view.choice(key) {
        Some(choice) if *key == "mfa" => {
            Value::badge(choice.labels.get(page.language), tone(choice.tone))
        }
        Some(choice) => Value::text(choice.labels.get(page.language)),
        None => date(key),
    }));
    if is_whole {
        let issues = account.issues.iter().map(|issue| {
            let tone = if issue.is_grave() {
                Tone::Danger
            } else {
                Tone::Warning
            };
            Value::badge(name(page, *issue), tone)
        });
        let accepted = super::exceptions::accepted(page, account);
        let items: Vec<Value> = issues.chain(accepted).collect();
        let items = if items.is_empty() {
            Value::Empty
        } else {
            Value::List { items }
        };
        cells.insert(3, items);
    }
    Row { cells }
}

/// A list as a spreadsheet of the language opens it.
pub(in crate::site) fn csv(page: &Page<'_>, selection: Selection) -> Vec<u8> {
    let estate = page.estate();
    let mut head: Vec<String> = columns(page, true)
        .into_iter()
        .map(|own| own.label)
        .collect();
    head.insert(0, "Id".to_owned());
    // After what is wrong and counts.
    head.insert(5, page.word("accounts-accepted-weaknesses"));
    let text = |record: &Record, key: &str| {
        let value = record.view().get(key);
        value.map_or_else(String::new, |(field, value)| {
            display::plain(estate, record, field, value, page.language).replace('\u{a0}', " ")
        })
    };
    let rows = selection.accounts(estate).map(|account| {
        let record = estate.record(account.record);
        let issues = account.issues.iter().map(|issue| name(page, *issue));
        let mut cells = vec![
            record.source.id.clone(),
            text(record, "login"),
            holder(estate, record).map_or_else(String::new, |holder| holder.title.clone()),
            state_name(page, account.state),
            issues.collect::<Vec<_>>().join(", "),
            super::exceptions::listed(page, account),
            text(record, "last_logon"),
        ];
        cells.extend(FIELDS.map(|key| text(record, key)));
        cells
    });
    people_file(page, &head, rows.collect())
}

/// The states of all accounts for programs: keys, ids and numbers; nothing that a field marked secret holds.
pub(in crate::site) fn data_csv(estate: &Estate) -> Vec<u8> {
    let head =
        "id,url,type,directory,holder,state,unused_days,class,privileged,mfa,issues,accepted\r\n";
    let mut out = head.to_owned();
    for account in &estate.accounts().all {
        let record = estate.record(account.record);
        let view = record.view();
        let choice = |key: &str| view.choice(key).map_or("", |choice| choice.key.as_str());
        let holder = holder(estate, record).map_or("", |holder| holder.source.id.as_str());
        let issues: Vec<&str> = account.issues.iter().map(|issue| issue.key()).collect();
        let in_force = super::exceptions::in_force(account);
        let accepted: Vec<&str> = in_force.map(|own| own.what.key()).collect();
        let unused = account.unused_days.map(|days| days.to_string());
        let privileged = crate::estate::accounts::is_privileged(record);
        let cells = [
            record.source.id.as_str(),
            &record.url,
            choice("type"),
            choice("directory"),
            holder,
            account.state.key(),
            unused.as_deref().unwrap_or_default(),
            account.class.map_or("", |class| class.key()),
            if privileged { "true" } else { "false" },
            choice("mfa"),
            &issues.join(" "),
            &accepted.join(" "),
        ];
        out.push_str(&export::machine_row(&cells));
    }
    out.into_bytes()
}
