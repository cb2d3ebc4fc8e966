//! `publish: in-place` in `carnet.yaml`: the site is made in the project's cache, then brought into its folder file by
//! file, for folders that cannot be renamed (bind mounts, shares). Files whose names carry their hash come first, each
//! file takes its name in one step, and what is gone is removed last, by manifest.

use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cli::{BuildArguments, Cli};
use crate::import::private;
use crate::project::{Config, Publication};
use crate::send::{Folder, Sending, Source};

/// The folder of the project for its owner's eyes, and where in it a site is made that is brought elsewhere.
const CACHE: &str = ".carnet";
const SITE: &str = "site";

/// Where a build for a folder makes its site: that folder itself, or one in the cache.
pub(super) fn place(cli: &Cli, arguments: &BuildArguments, config: &Config, out: &Path) -> PathBuf {
    // A part is no site that anybody reads.
    if config.publication == Publication::Exchange || arguments.shard.is_some() {
        return out.to_owned();
    }
    cli.root.join(CACHE).join(SITE)
}

/// Makes ready the cache, if the site is made there.
pub(super) fn prepare(cli: &Cli, place: &Path, out: &Path) -> anyhow::Result<()> {
    let cache = cli.root.join(CACHE);
    if place == out {
        return Ok(());
    }
    let made = private::make(&cache).and_then(|()| private::ignore(&cache));
    made.with_context(|| cache.display().to_string())
}

/// Brings a site to its folder, if it was made elsewhere. What somebody else put there stays.
pub(super) fn bring(cli: &Cli, place: &Path, out: &Path) -> anyhow::Result<()> {
    if place == out {
        return Ok(());
    }
    let source = Source::open(place)?;
    let target = Folder::open(out, source.folder(), &cli.root)?;
    Sending::prepare(source, &target, false)?.send()?;
    Ok(())
}
