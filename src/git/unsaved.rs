//! The paths that differ between the commit that is checked out and the disk.

use git2::{Delta, DiffOptions, Error, Repository, Status, StatusOptions};

use super::commits;
use super::selection::Selection;

/// Each path from the repository's top, and whether its file is deleted.
pub(super) fn paths(
    repository: &Repository,
    selection: &Selection,
) -> Result<Vec<(String, bool)>, Error> {
    let head = super::head(repository)?;
    // libgit2 compares by itself only with a commit whose author's line it can read.
    match head.filter(|head| repository.find_commit(*head).is_err()) {
        Some(head) => with_tree(repository, selection, &commits::tree(repository, head)?),
        None => with_head(repository, selection),
    }
}

fn with_head(repository: &Repository, selection: &Selection) -> Result<Vec<(String, bool)>, Error> {
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
    let entries = statuses.iter().filter(|entry| {
        let status = entry.status();
        !status.is_empty() && !status.contains(Status::IGNORED)
    });
    let paths = entries.map(|entry| {
        let status = entry.status();
        let deleted = status.contains(Status::WT_DELETED)
            || status.contains(Status::INDEX_DELETED) && !status.contains(Status::WT_NEW);
        let path = String::from_utf8_lossy(entry.path_bytes()).into_owned();
        (path, deleted)
    });
    Ok(paths.collect())
}

fn with_tree(
    repository: &Repository,
    selection: &Selection,
    tree: &git2::Tree<'_>,
) -> Result<Vec<(String, bool)>, Error> {
    let mut options = DiffOptions::new();
    options
        .include_untracked(true)
        .recurse_untracked_dirs(true)
        .include_unreadable(true)
        .ignore_submodules(true)
        .disable_pathspec_match(true)
        .update_index(false);
    for path in selection.wanted().iter().filter(|path| !path.is_empty()) {
        options.pathspec(path);
    }
    let diff = repository.diff_tree_to_workdir_with_index(Some(tree), Some(&mut options))?;
    let top = repository.workdir();
    let deltas = diff
        .deltas()
        .filter(|delta| delta.status() != Delta::Ignored);
    let paths = deltas.filter_map(|delta| {
        let mut file = [delta.new_file(), delta.old_file()].into_iter();
        let path = file.find_map(|file| file.path_bytes())?;
        let path = String::from_utf8_lossy(path).into_owned();
        // A file that the index forgot and the disk has is no deleted one.
        let there = top.is_some_and(|top| top.join(&path).symlink_metadata().is_ok());
        Some((path, delta.status() == Delta::Deleted && !there))
    });
    Ok(paths.collect())
}
