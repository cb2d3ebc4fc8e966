//! `carnet history`: what happened to one record, from the repository and the disk.

use anyhow::{anyhow, bail};

use crate::changelog::{RecordLog, Sought, find};
use crate::cli::{Cli, HistoryArguments, HistoryFormat, SourceArguments};
use crate::commands::{CLEAN, audience, input, output};
use crate::diagnostic::Text;
use crate::history::{History, RecordName, State};
use crate::text;

/// Prints the log of a record.
pub(super) fn history(cli: &Cli, arguments: &HistoryArguments) -> anyhow::Result<u8> {
    if arguments.id.trim().is_empty() {
        bail!(text!(
            "dites de quelle fiche : son identifiant, comme `srv-ad-01` ou `asset:srv-ad-01`",
            "say which record: its id, such as `srv-ad-01` or `asset:srv-ad-01`"
        ));
    }
    let source = SourceArguments::default();
    let project = input::project(cli, None)?;
    let language = output::language(cli, project.config.language);
    let audience = audience::asked(cli.audience.as_deref(), &project.config)?;
    let as_of = input::as_of(&source, &project.config, None)?;
    let history = input::history(&cli.root, &source, &project.schema, None);
    let message = History::message_for(&history.state);
    if let (State::Absent(_), Some(message)) = (&history.state, &message) {
        bail!(message.clone());
    }
    let estate = input::seen(&audience, &project, history, as_of);
    let name = record(find(&estate, &arguments.id), &arguments.id)?;
    let limit = arguments.limit.map_or(usize::MAX, |limit| limit as usize);
    let log = RecordLog::new(&estate, &name, limit, language);
    output::result(&match arguments.format {
        HistoryFormat::Human => log.human(output::has_colour()),
        HistoryFormat::Json => log.json(),
    });
    if let Some(message) = message {
        output::line(message.get(language));
    }
    Ok(CLEAN)
}

fn record(sought: Sought, asked: &str) -> anyhow::Result<RecordName> {
    let quoted = |names: &[String]| {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        names.join(", ")
    };
    match sought {
        Sought::One(name) => Ok(name),
        Sought::Several(names) => {
            let names = quoted(&names);
            bail!(text!(
                "`{asked}` peut désigner plusieurs fiches : {names}",
                "`{asked}` could be several records: {names}"
            ))
        }
        Sought::Nothing(names) => {
            let near = if names.is_empty() {
                Text::default()
            } else {
                let names = quoted(&names);
                text!(" ; les plus proches : {names}", "; the nearest: {names}")
            };
            let (fr, en) = (near.fr, near.en);
            Err(anyhow!(text!(
                "aucune fiche ne s’appelle `{asked}`, ni aujourd’hui ni dans l’historique{fr}",
                "no record is called `{asked}`, neither today nor in the history{en}"
            )))
        }
    }
}
