//! What an audience may not read leaves no trace in what it gets. Estates by chance are built for it with what is hidden and
//! without, and are the same, byte for byte; and words that stand nowhere else are looked for in every byte.

#[path = "audiences/attachments.rs"]
mod attachments;
#[path = "audiences/canaries.rs"]
mod canaries;
#[path = "audiences/commands.rs"]
mod commands;
#[path = "audiences/estates.rs"]
mod estates;
#[path = "audiences/fields.rs"]
mod fields;
#[path = "audiences/folders.rs"]
mod folders;
#[path = "audiences/leaks.rs"]
mod leaks;
#[path = "audiences/past.rs"]
mod past;
#[path = "audiences/sight.rs"]
mod sight;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use carnet::audience::Audience;
use carnet::history::{Absence, History};
use carnet::load::Loader;
use carnet::pipeline::{self, Build};
use carnet::project::Project;
use estates::Estate;
use rayon::prelude::*;

/// How many estates are tried.
const ESTATES: u64 = 500;
/// Of one in so many, the answers to questions in SQL are compared too: they are most of the time, and read tables that the
/// exports of all estates show.
const WITH_QUESTIONS: u64 = 10;

fn load(root: &Path) -> Project {
    let mut loader = Loader::new(root, pipeline::rule_names());
    loader.load(&BTreeSet::new()).expect("a project")
}

/// The site of a project for an audience, with the templates of an earlier one.
fn site(project: &Project, name: &str, before: Option<(&Project, &Build)>) -> Build {
    let audience = Audience::named(&project.config.audiences, name).expect("declared");
    let history = Arc::new(History::absent(Absence::TurnedOff));
    let as_of = project.config.as_of.expect("a day");
    pipeline::draft_for(&audience, project, history, as_of, before)
}

/// Every file of a site by its path.
fn files(build: &Build) -> BTreeMap<String, Vec<u8>> {
    rendered(build, build.paths())
}

fn rendered(build: &Build, paths: Vec<String>) -> BTreeMap<String, Vec<u8>> {
    let files = paths.into_iter().map(|path| {
        let bytes = build
            .render(&path)
            .expect("listed")
            .expect("no mistake in a template");
        (path, bytes)
    });
    files.collect()
}

#[test]
fn a_site_is_the_same_whether_what_is_hidden_exists_or_not() {
    let hidden = AtomicUsize::new(0);
    let same = |chunk: &[u64]| {
        let mut before: Option<(Project, Build)> = None;
        for seed in chunk {
            let estate = Estate::new(*seed);
            hidden.fetch_add(estate.hidden(), Ordering::Relaxed);
            let [whole, part] = [true, false].map(|is_whole| {
                let root = tempfile::tempdir().expect("a folder");
                estate.write(root.path(), is_whole);
                load(root.path())
            });
            let last = before.as_ref().map(|(project, build)| (project, build));
            let of_whole = site(&whole, "technicians", last);
            let of_part = site(&part, "technicians", Some((&whole, &of_whole)));
            let (found, expected) = (some_files(&of_whole, *seed), some_files(&of_part, *seed));
            let paths =
                |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
            assert_eq!(paths(&found), paths(&expected), "estate {seed}");
            for (path, bytes) in &found {
                assert!(
                    *bytes == expected[path],
                    "estate {seed}: {path}\n{}",
                    difference(bytes, &expected[path])
                );
            }
            before = Some((whole, of_whole));
        }
    };
    let seeds: Vec<u64> = (0..ESTATES).collect();
    seeds.par_chunks(50).for_each(same);
    let hidden = hidden.into_inner();
    assert!(
        hidden > 1_000,
        "only {hidden} records were hidden in all estates"
    );
}

/// The files of a site that are compared, by path.
fn some_files(build: &Build, seed: u64) -> BTreeMap<String, Vec<u8>> {
    if seed.is_multiple_of(WITH_QUESTIONS) {
        return files(build);
    }
    let mut paths = build.paths();
    paths.retain(|path| !path.starts_with("data/questions/") && path != "data/estate.sqlite");
    rendered(build, paths)
}

/// Where two files part.
fn difference(found: &[u8], expected: &[u8]) -> String {
    let at = found
        .iter()
        .zip(expected)
        .take_while(|(one, other)| one == other)
        .count();
    let around = |bytes: &[u8]| {
        let end = bytes.len().min(at + 150);
        String::from_utf8_lossy(&bytes[at.saturating_sub(150).min(end)..end]).into_owned()
    };
    format!("found: {}\n\nexpected: {}", around(found), around(expected))
}
