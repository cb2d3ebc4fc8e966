//! What a folder's repository is at a glance: the commit that is checked out, and whether older ones are missing.
//! Nothing is walked, so that the answer comes at once in any repository.

use std::path::Path;

use git2::{Config, Oid};

use super::{broken, commits, head, open, trust_checksums};
use crate::history::{Absence, State};

/// The repository around a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Whether its commits are all there.
    pub state: State,
    /// The commit that is checked out: its full name, and when it was made, in seconds since 1970.
    pub head: Option<(String, i64)>,
    /// Whether a commit could be made here: Git knows a name and an address of who would make it.
    pub has_author: bool,
}

/// Looks at the repository around a folder.
pub fn standing(root: &Path) -> Standing {
    read(root).unwrap_or_else(|absence| Standing {
        state: State::Absent(absence),
        head: None,
        has_author: has_author(root),
    })
}

fn read(root: &Path) -> Result<Standing, Absence> {
    trust_checksums();
    let repository = open(root)?;
    let id = head(&repository).map_err(|error| broken(&error))?;
    let id: Oid = id.ok_or(Absence::NoCommit)?;
    // An author without a name makes libgit2 refuse the commit; its time is then left out.
    let made = repository
        .find_commit(id)
        .map(|commit| commit.time().seconds());
    let cut = commits::boundary(&repository).map_err(|error| broken(&error))?;
    let state = if cut.is_empty() {
        State::Complete
    } else {
        State::Shallow
    };
    Ok(Standing {
        state,
        head: made.ok().map(|made| (id.to_string(), made)),
        has_author: has_author(root),
    })
}

/// Whether the environment or one of Git's files says who commits; Git itself asks for both parts.
fn has_author(root: &Path) -> bool {
    let config =
        open(root).map_or_else(|_| Config::open_default(), |repository| repository.config());
    let is_said = |variable: &str, key: &str| {
        let set = std::env::var(variable).is_ok_and(|value| !value.trim().is_empty());
        let config = config.as_ref().ok();
        set || config.is_some_and(|config| {
            let value = config.get_string(key);
            value.is_ok_and(|value| !value.trim().is_empty())
        })
    };
    is_said("GIT_AUTHOR_NAME", "user.name") && is_said("GIT_AUTHOR_EMAIL", "user.email")
}
