//! From a name as people write it to the record they mean.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use crate::estate::{Record, RecordId};
use crate::fold::case_fold;
use crate::project::Value;
use crate::schema::Kind;

/// What a name turned out to mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One record.
    One(RecordId),
    /// Several could be meant.
    Several(Vec<RecordId>),
    /// None.
    Nothing,
}

/// The records of a name: nearly always one.
#[derive(Debug)]
struct Named(RecordId, Vec<RecordId>);

type ByName = HashMap<String, Named>;

/// Records by id, by the last part of their id, and by their other names.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    /// By kind, then by case-folded id.
    by_id: HashMap<String, HashMap<String, RecordId>>,
    /// By case-folded id, whatever the kind.
    by_any_id: ByName,
    /// By the last part of an id with several (`vpn` for `reseau/vpn`).
    by_last_part: ByName,
    /// By title and alias.
    by_name: ByName,
    /// By the path of the file, where the file is one record.
    by_file: HashMap<String, RecordId>,
    /// The kind of each record.
    kinds: Vec<Arc<Kind>>,
}

impl Lookup {
    /// Reads the names of all records, which are sorted. Folder pages and translations have none.
    pub fn new(records: &[Record]) -> Self {
        let named = || {
            let is_named = |it: &&Record| !it.is_folder_page() && it.source.language.is_none();
            records.iter().filter(is_named)
        };
        let id_key = |record: &Record| record.source.names().id_key.clone();
        let ((by_id, by_any_id), (by_name, (by_last_part, by_file))) = rayon::join(
            || {
                let mut by_id: HashMap<String, HashMap<String, RecordId>> = HashMap::new();
                for records in records.chunk_by(|left, right| left.kind().name == right.kind().name)
                {
                    let own = records.iter().filter(|it| it.source.language.is_none());
                    let own = own.filter(|record| !record.is_folder_page());
                    let own: HashMap<_, _> = own.map(|it| (id_key(it), it.id)).collect();
                    if !own.is_empty() {
                        by_id.insert(records[0].kind().name.clone(), own);
                    }
                }
                (by_id, by_key(named().map(|it| (id_key(it), it.id))))
            },
            || {
                let last = named().filter_map(|record| {
                    let (_, last) = record.source.names().id_key.rsplit_once('/')?;
                    Some((last.to_owned(), record.id))
                });
                (names(named()), (by_key(last), by_file(records)))
            },
        );
        Self {
            by_id,
            by_any_id,
            by_last_part,
            by_name,
            by_file,
            kinds: records.iter().map(|it| Arc::clone(it.kind())).collect(),
        }
    }

    /// The record of a kind with exactly this id (case apart).
    pub fn by_id(&self, kind: &str, id: &str) -> Option<RecordId> {
        self.by_id.get(kind)?.get(&case_fold(id)).copied()
    }

    /// The record that a file is.
    pub fn by_file(&self, path: &str) -> Option<RecordId> {
        self.by_file.get(path).copied()
    }

    /// What `name` or `kind:name` means among `kinds` (all when empty): an id, else the last part
    /// of one, else a title or alias.
    pub fn named(&self, name: &str, kinds: &[String]) -> Found {
        let name = case_fold(name.trim());
        // `[[guide/index]]` is the folder's own page, as a path in an editor names it.
        let folder = ["/index", "/_index", "/readme"]
            .iter()
            .find_map(|end| name.strip_suffix(end));
        let name = folder.map_or(name.clone(), str::to_owned);
        if let Some((kind, id)) = name.split_once(':')
            && let Some(ids) = self.by_id.get(kind)
        {
            return ids.get(id).map_or(Found::Nothing, |id| Found::One(*id));
        }
        for names in [&self.by_any_id, &self.by_last_part, &self.by_name] {
            let Some(found) = names.get(&name) else {
                continue;
            };
            let mut allowed: Vec<RecordId> = found
                .all()
                .filter(|id| kinds.is_empty() || kinds.contains(&self.kinds[id.0 as usize].name))
                .copied()
                .collect();
            allowed.dedup();
            match allowed[..] {
                [] => {}
                [one] => return Found::One(one),
                _ => return Found::Several(allowed),
            }
        }
        Found::Nothing
    }
}

impl Named {
    fn all(&self) -> impl Iterator<Item = &RecordId> {
        std::iter::once(&self.0).chain(&self.1)
    }
}

/// Titles and aliases, of each record the aliases first.
fn names<'r>(records: impl Iterator<Item = &'r Record>) -> ByName {
    by_key(records.flat_map(|record| {
        let aliases = record.view().values("aliases").iter();
        let aliases = aliases.filter_map(|alias| match &alias.value {
            Value::Text(alias) => Some(case_fold(alias)),
            _ => None,
        });
        let title = record.source.names().title_key.clone();
        aliases.chain([title]).map(|name| (name, record.id))
    }))
}

/// The files that are one record: a Markdown text, or a list by its first.
fn by_file(records: &[Record]) -> HashMap<String, RecordId> {
    let own = records
        .iter()
        .filter(|it| it.source.body.is_some() || it.source.range.start == 0);
    own.map(|record| (record.source.file.path.clone(), record.id))
        .collect()
}

fn by_key(names: impl Iterator<Item = (String, RecordId)>) -> ByName {
    let mut by_key = HashMap::with_capacity(names.size_hint().1.unwrap_or_default());
    for (name, id) in names {
        match by_key.entry(name) {
            Entry::Occupied(known) => {
                let Named(_, more) = known.into_mut();
                more.push(id);
            }
            Entry::Vacant(free) => {
                free.insert(Named(id, Vec::new()));
            }
        }
    }
    by_key
}
