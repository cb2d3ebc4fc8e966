//! From a name as people write it to the record they mean.

use std::collections::HashMap;

use crate::estate::{Record, RecordId};
use crate::fold::case_fold;

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

/// Records by id, by the last part of their id, and by their other names.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    /// By kind, then by case-folded id.
    by_id: HashMap<String, HashMap<String, RecordId>>,
    /// By case-folded id, whatever the kind.
    by_any_id: HashMap<String, Vec<RecordId>>,
    /// By the last part of an id with several (`vpn` for `reseau/vpn`).
    by_last_part: HashMap<String, Vec<RecordId>>,
    /// By title and alias.
    by_name: HashMap<String, Vec<RecordId>>,
    /// By the path of the file, where the file is one record.
    by_file: HashMap<String, RecordId>,
    kinds: Vec<String>,
}

impl Lookup {
    /// Reads the names of all records, which are sorted. Folder pages and translations have none.
    pub fn new(records: &[Record]) -> Self {
        let mut lookup = Self::default();
        for record in records {
            let kind = &record.kind().name;
            lookup.kinds.push(kind.clone());
            if record.source.body.is_some() || record.source.range.start == 0 {
                lookup
                    .by_file
                    .insert(record.source.file.path.clone(), record.id);
            }
            if record.is_folder_page() || record.source.language.is_some() {
                continue;
            }
            let id = case_fold(&record.source.id);
            if let Some((_, last)) = id.rsplit_once('/') {
                lookup
                    .by_last_part
                    .entry(last.to_owned())
                    .or_default()
                    .push(record.id);
            }
            lookup
                .by_any_id
                .entry(id.clone())
                .or_default()
                .push(record.id);
            lookup
                .by_id
                .entry(kind.clone())
                .or_default()
                .insert(id, record.id);
            for alias in record.view().values("aliases") {
                if let crate::project::Value::Text(alias) = &alias.value {
                    lookup
                        .by_name
                        .entry(case_fold(alias))
                        .or_default()
                        .push(record.id);
                }
            }
            lookup
                .by_name
                .entry(case_fold(&record.title))
                .or_default()
                .push(record.id);
        }
        lookup
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
                .iter()
                .filter(|id| kinds.is_empty() || kinds.contains(&self.kinds[id.0 as usize]))
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
