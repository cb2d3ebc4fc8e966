//! The estate as documents to search: a record with its fields, and each section of its text.

use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Language;
use crate::estate::display::alone;
use crate::estate::{Estate, Record, places, tickets};
use crate::format::colon;
use crate::markdown::Section;
use crate::project::{Placed, Value};
use crate::schema::{Field, Type};
use crate::search::Document;
use crate::typography;

use super::charges::Charges;
use super::choices::facets;
use super::names::{names, purposes};

/// At most this many facts stand in a result line.
const MOST_FACTS: usize = 3;

/// Everything that can be found, in the order of records. Fields marked secret have no words.
pub fn documents(estate: &Estate) -> Vec<Document> {
    let charges = Charges::new(estate);
    let each = estate.records().par_iter().map(|record| {
        let mut documents = Vec::new();
        add((estate, &charges), record, &mut documents);
        documents
    });
    each.flatten_iter().collect()
}

fn add((estate, charges): (&Estate, &Charges), record: &Record, documents: &mut Vec<Document>) {
    let own = record.source.language.unwrap_or(estate.config.language);
    add_in(own, (estate, charges, record), documents);
    // What nobody has translated is found in its own words by the readers of the other languages.
    let others = estate.config.others();
    for language in others.filter(|language| estate.is_untranslated(record, *language)) {
        add_in(language, (estate, charges, record), documents);
    }
}

fn add_in(
    language: Language,
    (estate, charges, record): (&Estate, &Charges, &Record),
    documents: &mut Vec<Document>,
) {
    // A result line is read as the page is, whose marks are set; both engines take a word's spellings for one.
    let set = |text: &str| typography::plain(text, language).into_owned();
    let page = Document {
        url: estate.address_in(record, language),
        title: set(&record.title),
        heading: None,
        kind: record.kind().name.clone(),
        kind_label: record.kind().labels.get(language).to_owned(),
        id: record.source.id.clone(),
        identifiers: texts(estate, record, language, |field| field.identifier),
        aliases: texts(estate, record, language, |field| {
            matches!(field.key.as_str(), "aliases" | "tags")
        }),
        names: names(record, language),
        purposes: match record.kind().name.as_str() {
            "asset" => standing(estate, record, language),
            "rota" => purposes(estate, record, language),
            "person" => charges.of(estate, record, language),
            _ => Vec::new(),
        },
        is_over: record.kind().name == "ticket" && !tickets::is_open(record),
        subtitle: set(&facts(estate, record, language)),
        text: words(estate, record, language),
        facets: facets(estate, record, language).into(),
        language: language.code(),
    };
    let Some(body) = record.source.body() else {
        documents.push(page);
        return;
    };
    let mut page = page;
    let mut sections = Vec::new();
    for section in &body.sections {
        let Some(heading) = section.heading.map(|index| &body.headings[index]) else {
            page.text.push('\n');
            page.text.push_str(&prose(section, language));
            continue;
        };
        sections.push(Document {
            url: format!("{}#{}", page.url, heading.id),
            title: page.title.clone(),
            heading: Some(set(&heading.text)),
            kind: page.kind.clone(),
            kind_label: page.kind_label.clone(),
            id: page.id.clone(),
            text: prose(section, language),
            facets: Arc::clone(&page.facets),
            language: page.language,
            ..Document::default()
        });
    }
    documents.push(page);
    documents.append(&mut sections);
}

/// The texts of fields that a test picks, structures' parts included.
fn texts(
    estate: &Estate,
    record: &Record,
    language: Language,
    pick: fn(&Field) -> bool,
) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in &record.source.entries {
        let field = &record.kind().fields[entry.field];
        collect(field, &entry.value, &mut |field, value| {
            if pick(field) {
                texts.push(shown((estate, record), field, value, language));
            }
        });
    }
    texts.retain(|text| !text.is_empty());
    texts
}

/// Calls `see` with each single value of a field, its type's own field beside it.
pub(super) fn collect(field: &Field, placed: &Placed, see: &mut dyn FnMut(&Field, &Value)) {
    match &placed.value {
        Value::List(items) => {
            for item in items {
                collect(field, item, see);
            }
        }
        Value::Structure(entries) => {
            for entry in entries {
                collect(&field.fields()[entry.field], &entry.value, see);
            }
        }
        Value::Secret => {}
        value => see(field, value),
    }
}

