//! `carnet completions`: what a shell reads to complete Carnet's commands.

use crate::cli::{self, Cli, CompletionsArguments};
use crate::commands::{CLEAN, language_of_help, output};

/// Prints the script of a shell.
pub(super) fn completions(cli: &Cli, arguments: &CompletionsArguments) -> u8 {
    output::result(&cli::completions(arguments.shell, language_of_help(cli)));
    CLEAN
}
