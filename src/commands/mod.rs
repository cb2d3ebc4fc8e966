//! The shell: arguments in, exit code out. Each command does the reading and writing around the
//! pipeline and holds no logic of its own.

mod build;
mod check;
mod collect;
mod diff;
mod history;
mod import;
mod import_files;
mod import_pull;
mod import_sources;
mod init;
mod input;
mod labels;
mod language;
mod new;
mod output;
mod query;
mod scan;
mod search;
mod serve;

use std::fs;
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
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    let cli = match Cli::read(&arguments, locale.as_deref()) {
        Ok(cli) => cli,
        Err(answer) if answer.is_mistake => {
            output::line(answer.text.trim_end());
            return ExitCode::from(FAILED);
        }
        Err(answer) => {
            output::result(&answer.text);
            return ExitCode::from(CLEAN);
        }
    };
    let outcome = match &cli.command {
        Command::Build(arguments) => build::build(&cli, arguments),
        Command::Check(arguments) => check::check(&cli, arguments),
        Command::Serve(arguments) => serve::serve(&cli, arguments),
        Command::Init(arguments) => init::init(&cli, arguments),
        Command::New(arguments) => new::new(&cli, arguments),
        Command::Diff(arguments) => diff::diff(&cli, arguments),
        Command::Search(arguments) => search::search(&cli, arguments),
        Command::Query(arguments) => query::query(&cli, arguments),
        Command::Scan(arguments) => scan::scan(&cli, arguments),
        Command::Labels(arguments) => labels::labels(&cli, arguments),
        Command::Import(arguments) => import::import(&cli, arguments),
        Command::Collect(arguments) => collect::collect(&cli, arguments),
        Command::History(arguments) => history::history(&cli, arguments),
    };
    match outcome {
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
    if cli.lang.is_none() {
        let path = cli.root.join("carnet.yaml");
        let bytes = fs::read(path).unwrap_or_default();
        if let Ok(file) = decode("carnet.yaml", bytes)
            && let Some(language) = written_language(&file)
        {
            return language;
        }
    }
    cli::language(arguments, locale)
}
