//! The shell: arguments in, exit code out. Each command does the reading and writing around the
//! pipeline and holds no logic of its own.

mod allow;
mod audience;
mod audit;
mod build;
mod check;
mod collect;
mod completions;
mod diff;
mod doctor;
mod explain;
mod fingerprints;
mod fix;
mod fmt;
mod forget;
mod history;
mod import;
mod import_files;
mod import_pull;
mod import_sources;
mod in_place;
mod init;
mod input;
mod kept;
mod labels;
mod language;
mod lsp;
mod man;
mod merge;
mod new;
mod output;
mod pipeline_file;
mod publish;
mod query;
mod rename;
mod scan;
mod schema;
mod search;
mod serve;
mod since;
mod timings;
mod unchanged;
mod verify;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::cli::{self, Cli, Command};
use crate::diagnostic::Language;
use crate::project::{decode, written_language};

/// Nothing to complain about.
const CLEAN: u8 = 0;
/// Findings of level error (or warnings, with `--strict`).
const FINDINGS: u8 = 1;
/// The surroundings failed, or the command line was wrong.
const FAILED: u8 = 2;

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    let locale = locale();
    let cli = match Cli::read(&arguments, locale.as_deref()) {
        Ok(cli) => cli,
        Err(answer) if answer.is_mistake => {
            output::line(answer.text.trim_end());
            return ExitCode::from(FAILED);
        }
        Err(answer) => {
            output::result(&answer.text);
            return ExitCode::from(if output::is_whole() { CLEAN } else { FAILED });
        }
    };
    let outcome = match &cli.command {
        Command::Build(arguments) => build::build(&cli, arguments),
        Command::Check(arguments) => check::check(&cli, arguments),
        Command::Audit(arguments) => audit::run(&cli, arguments),
        Command::Merge(arguments) => merge::merge(&cli, arguments),
        Command::Publish(arguments) => publish::publish(&cli, arguments),
        Command::Verify(arguments) => verify::verify(&cli, arguments),
        Command::Serve(arguments) => serve::serve(&cli, arguments),
        Command::Init(arguments) => init::init(&cli, arguments),
        Command::New(arguments) => new::new(&cli, arguments),
        Command::Diff(arguments) => diff::diff(&cli, arguments),
        Command::Search(arguments) => search::search(&cli, arguments),
        Command::Query(arguments) => query::query(&cli, arguments),
        Command::Scan(arguments) => scan::scan(&cli, arguments),
        Command::Labels(arguments) => labels::labels(&cli, arguments),
        Command::Import(arguments) => import::import(&cli, arguments),
        Command::Schema(arguments) => schema::schema(&cli, arguments),
        Command::Explain(arguments) => explain::explain(&cli, arguments),
        Command::Fix(arguments) => fix::fix(&cli, arguments),
        Command::Fmt(arguments) => fmt::fmt(&cli, arguments),
        Command::Rename(arguments) => rename::rename(&cli, arguments),
        Command::Doctor => Ok(doctor::doctor(&cli)),
        Command::Forget(arguments) => forget::forget(&cli, arguments),
        Command::Allow(arguments) => allow::allow(&cli, arguments),
        Command::Lsp => lsp::lsp(&cli),
        Command::Collect(arguments) => collect::collect(&cli, arguments),
        Command::Completions(arguments) => Ok(completions::completions(&cli, arguments)),
        Command::Man(arguments) => man::man(&cli, arguments),
        Command::History(arguments) => history::history(&cli, arguments),
    };
    match outcome {
        // Half a result must not look like one.
        Ok(_) if !output::is_whole() => ExitCode::from(FAILED),
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            let language = failure_language(&cli, (&arguments, locale.as_deref()));
            output::error(language, &error);
            ExitCode::from(FAILED)
        }
    }
}

/// The language of a failure: as asked, else the one that the project's `carnet.yaml` says, else the environment's.
/// The file is read anew, because the failure may be that the project could not be read.
fn failure_language(cli: &Cli, (arguments, locale): (&[String], Option<&str>)) -> Language {
    let written = site_language(&cli.root).filter(|_| cli.lang.is_none());
    written.unwrap_or_else(|| cli::language(arguments, locale))
}

/// The language that the project's `carnet.yaml` says, if there is one.
fn site_language(root: &Path) -> Option<Language> {
    let bytes = fs::read(root.join("carnet.yaml")).ok()?;
    written_language(&decode("carnet.yaml", bytes).ok()?)
}

/// The language of messages of a command that needs no project.
fn language_anywhere(cli: &Cli) -> Language {
    language_in(cli, &cli.root)
}

/// The same for a folder that may become a project.
fn language_in(cli: &Cli, root: &Path) -> Language {
    let asked = cli.lang.map(Language::from).or_else(|| site_language(root));
    asked.unwrap_or_else(|| language_of_help(cli))
}

/// The language of help: as asked, else the environment's.
fn language_of_help(cli: &Cli) -> Language {
    let asked = cli.lang.map(Language::from);
    asked.unwrap_or_else(|| cli::language(&[], locale().as_deref()))
}

/// The environment's locale.
fn locale() -> Option<String> {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter();
    let values = names.filter_map(|name| std::env::var(name).ok());
    values.into_iter().find(|value| !value.is_empty())
}
