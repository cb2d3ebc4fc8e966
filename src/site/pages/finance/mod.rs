//! Pages that sum up money, the life-cycle, the fleet and its upkeep: one shape for all, with tables that are also spreadsheets and data.

mod assets;
mod blocks;
mod budgets;
mod evidence;
mod life;
mod purchases;

use rust_decimal::Decimal;

use crate::database::questions;
use crate::estate::Estate;
use crate::estate::{conformity, finance, fleet, upkeep};
use crate::format;
use crate::site::context::{
    Badge, Column, DeskSection, Heading, Html, LedgerContext, LedgerSection, Link, Row,
};
use crate::site::diagrams::chart::{Bar, Words, bars};
use crate::site::export;
use crate::site::frame;
use crate::site::page::Page;
use crate::site::templates::TemplateError;

use super::desk::figures::{Cell, Figures, integer};

pub(super) use assets::{phone_of, running_contracts, seller, support_phone};
pub(super) use blocks::{block, heading, shorten};

/// A table shows this many rows; its CSV has them all.
const MOST_ROWS: usize = 100;
/// The plan of renewals shows this many.
const MOST_ROWS_OF_PLAN: usize = 1000;
/// From this many rows on, a table can be filtered.
const MANY_ROWS: usize = 12;
/// A chart has this many bars; the table has the others.
const BARS: usize = 10;

/// A page that sums up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) enum Ledger {
    Budgets,
    Purchases,
    Renewals,
    FixedAssets,
    Evidence,
    Fleet,
    Upkeep,
}

/// A table before it is a page's, a spreadsheet's or a program's.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The columns by key and label, and the rows.
    pub figures: Figures,
    /// The same facts drawn: what the chart says, and its bars.
    pub chart: Option<(String, Vec<Bar>)>,
}

impl Ledger {
    /// All of them.
    pub(in crate::site) const ALL: [Self; 7] = [
        Self::Fleet,
        Self::Upkeep,
        Self::Budgets,
        Self::Purchases,
        Self::Renewals,
        Self::FixedAssets,
        Self::Evidence,
    ];

