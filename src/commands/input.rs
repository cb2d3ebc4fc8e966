//! What every command reads: the project, its history, and the day it is true of.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use anyhow::{anyhow, bail};
use jiff::civil::Date;

use crate::cli::{Cli, SourceArguments};
use crate::git;
use crate::history::{Absence, History};
use crate::load::{self, Loader};
use crate::pipeline::{self, Build};
use crate::project::{self, Config, Project};
use crate::text;

/// The folders whose history is read: those of records, and the configuration.
pub(super) const HISTORY_FOLDERS: [&str; 4] = ["carnet.yaml", "content", "inventory", "procedures"];

/// Reads the project once.
pub(super) fn project(cli: &Cli) -> anyhow::Result<Project> {
    Loader::new(&cli.root, pipeline::rule_names()).load(&BTreeSet::new())
}

/// Reads the history, unless told not to.
pub(super) fn history(root: &Path, source: &SourceArguments) -> Arc<History> {
    debug_assert!(
        load::FOLDERS
            .iter()
            .all(|folder| HISTORY_FOLDERS.contains(folder))
    );
    Arc::new(if source.no_history {
        History::absent(Absence::TurnedOff)
    } else {
        git::history(root, &HISTORY_FOLDERS)
    })
}

/// Reads everything and builds.
pub(super) fn build(cli: &Cli, source: &SourceArguments) -> anyhow::Result<Build> {
    let project = project(cli)?;
    let as_of = as_of(source, &project.config)?;
    Ok(pipeline::build(&project, history(&cli.root, source), as_of))
}

/// The day: as asked, else as configured, else `SOURCE_DATE_EPOCH`, else today.
pub(super) fn as_of(source: &SourceArguments, config: &Config) -> anyhow::Result<Date> {
    if let Some(text) = &source.as_of {
        return project::date(text).ok_or_else(|| {
            anyhow!(text!(
                "`--as-of {text}` n’est pas une date : écrivez AAAA-MM-JJ",
                "`--as-of {text}` is not a date: write YYYY-MM-DD"
            ))
        });
    }
    if let Some(date) = config.as_of {
        return Ok(date);
    }
    if let Ok(seconds) = std::env::var("SOURCE_DATE_EPOCH") {
        let Ok(moment) = seconds
            .parse()
            .map_err(anyhow::Error::from)
            .and_then(|seconds: i64| Ok(jiff::Timestamp::from_second(seconds)?))
        else {
            bail!(text!(
                "`SOURCE_DATE_EPOCH={seconds}` n’est pas un nombre de secondes",
                "`SOURCE_DATE_EPOCH={seconds}` is not a number of seconds"
            ));
        };
        return Ok(moment.to_zoned(jiff::tz::TimeZone::UTC).date());
    }
    Ok(jiff::Zoned::now().date())
}
