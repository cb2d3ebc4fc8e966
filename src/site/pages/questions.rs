//! The page of data (what can be downloaded, which questions there are), and a page for each question.

mod around;

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use rust_decimal::Decimal;

use crate::database::{self, Answer, Cell, Question, Said, questions};
use crate::estate::Record;
use crate::format;
use crate::schema::{Field, Type};
use crate::site::context::{
    Column, DataContext, Html, Link, QuestionContext, QuestionGroup, Row, Table, TableSection,
    Value,
};
use crate::site::diagrams::chart::{Bar, Words, bars};
use crate::site::page::Page;
use crate::site::templates::TemplateError;
use crate::site::{export, frame};

use super::list;

/// The address of the page of data.
pub(in crate::site) const URL: &str = "data/";
/// A chart has this many bars; the table has the others.
const BARS: usize = 20;
/// Rows that a page shows; the CSV has all of them.
const ROWS: usize = 500;

/// The address of a question's page.
pub(in crate::site) fn url(name: &str) -> String {
    format!("{URL}questions/{name}/")
}

/// The path of a question's answer as CSV.
pub(in crate::site) fn csv_path(name: &str) -> String {
    format!("{URL}questions/{name}.csv")
}

/// Renders the page of data.
pub(in crate::site) fn data(page: &Page<'_>) -> Result<String, TemplateError> {
    let all = questions(page.estate());
    let group = |label: &str, own: bool| QuestionGroup {
        title: page.word(label),
        links: all
            .iter()
            .filter(|question| question.path.is_some() == own)
            .map(|question| Link::new(question.title(page.language), page.to(&url(question.name))))
            .collect(),
    };
    let groups = [
        group("questions-own", true),
        group("questions-ready", false),
    ];
    let context = DataContext {
        frame: frame::frame(page, &page.word("data"), vec![frame::home(page)]),
        database: Link::new(page.word("data-sqlite"), page.to(database::FILE)),
        questions: groups
            .into_iter()
            .filter(|group| !group.links.is_empty())
            .collect(),
        files: files(page),
    };
    page.render("data.html", &context)
}

/// A row a kind that has records: how many, and its files.
fn files(page: &Page<'_>) -> Table {
    let estate = page.estate();
    let kinds = estate.schema.kinds().filter(|kind| kind.name != "page");
    let rows = kinds.filter_map(|kind| {
        let count = estate.listed(&kind.name).count();
        let file = |extension: &str| {
            let path = format!("data/{}.{extension}", kind.folder);
            Value::link(Link::new(extension.to_uppercase(), page.to(&path)))
        };
        let list = Link::new(
            kind.plural.get(page.language),
            page.to(&format!("{}/", kind.folder)),
        );
        let count = Value::number(
            format::integer(i64::try_from(count).ok()?, page.language),
            count.to_string(),
        );
        Some(vec![Value::link(list), count, file("csv"), file("json")])
    });
    Table {
        caption: None,
        columns: ["data-kind", "data-count", "data-csv", "data-json"]
            .map(|key| page.word(key))
            .to_vec(),
        rows: rows.collect(),
    }
}

/// Renders a question with its answer.
pub(in crate::site) fn question(page: &Page<'_>, name: &str) -> Result<String, TemplateError> {
    let all = questions(page.estate());
    let Some(question) = all.into_iter().find(|question| question.name == name) else {
        return data(page);
    };
    let parents = vec![
        frame::home(page),
        Link::new(page.word("data"), page.to(URL)),
    ];
    let title = question.title(page.language);
    let mut context = QuestionContext {
        frame: frame::frame(page, title, parents),
        sql: question.sql.trim_end().to_owned(),
        command: format!("carnet query {name}"),
        csv: Link::new(page.word("csv"), page.to(&csv_path(name))),
        note: question.note(page.language).map(str::to_owned),
        see: question.see().and_then(|url| around::see(page, url)),
        ..QuestionContext::default()
    };
    match page.site.ask(question.sql, database::MOST_ROWS) {
        Ok(answer) => {
            context.count = count(page, &answer);
            context.chart = chart(page, question, &answer);
            context.table = table(page, question, &answer);
        }
        Err(mistake) => context.mistake = Some(mistake.message.get(page.language).to_owned()),
    }
    page.render("question.html", &context)
}

