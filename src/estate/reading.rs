//! Reading order: procedures by activity, and the pages of `content/` as a tree. Found once, because
//! every page asks for its neighbours.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::Language;
use crate::estate::{Estate, Record, RecordId};

/// Kinds whose texts may be translated.
const TRANSLATED: [&str; 2] = ["page", "procedure"];

/// The orders in which procedures and pages are read.
#[derive(Debug, Default)]
pub struct Reading {
    /// Procedures by the place of their activity among its choices; those without one last.
    procedures: Vec<(Option<usize>, Vec<RecordId>)>,
    /// Where each procedure stands in `procedures`: its group, and its place there; by its number.
    places: Vec<Option<(usize, usize)>>,
    /// Pages by language and id.
    pages: HashMap<(Option<Language>, String), RecordId>,
    /// Pages under each page, and under none.
    under: HashMap<Option<RecordId>, Vec<RecordId>>,
}

impl Reading {
    /// The orders of an estate whose records are numbered.
    pub(super) fn new(estate: &Estate) -> Self {
        let mut reading = Self {
            procedures: by_activity(estate),
            places: vec![None; estate.records().len()],
            ..Self::default()
        };
        for (group, (_, records)) in reading.procedures.iter().enumerate() {
            for (place, id) in records.iter().enumerate() {
                reading.places[id.0 as usize] = Some((group, place));
            }
        }
        for record in estate.of_kind("page") {
            let key = (record.source.language, record.source.id.clone());
            reading.pages.insert(key, record.id);
        }
        for record in in_order(estate.of_kind("page")) {
            if !record.is_folder_page() {
                let above = reading.above(record).last().copied();
                reading.under.entry(above).or_default().push(record.id);
            }
        }
        reading
    }

    /// The pages that a page stands under, the outermost first.
    fn above(&self, record: &Record) -> Vec<RecordId> {
        let id = &record.source.id;
        let folders = id.match_indices('/').map(|(end, _)| &id[..end]);
        let page = |folder: &str| {
            self.pages
                .get(&(record.source.language, folder.to_owned()))
                .copied()
        };
        folders.filter_map(page).collect()
    }
}

impl Estate {
    /// Procedures by the place of their activity among the choices of the field; those without an
    /// activity last; in reading order within.
    pub fn procedures(&self) -> impl Iterator<Item = (Option<usize>, Vec<&Record>)> {
        let groups = self.reading.procedures.iter();
        groups.map(|(activity, ids)| (*activity, ids.iter().map(|id| self.record(*id)).collect()))
    }

    /// The procedures before and after one, within its activity.
    pub fn neighbours(&self, procedure: &Record) -> (Option<&Record>, Option<&Record>) {
        let place = self.reading.places.get(procedure.id.0 as usize);
        let Some((group, place)) = place.copied().flatten() else {
            return (None, None);
        };
        let records = &self.reading.procedures[group].1;
        let at = |place: usize| records.get(place).map(|id| self.record(*id));
        (place.checked_sub(1).and_then(at), at(place + 1))
    }

    /// The pages that a page stands under, the outermost first.
    pub fn pages_above(&self, page: &Record) -> Vec<&Record> {
        self.reading
            .above(page)
            .into_iter()
            .map(|id| self.record(id))
            .collect()
    }

    /// The pages directly under one, in reading order.
    pub fn pages_under(&self, page: &Record) -> Vec<&Record> {
        let ids = self
            .reading
            .under
            .get(&Some(page.id))
            .map_or(&[][..], Vec::as_slice);
        ids.iter().map(|id| self.record(*id)).collect()
    }

    /// The same procedure or page in the other languages it is written in, in the order of languages.
    pub fn translations<'a>(&'a self, page: &'a Record) -> impl Iterator<Item = &'a Record> {
        let is_translated = TRANSLATED.contains(&page.kind().name.as_str());
        let all: &[Record] = if is_translated { &self.records } else { &[] };
        // Records are in the order of kinds, ids and languages: all languages of an id stand together.
        let place = (page.id.0 as usize).min(all.len());
        let key = (&page.kind().name, &page.source.names().id_key);
        let is_alike = move |it: &&Record| (&it.kind().name, &it.source.names().id_key) == key;
        let before = all[..place].iter().rev().take_while(is_alike).count();
        let alike = all[place - before..].iter().take_while(is_alike);
        alike.filter(|it| it.id != page.id && it.source.id == page.source.id)
    }

