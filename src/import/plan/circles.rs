//! Groups that stand in one another, as directories allow it: the link that would close a circle is left
//! out and told, for an estate's groups and places are trees.

use std::collections::BTreeMap;

use crate::diagnostic::Text;
use crate::fold::fold;
use crate::history::Recorded;
use crate::history::semantic::value_of;
use crate::import::plan::Request;
use crate::import::plan::known::Seen;
use crate::schema::{Kind, Type};
use crate::text;

/// The field that says in what a thing stands.
const FIELD: &str = "parent";

/// The parent of each thing of one kind, by id.
type Parents = BTreeMap<String, String>;

/// Takes the links out that would close a circle, with what the estate says already.
pub(super) fn open(request: &Request<'_>, seen: &mut [Seen], notes: &mut Vec<Text>) {
    for kind in request.project.schema.kinds() {
        let to_itself = |kind: &Kind| {
            let mut fields = kind.fields.iter().filter(|field| field.key == FIELD);
            fields.any(|field| match &field.value {
                Type::Reference(kinds) => kinds.contains(&kind.name),
                _ => false,
            })
        };
        let is_linked = |one: &Seen| one.kind == kind.name && parent(one).is_some();
        if to_itself(kind) && seen.iter().any(is_linked) {
            of_kind(request, kind, (seen, notes));
        }
    }
}

fn parent(one: &Seen) -> Option<&str> {
    match one.sighting.fields.get(FIELD) {
        Some(Recorded::Text(text)) => Some(text),
        _ => None,
    }
}

fn of_kind(request: &Request<'_>, kind: &Kind, (seen, notes): (&mut [Seen], &mut Vec<Text>)) {
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut parents = Parents::new();
    // By what people call each: an id beside a name reads like two things.
    let mut titles: BTreeMap<String, String> = BTreeMap::new();
    for one in seen.iter().filter(|one| one.kind == kind.name) {
        titles.insert(one.id.clone(), one.sighting.title.clone());
    }
    let records = request.project.files.iter().flat_map(|file| &file.records);
    for record in records.filter(|record| record.kind.name == kind.name) {
        for name in [
            record.title(),
            format!("{}:{}", kind.name, record.id),
            record.id.clone(),
        ] {
            ids.insert(fold(&name), record.id.clone());
        }
        let title = titles.entry(record.id.clone());
        title.or_insert_with(|| record.title());
        if let Some(Recorded::Text(above)) = value_of(record, FIELD) {
            parents.insert(record.id.clone(), above);
        }
    }
    for above in parents.values_mut() {
        if let Some(id) = ids.get(&fold(above)) {
            above.clone_from(id);
        }
    }
    for one in seen.iter_mut().filter(|one| one.kind == kind.name) {
        let Some(text) = parent(one).map(str::to_owned) else {
            continue;
        };
        let above = ids.get(&fold(&text)).cloned().unwrap_or(text);
        if !closes(&parents, &one.id, &above) {
            parents.insert(one.id.clone(), above);
            continue;
        }
        one.sighting.fields.remove(FIELD);
        let title = &one.sighting.title;
        let above = titles.get(&above).unwrap_or(&above);
        notes.push(text!(
            "« {title} » et « {above} » sont l’un dans l’autre : « {above} » n’est pas écrit comme parent de « {title} »",
            "“{title}” and “{above}” stand in one another: “{above}” is not written as the parent of “{title}”"
        ));
    }
}

/// Whether a thing stands above the parent that it is to get.
fn closes(parents: &Parents, id: &str, above: &str) -> bool {
    let mut at = above;
    // A circle that people wrote ends here, too.
    for _ in 0..=parents.len() {
        if at == id {
            return true;
        }
        match parents.get(at) {
            Some(next) => at = next,
            None => return false,
        }
    }
    false
}
