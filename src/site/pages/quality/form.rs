//! The form of a place: what is missing of each record there, with room to write it on paper.

use std::collections::BTreeMap;

use crate::estate::quality::{Measured, PAGE};
use crate::estate::{Estate, Record, RecordId};
use crate::site::context::{FormGroup, FormRecord, Link, QualityFormContext};
use crate::site::frame;
use crate::site::page::Page;
use crate::site::pages::questions;
use crate::site::templates::TemplateError;

use super::kind_of;

/// A form has this many records; nobody fills in more in a day.
const MOST_RECORDS: usize = 300;

/// The address of a place's form.
pub(in crate::site) fn url(place: &Record) -> String {
    let own = place.url.split_once('/').map_or("", |(_, rest)| rest);
    format!("{PAGE}forms/{own}")
}

/// The places at which something is missing, by id.
pub(in crate::site) fn forms(estate: &Estate) -> Vec<&Record> {
    let scores = estate.quality().completeness.by_place.iter();
    let lacking = scores.filter(|(_, score)| score.missing() > 0);
    lacking
        .filter_map(|(place, _)| Some(estate.record((*place)?)))
        .collect()
}

/// Renders the form of a place.
pub(in crate::site) fn form(page: &Page<'_>, place: &Record) -> Result<String, TemplateError> {
    let estate = page.estate();
    let all = estate.quality().completeness.records.iter();
    let is_here = |it: &&Measured| it.place == Some(place.id) && !it.missing.is_empty();
    let here: Vec<&Measured> = all.filter(is_here).collect();
    let fields: usize = here.iter().map(|it| it.missing.len()).sum();
    let mut groups: BTreeMap<&str, FormGroup> = BTreeMap::new();
    for measured in here.iter().take(MOST_RECORDS) {
        let kind = estate.record(measured.record).kind();
        let group = groups.entry(&kind.name).or_insert_with(|| FormGroup {
            title: kind.plural.get(page.language).to_owned(),
            records: Vec::new(),
        });
        group.records.push(line(page, measured));
    }
    let title = page.word("quality-form").replace("{place}", &place.title);
    let parents = vec![
        frame::home(page),
        Link::new(page.word("data"), page.to(questions::URL)),
        Link::new(page.word("quality"), page.to(PAGE)),
    ];
    let summary = page
        .count("quality-form-summary", fields)
        .replace("{records}", &page.number(here.len()));
    let more = here.len().saturating_sub(MOST_RECORDS);
    let context = QualityFormContext {
        frame: frame::frame(page, &title, parents),
        summary,
        groups: groups.into_values().collect(),
        note: (more > 0).then(|| page.count("and-more", more)),
    };
    page.render("quality-form.html", &context)
}

/// A record, how it is found, and what is missing of it.
fn line(page: &Page<'_>, measured: &Measured) -> FormRecord {
    let estate = page.estate();
    let record = estate.record(measured.record);
    let place = estate.first(record, "site").map(|place| place.id);
    let room = place
        .filter(|own| Some(*own) != measured.place)
        .map(|own: RecordId| estate.record(own).title.clone());
    let room = record.view().text("room").map(str::to_owned).or(room);
    let facts = [Some(kind_of(record, page.language)), room];
    let fields = &record.kind().fields;
    let missing = measured.missing.iter();
    FormRecord {
        link: page.link_with_id(record),
        facts: facts.into_iter().flatten().collect::<Vec<_>>().join(", "),
        fields: missing
            .map(|place| fields[*place].labels.get(page.language).to_owned())
            .collect(),
    }
}
