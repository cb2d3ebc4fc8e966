//! Pictures and documents carry no mark of their own: an audience gets those that something it reads shows or leads to,
//! in folders that it may enter. A file that nothing names is nobody's, for nothing says whom it is for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::audience::Judge;
use crate::fold::case_fold;
use crate::project::{Entry, Project, Record, Value, path_from};

/// The attachments of what is left of a project.
pub(super) fn visible(
    judge: &Judge<'_>,
    project: &Project,
    seen: &Project,
) -> BTreeMap<String, Arc<[u8]>> {
    let logo = project.config.appearance.logo.iter();
    let mut paths: BTreeSet<&str> = logo.map(|(path, _)| path.as_str()).collect();
    let claims = Claims::of(project, seen.files.iter().flat_map(|file| &file.records));
    paths.extend(&claims.paths);
    let hidden = project.files.iter().flat_map(|file| &file.records);
    let hidden = Claims::of(project, hidden.filter(|record| !judge.sees_record(record)));
    // By its name alone a file is found where it is the only one of that name; one that only what is hidden names by its
    // place is not there to be found.
    let own = |path: &str| paths.contains(path) || !hidden.paths.contains(path);
    let mut by_name: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for path in project.attachments.keys().filter(|path| own(path)) {
        let name = path.rsplit('/').next().unwrap_or(path);
        by_name.entry(case_fold(name)).or_default().push(path);
    }
    let named = claims.names.iter().filter_map(|name| by_name.get(name));
    let named: Vec<&str> = named
        .filter(|found| found.len() == 1)
        .flatten()
        .copied()
        .collect();
    paths.extend(named);
    let all = project.attachments.iter();
    all.filter(|(path, _)| paths.contains(path.as_str()) && judge.sees_path(path))
        .map(|(path, bytes)| (path.clone(), Arc::clone(bytes)))
        .collect()
}

/// The files that records name.
#[derive(Default)]
struct Claims<'p> {
    /// By their place, from the root.
    paths: BTreeSet<&'p str>,
    /// By what may be a name alone, without case.
    names: BTreeSet<String>,
}

impl<'p> Claims<'p> {
    fn of<'r>(project: &'p Project, records: impl Iterator<Item = &'r Arc<Record>>) -> Self {
        let mut claims = Self::default();
        for record in records {
            let documents = record.documents.iter();
            let references = documents.flat_map(|document| &document.references);
            for reference in references {
                claims.add(project, record, &reference.target);
            }
            claims.add_files(project, record, &record.entries);
        }
        claims
    }

    fn add_files(&mut self, project: &'p Project, record: &Record, entries: &[Entry]) {
        let mut open: Vec<&Value> = entries.iter().map(|entry| &entry.value.value).collect();
        while let Some(value) = open.pop() {
            match value {
                Value::File(written) => self.add(project, record, written),
                Value::List(items) => open.extend(items.iter().map(|item| &item.value)),
                Value::Structure(parts) => {
                    open.extend(parts.iter().map(|entry| &entry.value.value));
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, project: &'p Project, record: &Record, written: &str) {
        let from_root = written.trim_start_matches('/').to_owned();
        let places = [path_from(&record.file.path, written), Some(from_root)];
        let known = |path: String| project.attachments.get_key_value(&path);
        let known = places.into_iter().flatten().filter_map(known);
        self.paths.extend(known.map(|(path, _)| path.as_str()));
        let name = written.rsplit('/').next().unwrap_or(written);
        self.names.insert(case_fold(name));
    }
}
