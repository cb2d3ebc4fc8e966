//! What was changed on disk and not committed. The index is read and never refreshed.

use std::collections::BTreeSet;

use git2::{Repository, Status, StatusOptions};

use super::selection::Selection;

/// Paths (from the project's root) whose content on disk is in no commit. Deleted files are not
/// listed: they are not in the site either.
pub(super) fn modified(
    repository: &Repository,
    selection: &Selection,
) -> Result<BTreeSet<String>, git2::Error> {
    if repository.is_bare() {
        return Ok(BTreeSet::new());
    }
    let mut options = StatusOptions::new();
    options
        .include_untracked(true)
        .recurse_untracked_dirs(true)
        .include_unreadable(true)
        .exclude_submodules(true)
        .disable_pathspec_match(true)
        .update_index(false);
    for path in selection.wanted().iter().filter(|path| !path.is_empty()) {
        options.pathspec(path);
    }
    let statuses = repository.statuses(Some(&mut options))?;
    let gone = Status::WT_DELETED | Status::IGNORED;
    let found = statuses.iter().filter(|entry| {
        let status = entry.status();
        let deleted = status.contains(Status::INDEX_DELETED) && !status.contains(Status::WT_NEW);
        !status.is_empty() && !status.intersects(gone) && !deleted
    });
    Ok(found
        .map(|entry| {
            let path = String::from_utf8_lossy(entry.path_bytes()).into_owned();
            selection.below_root(&path).to_owned()
        })
        .collect())
}
