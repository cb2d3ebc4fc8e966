//! A figure as a page and as a spreadsheet have it: one source for both.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::diagnostic::Language;
use crate::estate::RecordId;
use crate::format;
use crate::schema::Choice;
use crate::site::address::encode;
use crate::site::context::{Badge, Link, Tone, Value};
use crate::site::export::number_cell;
use crate::site::page::Page;
use crate::site::pages::search;

/// A table before it is a page's or a spreadsheet's.
#[derive(Debug, Default)]
pub(in crate::site::pages) struct Figures {
    /// Keys and headings.
    pub columns: Vec<(&'static str, String)>,
    /// Cells, as many in each row as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// The row under the line; empty where sums mean nothing.
    pub total: Vec<Cell>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::site::pages) enum Cell {
    /// Nothing to say.
    Nothing,
    Text(String),
    /// What the search finds more of: its name, its key for programs, and the question.
    Question {
        text: String,
        key: String,
        query: String,
    },
    Record(RecordId),
    Records(Vec<RecordId>),
    Count(usize),
    /// A number without a unit.
    Number(Decimal),
    /// Whole minutes.
    Minutes(i64),
    /// Per cent.
    Share(Decimal),
    Date(Date),
    /// Euros.
    Money(Decimal),
    /// Calendar days.
    Days(Decimal),
    /// A verdict in a word.
    Badge(String, Tone),
    /// A word of a list that programs know by a key; with a tone it is a verdict.
    Keyed {
        key: String,
        text: String,
        tone: Option<Tone>,
    },
}

impl Figures {
    /// Leaves out the columns of which no row says anything; the first one stays.
    pub fn drop_empty_columns(&mut self) {
        for place in (1..self.columns.len()).rev() {
            if self.rows.iter().all(|row| row[place] == Cell::Nothing) {
                self.columns.remove(place);
                for row in &mut self.rows {
                    row.remove(place);
                }
            }
        }
    }

    /// Whether a column holds numbers, which are set to the right.
    pub fn is_numeric(&self, place: usize) -> bool {
        let mut cells = self.rows.iter().map(|row| &row[place]);
        cells.any(|cell| {
            use Cell::{Count, Days, Minutes, Money, Number, Share};
            matches!(
                cell,
                Count(_) | Number(_) | Minutes(_) | Share(_) | Money(_) | Days(_)
            )
        })
    }

    /// The headings of a spreadsheet, with the unit that its cells leave out.
    pub fn csv_head(&self, page: &Page<'_>) -> Vec<String> {
        let unit = |place: usize| {
            let mut cells = self.rows.iter().map(|row| &row[place]);
            cells.find_map(|cell| match cell {
                Cell::Minutes(_) => Some(page.word("in-minutes")),
                Cell::Share(_) => Some("%".to_owned()),
                Cell::Money(_) => Some("€".to_owned()),
                Cell::Days(_) => Some(page.word("in-days")),
                _ => None,
            })
        };
        let heads = self.columns.iter().enumerate();
        heads
            .map(|(place, (_, label))| match unit(place) {
                Some(unit) => format!("{label} ({unit})"),
                None => label.clone(),
            })
            .collect()
    }
}

impl Cell {
    /// A word that programs know by its key.
    pub fn keyed(key: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Keyed {
            key: key.into(),
            text: text.into(),
            tone: None,
        }
    }

    /// A verdict that programs know by its key.
    pub fn verdict(key: impl Into<String>, badge: Badge) -> Self {
        Self::Keyed {
            key: key.into(),
            text: badge.text,
            tone: Some(badge.tone),
        }
    }

    /// A choice of a field, by its key.
    pub fn choice(page: &Page<'_>, choice: Option<&Choice>) -> Self {
        choice.map_or(Self::Nothing, |choice| {
            Self::keyed(&choice.key, choice.labels.get(page.language))
        })
    }

    /// Yes or no: a word for people, `true` or `false` for programs.
    pub fn yes_or_no(page: &Page<'_>, yes: bool) -> Self {
        Self::keyed(
            if yes { "true" } else { "false" },
            page.word(if yes { "yes" } else { "no" }),
        )
    }

    /// What the field that sorts does not say: empty for programs.
    pub fn without(page: &Page<'_>) -> Self {
        Self::keyed("", page.word("desk-without"))
    }

