//! What commands print: findings, a closing line, failures. The only place that writes to the terminal.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::cli::{Cli, Format};
use crate::commands::explain::explanation;
use crate::commands::{CLEAN, FINDINGS};
use crate::diagnostic::{self, Diagnostic, Language, Severity, count, failure};
use crate::git;
use crate::secrets;

/// The language of messages: as asked, else the site's.
pub(super) fn language(cli: &Cli, site: Language) -> Language {
    cli.lang.map_or(site, Language::from)
}

/// Prints findings: for people on standard error, for programs on standard output.
pub(super) fn findings(cli: &Cli, diagnostics: &[Diagnostic], format: Format, language: Language) {
    print_findings(&findings_text(cli, diagnostics, format, language), format);
}

/// Prints findings where nobody chose a form.
pub(super) fn findings_for_people(diagnostics: &[Diagnostic], language: Language) {
    // Who reads files to write them has their secrets.
    let told = secrets::told(diagnostics);
    let text = diagnostic::human(&told, language, findings_have_colour());
    print_findings(&text, Format::Human);
}

/// Findings as they are printed.
pub(super) fn findings_text(
    cli: &Cli,
    diagnostics: &[Diagnostic],
    format: Format,
    language: Language,
) -> String {
    // Forges name files from the repository's top, which may lie above the project.
    let folder = || git::folder(&cli.root);
    match format {
        Format::Human => diagnostic::human(diagnostics, language, findings_have_colour()),
        Format::Short => diagnostic::short(diagnostics, language),
        Format::Json => diagnostic::json(diagnostics, language),
        Format::Github => diagnostic::github(diagnostics, language, &folder()),
        Format::Gitlab => diagnostic::gitlab(diagnostics, language, &folder()),
        Format::Sarif => {
            let explained = |rule: &str| explanation(rule, language);
            diagnostic::sarif(diagnostics, language, &folder(), explained)
        }
    }
}

/// Prints findings that are text already.
pub(super) fn print_findings(text: &str, format: Format) {
    match format {
        Format::Human => ignore_closed_pipe(std::io::stderr().write_all(text.as_bytes())),
        Format::Short | Format::Json | Format::Github | Format::Gitlab | Format::Sarif => {
            result(text);
        }
    }
}

/// Whether findings for people may be coloured.
pub(super) fn findings_have_colour() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Whether what is printed as a result may be coloured: a terminal reads it, and `NO_COLOR` is unset.
pub(super) fn has_colour() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Whether a part of a result could not be written: a disk that is full, a terminal that is gone.
static IS_CUT: AtomicBool = AtomicBool::new(false);

/// Whether what was printed may be taken for the whole result.
pub(super) fn is_whole() -> bool {
    !IS_CUT.load(Ordering::Relaxed)
}

/// Prints what another program may read: to standard output, as it is.
pub(super) fn result(text: &str) {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    result_written(written);
}

/// How writing a part of a result went.
pub(super) fn result_written(written: std::io::Result<()>) {
    let is_failure = |error: &std::io::Error| error.kind() != std::io::ErrorKind::BrokenPipe;
    if written.as_ref().is_err_and(is_failure) {
        IS_CUT.store(true, Ordering::Relaxed);
    }
    ignore_closed_pipe(written);
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
        (Language::En | Language::Other(_), 0) => "no finding".to_owned(),
        (Language::Fr, _) => {
            format!(
                "{errors} erreur{}, {warnings} avertissement{}",
                plural(errors),
                plural(warnings)
            )
        }
        (Language::En | Language::Other(_), _) => {
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
    ignore_closed_pipe(writeln!(std::io::stderr(), "{text}"));
}

/// A failure of the surroundings with its causes, on one line.
pub(super) fn causes(language: Language, error: &anyhow::Error) -> String {
    let causes: Vec<String> = error
        .chain()
        .map(|cause| failure::words(cause).get(language).to_owned())
        .collect();
    causes.join(": ")
}

/// Prints a failure of the surroundings, with its causes.
pub(super) fn error(language: Language, error: &anyhow::Error) {
    let word = match language {
        Language::Fr => "erreur\u{a0}",
        Language::En | Language::Other(_) => "error",
    };
    let said = format!("{word}: {}", causes(language, error));
    // An argument is quoted as it came; it must not act on the terminal.
    let harmless = |letter: char| letter == '\n' || !letter.is_control();
    line(
        &said
            .chars()
            .filter(|letter| harmless(*letter))
            .collect::<String>(),
    );
}

/// A reader such as `head` may close the pipe before all is written; that is no failure.
fn ignore_closed_pipe(result: std::io::Result<()>) {
    if let Err(error) = result
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        // Nobody listens on either side: the exit code is all that is left to say.
        let _ = writeln!(std::io::stderr(), "{error}");
    }
}

/// A number to one decimal.
pub(super) fn decimal(number: f64, language: Language) -> String {
    let text = format!("{number:.1}");
    match language {
        Language::Fr => text.replace('.', ","),
        Language::En | Language::Other(_) => text,
    }
}