/// The answer as CSV for people.
pub(in crate::site) fn csv(page: &Page<'_>, name: &str) -> Vec<u8> {
    let all = questions(page.estate());
    let question = all.into_iter().find(|question| question.name == name);
    let answer = question
        .and_then(|question| Some((question, page.site.ask(question.sql, usize::MAX).ok()?)));
    let Some((question, answer)) = answer else {
        return Vec::new();
    };
    let head: Vec<String> = answer
        .columns
        .iter()
        .map(|column| heading(page, question, column))
        .collect();
    let rows = answer
        .rows
        .iter()
        .map(|row| row.iter().map(Cell::text).collect());
    export::people_table(&head, rows, page.language)
}

fn count(page: &Page<'_>, answer: &Answer) -> String {
    let count = page.count("question-rows", answer.total);
    if answer.total > ROWS {
        format!("{count} {}", page.word("question-cut"))
    } else {
        count
    }
}

fn table(page: &Page<'_>, question: Question<'_>, answer: &Answer) -> TableSection {
    let shown = shown(page, question, answer);
    let columns = shown.iter().map(|&place| {
        let column = &answer.columns[place];
        Column {
            key: column.clone(),
            label: heading(page, question, column),
            numeric: is_number(answer, place),
            facet: field(page, question, column)
                .is_some_and(|field| matches!(field.value, Type::Enumeration(_) | Type::Boolean)),
            order: field(page, question, column)
                .map_or_else(Vec::new, |field| list::choices(page, field)),
            sorted: None,
        }
    });
    let rows = answer.rows.iter().take(ROWS).map(|row| {
        let cells = shown.iter().map(|&place| {
            let of_any = around::of_any_kind(page, &answer.columns, row, place);
            of_any.unwrap_or_else(|| value(page, question, &answer.columns[place], &row[place]))
        });
        Row {
            cells: cells.collect(),
        }
    });
    TableSection {
        id: "answer".to_owned(),
        title: String::new(),
        columns: columns.collect(),
        rows: rows.collect(),
        total: around::total(page, question, answer, &shown),
    }
}

/// The columns shown: a record is shown by its title, so that a column with its title beside would say it twice.
fn shown(page: &Page<'_>, question: Question<'_>, answer: &Answer) -> Vec<usize> {
    let is_twice = |column: &String| {
        let Some(Said::Field(kind, key)) = question.column(column, page.language) else {
            return false;
        };
        let names_kind = answer
            .columns
            .iter()
            .any(|other| other.replace('_', "-") == kind);
        names_kind
            && page
                .estate()
                .schema
                .kind(kind)
                .is_some_and(|kind| kind.title == key)
    };
    let places = 0..answer.columns.len();
    places
        .filter(|place| !is_twice(&answer.columns[*place]))
        .collect()
}

/// A field that the question says its column holds.
fn field<'p>(page: &Page<'p>, question: Question<'_>, column: &str) -> Option<&'p Field> {
    let Some(Said::Field(kind, key)) = question.column(column, page.language) else {
        return None;
    };
    let kind = page.estate().schema.kind(kind)?;
    kind.fields.iter().find(|field| field.key == key)
}

/// What heads a column: as the question says, else the kind it names, else its name.
fn heading(page: &Page<'_>, question: Question<'_>, column: &str) -> String {
    if let Some(Said::Heading(words)) = question.column(column, page.language) {
        return words.to_owned();
    }
    if let Some(field) = field(page, question, column) {
        return field.labels.get(page.language).to_owned();
    }
    let kind = page.estate().schema.kind(&column.replace('_', "-"));
    kind.map_or_else(
        || column.to_owned(),
        |kind| kind.labels.get(page.language).to_owned(),
    )
}

fn value(page: &Page<'_>, question: Question<'_>, column: &str, cell: &Cell) -> Value {
    let field = field(page, question, column);
    if let Some(record) = named(page, column, field, cell) {
        return Value::link(page.link_with_id(record));
    }
    match (cell, field) {
        (Cell::Null, _) => Value::Empty,
        (Cell::Integer(number), Some(field)) if field.value == Type::Boolean => Value::Boolean {
            value: *number != 0,
        },
        (Cell::Text(text), Some(field)) => written(page, field, text),
        (Cell::Integer(number), _) => {
            Value::number(format::integer(*number, page.language), number.to_string())
        }
        (Cell::Real(number), _) => real(page, *number),
        (Cell::Text(text), None) if question.is_date(column) => moment(page, text),
        (Cell::Text(text), None) => match amount(text) {
            Some(amount) => Value::number(format::money(amount, page.language), text),
            None => Value::text(text),
        },
    }
}