    pub fn share(share: Option<Decimal>) -> Self {
        share.map_or(Self::Nothing, Self::Share)
    }

    pub fn minutes(minutes: Option<i64>) -> Self {
        minutes.map_or(Self::Nothing, Self::Minutes)
    }

    /// As a page shows it.
    pub fn value(&self, page: &Page<'_>) -> Value {
        let link = |id: &RecordId| Value::link(page.link(page.estate().record(*id)));
        match self {
            Self::Nothing => Value::Empty,
            Self::Text(text) => Value::text(text),
            Self::Question { text, query, .. } => Value::link(question(page, text, query)),
            Self::Record(id) => link(id),
            Self::Records(ids) => Value::List {
                items: ids.iter().map(link).collect(),
            },
            Self::Count(count) => Value::number(integer(*count, page.language), count.to_string()),
            Self::Number(number) => {
                Value::number(format::decimal(*number, page.language), number.to_string())
            }
            Self::Minutes(minutes) => {
                Value::number(time(*minutes, page.language), minutes.to_string())
            }
            Self::Share(share) => {
                Value::number(percent(Some(*share), page.language), share.to_string())
            }
            Self::Date(date) => Value::date(page.date(*date)),
            Self::Money(amount) => {
                Value::number(format::money(*amount, page.language), amount.to_string())
            }
            Self::Days(days) => {
                let number = format::decimal(*days, page.language);
                let text = format!("{number}{}{}", format::NBSP, page.word("in-days"));
                Value::number(text, days.to_string())
            }
            Self::Badge(text, tone) => Value::badge(text, *tone),
            Self::Keyed { text, tone, .. } => {
                tone.map_or_else(|| Value::text(text), |tone| Value::badge(text, tone))
            }
        }
    }

    /// As a spreadsheet reads it.
    pub fn text(&self, page: &Page<'_>) -> String {
        let title = |id: &RecordId| page.estate().record(*id).title.clone();
        match self {
            Self::Nothing => String::new(),
            Self::Text(text)
            | Self::Badge(text, _)
            | Self::Question { text, .. }
            | Self::Keyed { text, .. } => text.clone(),
            Self::Record(id) => title(id),
            Self::Records(ids) => {
                let ids = ids
                    .iter()
                    .map(|id| page.estate().record(*id).source.id.clone());
                ids.collect::<Vec<_>>().join(", ")
            }
            Self::Count(count) => count.to_string(),
            Self::Minutes(minutes) => minutes.to_string(),
            Self::Number(number)
            | Self::Share(number)
            | Self::Money(number)
            | Self::Days(number) => number_cell(*number, page.language),
            Self::Date(date) => format::short_date(*date, page.language),
        }
    }

    /// As a program reads it: ids, ISO dates, plain numbers.
    pub fn machine(&self, page: &Page<'_>) -> String {
        match self {
            Self::Record(id) => page.estate().record(*id).source.id.clone(),
            Self::Question { key, .. } | Self::Keyed { key, .. } => key.clone(),
            Self::Number(number)
            | Self::Share(number)
            | Self::Money(number)
            | Self::Days(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
            _ => self.text(page),
        }
    }
}

/// A link to the search for a question.
pub(in crate::site::pages) fn question(page: &Page<'_>, text: &str, query: &str) -> Link {
    let address = page.to(&search::address(&page.estate().config, page.language));
    let query = encode(query).replace('&', "%26").replace('+', "%2B");
    Link::new(text, format!("{address}?q={query}"))
}

/// Hours and minutes; minutes say nothing more beyond a hundred hours.
pub(in crate::site::pages) fn time(minutes: i64, language: Language) -> String {
    let minutes = if minutes >= 6_000 {
        (minutes + 30) / 60 * 60
    } else {
        minutes
    };
    format::duration(0, 0, i32::try_from(minutes).unwrap_or(i32::MAX), language)
}

pub(in crate::site::pages) fn integer(count: usize, language: Language) -> String {
    format::integer(i64::try_from(count).unwrap_or(i64::MAX), language)
}

/// Per cent as read; a dash for nothing.
pub(in crate::site::pages) fn percent(share: Option<Decimal>, language: Language) -> String {
    let Some(share) = share else {
        return "–".to_owned();
    };
    let text = format::decimal(share, language);
    format::percentage(&text, language)
}
