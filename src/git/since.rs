//! The state that work is compared with: of a branch the commit at which the work left it, as `git diff BRANCH...`
//! takes it, so that what happened on the branch meanwhile is nobody's doing here.

use std::path::Path;

use anyhow::{Context, anyhow};
use git2::{ErrorCode, Oid};

use super::revision::unreachable_text;
use super::{Revision, commits, head, open, revision};
use crate::history::Absence;
use crate::project::Label;
use crate::text;

/// Finds the commit that a text names, and where it names a branch, the last one that this branch and `tip` (a full
/// name; the commit that is checked out for `None`) have in common.
pub fn since(root: &Path, text: &str, tip: Option<&str>) -> anyhow::Result<Revision> {
    let asked = revision(root, text)?;
    if !matches!(asked.label, Some(Label::Branch(_))) {
        return Ok(asked);
    }
    let repository = open(root).map_err(|absence| anyhow!(unreachable_text(absence)))?;
    let tip = match tip {
        Some(id) => Oid::from_str(id)?,
        None => head(&repository)?.ok_or_else(|| anyhow!(unreachable_text(Absence::NoCommit)))?,
    };
    let common = repository.merge_base(Oid::from_str(&asked.id)?, tip);
    let is_shallow = !commits::boundary(&repository)?.is_empty();
    match common {
        Ok(common) => {
            let name = asked.name;
            Ok(Revision {
                name,
                ..revision(root, &common.to_string())?
            })
        }
        Err(_) if is_shallow => Err(anyhow!(text!(
            "`{text}` et l’état vérifié n’ont pas d’ancêtre commun dans ce clone superficiel\u{a0}: clonez l’historique \
             entier, `fetch-depth: 0` (GitHub, Gitea) ou `GIT_DEPTH: 0` (GitLab), ou `git fetch --unshallow`",
            "`{text}` and the state that is checked have no common ancestor in this shallow clone: clone the whole \
             history, `fetch-depth: 0` (GitHub, Gitea) or `GIT_DEPTH: 0` (GitLab), or `git fetch --unshallow`"
        ))),
        Err(error) if error.code() == ErrorCode::NotFound => Err(anyhow!(text!(
            "`{text}` et l’état vérifié n’ont pas d’ancêtre commun\u{a0}: nommez un commit",
            "`{text}` and the state that is checked have no common ancestor: name a commit"
        ))),
        Err(error) => Err(error).with_context(|| text.to_owned()),
    }
}
