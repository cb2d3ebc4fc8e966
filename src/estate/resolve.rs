//! Project + History → Estate, in one pass: order, addresses, names, references, back-links.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::Language;
use crate::estate::finance::Finance;
use crate::estate::lookup::{Found, Lookup};
use crate::estate::mentions::{self, Target};
use crate::estate::reading::Reading;
use crate::estate::{BackLink, Estate, Link, Record, RecordId};
use crate::fold::{case_fold, slug};
use crate::history::History;
use crate::project::{self, Area, Config, Project};
use crate::schema::Type;

/// Gives the project its meaning on a day.
pub fn resolve(project: &Project, history: Arc<History>, as_of: Date) -> Estate {
    let (records, duplicates) = number(project);
    let by_url = records
        .iter()
        .map(|record| (record.url.clone(), record.id))
        .collect();
    let mut estate = Estate {
        config: project.config.clone(),
        schema: Arc::clone(&project.schema),
        as_of,
        history,
        past: project.past.clone(),
        attachments: project.attachments.clone(),
        duplicates,
        by_kind: ranges(&records),
        by_url,
        lookup: Lookup::new(&records),
        reading: Reading::default(),
        service_levels: OnceLock::new(),
        deadlines: OnceLock::new(),
        desk: OnceLock::new(),
        known_errors: OnceLock::new(),
        applicable_procedures: OnceLock::new(),
        journeys: OnceLock::new(),
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
        quality: OnceLock::new(),
        dependencies: OnceLock::new(),
        topology: OnceLock::new(),
        binders: OnceLock::new(),
        addressing: OnceLock::new(),
        shared_addresses: OnceLock::new(),
        finance: Finance::default(),
        installed: OnceLock::new(),
        records,
    };
    estate.reading = Reading::new(&estate);
    let meanings: Vec<_> = estate
        .records
        .par_iter()
        .map(|record| (links(&estate, record), all_mentions(&estate, record)))
        .collect();
    for (record, (links, mentions)) in estate.records.iter_mut().zip(meanings) {
        record.links = links;
        record.mentions = mentions;
    }
    add_back_links(&mut estate);
    estate
}

/// Records in order, each id once; the others with the record that had the id first.
fn number(project: &Project) -> (Vec<Record>, Vec<(Arc<project::Record>, RecordId)>) {
    let mut sources: Vec<&Arc<project::Record>> = project
        .files
        .iter()
        .flat_map(|file| &file.records)
        .collect();
    sources.par_sort_by_cached_key(|source| {
        let id = (
            source.kind.name.clone(),
            case_fold(&source.id),
            source.language,
        );
        (id, source.file.path.clone(), source.range.start)
    });
    let mut records: Vec<Record> = Vec::with_capacity(sources.len());
    let mut duplicates = Vec::new();
    for source in sources {
        let same = |last: &&Record| {
            last.source.kind.name == source.kind.name
                && last.source.language == source.language
                && case_fold(&last.source.id) == case_fold(&source.id)
        };
        if let Some(first) = records.last().filter(same) {
            duplicates.push((Arc::clone(source), first.id));
            continue;
        }
        let id = RecordId(u32::try_from(records.len()).expect("fewer than 4 billion records"));
        records.push(Record {
            id,
            title: source.title(),
            url: url(source, &project.config),
            source: Arc::clone(source),
            links: Vec::new(),
            mentions: Vec::new(),
            back_links: Vec::new(),
        });
    }
    (records, duplicates)
}

fn url(source: &project::Record, config: &Config) -> String {
    let folder = (source.area != Area::Content).then_some(source.kind.folder.as_str());
    address(own_folder(source.language, config), folder, &source.id)
}

/// The folder of a translation; English ones have theirs on an English site too, beside what they translate.
pub(super) fn own_folder(language: Option<Language>, config: &Config) -> String {
    match language {
        Some(Language::En) => "en/".to_owned(),
        Some(language) => config.folder_of(language),
        None => String::new(),
    }
}

/// The address of a record's page: the folder of its language, the folder of its kind unless it stands in `content/`, its id.
pub(super) fn address(language: String, folder: Option<&str>, id: &str) -> String {
    let mut url = language;
    if let Some(folder) = folder {
        url.push_str(folder);
        url.push('/');
    }
    for part in id.split('/').filter(|part| !part.is_empty()) {
        url.push_str(&slug(part));
        url.push('/');
    }
    url
}

fn ranges(records: &[Record]) -> BTreeMap<String, std::ops::Range<usize>> {
    let mut ranges: BTreeMap<String, std::ops::Range<usize>> = BTreeMap::new();
    for (index, record) in records.iter().enumerate() {
        let range = ranges
            .entry(record.kind().name.clone())
            .or_insert(index..index);
        range.end = index + 1;
    }
    ranges
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

fn add_back_links(estate: &mut Estate) {
    let mut all: HashMap<RecordId, Vec<BackLink>> = HashMap::new();
    for record in &estate.records {
        for (reference, link) in record.source.references.iter().zip(&record.links) {
            if let Link::Record(to) = link {
                let link = BackLink {
                    from: record.id,
                    field: Some(reference.field),
                };
                all.entry(*to).or_default().push(link);
            }
        }
        for target in record.mentions.iter().flatten() {
            if let Target::Record { id, .. } | Target::DeadAnchor { id } = target {
                all.entry(*id).or_default().push(BackLink {
                    from: record.id,
                    field: None,
                });
            }
        }
    }
    for record in &mut estate.records {
        let mut links = all.remove(&record.id).unwrap_or_default();
        links.retain(|link| link.from != record.id);
        // A record that refers by a field and in its text is listed once, by its first field.
        links.sort_by_key(|link| (link.from, link.field.is_none(), link.field));
        links.dedup_by_key(|link| link.from);
        record.back_links = links;
    }
}
