//! The estate once more after a few files changed: what nobody is called by or sorted by leaves all names as they were,
//! and what other records mean with them.
//!
//! Saving a text is that, nearly always. The result is the one of [`resolve`], sooner.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::estate::mentions::Target;
use crate::estate::resolve::{self, Names, resolve};
use crate::estate::{Estate, Record, RecordId};
use crate::history::History;
use crate::project::{self, ParsedFile, Project};

/// More files are not saved one by one.
const FEW: usize = 16;

/// Gives the project its meaning on a day; `before` is an earlier state of it with its meaning.
pub fn resolve_again(
    project: &Project,
    history: Arc<History>,
    as_of: Date,
    before: Option<(&Project, &Estate)>,
) -> Estate {
    // Of a part, the names that lead nowhere are gone: they cannot be asked again.
    let before = before.filter(|(other, _)| !project.is_part && !other.is_part);
    let changed = before.and_then(|(other, estate)| {
        let changed = changed(project, other, estate).filter(|_| estate.as_of == as_of)?;
        Some((changed, estate))
    });
    match changed {
        Some((changed, estate)) => resaid(project, (history, as_of), changed, estate),
        None => resolve(project, history, as_of),
    }
}

/// The records that say something else than before, by their number; `None` when one of them may be called otherwise,
/// or when more than a few files changed.
fn changed(
    project: &Project,
    other: &Project,
    estate: &Estate,
) -> Option<Vec<(RecordId, Arc<project::Record>)>> {
    if !project.surrounds_the_same(other) || project.files.len() != other.files.len() {
        return None;
    }
    let files = project.files.iter().zip(&other.files);
    let files = files.filter(|(own, other)| !Arc::ptr_eq(own, other));
    let files: Vec<(&Arc<ParsedFile>, &Arc<ParsedFile>)> = files.take(FEW + 1).collect();
    if files.len() > FEW {
        return None;
    }
    let mut changed = Vec::new();
    for (own, other) in files {
        if own.source.path != other.source.path || own.records.len() != other.records.len() {
            return None;
        }
        for (own, other) in own.records.iter().zip(&other.records) {
            if !is_called_the_same(own, other) {
                return None;
            }
            changed.push((number(estate, other)?, Arc::clone(own)));
        }
    }
    Some(changed)
}

/// The number of a record that has one: no duplicate has.
fn number(estate: &Estate, source: &Arc<project::Record>) -> Option<RecordId> {
    fn key(source: &project::Record) -> (&str, &str, Option<crate::diagnostic::Language>) {
        let (kind, names) = (&source.kind.name, source.names());
        (kind, &names.id_key, source.language)
    }
    let records = &estate.records;
    let place = records.binary_search_by(|record| key(&record.source).cmp(&key(source)));
    let record = &records[place.ok()?];
    Arc::ptr_eq(&record.source, source).then_some(record.id)
}

/// Whether two versions of a record have the same names, address and place among the others.
fn is_called_the_same(own: &project::Record, other: &project::Record) -> bool {
    let (names, views) = ([own.names(), other.names()], [own.view(), other.view()]);
    let activity = views.map(|view| view.choice("activity").map(|choice| &choice.key));
    let aliases = views.map(|view| {
        let aliases = view.values("aliases").iter();
        aliases.map(|alias| &alias.value).collect::<Vec<_>>()
    });
    let order = views.map(|view| view.integer("order"));
    Arc::ptr_eq(&own.kind, &other.kind)
        && own.id == other.id
        && own.language == other.language
        && own.body.is_some() == other.body.is_some()
        && (own.range.start == 0) == (other.range.start == 0)
        && names[0].title == names[1].title
        && names[0].address == names[1].address
        && aliases[0] == aliases[1]
        && activity[0] == activity[1]
        && order[0] == order[1]
}

/// The estate before, with these records saying something else.
fn resaid(
    project: &Project,
    when: (Arc<History>, Date),
    changed: Vec<(RecordId, Arc<project::Record>)>,
    before: &Estate,
) -> Estate {
    let names = Names {
        by_kind: Arc::clone(&before.by_kind),
        by_url: Arc::clone(&before.by_url),
        lookup: Arc::clone(&before.lookup),
        reading: Arc::clone(&before.reading),
    };
    let records = (before.records.clone(), before.duplicates.clone());
    let mut estate = resolve::unresolved(project, when, records, names);
    let mut own = BTreeSet::new();
    let unled = estate.records.iter().filter(|it| leads_to_no_record(it));
    let mut asked: BTreeSet<RecordId> = unled.map(|it| it.id).collect();
    for (id, source) in changed {
        let record = &mut estate.records[id.0 as usize];
        record.source = source;
        own.insert(id);
        asked.insert(id);
        // A heading that others name may have come or gone.
        asked.extend(record.back_links.iter().map(|link| link.from));
    }
    let referred = |estate: &Estate| -> Vec<Vec<(RecordId, Option<usize>)>> {
        let own = own.iter().map(|id| estate.record(*id));
        own.map(|record| resolve::referred(record).collect())
            .collect()
    };
    let referred_before = referred(before);
    for id in asked {
        let (links, mentions) = resolve::meaning(&estate, estate.record(id));
        let record = &mut estate.records[id.0 as usize];
        record.links = links;
        record.mentions = mentions;
    }
    if referred(&estate) != referred_before {
        resolve::add_back_links(&mut estate);
    }
    estate
}

/// Whether a text names what is no record: some pages of the site are there because of what records say.
fn leads_to_no_record(record: &Record) -> bool {
    let mut targets = record.mentions.iter().flatten();
    targets.any(|target| matches!(target, Target::Page(_) | Target::Missing))
}
