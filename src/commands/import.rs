//! `carnet import`: files of another system read, compared with the estate, and written into it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};
use jiff::Span;
use jiff::civil::Date;

use crate::cli::{Cli, ImportArguments};
use crate::commands::import_files::{Files, files, read};
use crate::commands::import_sources::Sources;
use crate::commands::{CLEAN, FINDINGS, import_pull, input, output};
use crate::diagnostic::{Diagnostic, Language, Severity, Text};
use crate::history::visible;
use crate::import::{
    self, Batch, Complete, Inventory, Light, Lock, Others, Plan, Request, STATES, Shrunk, States,
    Writer, difference,
};
use crate::load;
use crate::project::{Duration, Project, secrets};
use crate::secrets::PUBLISHED_SECRET;
use crate::text;

/// Reads, plans, tells, and writes unless it is a dry run.
pub(super) fn import(cli: &Cli, arguments: &ImportArguments) -> anyhow::Result<u8> {
    // Before anything is read: what another import writes meanwhile would not be seen.
    let is_locked = !arguments.dry_run && load::is_project(&cli.root);
    let lock = is_locked.then(|| Lock::take(&cli.root));
    let _lock = lock.transpose()?;
    let light = Arc::new(Light::default());
    let project = input::light_project(cli, &light)?;
    let language = output::language(cli, project.config.language);
    refuse_unreadable(&project, language)?;
    let sources = Sources::new(arguments, &project)?;
    let pulled = import_pull::pulled(cli, arguments, language)?;
    let files = match &pulled {
        Some(pulled) => Files {
            read: pulled.pages.clone(),
            ..Files::default()
        },
        None => files(&arguments.paths, &sources)?,
    };
    let mut said = Said::read(cli, arguments, (&project, &light), &files.read)?;
    let mut inventory = std::mem::take(&mut said.inventory);
    inventory.passed_over = files.passed_over;
    inventory.drop_some("special-files", files.special);
    let request = Request {
        light: Some(&light),
        ..said.request(arguments, &project)?
    };
    let refused = &said.refused;
    for (path, why) in refused {
        let line = format!("{}: {}", path.display(), why.get(language));
        output::line(&visible(&line));
    }
    let plan = if arguments.dry_run {
        let mut all = BTreeMap::new();
        let plan = import::plan_into::<anyhow::Error>(&request, inventory, &mut |batch| {
            differences(&batch, &project, &mut all);
            Ok(())
        })?;
        for difference in all.values() {
            output::result(&visible(difference));
        }
        plan
    } else {
        let mut writer = Writer::new(&cli.root);
        let written = import::plan_into(&request, inventory, &mut |batch| writer.write(&batch));
        written.with_context(stopped)?
    };
    refuse_shrunk(&plan, arguments, language)?;
    let report = import::report(&plan, language, arguments.dry_run);
    output::result(&visible(&report));
    if arguments.whole.complete && !said.is_whole() {
        output::line(said.why_not_whole().get(language));
    }
    if let Some(pulled) = pulled {
        pulled.remove()?;
    }
    Ok(if refused.is_empty() { CLEAN } else { FINDINGS })
}

/// Imports these files, joined in their order, and hands what they come to on a few files at a time.
/// The plan comes without those, with the files that cannot be read and the reason.
pub(super) fn import_into(
    cli: &Cli,
    arguments: &ImportArguments,
    (project, light): (&Project, &Light),
    files: &[PathBuf],
    take: &mut dyn FnMut(Batch) -> anyhow::Result<()>,
) -> anyhow::Result<(Plan, Vec<(PathBuf, Text)>)> {
    let mut said = Said::read(cli, arguments, (project, light), files)?;
    let inventory = std::mem::take(&mut said.inventory);
    let request = Request {
        light: Some(light),
        ..said.request(arguments, project)?
    };
    let plan = import::plan_into(&request, inventory, take)?;
    Ok((plan, said.refused))
}

/// What the files of an import say, now and last time.
struct Said {
    inventory: Inventory,
    /// The files that cannot be read, with the reason.
    refused: Vec<(PathBuf, Text)>,
    /// The source has more than the files say.
    is_partial: bool,
    states: States,
    before: Complete,
    others: Others,
    last_seen: bool,
    day: Date,
}

impl Said {
    fn read(
        cli: &Cli,
        arguments: &ImportArguments,
        (project, light): (&Project, &Light),
        files: &[PathBuf],
    ) -> anyhow::Result<Self> {
        let sources = Sources::new(arguments, project)?;
        let pool = light.pool();
        let (inventory, refused) = read(&sources, files, project.config.language, pool);
        let settled = import::recover(&cli.root, (project, light), !arguments.dry_run)?;
        let mut states = import::read_states(&cli.root, sources.name(), pool)?;
        let own = format!("{STATES}/{}/", sources.name());
        let settled = settled.into_iter();
        states.extend(settled.filter(|(path, _)| path.starts_with(&own)));
        let source = sources.name();
        let others = import::read_others(&cli.root, (source, &states), (project, light))?;
        Ok(Self {
            is_partial: inventory.pages.are_partial(),
            inventory,
            refused,
            states,
            before: import::read_complete(&cli.root, source)?,
            others,
            last_seen: arguments.last_seen || sources.names_fields(),
            day: sources.today(),
        })
    }

