//! Builds a project on disk in-process, as the commands do, for the tests that look at whole sites.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use carnet::history::{Absence, History};
use carnet::load::Loader;
use carnet::pipeline::{self, Build};
use carnet::project::Project;
use rayon::prelude::*;

/// The site of a project that says its own day (`as_of`), without a history.
pub fn build(root: &Path) -> Build {
    build_with(root, History::absent(Absence::TurnedOff))
}

/// The site of a project that says its own day, with a history.
pub fn build_with(root: &Path, history: History) -> Build {
    made(&project(root), history)
}

/// A project on disk.
pub fn project(root: &Path) -> Project {
    let mut loader = Loader::new(root, pipeline::rule_names());
    let project = loader.load(&BTreeSet::new());
    project.expect("the project can be read")
}

/// The site of a project that says its own day.
pub fn made(project: &Project, history: History) -> Build {
    let as_of = project.config.as_of.expect("carnet.yaml says as_of");
    pipeline::build(project, Arc::new(history), as_of)
}

/// Every file of a site by its path.
pub fn files(build: &Build) -> BTreeMap<String, Vec<u8>> {
    let paths = build.paths();
    paths
        .into_par_iter()
        .map(|path| match build.render(&path).expect("listed") {
            Ok(bytes) => (path, bytes),
            Err(diagnostic) => panic!("{path}: {:?}", diagnostic.message),
        })
        .collect()
}

/// Whether the file at a path of a site is of a type, by its extension.
pub fn is(path: &str, extension: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|it| it == extension)
}
