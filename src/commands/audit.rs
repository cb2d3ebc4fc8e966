//! `carnet audit`: every byte of a built site is looked through for what its audience must not read.

use anyhow::{Context, bail};

use crate::audience::{Leaks, visible_to};
use crate::cli::{AuditArguments, Cli, Format, SourceArguments};
use crate::commands::{CLEAN, FINDINGS, audience, input, output};
use crate::diagnostic::{self, Language};
use crate::publish::{MANIFEST, Manifest, audit};
use crate::site;
use crate::text;

/// Prints what is found; the code is that of findings when there is something.
pub(super) fn run(cli: &Cli, arguments: &AuditArguments) -> anyhow::Result<u8> {
    let project = input::project(cli, None)?;
    let language = output::language(cli, project.config.language);
    let folder = input::site(cli, arguments.output.as_deref());
    let Some(manifest) = Manifest::read(&folder).with_context(|| folder.display().to_string())?
    else {
        let shown = folder.display();
        bail!(text!(
            "`{shown}` n’est pas un site que Carnet a construit (`{MANIFEST}` y manque)",
            "`{shown}` is no site that Carnet built (it has no `{MANIFEST}`)"
        ));
    };
    let name = cli.audience.as_deref().or(manifest.audience.as_deref());
    let audience = audience::of_readers(name, &project.config)?;
    let source = SourceArguments::default();
    let history = input::history(&cli.root, &source, &project.schema, None);
    let Some((seen, told)) = visible_to(&audience, &project, &history) else {
        output::line(nothing_hidden(language));
        return Ok(CLEAN);
    };
    let leaks = Leaks::of(&audience, &project, (&seen, &told), site::own_files());
    let found = audit(&folder, &leaks)?;
    let diagnostics = diagnostic::settle(found, &project.config.levels);
    output::findings(cli, &diagnostics, arguments.format, language);
    if arguments.format == Format::Human {
        output::line(&output::summary(&diagnostics, language));
    }
    Ok(if diagnostics.is_empty() {
        CLEAN
    } else {
        FINDINGS
    })
}

fn nothing_hidden(language: Language) -> &'static str {
    match language {
        Language::Fr => "rien n’est caché à ce public",
        Language::En | Language::Other(_) => "nothing is hidden from this audience",
    }
}
