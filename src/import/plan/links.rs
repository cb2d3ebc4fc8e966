//! References in a source's words, resolved: to a record, to another sighting, or told as « to link ».

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::fold;
use crate::history::Recorded;
use crate::history::semantic::value_of;
use crate::import::plan::Request;
use crate::import::plan::known::{Known, name_of};
use crate::import::{Link, Sighting, Target};
use crate::project::Record;
use crate::schema::Type;

/// Records by kind and any of their names.
type Names = BTreeMap<(String, String), BTreeSet<String>>;

/// Sets the fields of resolved links; the rest is counted.
pub(super) fn link(
    request: &Request<'_>,
    (sightings, places): (&[Sighting], &[Option<usize>]),
    known: &mut Known<'_>,
    to_link: &mut BTreeMap<(String, String), usize>,
) {
    let mut names = names(request, sightings);
    new_names(known, &mut names);
    let mut missing: BTreeSet<(usize, String, String)> = BTreeSet::new();
    let mut lists: BTreeMap<(usize, &'static str), BTreeSet<Recorded>> = BTreeMap::new();
    let mut texts: Vec<(usize, &'static str, String)> = Vec::new();
    for (sighting, place) in sightings.iter().zip(places) {
        let Some(place) = *place else { continue };
        for link in &sighting.links {
            let kinds = kinds(request, sighting.kind, link);
            let id = match &link.target {
                Target::Named(name) => one(&names, &kinds, name),
                Target::Sighting(at) => places
                    .get(*at)
                    .copied()
                    .flatten()
                    // Two sightings that turned out to be one thing.
                    .filter(|at| *at != place)
                    .map(|at| known.seen()[at].id.clone()),
                Target::Seen(kind, clues, _) => known.find(kind, clues),
            };
            let Some(id) = id else {
                if let Some(item) = nameless(link) {
                    lists.entry((place, link.field)).or_default().insert(item);
                }
                unresolved(known, (place, link), &mut texts, &mut missing);
                continue;
            };
            match &link.part {
                None => texts.push((place, link.field, id)),
                Some((part, beside)) => {
                    let mut item = beside.clone();
                    item.insert((*part).to_owned(), Recorded::Text(id));
                    let list = lists.entry((place, link.field)).or_default();
                    list.insert(Recorded::Structure(item));
                }
            }
        }
    }
    for (_, field, name) in missing {
        *to_link.entry((field, name)).or_default() += 1;
    }
    let mut gathered: BTreeMap<(usize, &'static str), BTreeSet<Recorded>> = BTreeMap::new();
    let schema = &request.project.schema;
    let seen = known.seen_mut();
    for (place, field, text) in texts {
        let one = &mut seen[place];
        let kind = schema.kind(one.kind);
        let own = kind.and_then(|kind| kind.fields.iter().find(|own| own.key == field));
        let text = Recorded::Text(text);
        if own.is_some_and(|own| own.list) {
            let items = gathered.entry((place, field)).or_default();
            items.insert(text);
        } else {
            one.sighting.fields.insert(field.to_owned(), text);
        }
    }
    for ((place, field), items) in lists.into_iter().chain(gathered) {
        let items = Recorded::List(items.into_iter().collect());
        seen[place].sighting.fields.insert(field.to_owned(), items);
    }
}

/// The item of a list that stays without its reference: the name goes before what a text of it says.
fn nameless(link: &Link) -> Option<Recorded> {
    let ((_, beside), key) = link.part.as_ref().zip(link.otherwise)?;
    let mut item = beside.clone();
    let name = match &link.target {
        Target::Named(name) | Target::Seen(_, _, name) => name.as_str(),
        Target::Sighting(_) => "",
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

/// A link that no record answers to: told, unless people have filled the field.
fn unresolved(
    known: &Known<'_>,
    (place, link): (usize, &Link),
    texts: &mut Vec<(usize, &'static str, String)>,
    missing: &mut BTreeSet<(usize, String, String)>,
) {
    let seen = &known.seen()[place];
    let has = |key: &str| {
        let record = seen.record.as_ref();
        record.is_some_and(|record| value_of(record, key).is_some())
    };
    let name = match &link.target {
        Target::Named(name) | Target::Seen(_, _, name) if !name.is_empty() => name.clone(),
        _ => return,
    };
    if link.part.is_none() && has(link.field) {
        return;
    }
    let field = format!("{}.{}", seen.kind, link.field);
    missing.insert((place, field, name.clone()));
    if let (Some(otherwise), None) = (link.otherwise, &link.part) {
        texts.push((place, otherwise, name));
    }
}

/// The kinds that a link may lead to.
fn kinds(request: &Request<'_>, kind: &str, link: &Link) -> Vec<String> {
    let kind = request.project.schema.kind(kind);
    let field = kind.and_then(|kind| kind.fields.iter().find(|field| field.key == link.field));
    let field = match (&link.part, field) {
        (Some((part, _)), Some(field)) => field.fields().iter().find(|inner| inner.key == *part),
        (_, field) => field,
    };
    match field.map(|field| &field.value) {
        Some(Type::Reference(kinds)) => kinds.clone(),
        _ => Vec::new(),
    }
}

fn one(names: &Names, kinds: &[String], name: &str) -> Option<String> {
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

/// The names of the records that links may lead to; none are read when no link goes by name.
fn names(request: &Request<'_>, sightings: &[Sighting]) -> Names {
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    for sighting in sightings {
        for link in &sighting.links {
            if matches!(link.target, Target::Named(_)) {
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
    names
}

/// The names of what this import makes: a device and its supplier may come in one file.
fn new_names(known: &Known<'_>, names: &mut Names) {
    for one in known.seen().iter().filter(|one| one.record.is_none()) {
        let text = |key: &str| match one.sighting.fields.get(key) {
            Some(Recorded::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let own = [Some(one.id.clone()), text("name"), text("title")];
        for name in own.into_iter().flatten() {
            let key = (one.kind.to_owned(), fold(&name));
            names.entry(key).or_default().insert(one.id.clone());
        }
    }
}

/// What a record is called.
fn all_names(record: &Record) -> Vec<String> {
    let mut all = vec![record.id.clone(), record.title(), name_of(record)];
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