    /// Whether readers of a language have a procedure or page in another language in its place: the site names
    /// the language, and nobody has translated the page.
    pub fn is_untranslated(&self, page: &Record, language: Language) -> bool {
        TRANSLATED.contains(&page.kind().name.as_str())
            && page.source.language.is_none()
            && self.config.others().any(|other| other == language)
            && !self
                .translations(page)
                .any(|other| other.source.language == Some(language))
    }

    /// What readers of a language that the site names have of a procedure or page: its translation, else itself.
    pub fn translated<'a>(&'a self, page: &'a Record, language: Language) -> &'a Record {
        let config = &self.config;
        let is_own = page.source.language.unwrap_or(config.language) == language;
        if is_own || !config.languages.contains(&language) {
            return page;
        }
        let wanted = (language != config.language).then_some(language);
        let mut others = self.translations(page);
        let found = others.find(|other| other.source.language == wanted);
        // What is translated into a third language alone is read in the site's own.
        let own = || {
            self.translations(page)
                .find(|other| other.source.language.is_none())
        };
        found.or_else(own).unwrap_or(page)
    }

    /// The address of that.
    pub fn address_in(&self, page: &Record, language: Language) -> String {
        let found = self.translated(page, language);
        if self.is_untranslated(found, language) {
            format!("{}{}", self.config.folder_of(language), found.url)
        } else {
            found.url.clone()
        }
    }

    /// The pages that stand under no other for readers of a language, in reading order: its own, and among them
    /// those that nobody has translated.
    pub fn top_pages_in(&self, language: Option<Language>) -> Vec<&Record> {
        let missing = self.top_pages(None);
        let missing =
            missing.filter(|page| language.is_some_and(|it| self.is_untranslated(page, it)));
        in_order(self.top_pages(language).chain(missing))
    }

    /// The pages of a language that stand under no other, in reading order.
    fn top_pages(&self, language: Option<Language>) -> impl Iterator<Item = &Record> {
        let ids = self.reading.under.get(&None).map_or(&[][..], Vec::as_slice);
        ids.iter()
            .map(|id| self.record(*id))
            .filter(move |page| page.source.language == language)
    }
}

fn by_activity(estate: &Estate) -> Vec<(Option<usize>, Vec<RecordId>)> {
    let field = estate
        .schema
        .kind("procedure")
        .and_then(|kind| kind.field("activity"));
    let choices = field.map_or(&[][..], |(_, field)| field.choices());
    let mut groups: BTreeMap<(bool, Option<usize>), Vec<&Record>> = BTreeMap::new();
    for record in estate.listed("procedure") {
        let key = record
            .view()
            .choice("activity")
            .map(|choice| choice.key.as_str());
        let place = choices
            .iter()
            .position(|choice| Some(choice.key.as_str()) == key);
        groups
            .entry((place.is_none(), place))
            .or_default()
            .push(record);
    }
    let ids = |records| {
        in_order(records)
            .into_iter()
            .map(|record| record.id)
            .collect()
    };
    groups
        .into_iter()
        .map(|((_, place), records)| (place, ids(records)))
        .collect()
}

/// By the `order` field, then the title.
pub(super) fn in_order<'r>(records: impl IntoIterator<Item = &'r Record>) -> Vec<&'r Record> {
    let mut keyed: Vec<_> = records
        .into_iter()
        .map(|record| {
            let order = record.view().integer("order").unwrap_or(i64::MAX);
            let title = record.source.names().folded_title.as_str();
            ((order, title, record.id), record)
        })
        .collect();
    keyed.sort_unstable_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, record)| record).collect()
}
