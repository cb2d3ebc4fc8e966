//! The pages that `carnet import --url` has asked a server for, in the place of files; the secrets it takes
//! come from the environment alone.

use std::env::{self, VarError};
use std::fs;

use anyhow::{Context, anyhow, bail};
use jiff::civil::Date;

use crate::cli::{Cli, ImportArguments, ImportSource, PullArguments};
use crate::commands::output;
use crate::diagnostic::{Language, Text};
use crate::history::visible;
use crate::import::place;
use crate::pull::{Address, Asked, Login, Pull, Pulled, Secret, Waits, pull};
use crate::text;

/// Where pages wait, from the project's folder, each source in its own. Anybody may empty it: the pages are
/// asked for anew.
const SPOOL: &str = ".carnet/pull";

/// The pages of the server that the arguments name; nothing when they name files. Says meanwhile what it
/// does.
pub(super) fn pulled(
    cli: &Cli,
    arguments: &ImportArguments,
    language: Language,
) -> anyhow::Result<Option<Pulled>> {
    let asked = &arguments.pull;
    let Some(url) = &asked.url else {
        refuse_without_url(asked)?;
        return Ok(None);
    };
    refuse(arguments)?;
    // Before the secrets are asked for: an address may hold one.
    Address::new(url, "--url", "https://glpi.example")?;
    let (login, name) = login(arguments.source)?;
    let authority = asked.ca.as_ref().map(|path| {
        let shown = || visible(&path.display().to_string());
        fs::read(path).with_context(shown)
    });
    let tell = |text: &Text| output::line(&visible(text.get(language)));
    let pulled = pull(Pull {
        asked: Asked {
            url: url.clone(),
            since: asked.since.as_deref().map(day).transpose()?,
            filter: asked.jql.clone(),
        },
        login,
        authority: authority.transpose()?,
        folder: place(&cli.root, &format!("{SPOOL}/{name}"))?,
        waits: Waits::default(),
        tell: &tell,
    })?;
    if arguments.whole.complete && pulled.is_partial {
        bail!(text!(
            "le serveur a refusé une partie de ce qui lui était demandé : avec `--complete`, ce qui y manque serait noté à tort comme n’étant plus vu",
            "the server refused a part of what it was asked for: with `--complete`, what it lacks would wrongly be noted as not seen any more"
        ));
    }
    Ok(Some(pulled))
}

/// Options of a server without its address.
fn refuse_without_url(asked: &PullArguments) -> anyhow::Result<()> {
    let given = [
        ("--since", asked.since.is_some()),
        ("--jql", asked.jql.is_some()),
        ("--ca", asked.ca.is_some()),
    ];
    match given.iter().find(|(_, is_given)| *is_given) {
        Some((name, _)) => bail!(text!(
            "`{name}` ne vaut que pour un serveur : donnez aussi `--url`",
            "`{name}` is for a server only: give `--url` as well"
        )),
        None => Ok(()),
    }
}

/// What does not go together.
fn refuse(arguments: &ImportArguments) -> anyhow::Result<()> {
    let asked = &arguments.pull;
    if !arguments.paths.is_empty() {
        bail!(text!(
            "donnez des fichiers ou `--url`, pas les deux",
            "give files or `--url`, not both"
        ));
    }
    if arguments.whole.complete && (asked.since.is_some() || asked.jql.is_some()) {
        bail!(text!(
            "`--complete` veut tout ce que la source connaît : sans `--since` ni `--jql`",
            "`--complete` wants all that the source knows: without `--since` and `--jql`"
        ));
    }
    if asked.jql.is_some() && arguments.source != ImportSource::Jira {
        bail!(text!(
            "`--jql` est une recherche de Jira",
            "`--jql` is a search of Jira"
        ));
    }
    if asked.since.is_some() && arguments.source == ImportSource::Ninjaone {
        bail!(text!(
            "l’API de NinjaOne ne sait pas dire ce qui a changé depuis un jour : retirez `--since`, tout est demandé à chaque fois",
            "NinjaOne’s API cannot tell what changed since a day: take `--since` out, all is asked for each time"
        ));
    }
    Ok(())
}

/// A day as it is asked for.
fn day(typed: &str) -> anyhow::Result<String> {
    let day: Date = typed.trim().parse().map_err(|_| {
        anyhow!(text!(
            "`--since` : `{typed}` n’est pas une date (AAAA-MM-JJ)",
            "`--since`: `{typed}` is no date (YYYY-MM-DD)"
        ))
    })?;
    Ok(day.to_string())
}

/// The secrets of a source, and the name of its folder.
fn login(source: ImportSource) -> anyhow::Result<(Login, &'static str)> {
    let (login, name) = match source {
        ImportSource::Glpi => {
            let user = needed("CARNET_GLPI_TOKEN")?;
            (Login::Glpi(user, secret("CARNET_GLPI_APP_TOKEN")?), "glpi")
        }
        ImportSource::Jira => {
            let token = needed("CARNET_JIRA_TOKEN")?;
            (Login::Jira(secret("CARNET_JIRA_USER")?, token), "jira")
        }
        ImportSource::Ninjaone => {
            let id = needed("CARNET_NINJAONE_ID")?;
            let secret = needed("CARNET_NINJAONE_SECRET")?;
            (Login::Ninjaone(id, secret), "ninjaone")
        }
        _ => bail!(text!(
            "`--url` ne vaut que pour `glpi`, `jira` et `ninjaone` : pour les autres sources, donnez des fichiers",
            "`--url` is for `glpi`, `jira` and `ninjaone` only: for other sources give files"
        )),
    };
    Ok((login, name))
}

fn needed(name: &str) -> anyhow::Result<Secret> {
    secret(name)?.ok_or_else(|| {
        anyhow!(text!(
            "il manque `{name}` dans l’environnement",
            "`{name}` is missing in the environment"
        ))
    })
}

/// The secret of a variable; nothing when it is unset.
fn secret(name: &str) -> anyhow::Result<Option<Secret>> {
    match env::var(name) {
        Ok(value) => Ok(Some(Secret::new(name, &value)?)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => bail!(text!(
            "`{name}` n’est pas de l’UTF-8",
            "`{name}` is not UTF-8"
        )),
    }
}
