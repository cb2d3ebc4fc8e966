//! `carnet lsp`: the language server on standard input and output, where an editor starts it.

use std::io::{BufReader, stdin, stdout};
use std::path::Path;

use crate::cli::{Cli, SourceArguments};
use crate::commands::{CLEAN, FINDINGS, input};
use crate::diagnostic::Language;
use crate::lsp::{self, Settings};

/// Serves the editor until it leaves.
pub(super) fn lsp(cli: &Cli) -> anyhow::Result<u8> {
    let settings = Settings {
        root: (cli.root != Path::new(".")).then(|| cli.root.clone()),
        language: cli.lang.map(Language::from),
        as_of: Box::new(|config| input::as_of(&SourceArguments::default(), config, None)),
    };
    let left_properly = lsp::serve(&settings, BufReader::new(stdin()), &mut stdout().lock())?;
    Ok(if left_properly { CLEAN } else { FINDINGS })
}
