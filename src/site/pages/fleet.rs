//! The fleet in figures: what there is of each type, model, age, system, place and owner, each table drawn too
//! and leading to the search for what it counts.

use crate::estate::desk::share;
use crate::estate::fleet::{Dimension, OLDEST, Subject, Tally, Warranty, is_outside};
use crate::estate::places;
use crate::format;
use crate::site::context::{Badge, Tone};
use crate::site::diagrams::chart::Bar;
use crate::site::page::Page;

use super::desk::figures::{Cell, Figures, integer, percent};
use super::finance::{Part, columns, counted};

/// The tables: key, and the label of the heading.
pub(super) const TABLES: [(&str, &str); 9] = [
    ("types", "fleet-types"),
    ("systems", "fleet-systems"),
    ("warranties", "fleet-warranties"),
    ("ages", "fleet-ages"),
    ("organisations", "fleet-organisations"),
    ("sites", "fleet-sites"),
    ("groups", "fleet-groups"),
    ("manufacturers", "fleet-manufacturers"),
    ("models", "fleet-models"),
];

/// A line of a system tells the end of its support instead of what others tell.
const SYSTEM_COLUMNS: [(&str, &str); 6] = [
    ("system", "fleet-system"),
    ("version", "fleet-version"),
    ("assets", "desk-assets"),
    ("share", "fleet-share"),
    ("end_of_support", "fleet-end"),
    ("verdict", "ledger-verdict"),
];

/// How many, how old, and what is out of warranty or support.
pub(super) fn figures(page: &Page<'_>) -> Vec<(String, String, Option<Badge>)> {
    let whole = &page.estate().fleet().whole;
    let warn = |count: usize, tone| (count > 0).then(|| Badge::new(page.word("to-watch"), tone));
    let years = page.count("fleet-dated", whole.dated);
    let age = whole.mean_age().map_or_else(
        || "–".to_owned(),
        |age| {
            let unit = page.word("fleet-years");
            format!(
                "{}{}{unit} ({years})",
                format::decimal(age, page.language),
                format::NBSP
            )
        },
    );
    let warranties = page.estate().fleet().by(Dimension::Warranty);
    let ending = Subject::Warranty(Warranty::Ending);
    let ending = warranties.iter().find(|(subject, _)| *subject == ending);
    let ending = ending.map_or(0, |(_, tally)| tally.assets);
    vec![
        counted(page, "desk-assets", whole.assets, None),
        (page.word("fleet-mean-age"), age, None),
        counted(page, "fleet-out-of-warranty", whole.out_of_warranty, None),
        counted(page, "fleet-ending", ending, warn(ending, Tone::Warning)),
        counted(
            page,
            "fleet-unsupported",
            whole.unsupported,
            warn(whole.unsupported, Tone::Danger),
        ),
    ]
}

/// A table of the page.
pub(super) fn part(page: &Page<'_>, table: &str) -> Part {
    let (dimension, column) = match table {
        "types" => (Dimension::Type, ("type", "desk-of-types")),
        "systems" => return systems(page),
        "warranties" => (Dimension::Warranty, ("warranty", "fleet-warranty")),
        "ages" => (Dimension::Age, ("age", "fleet-age")),
        "organisations" => (
            Dimension::Organisation,
            ("organisation", "fleet-organisation"),
        ),
        "sites" => (Dimension::Site, ("site", "ledger-site")),
        "groups" => (Dimension::Group, ("group", "fleet-group")),
        "manufacturers" => (
            Dimension::Manufacturer,
            ("manufacturer", "fleet-manufacturer"),
        ),
        _ => (Dimension::Model, ("model", "desk-of-models")),
    };
    let fleet = page.estate().fleet();
    let lines = fleet.by(dimension);
    let is_told = lines.iter().any(|(subject, _)| *subject != Subject::None);
    let lines = if is_told { lines } else { &[] };
    let whole = &fleet.whole;
    let row = |(subject, tally): &(Subject, Tally)| {
        tallied(named(page, dimension, subject), tally, whole)
    };
    Part {
        chart: Some((page.word("fleet-chart"), bars(page, dimension, lines))),
        figures: Figures {
            columns: columns(
                page,
                [
                    column,
                    ("assets", "desk-assets"),
                    ("share", "fleet-share"),
                    ("mean_age", "fleet-mean-age-years"),
                    ("out_of_warranty", "fleet-out-of-warranty"),
                    ("unsupported", "fleet-unsupported"),
                ],
            ),
            rows: lines.iter().map(row).collect(),
            total: tallied(Cell::Text(page.word("total")), whole, whole),
        },
    }
}

fn tallied(name: Cell, tally: &Tally, whole: &Tally) -> Vec<Cell> {
    vec![
        name,
        Cell::Count(tally.assets),
        Cell::share(share(tally.assets, whole.assets)),
        tally.mean_age().map_or(Cell::Nothing, Cell::Number),
        Cell::Count(tally.out_of_warranty),
        Cell::Count(tally.unsupported),
    ]
}

