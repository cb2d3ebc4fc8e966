//! `carnet build`.

use crate::cli::{BuildArguments, Cli};
use crate::commands::{input, output};

pub(super) fn build(cli: &Cli, arguments: &BuildArguments) -> anyhow::Result<u8> {
    let build = input::build(cli, &arguments.source)?;
    Ok(output::exit_code(&build.diagnostics, arguments.strict))
}
