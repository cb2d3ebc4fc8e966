//! The tags on commits of a history, light and annotated.

use std::collections::HashMap;

use git2::{Error, Repository};

use super::cache::Known;
use super::commits::Commit;
use super::objects::Objects;
use super::told::Between;
use super::walk::Walk;
use super::{Pulse, renames, trees, wording};

/// So many of the newest tags are compared with the one before.
const COMPARED: usize = 24;

/// A tag as it was found.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    /// Its commit's place in the history.
    pub(super) place: u32,
    pub(super) name: String,
    /// What an annotated tag says; empty for a light one.
    pub(super) message: String,
}

/// The tags: the newest commit first, by name on one commit. A tag that names no commit of this
/// history is left out.
pub(super) fn list(
    repository: &Repository,
    commits: &[Commit],
    pulse: &Pulse,
) -> Result<Vec<Found>, Error> {
    let places: HashMap<&str, u32> = (0_u32..)
        .zip(commits)
        .map(|(place, commit)| (commit.said.id.as_str(), place))
        .collect();
    let mut tags = Vec::new();
    for reference in repository.references_glob("refs/tags/*")? {
        pulse.beat();
        let Ok(reference) = reference else { continue };
        let name = String::from_utf8_lossy(reference.name_bytes()).into_owned();
        let Some(name) = name.strip_prefix("refs/tags/") else {
            continue;
        };
        // A tag of a file, or of a commit that a shallow clone lacks, is no tag of a state.
        let Ok(commit) = reference.peel_to_commit() else {
            continue;
        };
        if let Some(place) = places.get(commit.id().to_string().as_str()) {
            let annotated = reference.target().map(|id| repository.find_tag(id));
            let annotated = annotated.and_then(Result::ok);
            let message = annotated
                .as_ref()
                .and_then(|tag| tag.message_bytes().map(wording::tag));
            tags.push(Found {
                place: *place,
                name: name.to_owned(),
                message: message.unwrap_or_default(),
            });
        }
    }
    tags.sort();
    Ok(tags)
}

/// What differs between each of the newest tags and the one that follows it in the list, the older
/// one. What was remembered is taken out of `known`.
pub(super) fn steps(
    walk: &Walk<'_>,
    objects: &mut Objects<'_>,
    (commits, tags): (&[Commit], &[Found]),
    known: &mut Known,
) -> Result<Vec<Between>, Error> {
    let tree = |tag: &Found| commits[tag.place as usize].tree;
    let mut steps = Vec::new();
    for pair in tags.windows(2).take(COMPARED) {
        let (old, new) = (tree(&pair[1]), tree(&pair[0]));
        let mut step = Between {
            old,
            new,
            end: pair[0].place as usize,
            differences: Vec::new(),
            renames: Vec::new(),
            kept: known.steps.remove(&(old.to_string(), new.to_string())),
        };
        if step.kept.is_none() {
            step.differences = trees::compare(objects, walk.selection, Some(old), Some(new))?;
            step.renames = renames::find(objects, &step.differences);
        }
        steps.push(step);
    }
    Ok(steps)
}
