//! The search index on its way into the site: its files that the published site has already stay where they are.

use std::sync::Arc;

use rayon::prelude::*;

use super::manifest::Entry;
use super::{Asked, Made, Place, Put, audit, write};
use crate::diagnostic::Diagnostic;
use crate::pipeline::Build;
use crate::search::{FOLDER, Index, Kept};

/// The index, over that of the published site.
pub(super) fn made(build: &Build, place: Place<'_>) -> Arc<Index> {
    build.index_over(&|name, kept| place.kept(&format!("{FOLDER}{name}"), &entry(kept)))
}

/// Puts the files of the index; what is wrong with them stands beside. Where a published one is not what was written there,
/// all are made again.
pub(super) fn put(
    build: &Build,
    index: &Arc<Index>,
    place: Place<'_>,
    asked: Asked<'_>,
) -> anyhow::Result<(Made, Vec<Diagnostic>)> {
    let kept = kept(build, index, place);
    let index = if kept.is_some() { index } else { build.index() };
    let render = |path: &str| build.shard(path, index).map(Ok);
    let (mut made, broken) = write(build, build.search_paths(index), place, asked, &render)?;
    for (path, file) in kept.into_iter().flatten() {
        made.add(path, file);
    }
    Ok((made, broken))
}

/// The files of the published site that the index is told to have; `None` unless all of them still hold what was written.
/// A file with something that its readers must not know does not: making it again says what is wrong.
fn kept(build: &Build, index: &Index, place: Place<'_>) -> Option<Vec<(String, Put)>> {
    let files = index.kept.par_iter();
    let kept = files.map(|(name, kept)| {
        let (path, entry) = (format!("{FOLDER}{name}"), entry(kept));
        let bytes = place.kept(&path, &entry)?;
        let leak = audit::leak(build.hidden.as_ref(), &path, &bytes);
        let is_live = true;
        let file = Put { entry, is_live };
        leak.is_none().then_some((path, file))
    });
    kept.collect()
}

fn entry(kept: &Kept) -> Entry {
    Entry {
        sha256: kept.sha256.clone(),
        length: kept.length,
    }
}
