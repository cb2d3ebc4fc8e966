//! References in a source's words, resolved: to a record, to another sighting, or told as « to link ».

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::fold;
use crate::history::Recorded;
use crate::history::semantic::value_of;
use crate::import::distinct::Distinct;
use crate::import::plan::known::{Known, Seen, name_of};
use crate::import::plan::trees::Trees;
use crate::import::plan::{Plan, Request, members, people};
use crate::import::{Link, Sighting, Target};
use crate::project::Record;
use crate::schema::{Field, Type};

/// Records by kind and any of their names.
pub(super) type Names = BTreeMap<(String, String), BTreeSet<String>>;

/// What links set: the ids of a field, structures, and texts that stand for a name without a record.
#[derive(Default)]
struct Found {
    ids: BTreeMap<(usize, &'static str), Vec<u32>>,
    /// All ids, by those numbers.
    distinct: Distinct,
    items: BTreeMap<(usize, &'static str), BTreeSet<Recorded>>,
    /// Fields whose text stood for a name that has a record now.
    told: BTreeSet<(usize, &'static str)>,
    texts: Vec<(usize, &'static str, String)>,
    /// Fields (`kind.field`) whose names stay in a text of their record.
    in_words: BTreeSet<String>,
    /// For a field and a name that no record has, the places that name it.
    missing: BTreeMap<(String, String), BTreeSet<usize>>,
}

/// Sets the fields of resolved links; the rest is counted. The links end one by one: those of a large
/// directory and what they come to are never all in memory.
pub(super) fn link(
    request: &Request<'_>,
    (sightings, places): (Vec<Sighting>, &[Option<usize>]),
    known: &mut Known<'_>,
    plan: &mut Plan,
) {
    let are_awaited = members::are_awaited(request, known.seen());
    let names = names(request, (&sightings, are_awaited), known);
    let trees = Trees::of(request, &names);
    let mut found = Found::default();
    let count = known.seen().len();
    for (sighting, place) in sightings.into_iter().zip(places) {
        let Some(place) = *place else { continue };
        for link in &sighting.links {
            let kinds = kinds(request, sighting.kind, link);
            for target in link.target.each() {
                let id = match target {
                    Target::Named(name) => trees.one(&names, &kinds, name),
                    Target::Sighting(at) => places
                        .get(*at)
                        .copied()
                        .flatten()
                        // Two sightings that turned out to be one thing.
                        .filter(|at| *at != place)
                        .map(|at| known.seen()[at].id.clone()),
                    Target::Seen(kind, clues, _) => known.find(kind, clues),
                    Target::Shared(_) | Target::Several(_) => None,
                };
                if let Some(id) = id {
                    resolved((place, link), id, &mut found);
                } else {
                    let into = (sighting.passing, &mut found);
                    unresolved(request, known, (place, link, target), into);
                }
            }
        }
    }
    plan.in_words = std::mem::take(&mut found.in_words);
    for (name, places) in std::mem::take(&mut found.missing) {
        *plan.to_link.entry(name).or_default() += places.len();
    }
    if are_awaited {
        let is_said = |place, field| found.ids.contains_key(&(place, field));
        let seen = known.seen_mut();
        let standing = members::standing(request, (seen, &names), &is_said, &mut plan.notes);
        for (place, field, group) in standing {
            let number = found.distinct.number(&group);
            found.ids.entry((place, field)).or_default().push(number);
        }
    }
    set(request, known.seen_mut(), &names, found);
    // A group remembers whom it let go once their records are written.
    let added = known.seen().len() - count;
    known.seen_mut().rotate_right(added);
}

/// Notes that what a link leads to is a record.
fn resolved((place, link): (usize, &Link), id: String, found: &mut Found) {
    let Some((part, beside)) = &link.part else {
        let number = found.distinct.number(&id);
        let ids = found.ids.entry((place, link.field)).or_default();
        ids.push(number);
        found.told.extend(link.otherwise.map(|text| (place, text)));
        return;
    };
    let mut item = beside.clone();
    item.insert((*part).to_owned(), Recorded::Text(id));
    let list = found.items.entry((place, link.field)).or_default();
    list.insert(Recorded::Structure(item));
}

/// Sets what was found.
fn set(request: &Request<'_>, seen: &mut [Seen], names: &Names, found: Found) {
    for ((place, key), ids) in found.ids {
        let one = &mut seen[place];
        let Some(field) = field(request, one.kind, key) else {
            continue;
        };
        let own = spellings(one, field, names);
        let spelt = |id: &str| Recorded::Text(own.get(id).map_or(id, String::as_str).to_owned());
        let mut ids = ids.iter().map(|number| found.distinct.text(*number));
        let value = if field.list {
            let ids: BTreeSet<&str> = ids.collect();
            Some(Recorded::List(ids.into_iter().map(spelt).collect()))
        } else {
            ids.next_back().map(spelt)
        };
        one.sighting
            .fields
            .extend(value.map(|value| (key.to_owned(), value)));
    }
    // The source's own word of somebody goes when the link says it; people's stays.
    for (place, key) in found.told {
        seen[place].sighting.empty.insert(key);
    }
    for (place, key, text) in found.texts {
        let fields = &mut seen[place].sighting.fields;
        fields.insert(key.to_owned(), Recorded::Text(text));
    }
    for ((place, key), items) in found.items {
        let items = Recorded::List(items.into_iter().collect());
        seen[place].sighting.fields.insert(key.to_owned(), items);
    }
}

/// How people, or the last import, have written references of a field, by the id that each means: the
/// same record by another of its names is no change.
fn spellings(seen: &Seen, field: &Field, names: &Names) -> BTreeMap<String, String> {
    let Type::Reference(kinds) = &field.value else {
        return BTreeMap::new();
    };
    let written = seen
        .record
        .as_ref()
        .and_then(|record| value_of(record, &field.key));
    let last = seen
        .state
        .as_ref()
        .and_then(|(_, state)| state.fields.get(&field.key).cloned());
    let mut spellings = BTreeMap::new();
    for value in [written, last].into_iter().flatten() {
        let items = match value {
            Recorded::List(items) => items,
            other => vec![other],
        };
        for item in items {
            if let Recorded::Text(text) = item
                && let Some(id) = one(names, kinds, &text)
            {
                spellings.entry(id).or_insert(text);
            }
        }
    }
    spellings
}

/// The item of a list that stays without its reference: the name goes before what a text of it says.
fn nameless(link: &Link, target: &Target) -> Option<Recorded> {
    let ((_, beside), key) = link.part.as_ref().zip(link.otherwise)?;
    let mut item = beside.clone();
    let name = match target {
        Target::Named(name) | Target::Seen(_, _, name) => name.as_str(),
        Target::Sighting(_) | Target::Shared(_) | Target::Several(_) => "",
    };
    let said = match item.get(key) {
        Some(Recorded::Text(text)) => text.as_str(),
        _ => "",
    };
    let between = if name.is_empty() || said.is_empty() {
        ""
    } else {
        " — "
    };
    let text = format!("{name}{between}{said}");
    if !text.is_empty() {
        item.insert(key.to_owned(), Recorded::Text(text));
    }
    Some(Recorded::Structure(item))
}

/// A link that no record answers to: told, unless people have filled the field with one of their own.
/// Of a list, each name is told.
fn unresolved(
    request: &Request<'_>,
    known: &Known<'_>,
    (place, link, target): (usize, &Link, &Target),
    (passing, found): (&[&str], &mut Found),
) {
    let named = format!("{}.{}", known.seen()[place].kind, link.field);
    if let Some(item) = nameless(link, target) {
        found.in_words.insert(named.clone());
        let list = found.items.entry((place, link.field)).or_default();
        list.insert(item);
    }
    let seen = &known.seen()[place];
    let has = |key: &str| {
        let record = seen.record.as_ref();
        record.is_some_and(|record| value_of(record, key).is_some())
    };
    let name = match target {
        Target::Named(name) | Target::Seen(_, _, name) if !name.is_empty() => name.clone(),
        _ => return,
    };
    let is_list = field(request, seen.kind, link.field).is_some_and(|field| field.list);
    if !is_list && has(link.field) {
        return;
    }
    let otherwise = link.otherwise;
    let otherwise = otherwise.filter(|key| request.last_seen || !passing.contains(key));
    if let (Some(otherwise), None) = (otherwise, &link.part) {
        found.in_words.insert(named.clone());
        found.texts.push((place, otherwise, name.clone()));
    }
    let places = found.missing.entry((named, name)).or_default();
    places.insert(place);
}

fn field<'a>(request: &'a Request<'_>, kind: &str, key: &str) -> Option<&'a Field> {
    let kind = request.project.schema.kind(kind)?;
    kind.fields.iter().find(|field| field.key == key)
}

/// The kinds that a link may lead to.
fn kinds(request: &Request<'_>, kind: &str, link: &Link) -> Vec<String> {
    let field = field(request, kind, link.field);
    let field = match (&link.part, field) {
        (Some((part, _)), Some(field)) => field.fields().iter().find(|inner| inner.key == *part),
        (_, field) => field,
    };
    match field.map(|field| &field.value) {
        Some(Type::Reference(kinds)) => kinds.clone(),
        _ => Vec::new(),
    }
}

/// The record of a name; nothing where none has it, or several.
pub(super) fn one(names: &Names, kinds: &[String], name: &str) -> Option<String> {
    let mut found = BTreeSet::new();
    for kind in kinds {
        found.extend(names.get(&(kind.clone(), fold(name))).into_iter().flatten());
    }
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(id), None) => Some(id.clone()),
        _ => None,
    }
}

/// The names of the records that links may lead to, those that this import makes included.
fn names(
    request: &Request<'_>,
    (sightings, are_awaited): (&[Sighting], bool),
    known: &Known<'_>,
) -> Names {
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    if are_awaited {
        wanted.insert("group".to_owned());
    }
    for sighting in sightings {
        for link in &sighting.links {
            if link.part.is_none() || matches!(link.target, Target::Named(_)) {
                wanted.extend(kinds(request, sighting.kind, link));
            }
        }
    }
    let mut names = Names::new();
    let records = request.project.files.iter().flat_map(|file| &file.records);
    for record in records {
        let kind = &record.kind.name;
        // A person goes by the login of their account, too.
        if kind == "account" && wanted.contains("person") {
            let login = record.view().text("login");
            let holder = value_of(record, "person");
            if let (Some(login), Some(Recorded::Text(holder))) = (login, holder) {
                let own = ("person".to_owned(), fold(login));
                names.entry(own).or_default().insert(holder);
            }
        }
        if wanted.contains(kind) {
            for name in all_names(record) {
                let own = (kind.clone(), fold(&name));
                names.entry(own).or_default().insert(record.id.clone());
            }
        }
    }
    for seen in known.seen() {
        if !wanted.contains(seen.kind) {
            continue;
        }
        for name in seen_names(request, seen) {
            let own = (seen.kind.to_owned(), fold(&name));
            names.entry(own).or_default().insert(seen.id.clone());
        }
    }
    names
}

/// What a thing that was seen is called: as [`all_names`] will say of its record.
fn seen_names(request: &Request<'_>, seen: &Seen) -> Vec<String> {
    let title = request
        .project
        .schema
        .kind(seen.kind)
        .map(|kind| &kind.title);
    let keys = title.map(String::as_str).into_iter();
    let mut all = vec![seen.id.clone(), format!("{}:{}", seen.kind, seen.id)];
    all.extend(people::of_sighting(&seen.sighting));
    for key in keys.chain(["email", "part_number", "aliases"]) {
        match seen.sighting.fields.get(key) {
            Some(Recorded::Text(text)) => all.push(text.clone()),
            Some(Recorded::List(items)) => all.extend(items.iter().filter_map(|item| match item {
                Recorded::Text(text) => Some(text.clone()),
                _ => None,
            })),
            _ => {}
        }
    }
    all
}

/// What a record is called.
fn all_names(record: &Record) -> Vec<String> {
    let mut all = vec![record.id.clone(), record.title(), name_of(record)];
    all.extend(people::of_record(record));
    for key in ["email", "part_number"] {
        all.extend(record.view().text(key).map(str::to_owned));
    }
    if let Some(Recorded::List(aliases)) = value_of(record, "aliases") {
        let texts = aliases.into_iter().filter_map(|alias| match alias {
            Recorded::Text(text) => Some(text),
            _ => None,
        });
        all.extend(texts);
    }
    all
}
