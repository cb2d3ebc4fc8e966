//! `carnet check`: everything that is wrong, and nothing written.

use anyhow::anyhow;
use jiff::Span;

use crate::cli::{CheckArguments, Cli, Format};
use crate::commands::{input, output, since};
use crate::project::Duration;
use crate::text;

/// Checks the project.
pub(super) fn check(cli: &Cli, arguments: &CheckArguments) -> anyhow::Result<u8> {
    let ahead = arguments.deadlines.as_deref().map(ahead).transpose()?;
    let mut build = input::build(cli, &arguments.source, &arguments.state)?;
    let until = ahead.map(|span| build.estate.as_of.saturating_add(span));
    if let Some(until) = until {
        build.add_deadlines(until);
    }
    let language = output::language(cli, build.estate.config.language);
    let asked = arguments.since.as_deref();
    let since = asked.map(|asked| since::since(cli, arguments, asked, (&build, until)));
    let since = since.transpose()?;
    let found = since.as_ref().map(|since| &since.compared.new);
    let found = found.unwrap_or(&build.diagnostics);
    output::findings(cli, found, arguments.format, language);
    if arguments.format == Format::Human {
        output::line(&output::summary(found, language));
    }
    if let Some(since) = &since {
        output::line(&since.line(language));
        if let Some(path) = &arguments.summary {
            since.write(path, &build, language)?;
        }
    }
    Ok(output::exit_code(found, arguments.strict))
}

/// How far ahead deadlines are reported, as asked.
fn ahead(text: &str) -> anyhow::Result<Span> {
    let length = Duration::parse(text).filter(|length| length.minutes == 0);
    length.and_then(Duration::span).ok_or_else(|| {
        anyhow!(text!(
            "`--deadlines {text}` n’est pas une durée\u{a0}: écrivez `30j`, `6 semaines` ou `3 mois`",
            "`--deadlines {text}` is no length of time: write `30d`, `6 weeks` or `3 months`"
        ))
    })
}
