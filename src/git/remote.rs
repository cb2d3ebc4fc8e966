//! Where the repository was cloned from.

use std::path::Path;

use git2::Repository;

use crate::history::web_address;

/// The web address of the remote `origin` of the repository around a folder, without credentials;
/// `None` where there is no repository, no such remote, or no web page for it.
pub fn remote(root: &Path) -> Option<String> {
    of(&super::open(root).ok()?)
}

/// The same for an open repository.
pub(super) fn of(repository: &Repository) -> Option<String> {
    let remote = repository.find_remote("origin").ok()?;
    web_address(remote.url().ok()?)
}
