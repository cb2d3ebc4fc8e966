//! Project + History → Estate, in one pass: order, addresses, names, references, back-links.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::Language;
use crate::estate::finance::Finance;
use crate::estate::lookup::{Found, Lookup};
use crate::estate::mentions::{self, Target};
use crate::estate::reading::Reading;
use crate::estate::{BackLink, Estate, Link, Record, RecordId};
use crate::history::History;
use crate::project::{self, Config, Project};
use crate::schema::Type;

/// Gives the project its meaning on a day.
pub fn resolve(project: &Project, history: Arc<History>, as_of: Date) -> Estate {
    let (records, duplicates) = number(project);
    let by_url = || {
        let urls = records.iter();
        urls.map(|record| (record.url.clone(), record.id)).collect()
    };
    let (lookup, by_url) = rayon::join(|| Lookup::new(&records), by_url);
    let names = Names {
        by_kind: Arc::new(ranges(&records)),
        by_url: Arc::new(by_url),
        lookup: Arc::new(lookup),
        reading: Arc::default(),
    };
    let mut estate = unresolved(project, (history, as_of), (records, duplicates), names);
    estate.reading = Arc::new(Reading::new(&estate));
    let meanings: Vec<_> = estate
        .records
        .par_iter()
        .map(|record| meaning(&estate, record))
        .collect();
    for (record, (links, mentions)) in estate.records.iter_mut().zip(meanings) {
        record.links = links;
        record.mentions = mentions;
    }
    add_back_links(&mut estate);
    if estate.is_part {
        estate.forget_dead_names();
    }
    estate
}

/// What follows from what records are called and where they stand, and from nothing else that they say.
pub(super) struct Names {
    pub by_kind: Arc<BTreeMap<String, Range<usize>>>,
    pub by_url: Arc<HashMap<String, RecordId>>,
    pub lookup: Arc<Lookup>,
    pub reading: Arc<Reading>,
}

/// Numbered records, with what is asked of the whole still unasked.
pub(super) fn unresolved(
    project: &Project,
    (history, as_of): (Arc<History>, Date),
    (records, duplicates): (Vec<Record>, Vec<(Arc<project::Record>, RecordId)>),
    names: Names,
) -> Estate {
    Estate {
        config: project.config.clone(),
        schema: Arc::clone(&project.schema),
        as_of,
        history,
        past: project.past.clone(),
        is_part: project.is_part,
        is_partial_view: project.is_partial_view,
        attachments: project.attachments.clone(),
        duplicates,
        by_kind: names.by_kind,
        by_url: names.by_url,
        lookup: names.lookup,
        reading: names.reading,
        service_levels: OnceLock::new(),
        deadlines: OnceLock::new(),
        desk: OnceLock::new(),
        known_errors: OnceLock::new(),
        applicable_procedures: OnceLock::new(),
        journeys: OnceLock::new(),
        occasions: OnceLock::new(),
        clients: OnceLock::new(),
        accounts: OnceLock::new(),
        membership: OnceLock::new(),
        rights: OnceLock::new(),
        backups: OnceLock::new(),
        fleet: OnceLock::new(),
        systems: OnceLock::new(),
        upkeep: OnceLock::new(),
        asset_tags: OnceLock::new(),
        physical_inventory: OnceLock::new(),
        labelled: OnceLock::new(),
        place_names: OnceLock::new(),
        in_charge: OnceLock::new(),
        quality: OnceLock::new(),
        dependencies: OnceLock::new(),
        topology: OnceLock::new(),
        binders: OnceLock::new(),
        addressing: OnceLock::new(),
        shared_addresses: OnceLock::new(),
        finance: Finance::default(),
        installed: OnceLock::new(),
        records,
    }
}

