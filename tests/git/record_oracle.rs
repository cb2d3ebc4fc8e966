//! The logs of fifty records of a random history, compared with what a slow and independent check
//! derives: `git show` for every file of every commit, and a parser of `key: value` lines.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use carnet::history::{History, RecordName, Recorded, ValueChange, What};

use crate::builder::{Builder, Files};

const LISTS: [&str; 3] = [
    "inventory/assets/lyon.yaml",
    "inventory/assets/annecy.yaml",
    "inventory/assets/deep/valence.yaml",
];
const KEYS: [&str; 5] = ["name", "serial", "room", "os", "hostname"];
const RECORDS: usize = 80;
const COMMITS: usize = 140;

/// A small generator (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }
}

type Fields = BTreeMap<&'static str, String>;
/// A record's fields by its id.
type Records = BTreeMap<String, BTreeMap<String, String>>;

/// The estate: for each record its place (a list, or a file of its own) and its fields.
#[derive(Clone, Default)]
struct Estate(BTreeMap<String, (Option<usize>, Fields)>);

impl Estate {
    fn files(&self) -> Files {
        let mut files = Files::new();
        for (id, (list, fields)) in &self.0 {
            let lines: Vec<String> = fields
                .iter()
                .map(|(key, value)| format!("{key}: {value}\n"))
                .collect();
            match list {
                None => {
                    let path = format!("inventory/assets/{id}.yaml");
                    files.insert(path, lines.concat().into_bytes());
                }
                Some(list) => {
                    let lines = format!("  {}", lines.join("  "));
                    let file = files.entry(LISTS[*list].to_owned()).or_default();
                    file.extend(format!("- id: {id}\n{lines}").into_bytes());
                }
            }
        }
        files
    }

    /// One random change: an edit, a move to or from a list, a record that comes or goes.
    fn step(&mut self, random: &mut Random, stamp: usize) {
        let id = format!("pc-{}", random.below(RECORDS));
        let list = [None, Some(0), Some(1), Some(2)][random.below(4)];
        // No two records are alike, so that none is taken for another that was renamed.
        let fresh = KEYS.map(|key| (key, format!("{key} of {id} since {stamp}")));
        match (random.below(10), self.0.get_mut(&id)) {
            (_, None) => {
                self.0.insert(id, (list, Fields::from(fresh)));
            }
            (0, Some(_)) => {
                self.0.remove(&id);
            }
            (1 | 2, Some(record)) => {
                record.0 = list;
                record.1.insert("room", format!("moved {stamp}"));
            }
            (3, Some(record)) => drop(record.1.remove(KEYS[1 + random.below(4)])),
            (_, Some(record)) => {
                let key = KEYS[random.below(KEYS.len())];
                record.1.insert(key, format!("{key} edited {stamp}"));
            }
        }
    }
}

/// Runs `git`, without the machine's configuration; `None` without the binary.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env_remove("GIT_DIR")
        .output()
        .ok()?;
    assert!(output.status.success(), "git {arguments:?}");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

/// The records of a file: `key: value` lines, in a list after `- `.
fn parse(path: &str, text: &str, records: &mut Records) {
    let stem = path.strip_prefix("inventory/assets/").expect("an asset");
    let mut id = stem.strip_suffix(".yaml").expect("YAML").to_owned();
    for line in text.lines() {
        let line = line.trim_start_matches([' ', '-']);
        let (key, value) = line.split_once(": ").expect("a key and a value");
        if key == "id" {
            value.clone_into(&mut id);
            records.entry(id.clone()).or_default();
        } else {
            let record = records.entry(id.clone()).or_default();
            record.insert(key.to_owned(), value.to_owned());
        }
    }
}

/// All records at a commit. Each file is asked for with `git show`, once for each content.
fn at(folder: &Path, commit: &str, read: &mut BTreeMap<String, String>) -> Option<Records> {
    let listed = git(folder, &["ls-tree", "-r", commit])?;
    let mut records = Records::new();
    for line in listed.lines() {
        let (about, path) = line.split_once('\t').expect("a path");
        let blob = about.rsplit(' ').next().expect("a name").to_owned();
        if !read.contains_key(&blob) {
            let shown = git(folder, &["show", &format!("{commit}:{path}")])?;
            read.insert(blob.clone(), shown);
        }
        parse(path, &read[&blob], &mut records);
    }
    Some(records)
}

/// What changed in a record against every parent, in words: `∅`, `added`, `removed`, or the keys
/// with their old values at the first parent and their new ones.
fn expected(id: &str, parents: &[&Records], now: &Records) -> String {
    let now = now.get(id);
    let before: Vec<_> = parents.iter().map(|parent| parent.get(id)).collect();
    match now {
        _ if before.contains(&now) => String::new(),
        None if before.is_empty() => String::new(),
        None => "removed".into(),
        Some(_) if before.iter().all(Option::is_none) => "added".into(),
        Some(now) => {
            let mut words = Vec::new();
            let keys: BTreeSet<&String> = before
                .iter()
                .flatten()
                .flat_map(|fields| fields.keys())
                .chain(now.keys())
                .collect();
            for key in keys {
                let new = now.get(key);
                let mut old = before.iter().flatten().map(|fields| fields.get(key));
                if old.clone().all(|old| old != new) {
                    let old = old.next().flatten();
                    words.push(format!("{key}: {old:?} → {new:?}"));
                }
            }
            words.join(", ")
        }
    }
}

