//! `carnet new language`: the file of a language's words in the site's theme, to be translated.

use anyhow::{anyhow, bail};

use crate::cli::Cli;
use crate::commands::{CLEAN, init, output};
use crate::locale::tag;
use crate::project::Project;
use crate::site::language_file;
use crate::text;

/// Languages that the program knows by itself.
const BUILT_IN: [&str; 2] = ["fr", "en"];

/// Writes the file and prints its path.
pub(super) fn write(cli: &Cli, project: &Project, written: &str) -> anyhow::Result<u8> {
    let tag = tag(written).ok_or_else(|| {
        anyhow!(text!(
            "`{written}` n’est pas le code d’une langue, comme `de` ou `pt-BR`",
            "`{written}` is not the tag of a language, such as `de` or `pt-BR`"
        ))
    })?;
    if BUILT_IN.contains(&tag.as_str()) {
        bail!(text!(
            "Carnet connaît déjà `{tag}`",
            "Carnet knows `{tag}` already"
        ));
    }
    let path = format!("themes/{}/labels/{tag}.yaml", project.config.theme);
    let text = language_file(&tag, &project.schema);
    if !init::write_new(&cli.root.join(&path), text.as_bytes())? {
        bail!(text!("`{path}` existe déjà", "`{path}` already exists"));
    }
    output::result(&format!("{path}\n"));
    Ok(CLEAN)
}
