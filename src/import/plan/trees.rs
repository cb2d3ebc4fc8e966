//! Names that say where they stand in a tree (`Siège > Bât. B > 101`): there is a room 101 in every building, so that
//! what stands above decides, and contradicts.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::fold;
use crate::history::Recorded;
use crate::history::semantic::value_of;
use crate::import::plan::Request;
use crate::import::plan::links::{Names, one};

/// What stands between the levels of a name.
const BETWEEN: &str = " > ";

/// The field that names the record above.
const ABOVE: &str = "parent";

/// What GLPI calls the entity above all others, which people have no record of.
const ROOTS: [&str; 2] = ["entite racine", "root entity"];

/// The most levels of a tree that are gone up: parents may stand in a circle.
const MOST_LEVELS: usize = 20;

/// The records above others, by kind and id.
#[derive(Debug, Default)]
pub(super) struct Trees {
    above: BTreeMap<(String, String), String>,
}

impl Trees {
    /// Those of a project, of the kinds that links lead to.
    pub fn of(request: &Request<'_>, names: &Names) -> Self {
        let mut above = BTreeMap::new();
        let wanted: BTreeSet<&str> = names.keys().map(|(kind, _)| kind.as_str()).collect();
        let records = request.project.files.iter().flat_map(|file| &file.records);
        for record in records.filter(|record| wanted.contains(record.kind.name.as_str())) {
            let kind = &record.kind.name;
            if let Some(Recorded::Text(name)) = value_of(record, ABOVE)
                && let Some(id) = one(names, std::slice::from_ref(kind), &name)
            {
                above.insert((kind.clone(), record.id.clone()), id);
            }
        }
        Self { above }
    }

    /// The record of a name, with or without what stands above it; nothing where none has it, several, or one that
    /// stands elsewhere.
    pub fn one(&self, names: &Names, kinds: &[String], name: &str) -> Option<String> {
        let whole = one(names, kinds, name);
        let Some((path, leaf)) = name.rsplit_once(BETWEEN).filter(|_| whole.is_none()) else {
            return whole;
        };
        let path: Vec<String> = path.rsplit(BETWEEN).map(|part| fold(part.trim())).collect();
        let path: Vec<String> = path
            .into_iter()
            .filter(|part| !ROOTS.contains(&part.as_str()))
            .collect();
        let mut found = Vec::new();
        for kind in kinds {
            let ids = names.get(&(kind.clone(), fold(leaf.trim())));
            found.extend(ids.into_iter().flatten().map(|id| (kind, id)));
        }
        if path.is_empty() {
            return only(found.iter().map(|(_, id)| id.as_str()));
        }
        let there = found
            .iter()
            .filter(|(kind, id)| self.stands_below(names, (kind, id), &path));
        let there = there.map(|(_, id)| id.as_str());
        only(there).or_else(|| match &found[..] {
            // Of what people have put nowhere the name says enough.
            [(kind, id)] if self.ancestors(kind, id).is_empty() => Some((*id).clone()),
            _ => None,
        })
    }

    /// Whether a record stands below the names of a path, the nearest first. One side may leave levels out: the
    /// nearest of one must stand among those of the other.
    fn stands_below(&self, names: &Names, (kind, id): (&String, &String), path: &[String]) -> bool {
        let ancestors = self.ancestors(kind, id);
        let is = |name: &String, id: &String| {
            let ids = names.get(&(kind.clone(), name.clone()));
            ids.is_some_and(|ids| ids.contains(id))
        };
        let nearest = |own: &String| path.iter().any(|name| is(name, own));
        ancestors.first().is_some_and(nearest)
            || path
                .first()
                .is_some_and(|name| ancestors.iter().any(|own| is(name, own)))
    }

    /// The records above one, the nearest first.
    fn ancestors(&self, kind: &str, id: &str) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        let mut at = id.to_owned();
        while let Some(above) = self.above.get(&(kind.to_owned(), at.clone())) {
            if all.len() >= MOST_LEVELS {
                break;
            }
            all.push(above.clone());
            at.clone_from(above);
        }
        all
    }
}

/// The one of some; nothing where there are none, or several.
fn only<'a>(mut all: impl Iterator<Item = &'a str>) -> Option<String> {
    match (all.next(), all.next()) {
        (Some(id), None) => Some(id.to_owned()),
        _ => None,
    }
}