    /// Whether all is known that the files were to say.
    fn is_whole(&self) -> bool {
        self.refused.is_empty() && !self.is_partial
    }

    /// Why nothing is taken for missing, though the import was said to be complete.
    fn why_not_whole(&self) -> Text {
        if self.refused.is_empty() {
            return text!(
                "la source a plus que ces fichiers n’en disent\u{a0}: rien n’est noté comme n’étant plus vu",
                "the source has more than these files say: nothing is noted as not seen any more"
            );
        }
        text!(
            "des fichiers n’ont pas pu être lus\u{a0}: rien n’est noté comme n’étant plus vu",
            "some files could not be read: nothing is noted as not seen any more"
        )
    }

    fn request<'a>(
        &'a self,
        arguments: &ImportArguments,
        project: &'a Project,
    ) -> anyhow::Result<Request<'a>> {
        Ok(Request {
            project,
            states: &self.states,
            light: None,
            complete: arguments.whole.complete && self.is_whole(),
            before: &self.before,
            others: &self.others,
            last_seen: self.last_seen,
            retire_after: length(arguments.whole.retire_after.as_deref())?,
            allow_shrink: arguments.whole.allow_shrink,
            day: self.day,
        })
    }
}

/// What holds after an import that the disk has stopped.
fn stopped() -> Text {
    text!(
        "l’import s’est arrêté\u{a0}: les fiches écrites jusque-là sont entières et restent\u{202f}; ôtez l’obstacle, puis relancez la même commande, qui reprend où celle-ci s’est arrêtée",
        "the import stopped: the records that were written until then are whole, and stay; remove what was in its way, then run the same command again, which goes on from there"
    )
}

/// The length of time after which what is missing is out of use.
fn length(text: Option<&str>) -> anyhow::Result<Option<Span>> {
    let Some(text) = text else {
        return Ok(None);
    };
    let length = Duration::parse(text).filter(|length| length.minutes_in_all() >= 1440);
    let Some(span) = length.and_then(Duration::span) else {
        bail!(text!(
            "`--retire-after {text}` n’est pas une durée d’un jour au moins : écrivez par exemple `90 j` ou `6 mois`",
            "`--retire-after {text}` is no length of time of a day at least: write for example `90d` or `6 months`"
        ));
    };
    Ok(Some(span))
}

/// A complete import that lacks most of what the source had is more likely an export that was cut.
fn refuse_shrunk(
    plan: &Plan,
    arguments: &ImportArguments,
    language: Language,
) -> anyhow::Result<()> {
    if arguments.whole.allow_shrink || plan.shrunk.is_empty() {
        return Ok(());
    }
    // What the files lack may be why.
    for note in &plan.notes {
        output::line(&visible(note.get(language)));
    }
    let kinds = plan.shrunk.iter();
    let kinds = kinds.map(|(kind, Shrunk { known, missing })| format!("{kind} {missing}/{known}"));
    let kinds = kinds.collect::<Vec<_>>().join(", ");
    bail!(text!(
        "rien n’est écrit : plus de la moitié de ce que la source connaissait manque à cet import complet ({kinds}) ; si c’est juste, ajoutez `--allow-shrink`, sinon retirez `--complete`",
        "nothing is written: this complete import lacks more than half of what the source had ({kinds}); if that is right, add `--allow-shrink`, else take `--complete` out"
    ))
}

/// A file that hides its records would have them created a second time.
pub(super) fn refuse_unreadable(project: &Project, language: Language) -> anyhow::Result<()> {
    let hides = |diagnostic: &&Diagnostic| {
        matches!(
            diagnostic.rule.name,
            "yaml-syntax" | "conflict-marker" | "unclosed-front-matter" | "foreign-front-matter"
        )
    };
    let of_files = project.files.iter().flat_map(|file| &file.diagnostics);
    let found: Vec<Diagnostic> = project
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        // A secret hides no record from who reads files to write them.
        .filter(|diagnostic| diagnostic.rule != PUBLISHED_SECRET)
        .chain(of_files.filter(hides))
        .cloned()
        .collect();
    if found.is_empty() {
        return Ok(());
    }
    output::findings_for_people(&found, language);
    bail!(text!(
        "des fichiers du projet ne se lisent pas ; corrigez-les d’abord, sinon leurs fiches seraient créées une seconde fois",
        "files of the project cannot be read; mend them first, else their records would be created a second time"
    ));
}

/// Adds the diffs of the records' files, by path. Their lines may hold secrets, next to what changes or far
/// above.
fn differences(batch: &Batch, project: &Project, all: &mut BTreeMap<String, String>) {
    let shown = |path: &str, text: &Option<String>| {
        let text = text.as_deref()?;
        Some(secrets::without_unknown(path, text, &project.schema))
    };
    for (path, change) in &batch.files {
        let (before, after) = (shown(path, &change.before), shown(path, &change.after));
        let difference = difference(path, before.as_deref(), after.as_deref());
        all.insert(path.clone(), difference);
    }
}