/// The record whose id a cell holds: its column is called like a kind, or holds a reference.
fn named<'p>(
    page: &Page<'p>,
    column: &str,
    field: Option<&Field>,
    cell: &Cell,
) -> Option<&'p Record> {
    let Cell::Text(id) = cell else { return None };
    let estate = page.estate();
    if let Some(Field {
        value: Type::Reference(kinds),
        ..
    }) = field
    {
        return kinds.iter().find_map(|kind| estate.find(kind, id));
    }
    estate.find(&column.replace('_', "-"), id)
}

/// A field's value as the database holds it, in words.
fn written(page: &Page<'_>, field: &Field, text: &str) -> Value {
    match &field.value {
        Type::Enumeration(choices) => {
            let choice = choices.iter().find(|choice| choice.key == text);
            Value::text(choice.map_or(text, |choice| choice.labels.get(page.language)))
        }
        Type::Date | Type::DateTime => moment(page, text),
        Type::Money => match text.parse::<Decimal>() {
            Ok(amount) => Value::number(format::money(amount, page.language), text),
            Err(_) => Value::text(text),
        },
        _ => Value::text(text),
    }
}

/// A day, or a moment, as the database writes it.
fn moment(page: &Page<'_>, text: &str) -> Value {
    let is_day = text.len() == "2026-11-20".len();
    let Ok(moment) = text.parse::<DateTime>() else {
        return Value::text(text);
    };
    Value::date(if is_day {
        page.date(moment.date())
    } else {
        page.date_time(moment)
    })
}

fn real(page: &Page<'_>, number: f64) -> Value {
    let text = number.to_string();
    match text.parse::<Decimal>() {
        Ok(exact) => Value::number(format::decimal(exact, page.language), text),
        Err(_) => Value::text(text),
    }
}

/// An amount as questions write it: digits, a point, two digits.
fn amount(text: &str) -> Option<Decimal> {
    let (_, cents) = text.split_once('.')?;
    let is_amount = cents.len() == 2 && cents.bytes().all(|digit| digit.is_ascii_digit());
    is_amount.then(|| text.parse().ok()).flatten()
}

fn is_number(answer: &Answer, place: usize) -> bool {
    let written = answer
        .rows
        .iter()
        .map(|row| &row[place])
        .filter(|cell| **cell != Cell::Null);
    let mut numbers = written.map(|cell| match cell {
        Cell::Text(text) => amount(text).is_some(),
        _ => true,
    });
    numbers
        .next()
        .is_some_and(|first| first && numbers.all(|number| number))
}

/// The chart that the question asks for: a bar a row, the first column its name.
fn chart(page: &Page<'_>, question: Question<'_>, answer: &Answer) -> Option<Html> {
    let drawn = answer
        .columns
        .iter()
        .position(|column| Some(column.as_str()) == question.chart())?;
    if drawn == 0 || answer.rows.len() < 2 || !is_number(answer, drawn) {
        return None;
    }
    let said = |place: usize, row: &[Cell]| {
        label(&value(page, question, &answer.columns[place], &row[place]))
    };
    let marks: Vec<Bar> = answer
        .rows
        .iter()
        .take(BARS)
        .map(|row| Bar {
            label: page.set(&said(0, row)),
            value: hundredths(&row[drawn]),
            full: hundredths(&row[drawn]),
            text: said(drawn, row),
        })
        .collect();
    let words = Words {
        id: "chart",
        title: question.title(page.language),
        description: &heading(page, question, &answer.columns[drawn]),
    };
    Some(Html(bars(words, &marks)))
}

/// What a value says, in a chart.
fn label(value: &Value) -> String {
    match value {
        Value::Text { text } | Value::Code { text } | Value::Number { text, .. } => text.clone(),
        Value::Link { link, .. } => link.text.clone(),
        Value::Badge { badge } => badge.text.clone(),
        Value::Date { date, .. } => date.text.clone(),
        _ => "—".to_owned(),
    }
}

/// A cell as a length: hundredths, so that cents count.
fn hundredths(cell: &Cell) -> i64 {
    let number: Option<Decimal> = cell.text().parse().ok();
    let hundredths = number.map(|number| (number * Decimal::ONE_HUNDRED).round());
    hundredths
        .and_then(|number| number.try_into().ok())
        .unwrap_or(0)
        .max(0)
}

/// The names of all questions, for the plan.
pub(in crate::site) fn names(page: &crate::estate::Estate) -> BTreeSet<String> {
    questions(page)
        .into_iter()
        .map(|question| question.name.to_owned())
        .collect()
}
