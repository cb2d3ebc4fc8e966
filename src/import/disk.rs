//! States read and a plan written: the only part of an import that touches files. Each file is
//! written whole beside its place and moved there, so that an interrupted import leaves whole files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use rayon::prelude::*;

use crate::edit;
use crate::import::complete::{self, Complete};
use crate::import::leftovers;
use crate::import::light::Light;
use crate::import::local;
use crate::import::long::{Pool, whole};
use crate::import::others::{Others, of_matter};
use crate::import::place::place;
use crate::import::plan::{Batch, FileChange, Plan};
use crate::import::settle::settle;
use crate::import::state::{STATES, State, States};
use crate::project::{Project, Record};
use crate::text;

/// The longest state that is read, in bytes: more than what is written of the largest file that is
/// read (48 MiB), were it one record.
const LARGEST_STATE: u64 = 256 << 20;

/// Reads the states of a source. A file that is none is a failure: to pass it over would have
/// people's words written over.
pub fn read_states(root: &Path, source: &str, pool: &Pool) -> anyhow::Result<States> {
    let mut paths = Vec::new();
    let top = root.join(STATES).join(source);
    let not_a_state = top.join(complete::NAME);
    let mut open = vec![top];
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error).with_context(|| folder.display().to_string()),
        };
        for entry in entries {
            let entry = entry.with_context(|| folder.display().to_string())?;
            let kind = entry.file_type()?;
            let path = entry.path();
            if kind.is_dir() {
                open.push(path);
            } else if kind.is_file()
                && path != not_a_state
                && path.extension().is_some_and(|end| end == "json")
            {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let states = paths.into_par_iter().map(|path| {
        let state = read_state(&path, pool)?;
        Ok((relative(root, &path), state))
    });
    // Of several failures the first in path order is told.
    let states: Vec<anyhow::Result<(String, State)>> = states.collect();
    states.into_iter().collect()
}

/// Reads what is remembered of a source's complete imports; nothing when there was none.
pub fn read_complete(root: &Path, source: &str) -> anyhow::Result<Complete> {
    let path = Complete::path(source);
    let text = match fs::read_to_string(root.join(&path)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Complete::default());
        }
        Err(error) => return Err(error).with_context(|| path),
    };
    let Some(complete) = Complete::parse(&text) else {
        bail!(text!(
            "`{path}` n’est pas lisible ; reprenez-le de Git, ou supprimez-le",
            "`{path}` cannot be read; take it back from Git, or delete it"
        ));
    };
    Ok(complete)
}

fn read_state(path: &Path, pool: &Pool) -> anyhow::Result<State> {
    let shown = || path.display().to_string();
    if fs::metadata(path).with_context(shown)?.len() > LARGEST_STATE {
        let path = path.display();
        bail!(text!(
            "`{path}`, l’état d’un import, dépasse 256 Mio ; reprenez-le de Git",
            "`{path}`, the state of an import, is over 256 MiB; take it back from Git"
        ));
    }
    let text = fs::read_to_string(path).with_context(shown)?;
    let Some(state) = State::read(&text, pool) else {
        let path = path.display();
        bail!(text!(
            "`{path}` n’est pas lisible ; reprenez-le de Git, ou supprimez-le : les valeurs des fiches seront alors tenues pour écrites à la main",
            "`{path}` cannot be read; take it back from Git, or delete it: the records' values are then held to be written by hand"
        ));
    };
    Ok(state)
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}

/// Settles what an import that was cut short left: of each of its records, which values it wrote. Gives
/// the states that are true now; they are on the disk, too, unless nothing shall be written.
pub fn recover(
    root: &Path,
    (project, light): (&Project, &Light),
    is_written: bool,
) -> anyhow::Result<States> {
    let pending = local::pending(root)?;
    let mut settled = States::new();
    if !pending.is_empty() {
        let records = records(project);
        for (path, pending) in pending {
            // A record that is not there was never written.
            let Some(record) = records.get(&pending.record) else {
                continue;
            };
            let place = place(root, &path)?;
            let old = place.exists().then(|| read_state(&place, light.pool()));
            let mut old = old.transpose()?;
            if let Some(old) = &mut old {
                old.fields = whole(&old.fields, &std::mem::take(&mut old.long));
            }
            let (fields, long) = light.values(record);
            let now = whole(&fields, &long);
            settled.insert(path, settle(&record.kind, old.as_ref(), &pending, &now));
        }
    }
    if is_written {
        leftovers::sweep(&root.join("inventory"));
        let states = settled.iter().map(|(path, state)| {
            let change = FileChange {
                before: None,
                after: Some(state.print()),
            };
            (path.clone(), change)
        });
        Writer::new(root).put(&states.collect())?;
        local::forget(root)?;
    }
    for state in settled.values_mut() {
        state.share(light.pool());
    }
    Ok(settled)
}

/// What other sources have to do with the records; `states` are those of the source of the import.
pub fn read_others(
    root: &Path,
    (source, states): (&str, &States),
    (project, light): (&Project, &Light),
) -> anyhow::Result<Others> {
    let mut others = Others::new();
    let records = records(project);
    let own = states.values();
    let own: BTreeMap<&str, &State> = own.map(|state| (state.record.as_str(), state)).collect();
    for other in sources(root)?.into_iter().filter(|other| other != source) {
        for state in read_states(root, &other, light.pool())?.into_values() {
            let Some(record) = records.get(&state.record) else {
                continue;
            };
            let (fields, long) = light.values(record);
            let own = own.get(state.record.as_str()).copied();
            let entry = others.entry(state.record.clone()).or_default();
            entry.add(state, (&fields, &long), own);
        }
    }
    Ok(of_matter(others))
}