/// The places of a machine, by which it is asked for together with what it is.
fn standing(estate: &Estate, asset: &Record, language: Language) -> Vec<String> {
    let places = places::places(estate, asset).into_iter();
    let titles = places.map(|place| estate.translated(place, language).title.clone());
    titles.collect()
}

/// The words of a record: texts marked searchable, and the names of what it refers to.
fn words(estate: &Estate, record: &Record, language: Language) -> String {
    let pick = |field: &Field| {
        let named = matches!(field.value, Type::Reference(_) | Type::Enumeration(_));
        (field.searchable && !matches!(field.key.as_str(), "aliases" | "tags"))
            || named
            || field.value == Type::Markdown
    };
    let mut words = texts(estate, record, language, pick);
    let title = typography::plain(&record.title, language);
    words.retain(|text| *text != title);
    words.dedup();
    words.join("\n")
}

/// The text of a value as its page shows it; an identifier stays as it is typed.
fn shown(
    (estate, record): (&Estate, &Record),
    field: &Field,
    value: &Value,
    language: Language,
) -> String {
    if let Value::Markdown(document) = value {
        let sections = record.source.documents[*document].sections.iter();
        let texts = sections.map(|section| prose(section, language).trim().to_owned());
        return texts.collect::<Vec<_>>().join("\n");
    }
    let text = alone(estate, record, field, value, language);
    if field.identifier {
        return text;
    }
    typography::plain(&text, language).into_owned()
}

/// The text of a section as its page shows it: the marks of its prose are set, its code stays as it is typed.
fn prose(section: &Section, language: Language) -> String {
    let text = &section.text;
    let mut out = String::with_capacity(text.len() + 16);
    let mut at = 0;
    for code in &section.code {
        out.push_str(&typography::plain(&text[at..code.start], language));
        out.push_str(&text[code.clone()]);
        at = code.end;
    }
    out.push_str(&typography::plain(&text[at..], language));
    out
}

/// The first columns of the kind's list, without the title: what tells records of one name apart.
fn facts(estate: &Estate, record: &Record, language: Language) -> String {
    let kind = record.kind();
    let view = record.view();
    let columns = kind.fields.iter().filter(|field| {
        field.column && field.key != kind.title && !field.secret && field.value != Type::Markdown
    });
    // Where a machine stands tells it from its like sooner than one more number of it.
    let (numbers, others): (Vec<_>, Vec<_>) = columns.partition(|field| field.identifier);
    let columns = others.into_iter().chain(numbers);
    let facts = columns.filter_map(|field| {
        let (field, value) = view.get(&field.key)?;
        let text = alone(estate, record, field, value, language);
        // A number alone says nothing: 5 seats, or 5 left?
        let is_number = matches!(field.value, Type::Integer | Type::Decimal);
        let told = if is_number && !text.is_empty() {
            format!("{}{} {text}", field.labels.get(language), colon(language))
        } else {
            text
        };
        Some(told).filter(|told| !told.is_empty())
    });
    facts.take(MOST_FACTS).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::samples::estate;

    #[test]
    fn texts_are_shown_as_pages_show_them_and_code_as_it_is_typed() {
        let estate = estate(&[
            (
                "inventory/tickets/t.yaml",
                "- {id: t, title: \"L'écran\", requester: a, opened: 2026-11-16 09:00, diagnosis: \"L'hôte dit `d'x` ici : non\"}\n\
                 - {id: u, title: U, requester: a, opened: 2026-11-16 09:00, status: closed}\n",
            ),
            ("inventory/people/a.yaml", "{id: a, name: A}\n"),
            (
                "procedures/p.md",
                "# P\nL'un\n\n## Q\nL'autre\n\n~~~\nl'x ; y\n~~~\n",
            ),
        ]);
        let documents = documents(&estate);
        let text = |url: &str| {
            let found = documents
                .iter()
                .find(|document| document.url.ends_with(url));
            found.expect("a document").text.clone()
        };
        assert!(text("tickets/t/").contains("L’hôte dit d'x ici\u{a0}: non"));
        assert!(text("procedures/p/").contains("L’un"));
        assert_eq!(text("procedures/p/#q"), "L’autre\nl'x ; y");
        let over = documents.iter().filter(|document| document.is_over);
        assert_eq!(over.map(|over| over.id.as_str()).collect::<Vec<_>>(), ["u"]);
    }
}
