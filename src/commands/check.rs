//! `carnet check`: everything that is wrong, and nothing written.

use crate::cli::{CheckArguments, Cli, Format};
use crate::commands::{input, output};

/// Checks the project.
pub(super) fn check(cli: &Cli, arguments: &CheckArguments) -> anyhow::Result<u8> {
    let build = input::build(cli, &arguments.source, &arguments.state)?;
    let language = output::language(cli, build.estate.config.language);
    output::findings(&build.diagnostics, arguments.format, language);
    if arguments.format == Format::Human {
        output::line(&output::summary(&build.diagnostics, language));
    }
    Ok(output::exit_code(&build.diagnostics, arguments.strict))
}
