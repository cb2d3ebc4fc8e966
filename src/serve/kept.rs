//! Which pages of an earlier build are shown on while the newest has errors: those whose file is broken now
//! (their record may be gone altogether), and those that only went because something else is broken. What the rules
//! about the whole say comes after the page, and takes none back: a reference to nothing is shown as such.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::Build;

/// Pages by path, with the build that renders them.
pub(super) type Kept = BTreeMap<String, Arc<Build>>;

/// What to keep of what was shown (`before`, and what it had kept) beside the build `now`.
pub(super) fn keep(before: &Arc<Build>, kept: &Kept, now: &Build) -> Kept {
    let broken = broken_files(&now.diagnostics);
    if broken.is_empty() {
        return Kept::new();
    }
    let broken_before = broken_files(&before.diagnostics);
    let mut keeping = Kept::new();
    for (path, build) in kept {
        let still = file_of(build, path).is_none_or(|file| broken.contains(file));
        if still {
            keeping.insert(path.clone(), Arc::clone(build));
        }
    }
    let paths: BTreeSet<&str> = now.site.paths().collect();
    for path in before.site.paths() {
        let keep = match file_of(before, path) {
            Some(file) => broken.contains(file) && !broken_before.contains(file),
            None => !paths.contains(path),
        };
        if keep && !keeping.contains_key(path) {
            keeping.insert(path.to_owned(), Arc::clone(before));
        }
    }
    // A page without a file of its own that is back is shown as it is.
    keeping.retain(|path, build| file_of(build, path).is_some() || !paths.contains(path.as_str()));
    keeping
}

/// The file that a page's record is written in; `None` for pages that are computed.
fn file_of<'a>(build: &'a Build, path: &str) -> Option<&'a str> {
    let url = path.strip_suffix("index.html")?;
    let record = build.estate.at_url(url)?;
    Some(&record.source.file.path)
}

fn broken_files(diagnostics: &[Diagnostic]) -> BTreeSet<&str> {
    diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(|diagnostic| diagnostic.path.as_str())
        .collect()
}
