//! The project as an import needs it: a record with a long list keeps it, and the lines of its file,
//! shared with those of other records. Thousands of machines with their programs, as they are parsed,
//! would take gigabytes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::history::Recorded;
use crate::history::semantic::values;
use crate::import::cut;
use crate::import::long::{LongLists, Pool};
use crate::project::{Location, ParsedFile, Record, parse_file};
use crate::source::SourceFile;

/// What is held of the files that were made light.
#[derive(Debug, Default)]
pub struct Light {
    pool: Pool,
    held: Mutex<BTreeMap<String, Arc<Held>>>,
}

/// What is held of one file: the values of its only record, and its lines.
#[derive(Debug)]
struct Held {
    fields: BTreeMap<String, Recorded>,
    long: LongLists,
    lines: Box<[Arc<str>]>,
}

impl Light {
    /// The items that are shared.
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Reads a file, and holds its text and its record's long lists here. Files of several records,
    /// with Markdown or with faults stay as they are: more than values is asked of those. All files
    /// are of one project: what a line says depends on its schema.
    pub fn read(&self, source: Arc<SourceFile>, location: &Location) -> ParsedFile {
        match cut::file(&source, location, &self.pool) {
            Some(short) => self.hold(short.file, short.long, |_| short.lines),
            None => self.hold(parse_file(source, location), LongLists::new(), |text| {
                let lines = text.split_inclusive('\n');
                lines.map(|line| self.pool.line(line)).collect()
            }),
        }
    }

    /// A file without its text and its record's long lists, some of which are known already. Where it
    /// stands, nobody asks of a file with one record: an edit reads it again.
    fn hold(
        &self,
        mut file: ParsedFile,
        known: LongLists,
        lines: impl FnOnce(&str) -> Box<[Arc<str>]>,
    ) -> ParsedFile {
        let [record] = &mut file.records[..] else {
            return file;
        };
        let is_plain = record.documents.is_empty() && file.diagnostics.is_empty();
        // A record that others have, too, is theirs to keep.
        let Some(record) = Arc::get_mut(record).filter(|_| is_plain) else {
            return file;
        };
        let mut fields = values(record);
        fields.retain(|key, _| !known.contains_key(key));
        let mut long = self.pool.share(&mut fields);
        long.extend(known);
        if long.is_empty() {
            return file;
        }
        let keys = &record.kind.fields;
        record
            .entries
            .retain(|entry| !long.contains_key(&keys[entry.field].key));
        record.entries.shrink_to_fit();
        let (path, lines) = (file.source.path.clone(), lines(&file.source.text));
        file.source = Arc::new(SourceFile::new(path.clone(), ""));
        record.file = Arc::clone(&file.source);
        let held = Held {
            fields,
            long,
            lines,
        };
        self.all().insert(path, Arc::new(held));
        file
    }

    /// The values of a record, whether it is light or not, and the long lists among them.
    pub(super) fn values(&self, record: &Record) -> (BTreeMap<String, Recorded>, LongLists) {
        match self.held(&record.file) {
            Some(held) => (held.fields.clone(), held.long.clone()),
            None => (values(record), LongLists::new()),
        }
    }

    /// A file with its text.
    pub(super) fn text(&self, file: &Arc<SourceFile>) -> Arc<SourceFile> {
        match self.held(file) {
            Some(held) => Arc::new(SourceFile::new(file.path.clone(), held.lines.concat())),
            None => Arc::clone(file),
        }
    }

    fn held(&self, file: &SourceFile) -> Option<Arc<Held>> {
        self.all().get(&file.path).map(Arc::clone)
    }

    fn all(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Arc<Held>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::long::whole;
    use crate::project::locate;
    use crate::schema::built_in;

    fn location(path: &str) -> Location {
        locate(path, &built_in()).expect("a place").expect("a kind")
    }

    fn parsed(path: &str, text: &str) -> ParsedFile {
        parse_file(Arc::new(SourceFile::new(path, text)), &location(path))
    }

    fn read(light: &Light, path: &str, text: &str) -> ParsedFile {
        light.read(Arc::new(SourceFile::new(path, text)), &location(path))
    }

    #[test]
    fn a_light_record_says_all_that_it_said() {
        let programs: Vec<String> = (0..40)
            .map(|number| format!("  - {{name: Programme {number}, version: 1.{number}}}\n"))
            .collect();
        let programs = programs.concat();
        let text = format!(
            "name: PC-1\ntype: laptop\nstatus: in-service\ninstalled_software:\n{programs}"
        );
        let path = "inventory/assets/pc-1.yaml";
        let light = Light::default();
        let made = read(&light, path, &text);
        let plain = parsed(path, &text);
        assert_eq!(plain.diagnostics, Vec::new());
        let (record, other) = (&made.records[0], &plain.records[0]);
        assert!(record.file.text.is_empty() && record.entries.len() + 1 == other.entries.len());
        let (fields, long) = light.values(record);
        assert_eq!(whole(&fields, &long), values(other));
        assert_eq!(light.text(&record.file), other.file);
        assert_eq!(record.id, other.id);
    }

    #[test]
    fn other_files_stay_as_they_are() {
        let programs = "  - {name: Programme, version: 1}\n".repeat(40);
        let one = "name: PC-1\ntype: laptop\nstatus: in-service\n";
        let list = format!("installed_software:\n{programs}");
        let several = format!("- id: a\n  {}", one.trim_end().replace('\n', "\n  "));
        let texts = [
            one.to_owned(),
            format!("{one}notes: Du **texte**\n{list}"),
            format!("{one}inconnu: 1\n{list}"),
            format!("{several}\n{}", several.replace("id: a", "id: b")),
        ];
        for text in texts {
            let light = Light::default();
            let made = read(&light, "inventory/assets/pc-1.yaml", &text);
            assert_eq!(made.source.text, text);
            assert!(light.all().is_empty(), "{text}");
        }
    }
}