fn systems(page: &Page<'_>) -> Part {
    let estate = page.estate();
    let lines = estate.fleet().by(Dimension::System);
    let known: usize = lines.iter().map(|(_, tally)| tally.assets).sum();
    let counted = estate.fleet().whole.assets.max(known);
    let unsaid = (counted > known).then(|| {
        vec![
            Cell::without(page),
            Cell::Nothing,
            Cell::Count(counted - known),
            Cell::share(share(counted - known, counted)),
            Cell::Nothing,
            Cell::Nothing,
        ]
    });
    let row = |(subject, tally): &(Subject, Tally)| {
        let Subject::System(place) = subject else {
            return Vec::new();
        };
        let system = &estate.systems().all[*place];
        let support = super::upkeep::support_cell(page, system);
        let version = system.version.clone();
        vec![
            named(page, Dimension::System, subject),
            version.map_or(Cell::Nothing, Cell::Text),
            Cell::Count(tally.assets),
            Cell::share(share(tally.assets, counted)),
            system.end.map_or(Cell::Nothing, Cell::Date),
            support,
        ]
    };
    Part {
        chart: Some((
            page.word("fleet-chart"),
            bars(page, Dimension::System, lines),
        )),
        figures: Figures {
            columns: columns(page, SYSTEM_COLUMNS),
            rows: lines.iter().map(row).chain(unsaid).collect(),
            total: vec![
                Cell::Text(page.word("total")),
                Cell::Nothing,
                Cell::Count(counted),
                Cell::share(share(counted, counted)),
                Cell::Nothing,
                Cell::Nothing,
            ],
        },
    }
}

/// Bars as long as the count.
fn bars(page: &Page<'_>, dimension: Dimension, lines: &[(Subject, Tally)]) -> Vec<Bar> {
    let whole = page.estate().fleet().whole.assets;
    let bar = |(subject, tally): &(Subject, Tally)| {
        let value = i64::try_from(tally.assets).unwrap_or(i64::MAX);
        let part = percent(share(tally.assets, whole), page.language);
        let name = named(page, dimension, subject).text(page);
        let version = match subject {
            Subject::System(place) => page.estate().systems().all[*place].version.as_deref(),
            _ => None,
        };
        Bar {
            label: version.map_or_else(|| name.clone(), |version| format!("{name} {version}")),
            value,
            full: value,
            text: format!("{} ({part})", integer(tally.assets, page.language)),
        }
    };
    lines.iter().map(bar).collect()
}

/// What some assets share, as a link to the search for them where it can be searched for.
fn named(page: &Page<'_>, dimension: Dimension, subject: &Subject) -> Cell {
    let estate = page.estate();
    let (text, key) = match subject {
        Subject::Choice(key) => (choice(page, key), key.clone()),
        Subject::Record(id) => {
            let record = estate.record(*id);
            (places::told(estate, record), record.source.id.clone())
        }
        Subject::Text(text) => (text.clone(), text.clone()),
        Subject::System(place) => {
            let name = &estate.systems().all[*place].name;
            (name.clone(), name.clone())
        }
        Subject::Years(years) => return Cell::keyed(years.to_string(), aged(page, *years)),
        Subject::Warranty(warranty) => {
            let (key, label) = match warranty {
                Warranty::Running => ("running", "fleet-warranty-running"),
                Warranty::Ending => ("ending", "fleet-warranty-ending"),
                Warranty::Ended => ("ended", "fleet-warranty-ended"),
            };
            return Cell::keyed(key, page.word(label));
        }
        Subject::None => return Cell::without(page),
    };
    let field = match dimension {
        Dimension::Type => "type",
        Dimension::Model => "model",
        Dimension::Manufacturer => "manufacturer",
        Dimension::System => "os",
        Dimension::Organisation => "organisation",
        Dimension::Group => "group",
        // The page of a place tells more than a search for what stands there.
        Dimension::Site | Dimension::Age | Dimension::Warranty => {
            return match subject {
                Subject::Record(id) => Cell::Record(*id),
                _ => Cell::Text(text),
            };
        }
    };
    let query = format!(
        "kind:asset {field}:\"{}\"{}",
        key.replace('"', " "),
        outside(page)
    );
    Cell::Question { text, key, query }
}

/// The part of a question that leaves out what is no part of the fleet.
pub(super) fn outside(page: &Page<'_>) -> String {
    let kind = page.estate().schema.kind("asset");
    let field = kind.and_then(|kind| kind.field("status"));
    let choices = field.map_or(&[][..], |(_, field)| field.choices());
    let outside = choices.iter().filter(|choice| is_outside(choice));
    let words: Vec<String> = outside
        .map(|choice| format!(" -status:{}", choice.key))
        .collect();
    words.concat()
}

/// The label of a type.
fn choice(page: &Page<'_>, key: &str) -> String {
    let kinds = ["asset", "model"].into_iter();
    let kinds = kinds.filter_map(|kind| page.estate().schema.kind(kind));
    let mut fields = kinds.filter_map(|kind| kind.field("type"));
    let found = fields.find_map(|(_, field)| {
        let mut choices = field.choices().iter();
        choices.find(|choice| choice.key == key)
    });
    found.map_or_else(
        || key.to_owned(),
        |choice| choice.labels.get(page.language).to_owned(),
    )
}

fn aged(page: &Page<'_>, years: i32) -> String {
    match years {
        0 => page.word("fleet-age-none"),
        years => {
            let count = usize::try_from(years).unwrap_or_default();
            let text = page.count("fleet-age-years", count);
            if years < OLDEST {
                text
            } else {
                page.word("fleet-age-oldest").replace("{years}", &text)
            }
        }
    }
}
