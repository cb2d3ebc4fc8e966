//! `carnet diff`: what differs between two states of the project, told by records.
//!
//! Both sides are read by the schema of today's files, so that a field renamed since is one field;
//! titles are those of the side arrived at.

use std::sync::Arc;

use anyhow::bail;

use crate::changelog::{Differences, Side};
use crate::cli::{Cli, DiffArguments, DiffFormat, SourceArguments};
use crate::commands::{CLEAN, FINDINGS, audience, input, output};
use crate::estate::{self, Estate};
use crate::git::{self, Revision};
use crate::history::{Absence, History};
use crate::project::Project;
use crate::text;

/// Prints what differs.
pub(super) fn diff(cli: &Cli, arguments: &DiffArguments) -> anyhow::Result<u8> {
    if arguments.summary && arguments.format != DiffFormat::Human {
        bail!(text!(
            "`--summary` est pour le terminal, sans `--format`",
            "`--summary` is for the terminal, without `--format`"
        ));
    }
    let revision = |name: &String| git::revision(&cli.root, name);
    let from = revision(&arguments.from)?;
    let mut to = arguments.to.as_ref().map(revision).transpose()?;
    let present = if from.is_bare {
        // Without a working tree, today is what `HEAD` holds.
        let head = revision(&"HEAD".to_owned())?;
        let present = input::project(cli, Some(&head))?;
        to.get_or_insert(head);
        present
    } else {
        input::project(cli, None)?
    };
    let language = output::language(cli, present.config.language);
    audience::of_comparison(cli, &present.config, "carnet diff")?;
    for revision in [Some(&from), to.as_ref()] {
        input::say_taken(cli, revision, present.config.language);
    }
    let schema = Arc::clone(&present.schema);
    let request = git::Request::new(&cli.root, &input::HISTORY_FOLDERS, schema);
    let new = to.as_ref().map(|revision| revision.id.as_str());
    let changes = git::changes(&request, &from.id, new)?;
    let estate = estate(cli, present, to.as_ref())?;
    let sides = (side(Some(&from)), side(to.as_ref()));
    let report = Differences::new(&estate, &changes, sides, language);
    output::result(&match arguments.format {
        DiffFormat::Human if arguments.summary => report.summary(output::has_colour()),
        DiffFormat::Human => report.human(output::has_colour()),
        DiffFormat::Json => report.json(),
        DiffFormat::Markdown => report.markdown(),
    });
    Ok(if arguments.exit_code && !report.is_empty() {
        FINDINGS
    } else {
        CLEAN
    })
}

fn side(revision: Option<&Revision>) -> Side {
    Side {
        name: revision.map(|revision| revision.name.clone()),
        commit: revision.map(|revision| revision.id.clone()),
    }
}

/// The records of the side arrived at, with today's labels and settings.
fn estate(cli: &Cli, present: Project, to: Option<&Revision>) -> anyhow::Result<Estate> {
    let (schema, config) = (Arc::clone(&present.schema), present.config.clone());
    let as_of = input::as_of(&SourceArguments::default(), &config, to)?;
    let project = match to {
        Some(_) => input::project(cli, to)?,
        None => present,
    };
    let mut history = History::absent(Absence::TurnedOff);
    history.remote = git::remote(&cli.root);
    let mut estate = estate::resolve(&project, Arc::new(history), as_of);
    estate.schema = schema;
    estate.config = config;
    Ok(estate)
}
