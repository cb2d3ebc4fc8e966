//! What every command reads: the project, its history, and the day it is true of.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{anyhow, bail};
use jiff::civil::Date;

use crate::audience::Audience;
use crate::cli::{Cli, SourceArguments, StateArguments};
use crate::commands::{audience, output};
use crate::diagnostic::Language;
use crate::estate::{self, Estate};
use crate::git::{self, Revision, Snapshot};
use crate::history::{Absence, History};
use crate::import::Light;
use crate::load::{self, Loader};
use crate::pipeline::{self, Build};
use crate::project::{self, Config, Past, Project};
use crate::schema::Schema;
use crate::text;

/// The folders whose history is read: those of records, and the configuration.
pub(super) const HISTORY_FOLDERS: [&str; 4] = ["carnet.yaml", "content", "inventory", "procedures"];

/// Says which commit was taken for a day that is later than all commits.
pub(super) fn say_taken(cli: &Cli, revision: Option<&Revision>, site: Language) {
    if let Some(note) = revision.and_then(Revision::note) {
        output::line(note.get(output::language(cli, site)));
    }
}

/// The state that is asked for, when it is not that of the disk.
pub(super) fn revision(cli: &Cli, state: &StateArguments) -> anyhow::Result<Option<Revision>> {
    let asked = state.at.as_ref();
    asked.map(|name| git::revision(&cli.root, name)).transpose()
}

/// Reads the project once: from a commit when one is given, else from the disk. What is secret today
/// is so in a past state.
pub(super) fn project(cli: &Cli, at: Option<&Revision>) -> anyhow::Result<Project> {
    let rules = pipeline::rule_names();
    let Some(revision) = at else {
        return Loader::new(&cli.root, rules)
            .masking()
            .load(&BTreeSet::new());
    };
    let snapshot = Snapshot::open(&cli.root, &revision.id, &load::SNAPSHOT_FOLDERS)?;
    let mut loader = Loader::of_snapshot(snapshot, rules).hiding(load::secret_today(&cli.root)?);
    let mut project = loader.load(&BTreeSet::new())?;
    let forgotten = project.schema.forgotten();
    // Pages name the state; one that is called after somebody is told by its day.
    let label = revision.label.clone();
    let label = label.filter(|label| !forgotten.is_in(label.name()));
    project.past = (!revision.is_head).then(|| Past {
        commit: revision.id.clone(),
        day: revision.when.date(),
        label,
    });
    Ok(project)
}

/// Reads the project from the disk as it is written, secrets too, for whoever writes its files back.
pub(super) fn project_to_edit(cli: &Cli) -> anyhow::Result<Project> {
    Loader::new(&cli.root, pipeline::rule_names()).load(&BTreeSet::new())
}

/// Reads the project from the disk for an import: long lists are held in `light`.
pub(super) fn light_project(cli: &Cli, light: &Arc<Light>) -> anyhow::Result<Project> {
    let light = Arc::clone(light);
    let loader = Loader::new(&cli.root, pipeline::rule_names());
    loader
        .lightened(move |source, location| light.read(source, location))
        .load(&BTreeSet::new())
}

/// Where what the history says is remembered, from the project's folder.
const HISTORY_CACHE: &str = ".carnet/history";

/// Reads the history by a schema, from a commit when one is given, unless told not to.
pub(super) fn history(
    root: &Path,
    source: &SourceArguments,
    schema: &Arc<Schema>,
    at: Option<&Revision>,
) -> Arc<History> {
    debug_assert!(
        load::FOLDERS
            .iter()
            .all(|folder| HISTORY_FOLDERS.contains(folder))
    );
    if source.no_history {
        return Arc::new(History::absent(Absence::TurnedOff));
    }
    Arc::new(git::history(&git::Request {
        cache: Some(root.join(HISTORY_CACHE)),
        from: at.map(|revision| revision.id.clone()),
        ..git::Request::new(root, &HISTORY_FOLDERS, Arc::clone(schema))
    }))
}

/// Reads everything, and what it means; nothing is checked or planned.
pub(super) fn estate(
    cli: &Cli,
    source: &SourceArguments,
    state: &StateArguments,
) -> anyhow::Result<Estate> {
    let revision = revision(cli, state)?;
    let at = revision.as_ref();
    let project = project(cli, at)?;
    say_taken(cli, at, project.config.language);
    let as_of = as_of(source, &project.config, at)?;
    let audience = audience::asked(cli.audience.as_deref(), &project.config)?;
    audience::of_past(cli, at, &audience)?;
    let history = history(&cli.root, source, &project.schema, at);
    Ok(seen(&audience, &project, history, as_of))
}

/// The folder of a built site: the one that was named, or `_site` in the project.
pub(super) fn site(cli: &Cli, named: Option<&Path>) -> PathBuf {
    named.map_or_else(|| cli.root.join("_site"), Path::to_owned)
}

/// What a project means to those who read a command's answer.
pub(super) fn seen(
    audience: &Audience,
    project: &Project,
    history: Arc<History>,
    as_of: Date,
) -> Estate {
    match crate::audience::visible_to(audience, project, &history) {
        Some((seen, told)) => estate::resolve(&seen, told, as_of),
        None => estate::resolve(project, history, as_of),
    }
}

/// Reads everything and builds.
pub(super) fn build(
    cli: &Cli,
    source: &SourceArguments,
    state: &StateArguments,
) -> anyhow::Result<Build> {
    let revision = revision(cli, state)?;
    let at = revision.as_ref();
    let project = project(cli, at)?;
    say_taken(cli, at, project.config.language);
    let as_of = as_of(source, &project.config, at)?;
    let audience = audience::asked(cli.audience.as_deref(), &project.config)?;
    audience::of_past(cli, at, &audience)?;
    let history = history(&cli.root, source, &project.schema, at);
    Ok(pipeline::build_for(&audience, &project, history, as_of))
}

/// The day: as asked, else that of the commit when one is read, else as configured, else
/// `SOURCE_DATE_EPOCH`, else today.
pub(super) fn as_of(
    source: &SourceArguments,
    config: &Config,
    at: Option<&Revision>,
) -> anyhow::Result<Date> {
    if let Some(text) = &source.as_of {
        return project::date(text).ok_or_else(|| {
            anyhow!(text!(
                "`--as-of {text}` n’est pas une date : écrivez AAAA-MM-JJ",
                "`--as-of {text}` is not a date: write YYYY-MM-DD"
            ))
        });
    }
    if let Some(revision) = at {
        return Ok(revision.when.date());
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
