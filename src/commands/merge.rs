//! `carnet merge`: the parts of a site become the site.

use std::time::Instant;

use crate::cli::{Cli, MergeArguments};
use crate::commands::{CLEAN, build, input, language_anywhere, output};
use crate::publish;

/// Joins the parts.
pub(super) fn merge(cli: &Cli, arguments: &MergeArguments) -> anyhow::Result<u8> {
    let started = Instant::now();
    let language = language_anywhere(cli);
    let out = input::site(cli, arguments.out.as_deref());
    let published = publish::merge(&arguments.parts, &out, &cli.root, arguments.accept_shrink)?;
    let seconds = started.elapsed().as_secs_f64();
    output::line(&build::closing(&published, seconds, language));
    Ok(CLEAN)
}