/// Records in order, each id once; the others with the record that had the id first.
fn number(project: &Project) -> (Vec<Record>, Vec<(Arc<project::Record>, RecordId)>) {
    let files = project.files.par_iter();
    let mut sources: Vec<_> = files
        .flat_map_iter(|file| &file.records)
        .map(|source| {
            let id = (source.kind.name.as_str(), &source.names().id_key);
            let key = (id, source.language);
            (key, source.file.path.as_str(), source.range.start, source)
        })
        .collect();
    // Files come in the order of their paths, which is nearly this one.
    sources.sort_by(|left, right| (left.0, left.1, left.2).cmp(&(right.0, right.1, right.2)));
    let mut first: Vec<(_, &Arc<project::Record>)> = Vec::with_capacity(sources.len());
    let mut duplicates = Vec::new();
    for (key, _, _, source) in sources {
        match first.len().checked_sub(1) {
            Some(last) if first[last].0 == key => {
                duplicates.push((Arc::clone(source), numbered(last)));
            }
            _ => first.push((key, source)),
        }
    }
    let records = first.par_iter().enumerate();
    let records = records.map(|(place, (_, source))| Record {
        id: numbered(place),
        title: source.names().title.clone(),
        url: own_folder(source.language, &project.config) + &source.names().address,
        source: Arc::clone(source),
        links: Vec::new(),
        mentions: Vec::new(),
        back_links: Vec::new(),
    });
    (records.collect(), duplicates)
}

fn numbered(place: usize) -> RecordId {
    RecordId(u32::try_from(place).expect("fewer than 4 billion records"))
}

/// The folder of a translation; English ones have theirs on an English site too, beside what they translate.
pub(super) fn own_folder(language: Option<Language>, config: &Config) -> String {
    match language {
        Some(Language::En) => "en/".to_owned(),
        Some(language) => config.folder_of(language),
        None => String::new(),
    }
}

fn ranges(records: &[Record]) -> BTreeMap<String, Range<usize>> {
    let mut ranges: BTreeMap<String, Range<usize>> = BTreeMap::new();
    for (index, record) in records.iter().enumerate() {
        let range = ranges
            .entry(record.kind().name.clone())
            .or_insert(index..index);
        range.end = index + 1;
    }
    ranges
}

/// What the references of a record's fields and texts mean.
pub(super) fn meaning(estate: &Estate, record: &Record) -> (Vec<Link>, Vec<Vec<Target>>) {
    (links(estate, record), all_mentions(estate, record))
}

fn links(estate: &Estate, record: &Record) -> Vec<Link> {
    let source = &record.source;
    let meaning = |reference: &project::FieldReference| {
        let Type::Reference(kinds) = &source.field_of(reference).value else {
            return Link::Dangling;
        };
        match estate.lookup.named(&reference.text, kinds) {
            Found::One(id) if kinds.contains(&estate.record(id).kind().name) => Link::Record(id),
            Found::One(id) => Link::WrongKind(id),
            Found::Several(ids) => Link::Ambiguous(ids),
            Found::Nothing => match estate.lookup.named(&reference.text, &[]) {
                Found::One(id) => Link::WrongKind(id),
                _ => Link::Dangling,
            },
        }
    };
    source.references.iter().map(meaning).collect()
}

fn all_mentions(estate: &Estate, record: &Record) -> Vec<Vec<Target>> {
    let documents = record.source.documents.iter();
    documents
        .map(|document| {
            let references = document.references.iter();
            references
                .map(|reference| mentions::target(estate, record, reference))
                .collect()
        })
        .collect()
}

/// The other records that a record refers to, each with the field.
pub(super) fn referred(record: &Record) -> impl Iterator<Item = (RecordId, Option<usize>)> {
    let links = record.source.references.iter().zip(&record.links);
    let links = links.filter_map(|(reference, link)| match link {
        Link::Record(to) => Some((*to, Some(reference.field))),
        _ => None,
    });
    let mentions = record.mentions.iter().flatten();
    let mentions = mentions.filter_map(|target| match target {
        Target::Record { id, .. } | Target::DeadAnchor { id } => Some((*id, None)),
        _ => None,
    });
    let all = links.chain(mentions);
    all.filter(|(to, _)| *to != record.id)
}

pub(super) fn add_back_links(estate: &mut Estate) {
    let mut all: Vec<Vec<BackLink>> = vec![Vec::new(); estate.records.len()];
    for record in &estate.records {
        for (to, field) in referred(record) {
            let from = record.id;
            all[to.0 as usize].push(BackLink { from, field });
        }
    }
    for (record, mut links) in estate.records.iter_mut().zip(all) {
        // A record that refers by a field and in its text is listed once, by its first field.
        links.sort_by_key(|link| (link.from, link.field.is_none(), link.field));
        links.dedup_by_key(|link| link.from);
        record.back_links = links;
    }
}