/// The sources of which something is remembered, sorted.
fn sources(root: &Path) -> anyhow::Result<Vec<String>> {
    let top = root.join(STATES);
    let entries = match fs::read_dir(&top) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(|| top.display().to_string()),
    };
    let mut all = Vec::new();
    for entry in entries {
        let entry = entry.with_context(|| top.display().to_string())?;
        if entry.file_type()?.is_dir() {
            all.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    all.sort();
    Ok(all)
}

/// The records of a project by name (`kind:id`).
fn records(project: &Project) -> BTreeMap<String, &Arc<Record>> {
    let files = project.files.iter();
    let records = files.flat_map(|file| &file.records);
    records
        .map(|record| (format!("{}:{}", record.kind.name, record.id), record))
        .collect()
}

/// Writes what a plan says: the records first, then what was imported.
pub fn write(root: &Path, plan: &Plan) -> anyhow::Result<()> {
    let mut writer = Writer::new(root);
    writer.both(&plan.files, &plan.states)
}

/// Writes the files of an import a few at a time.
#[derive(Debug)]
pub struct Writer<'a> {
    root: &'a Path,
    /// Folders from which the leftovers of earlier imports are gone.
    cleared: BTreeSet<PathBuf>,
}

impl<'a> Writer<'a> {
    /// A writer of the project in a folder.
    pub fn new(root: &'a Path) -> Self {
        Self {
            root,
            cleared: BTreeSet::new(),
        }
    }

    /// Writes some files as [`write`] does: what was imported after the records that hold it.
    pub fn write(&mut self, batch: &Batch) -> anyhow::Result<()> {
        self.both(&batch.files, &batch.states)
    }

    /// Writes records, then their states. What is cut short between the two is settled by [`recover`]: the
    /// states are noted before any record changes.
    fn both(
        &mut self,
        files: &BTreeMap<String, FileChange>,
        states: &BTreeMap<String, FileChange>,
    ) -> anyhow::Result<()> {
        if files.is_empty() {
            return self.put(states);
        }
        local::note(self.root, states)?;
        self.put(files)?;
        self.put(states)?;
        local::forget(self.root)
    }

    fn put(&mut self, files: &BTreeMap<String, FileChange>) -> anyhow::Result<()> {
        // Most of the time goes in waiting for the disk: several files wait together.
        let written: Vec<anyhow::Result<()>> = files
            .par_iter()
            .map(|(path, change)| write_file(self.root, path, change).with_context(|| path.clone()))
            .collect();
        written.into_iter().collect::<anyhow::Result<()>>()?;
        for path in files.keys() {
            let folder = self
                .root
                .join(path)
                .parent()
                .unwrap_or(self.root)
                .to_owned();
            if !self.cleared.contains(&folder) {
                leftovers::clear(&folder);
                self.cleared.insert(folder);
            }
        }
        Ok(())
    }
}

/// Writes one file as a whole, in the place of the old one at once.
///
/// # Errors
///
/// Fails when the file changed since it was read, when a link leads out of the project, or when the disk refuses.
pub fn write_file(root: &Path, path: &str, change: &FileChange) -> anyhow::Result<()> {
    let place = place(root, path)?;
    let before = match fs::read(&place) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    let held = before.as_deref().map(|bytes| {
        let text = String::from_utf8_lossy(bytes);
        text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()
    });
    // What was imported is nobody's to write; a clone may have other line ends.
    if held != change.before && !path.starts_with(STATES) {
        bail!(text!(
            "ce fichier a changé entre-temps, ou n’est pas en UTF-8 : il reste tel quel",
            "this file changed meanwhile, or is not UTF-8: it stays as it is"
        ));
    }
    let folder = place.parent().unwrap_or(root);
    let Some(after) = &change.after else {
        return Ok(fs::remove_file(&place)?);
    };
    let bytes = edit::with_mark(before.as_deref().unwrap_or_default(), after);
    fs::create_dir_all(folder)?;
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(leftovers::unfinished(&name));
    let written = put(&beside, &bytes, &place).and_then(|()| fs::rename(&beside, &place));
    if written.is_err() {
        // Best effort: the failure itself is what people are told.
        let _ = fs::remove_file(&beside);
    }
    Ok(written?)
}

fn put(beside: &Path, bytes: &[u8], place: &Path) -> std::io::Result<()> {
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(beside)?;
    file.write_all(bytes)?;
    file.sync_data()?;
    if let Ok(metadata) = fs::metadata(place) {
        fs::set_permissions(beside, metadata.permissions())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_that_is_too_large_is_refused() {
        let root = tempfile::tempdir().expect("a folder");
        let path = State::path("glpi", "asset", "pc-1");
        let place = root.path().join(&path);
        fs::create_dir_all(place.parent().expect("a folder")).expect("made");
        let file = fs::File::create(&place).expect("made");
        // A hole: it takes no room on the disk.
        file.set_len(LARGEST_STATE + 1).expect("a length");
        let error = read_states(root.path(), "glpi", &Pool::default()).expect_err("too large");
        assert!(format!("{error:#}").contains("256"), "{error:#}");
        file.set_len(0).expect("a length");
        fs::write(&place, State::default().print()).expect("written");
        let states = read_states(root.path(), "glpi", &Pool::default()).expect("read");
        assert_eq!(states, [(path, State::default())].into());
    }
}