    /// Its address.
    pub(in crate::site) fn url(self) -> &'static str {
        match self {
            Self::Budgets => finance::BUDGETS,
            Self::Purchases => finance::PURCHASES,
            Self::Renewals => finance::RENEWALS,
            Self::FixedAssets => finance::FIXED_ASSETS,
            Self::Evidence => conformity::PAGE,
            Self::Fleet => fleet::PAGE,
            Self::Upkeep => upkeep::PAGE,
        }
    }

    /// The label of its title.
    pub(in crate::site) fn title(self) -> &'static str {
        match self {
            Self::Budgets => "ledger-budgets",
            Self::Purchases => "ledger-purchases",
            Self::Renewals => "ledger-renewals",
            Self::FixedAssets => "ledger-fixed-assets",
            Self::Evidence => "evidence",
            Self::Fleet => "fleet",
            Self::Upkeep => "upkeep",
        }
    }

    /// The kind that it sums up.
    fn kind(self) -> &'static str {
        match self {
            Self::Budgets => "budget",
            Self::Purchases => "purchase",
            Self::Renewals | Self::FixedAssets | Self::Fleet => "asset",
            Self::Evidence => "licence",
            Self::Upkeep => "maintenance",
        }
    }

    /// The label of what it answers.
    pub(in crate::site) fn lead(self) -> &'static str {
        match self {
            Self::Budgets => "ledger-budgets-lead",
            Self::Purchases => "ledger-purchases-lead",
            Self::Renewals => "ledger-renewals-lead",
            Self::FixedAssets => "ledger-fixed-assets-lead",
            Self::Evidence => "evidence-lead",
            Self::Fleet => "fleet-lead",
            Self::Upkeep => "upkeep-lead",
        }
    }

    /// Its tables: key, and the label of its heading.
    pub(in crate::site) fn tables(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Budgets => &[
                ("lines", "ledger-budgets-lines"),
                ("budgets", "ledger-budgets-budgets"),
                ("clients", "ledger-budgets-clients"),
                ("sites", "ledger-budgets-sites"),
            ],
            Self::Purchases => &[
                ("late", "ledger-purchases-late"),
                ("suppliers", "ledger-purchases-suppliers"),
                ("stages", "ledger-purchases-stages"),
            ],
            Self::Renewals => &[
                ("years", "ledger-renewals-years"),
                ("assets", "ledger-renewals-assets"),
            ],
            Self::FixedAssets => &[
                ("types", "ledger-fixed-assets-types"),
                ("assets", "ledger-fixed-assets-assets"),
            ],
            Self::Evidence => &[
                ("software", "evidence-by-software"),
                ("licences", "evidence-licences"),
                ("unused", "evidence-unused-seats"),
                ("machines", "evidence-machines"),
            ],
            Self::Fleet => &super::fleet::TABLES,
            Self::Upkeep => &super::upkeep::TABLES,
        }
    }

    /// The address of a table for people.
    pub(in crate::site) fn csv(self, place: usize) -> String {
        format!("{}{}.csv", self.url(), self.tables()[place].0)
    }

    /// The address of a table for programs.
    pub(in crate::site) fn data(self, place: usize) -> String {
        let name = self.url().trim_end_matches('/').replace('/', "-");
        format!("data/{name}-{}.csv", self.tables()[place].0)
    }

    /// Whether the page exists: there is something to sum up.
    pub(in crate::site) fn exists(self, estate: &Estate) -> bool {
        let others: &[&str] = match self {
            Self::Upkeep => &["software", "training", "need"],
            _ => &[],
        };
        let kinds = std::iter::once(self.kind()).chain(others.iter().copied());
        let mut listed = kinds.map(|kind| estate.listed(kind).next());
        listed.any(|first| first.is_some())
    }

    fn part(self, page: &Page<'_>, place: usize) -> Part {
        match (self, self.tables()[place].0) {
            (Self::Budgets, table) => budgets::part(page, table),
            (Self::Purchases, table) => purchases::part(page, table),
            (Self::Renewals, table) => life::renewals(page, table),
            (Self::FixedAssets, table) => life::fixed_assets(page, table),
            (Self::Evidence, table) => evidence::part(page, table),
            (Self::Fleet, table) => super::fleet::part(page, table),
            (Self::Upkeep, table) => super::upkeep::part(page, table),
        }
    }

    /// The figures above the tables: label, value, verdict.
    pub(super) fn figures(self, page: &Page<'_>) -> Vec<(String, String, Option<Badge>)> {
        match self {
            Self::Budgets => budgets::figures(page),
            Self::Purchases => purchases::figures(page),
            Self::Renewals => life::renewal_figures(page),
            Self::FixedAssets => life::register_figures(page),
            Self::Evidence => evidence::figures(page),
            Self::Fleet => super::fleet::figures(page),
            Self::Upkeep => super::upkeep::figures(page),
        }
    }

    /// The labels of what its reader must know of how things are counted.
    fn notes(self) -> &'static [&'static str] {
        match self {
            Self::Budgets => &[
                "ledger-budgets-committed",
                "ledger-budgets-ordered",
                "ledger-budgets-places",
                "ledger-without-tax",
            ],
            Self::Purchases => &["ledger-purchases-median", "ledger-without-tax"],
            Self::Renewals => &[
                "ledger-renewals-age",
                "ledger-renewals-cost",
                "ledger-without-tax",
            ],
            Self::FixedAssets => &[
                "ledger-linear",
                "ledger-declining",
                "ledger-which-assets",
                "ledger-without-tax",
            ],
            Self::Evidence => &[
                "evidence-how-found",
                "evidence-how-unused",
                "evidence-how-lacking",
                "ledger-without-tax",
            ],
            Self::Fleet => &["fleet-counted", "fleet-systems-counted", "fleet-links"],
            Self::Upkeep => &super::upkeep::NOTES,
        }
    }
}

impl Ledger {
    /// The page that answers the neighbouring question.
    fn see(self, page: &Page<'_>) -> Option<Link> {
        let name = match self {
            Self::Evidence => "licences-unused",
            _ => return None,
        };
        let all = questions(page.estate()).into_iter();
        let question = all.into_iter().find(|question| question.name == name)?;
        let url = page.to(&super::questions::url(name));
        Some(Link::new(question.title(page.language), url))
    }

    /// A table shows this many rows; its CSV has them all.
    fn most_rows(self) -> usize {
        match self {
            // A plan is read and printed whole.
            Self::Renewals => MOST_ROWS_OF_PLAN,
            _ => MOST_ROWS,
        }
    }
}

/// The pages that sum up a kind and exist.
pub(in crate::site) fn of_kind(estate: &Estate, kind: &str) -> impl Iterator<Item = Ledger> {
    let all = Ledger::ALL.into_iter();
    let kind_of = |ledger: &Ledger| match ledger {
        // Without tasks the list of software leads to it.
        Ledger::Upkeep if estate.listed("maintenance").next().is_none() => "software",
        other => other.kind(),
    };
    all.filter(move |ledger| kind_of(ledger) == kind && ledger.exists(estate))
}

