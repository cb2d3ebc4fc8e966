//! `carnet verify`: a published folder read again, and what is not what was published named.

use crate::cli::{Cli, VerifyArguments};
use crate::commands::{CLEAN, FINDINGS, input, language_anywhere, output};
use crate::history::visible;
use crate::publish::{self, Trouble};
use crate::text;

/// Verifies.
pub(super) fn verify(cli: &Cli, arguments: &VerifyArguments) -> anyhow::Result<u8> {
    let language = language_anywhere(cli);
    let (files, found) = publish::verify(&input::site(cli, arguments.site.as_deref()))?;
    for trouble in &found {
        let (path, said) = match trouble {
            Trouble::Missing(path) => (path, text!("ce fichier manque", "this file is missing")),
            Trouble::Changed(path) => (
                path,
                text!(
                    "ce fichier n’est plus celui qui a été publié",
                    "this file is not what was published"
                ),
            ),
            Trouble::Foreign(path) => (
                path,
                text!(
                    "Carnet n’a pas publié ce fichier",
                    "Carnet did not publish this file"
                ),
            ),
        };
        output::result(&format!("{}: {}\n", visible(path), said.get(language)));
    }
    let count = found.len();
    let summary = text!(
        "fichiers du manifeste\u{a0}: {files}\u{202f}; différences\u{a0}: {count}",
        "files of the manifest: {files}; differences: {count}"
    );
    output::line(summary.get(language));
    Ok(if found.is_empty() { CLEAN } else { FINDINGS })
}
