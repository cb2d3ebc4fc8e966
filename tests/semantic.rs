//! Golden histories: each `tests/semantic/<case>/` holds a project `before/` and `after/` a change,
//! and what is told of it in `changes.json`. `BLESS=1` writes that anew; a person reads the diff.
//!
//! `renames.txt` names renamed files (`old -> new` a line), as Git would find them; `last-good/`
//! holds the last readable version of a file that is broken in `before/`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use carnet::history::Changes;
use carnet::history::semantic::{Reader, once_secret};
use carnet::schema::{built_in, extend};
use carnet::source::SourceFile;

type Files = BTreeMap<String, Vec<u8>>;

fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("under the folder");
            let name = name.to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read(&path).expect("a file"));
        }
    }
    files
}

/// A reader by the schema after the change; what was secret before it stays so.
fn reader(before: &Files, after: &Files) -> Reader {
    let schemas = |files: &Files| -> Vec<(String, String)> {
        let schemas = files.iter();
        let schemas = schemas.filter(|(path, _)| path.starts_with("inventory/_kinds/"));
        let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).expect("schemas are UTF-8");
        schemas
            .map(|(path, bytes)| (path.clone(), text(bytes)))
            .collect()
    };
    let today = schemas(after);
    let sources = today
        .iter()
        .map(|(path, text)| Arc::new(SourceFile::new(path, text)));
    let (schema, found) = extend(&built_in(), &sources.collect::<Vec<_>>());
    assert!(found.is_empty(), "{found:?}");
    let all = [schemas(before), today].concat();
    Reader::new(Arc::new(schema), once_secret(&built_in(), &all))
}

fn changes(case: &Path) -> Changes {
    let [before, after, good] =
        ["before", "after", "last-good"].map(|name| files(&case.join(name)));
    let reader = reader(&before, &after);
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut differences = Vec::new();
    for path in paths {
        let version = |files: &Files| files.get(path).map(|bytes| reader.version(path, bytes));
        let (old, new) = (version(&before), version(&after));
        let broken = old
            .as_ref()
            .is_some_and(carnet::history::semantic::Version::is_broken);
        differences.push(match (broken, new) {
            (true, Some(new)) => reader.mended(version(&good).as_ref(), &new, true),
            (_, new) => reader.compare(old.as_ref(), new.as_ref(), true),
        });
    }
    let renames = fs::read_to_string(case.join("renames.txt")).unwrap_or_default();
    let renames = renames.lines().filter_map(|line| line.split_once(" -> "));
    let renames: Vec<_> = renames
        .map(|(old, new)| (old.to_owned(), new.to_owned()))
        .collect();
    reader.settle(differences, &renames)
}

#[test]
fn changes_are_told_as_written() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/semantic");
    let mut cases: Vec<PathBuf> = fs::read_dir(root)
        .expect("the cases")
        .map(|entry| entry.expect("a case").path())
        .collect();
    cases.sort();
    let mut wrong = Vec::new();
    for case in cases {
        let told = serde_json::to_string_pretty(&changes(&case)).expect("JSON") + "\n";
        // No case may tell what its files call a secret.
        assert!(!told.contains("hunter2"), "{}", case.display());
        let golden = case.join("changes.json");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&golden, &told).expect("written");
        } else if fs::read_to_string(&golden).unwrap_or_default() != told {
            wrong.push(format!("{}:\n{told}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