/// Renders a page.
pub(in crate::site) fn ledger(page: &Page<'_>, ledger: Ledger) -> Result<String, TemplateError> {
    let kind = page.estate().schema.kind(ledger.kind());
    let list = kind.map(|kind| {
        let url = page.to(&format!("{}/", kind.folder));
        Link::new(kind.plural.get(page.language), url)
    });
    let parents = std::iter::once(frame::home(page)).chain(list).collect();
    let mut frame = frame::frame(page, &page.word(ledger.title()), parents);
    let places = 0..ledger.tables().len();
    let sections: Vec<LedgerSection> = places
        .filter_map(|place| section(page, ledger, place))
        .collect();
    frame.contents = sections
        .iter()
        .map(|section| Heading {
            id: section.table.id.clone(),
            text: section.table.title.clone(),
            level: 2,
        })
        .collect();
    let day = page.long_date(page.estate().as_of).text;
    let context = LedgerContext {
        lead: page.word(ledger.lead()).replace("{day}", &day),
        figures: ledger.figures(page),
        sections,
        notes: ledger.notes().iter().map(|key| page.word(key)).collect(),
        see: ledger.see(page).into_iter().collect(),
        frame,
    };
    page.render("ledger.html", &context)
}

/// A table with its chart; `None` when it would be empty.
fn section(page: &Page<'_>, ledger: Ledger, place: usize) -> Option<LedgerSection> {
    let Part { figures, chart } = ledger.part(page, place);
    if figures.rows.is_empty() {
        return None;
    }
    let (key, title) = ledger.tables()[place];
    let title = page.word(title);
    let chart = chart.filter(|(_, bars)| !bars.is_empty());
    let chart = chart.map(|(description, marks)| {
        let words = Words {
            id: &format!("chart-{key}"),
            title: &title,
            description: &description,
        };
        Html(bars(words, &marks[..marks.len().min(BARS)]))
    });
    let column = |(place, (key, label)): (usize, &(&'static str, String))| Column {
        key: (*key).to_owned(),
        label: label.clone(),
        numeric: figures.is_numeric(place),
        ..Column::default()
    };
    let row = |cells: &Vec<Cell>| Row {
        cells: cells.iter().map(|cell| cell.value(page)).collect(),
    };
    let most = ledger.most_rows();
    let hidden = figures.rows.len().saturating_sub(most);
    let table = DeskSection {
        id: key.to_owned(),
        note: None,
        chart,
        columns: figures.columns.iter().enumerate().map(column).collect(),
        rows: figures.rows.iter().take(most).map(row).collect(),
        total: figures.total.iter().map(|cell| cell.value(page)).collect(),
        tools: figures.rows.len() > MANY_ROWS,
        more: (hidden > 0).then(|| page.count("desk-more", hidden)),
        csv: Link::new(page.word("csv"), page.to(&ledger.csv(place))),
        title,
    };
    let data = Link::new(page.word("ledger-data"), page.to(&ledger.data(place)));
    Some(LedgerSection { table, data })
}

/// A table for people.
pub(in crate::site) fn csv(page: &Page<'_>, ledger: Ledger, place: usize) -> Vec<u8> {
    let figures = ledger.part(page, place).figures;
    let rows = figures.rows.iter();
    let rows = rows.map(|row| row.iter().map(|cell| cell.text(page)).collect());
    export::people_table(&figures.csv_head(page), rows, page.language)
}

/// A table for programs.
pub(in crate::site) fn data(page: &Page<'_>, ledger: Ledger, place: usize) -> Vec<u8> {
    let figures = ledger.part(page, place).figures;
    let head: Vec<&str> = figures.columns.iter().map(|(key, _)| *key).collect();
    let rows = figures.rows.iter();
    let rows = rows.map(|row| row.iter().map(|cell| cell.machine(page)).collect());
    export::machine_table(&head, rows)
}

/// Columns by key and heading.
pub(super) fn columns<const N: usize>(
    page: &Page<'_>,
    of: [(&'static str, &str); N],
) -> Vec<(&'static str, String)> {
    of.map(|(key, label)| (key, page.word(label))).to_vec()
}

/// A length of a bar: whole cents.
fn in_cents(amount: Decimal) -> i64 {
    use rust_decimal::prelude::ToPrimitive;
    (amount * Decimal::ONE_HUNDRED)
        .round()
        .to_i64()
        .unwrap_or_default()
}

/// A figure above all: its label, an amount, no verdict.
fn amount(page: &Page<'_>, key: &str, amount: Decimal) -> (String, String, Option<Badge>) {
    (page.word(key), format::money(amount, page.language), None)
}

/// A figure above all: its label, a number, a verdict.
pub(super) fn counted(
    page: &Page<'_>,
    key: &str,
    count: usize,
    badge: Option<Badge>,
) -> (String, String, Option<Badge>) {
    (page.word(key), integer(count, page.language), badge)
}