/// What the history tells of a record, by commit, in the same words.
fn told(history: &History, id: &str) -> BTreeMap<String, String> {
    let name = RecordName {
        kind: "asset".into(),
        id: id.into(),
        language: None,
    };
    let mut found = BTreeMap::new();
    for (commit, change) in history.of_record(&name) {
        let words = match change.what {
            What::Added => "added".to_owned(),
            What::Removed => "removed".to_owned(),
            What::Reformatted | What::Unreadable => String::new(),
            What::Changed => {
                let mut words: Vec<String> = Vec::new();
                for field in &change.fields {
                    let ValueChange::Replaced { old, new } = &field.value else {
                        panic!("{field:?}");
                    };
                    let text = |value: &Option<Recorded>| match value {
                        Some(Recorded::Text(text)) => Some(text.clone()),
                        None => None,
                        other => panic!("{other:?}"),
                    };
                    let (old, new) = (text(old), text(new));
                    words.push(format!("{}: {old:?} → {new:?}", field.key));
                }
                words.sort();
                words.join(", ")
            }
        };
        if !words.is_empty() {
            found.insert(commit.id.clone(), words);
        }
    }
    found
}

/// Records a random history and checks its last commit out. Returns the parents of each commit.
fn generate(builder: &mut Builder, random: &mut Random) -> BTreeMap<String, Vec<String>> {
    let mut tips = vec![{
        let mut estate = Estate::default();
        for stamp in 0..60 {
            estate.step(random, stamp);
        }
        (builder.commit(&[], &estate.files(), "base"), estate)
    }];
    let mut parents: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut note = |id: git2::Oid, of: &[git2::Oid]| {
        parents.insert(id.to_string(), of.iter().map(ToString::to_string).collect());
    };
    note(tips[0].0, &[]);
    for stamp in 100..100 + COMMITS {
        let place = random.below(tips.len());
        if tips.len() > 3 {
            // A merge takes each record from one side or the other, and edits one itself.
            let joined: Vec<_> = tips.drain(tips.len() - 2..).collect();
            let mut estate = Estate::default();
            let ids: BTreeSet<&String> = joined.iter().flat_map(|tip| tip.1.0.keys()).collect();
            for id in ids {
                let side = &joined[random.below(2)].1;
                estate
                    .0
                    .extend(side.0.get(id).map(|record| (id.clone(), record.clone())));
            }
            estate.step(random, stamp);
            let of = [joined[0].0, joined[1].0];
            let id = builder.commit(&of, &estate.files(), "merge");
            note(id, &of);
            tips.push((id, estate));
            continue;
        }
        let (parent, mut estate) = tips[place].clone();
        for _ in 0..=random.below(3) {
            estate.step(random, stamp);
        }
        let id = builder.commit(&[parent], &estate.files(), "step");
        note(id, &[parent]);
        if random.below(4) > 0 {
            tips[place] = (id, estate);
        } else {
            tips.push((id, estate));
        }
    }
    // The last commit joins all branches there are.
    let of: Vec<_> = tips.iter().map(|tip| tip.0).collect();
    let mut estate = tips[0].1.clone();
    estate.step(random, 0);
    let last = builder.commit(&of, &estate.files(), "octopus");
    note(last, &of);
    builder.check_out(last);
    parents
}

#[test]
fn fifty_records_agree_with_git_show() {
    let mut random = Random(0x5eed_0fca_2e70_0105);
    let mut builder = Builder::new();
    let parents = generate(&mut builder, &mut random);
    let history = builder.history();
    let folder = builder.folder.path();
    let mut read = BTreeMap::new();
    let mut states: BTreeMap<&str, Records> = BTreeMap::new();
    for commit in history.commits() {
        let Some(records) = at(folder, &commit.id, &mut read) else {
            return;
        };
        states.insert(&commit.id, records);
    }
    let mut sample = BTreeSet::new();
    while sample.len() < 50 {
        sample.insert(format!("pc-{}", random.below(RECORDS)));
    }
    let mut count = 0;
    for id in sample {
        let commits = history.commits().iter();
        let derived: BTreeMap<String, String> = commits
            .filter_map(|commit| {
                let of = parents[&commit.id].iter();
                let of: Vec<&Records> = of.map(|parent| &states[parent.as_str()]).collect();
                let words = expected(&id, &of, &states[commit.id.as_str()]);
                (!words.is_empty()).then(|| (commit.id.clone(), words))
            })
            .collect();
        count += derived.len();
        assert_eq!(told(&history, &id), derived, "{id}");
    }
    assert!(count > 100, "the sample says too little: {count} changes");
}
