//! What commands print: findings, a closing line, failures. The only place that writes to the terminal.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the terminal is this module's concern"
)]

use std::io::IsTerminal;

use crate::cli::{Cli, Format};
use crate::commands::{CLEAN, FINDINGS};
use crate::diagnostic::{self, Diagnostic, Language, Severity, count};

/// The language of messages: as asked, else the site's.
pub(super) fn language(cli: &Cli, site: Language) -> Language {
    cli.lang.map_or(site, Language::from)
}

/// Prints findings: for people on standard error, for programs on standard output.
pub(super) fn findings(diagnostics: &[Diagnostic], format: Format, language: Language) {
    match format {
        Format::Human => {
            let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            eprint!("{}", diagnostic::human(diagnostics, language, colour));
        }
        Format::Short => print!("{}", diagnostic::short(diagnostics, language)),
        Format::Json => print!("{}", diagnostic::json(diagnostics, language)),
    }
}

/// The closing line of a command: how many findings there are.
pub(super) fn summary(diagnostics: &[Diagnostic], language: Language) -> String {
    let (errors, warnings) = (
        count(diagnostics, Severity::Error),
        count(diagnostics, Severity::Warning),
    );
    let plural = |count: usize| if count > 1 { "s" } else { "" };
    match (language, errors + warnings) {
        (Language::Fr, 0) => "aucun problème".to_owned(),
        (Language::En, 0) => "no finding".to_owned(),
        (Language::Fr, _) => {
            format!(
                "{errors} erreur{}, {warnings} avertissement{}",
                plural(errors),
                plural(warnings)
            )
        }
        (Language::En, _) => {
            format!(
                "{errors} error{}, {warnings} warning{}",
                plural(errors),
                plural(warnings)
            )
        }
    }
}

/// The exit code that findings ask for.
pub(super) fn exit_code(diagnostics: &[Diagnostic], strict: bool) -> u8 {
    let least = if strict {
        Severity::Warning
    } else {
        Severity::Error
    };
    if diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity >= least)
    {
        FINDINGS
    } else {
        CLEAN
    }
}

/// A line for people.
pub(super) fn line(text: &str) {
    eprintln!("{text}");
}

/// Prints a failure of the surroundings, with its causes.
pub(super) fn error(cli: &Cli, error: &anyhow::Error) {
    let word = match language(cli, Language::Fr) {
        Language::Fr => "erreur",
        Language::En => "error",
    };
    eprintln!("{word}: {error:#}");
}

/// A reader such as `head` may close the pipe before all is written; that is no failure.
pub(super) fn ignore_closed_pipe(result: std::io::Result<()>) {
    if let Err(error) = result
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        eprintln!("{error}");
    }
}

/// A number to one decimal.
pub(super) fn decimal(number: f64, language: Language) -> String {
    let text = format!("{number:.1}");
    match language {
        Language::Fr => text.replace('.', ","),
        Language::En => text,
    }
}
