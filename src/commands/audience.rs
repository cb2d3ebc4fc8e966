//! For whom a command works: `--audience`, and when it cannot be left out.

use anyhow::{anyhow, bail};

use crate::audience::Audience;
use crate::cli::Cli;
use crate::git::Revision;
use crate::load::Loader;
use crate::pipeline;
use crate::project::{ALL, Config};
use crate::text;

/// The audience of what will be published or shown to others: where the site has audiences, one must be named.
pub(super) fn of_readers(name: Option<&str>, config: &Config) -> anyhow::Result<Audience> {
    if name.is_none() && config.audiences.are_declared() {
        let names = names(config);
        bail!(text!(
            "`carnet.yaml` a des publics\u{a0}: dites pour lequel avec `--audience` ({names})",
            "`carnet.yaml` has audiences: say for which one with `--audience` ({names})"
        ));
    }
    asked(name, config)
}

/// The audience of what only the one who types the command reads: everything, unless one is named.
pub(super) fn asked(name: Option<&str>, config: &Config) -> anyhow::Result<Audience> {
    let audiences = &config.audiences;
    let Some(name) = name else {
        return Ok(Audience::of_builder(audiences));
    };
    if !audiences.are_declared() {
        bail!(text!(
            "`--audience {name}`\u{a0}: `carnet.yaml` n’a pas de publics (`audiences:`)",
            "`--audience {name}`: `carnet.yaml` has no audiences (`audiences:`)"
        ));
    }
    if audiences.are_unreadable() && name != ALL {
        bail!(text!(
            "`--audience {name}`\u{a0}: les publics de `carnet.yaml` ne se lisent pas\u{202f}; corrigez ce que dit `carnet check`",
            "`--audience {name}`: the audiences of `carnet.yaml` cannot be read; mend what `carnet check` says"
        ));
    }
    Audience::named(audiences, name).ok_or_else(|| {
        let names = names(config);
        anyhow!(text!(
            "`--audience {name}`\u{a0}: ce n’est pas un public de `carnet.yaml` ({names})",
            "`--audience {name}`: this is no audience of `carnet.yaml` ({names})"
        ))
    })
}

/// Fails where a past state would be shown to others than those who see everything: it was marked by the rules of its own day,
/// and what is hidden today was not hidden then.
pub(super) fn of_past(
    cli: &Cli,
    past: Option<&Revision>,
    audience: &Audience,
) -> anyhow::Result<()> {
    if past.is_none() || audience.sees_everything() {
        return Ok(());
    }
    let mut loader = Loader::new(&cli.root, pipeline::rule_names()).masking();
    // Without a folder of work there is no today to ask.
    let today = loader.sources().ok();
    let has_audiences = today.is_some_and(|today| today.config().audiences.are_declared());
    if has_audiences || audience.name().is_some() {
        bail!(text!(
            "un état passé (`--at`) ne se montre qu’à `--audience all`\u{a0}: ce qui est caché aujourd’hui ne l’était pas alors",
            "a past state (`--at`) is for `--audience all` only: what is hidden today was not hidden then"
        ));
    }
    Ok(())
}

/// Fails where a comparison of everything (`named` as it was typed) is asked for those who do not see everything.
pub(super) fn of_comparison(cli: &Cli, config: &Config, named: &str) -> anyhow::Result<()> {
    if cli.audience.is_none() || asked(cli.audience.as_deref(), config)?.sees_everything() {
        return Ok(());
    }
    bail!(text!(
        "`{named}` compare tout\u{a0}: il n’est que pour `--audience all`",
        "`{named}` compares everything: it is for `--audience all` only"
    ))
}

fn names(config: &Config) -> String {
    let names = config.audiences.names().chain([ALL]);
    names.collect::<Vec<_>>().join(", ")
}
