//! `carnet build`: the whole site, rendered and published, or nothing.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, bail};
use jiff::civil::Date;

use crate::audience::Audience;
use crate::cli::{BuildArguments, Cli, Format};
use crate::commands::timings::{
    COMPARING, HISTORY, MEANING, PUBLISHING, READING, Rendering, Stages,
};
use crate::commands::unchanged::OfDisk;
use crate::commands::{CLEAN, FINDINGS, audience, in_place, input, kept, output, timings};
use crate::diagnostic::{self, Diagnostic, Language, Severity};
use crate::forgotten::{self, FORGOTTEN_PERSON};
use crate::git::Revision;
use crate::history::History;
use crate::pipeline::{self, Build};
use crate::project::{Project, UNKNOWN_AUDIENCE};
use crate::publish::{self, Asked, Outcome, Published};
use crate::secrets::{self, PUBLISHED_SECRET};
use crate::text;

/// Builds and publishes.
pub(super) fn build(cli: &Cli, arguments: &BuildArguments) -> anyhow::Result<u8> {
    let started = Instant::now();
    if let Some(threads) = arguments.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into());
        pool.build_global().context("--threads")?;
    }
    check_address(arguments)?;
    let revision = input::revision(cli, &arguments.state)?;
    let at = revision.as_ref();
    check_place(arguments, at)?;
    let mut stages = Stages::default();
    let out = input::site(cli, arguments.out.as_deref());
    let mut of_disk = None;
    if at.is_none() && arguments.shard.is_none() {
        of_disk = OfDisk::read(cli, arguments, &out, &mut stages)?;
        if let Some(found) = &of_disk
            && let Some((note, published)) = stages.time(COMPARING, || found.find())?
        {
            found.bring(cli, &out)?;
            let language = output::language(cli, found.language());
            let timings = arguments.timings.map(|form| stages.told(form, language));
            let said = Said {
                findings: note.findings,
                timings,
                summary: note.summary,
                published: Some(published),
            };
            said.print(arguments.format, language, started);
            return Ok(note.code);
        }
    }
    let (state, note) = match of_disk {
        Some(found) => {
            let (state, note) = stages.time(READING, || found.understood());
            (state, Some(note))
        }
        None => (State::read(cli, arguments, at, &mut stages)?, None),
    };
    input::say_taken(cli, at, state.project.config.language);
    let (mut build, inputs) = state.build(arguments, &mut stages);
    if let Some(note) = &note {
        build.remembered = kept::read(note);
    }
    let language = output::language(cli, build.estate.config.language);
    let rendering = Rendering::new(arguments.timings.is_some());
    let asked = Asked {
        part: arguments.shard.zip(inputs.as_deref()),
        accepts_shrink: arguments.accept_shrink,
        observer: &rendering,
    };
    let made = publish(cli, arguments, &build, (&out, asked, &mut stages))?;
    let timings = |form| timings::told(form, &stages, &rendering, &build, language);
    let said = Said {
        findings: output::findings_text(cli, &made.diagnostics, arguments.format, language),
        timings: arguments.timings.map(timings),
        summary: output::summary(&made.diagnostics, language),
        published: made.published,
    };
    if let (Some(note), Some(_)) = (note, said.published) {
        kept::write(&note, &build.remembered);
        note.remember(said.findings.clone(), said.summary.clone(), made.code);
    }
    said.print(arguments.format, language, started);
    // The process ends: the system takes all memory back at once, piece by piece it takes tenths of a second.
    std::mem::forget(build);
    Ok(made.code)
}

fn check_address(arguments: &BuildArguments) -> anyhow::Result<()> {
    match &arguments.base_url {
        Some(url) if !url.starts_with("https://") && !url.starts_with("http://") => {
            bail!("--base-url {url} : https://… ou / or http://…")
        }
        _ => Ok(()),
    }
}

/// Some builds have no folder of their own to publish to.
fn check_place(arguments: &BuildArguments, at: Option<&Revision>) -> anyhow::Result<()> {
    if at.is_some_and(|revision| revision.is_bare) && arguments.out.is_none() {
        bail!(text!(
            "ce dépôt n’a pas de dossier de travail\u{a0}: dites où publier avec `--out`",
            "this repository has no working tree: say where to publish with `--out`"
        ));
    }
    if arguments.shard.is_some() && arguments.out.is_none() {
        bail!(text!(
            "une part n’est pas un site\u{a0}: dites où la mettre avec `--out`",
            "a part is no site: say where to put it with `--out`"
        ));
    }
    Ok(())
}

/// All that a site is made from.
pub(super) struct State {
    /// Who reads the site.
    pub audience: Audience,
    /// The project.
    pub project: Project,
    /// Its history.
    pub history: Arc<History>,
    /// The day the site is true of.
    pub as_of: Date,
}

impl State {
    /// Reads the state that is asked for.
    fn read(
        cli: &Cli,
        arguments: &BuildArguments,
        at: Option<&Revision>,
        stages: &mut Stages,
    ) -> anyhow::Result<Self> {
        let project = stages.time(READING, || input::project(cli, at))?;
        let as_of = input::as_of(&arguments.source, &project.config, at)?;
        let audience = audience::of_readers(cli.audience.as_deref(), &project.config)?;
        audience::of_past(cli, at, &audience)?;
        let history = stages.time(HISTORY, || {
            input::history(&cli.root, &arguments.source, &project.schema, at)
        });
        Ok(Self {
            audience,
            project,
            history,
            as_of,
        })
    }

    /// The site, and of a part of it the hash of its inputs.
    fn build(mut self, arguments: &BuildArguments, stages: &mut Stages) -> (Build, Option<String>) {
        if let Some(url) = &arguments.base_url {
            self.project.config.base_url = Some(url.trim_end_matches('/').to_owned());
        }
        let Self {
            audience,
            project,
            history,
            as_of,
        } = self;
        let inputs = arguments
            .shard
            .map(|_| pipeline::inputs(&audience, &project, &history, as_of));
        let build = stages.time(MEANING, || {
            pipeline::build_for(&audience, &project, history, as_of)
        });
        (build, inputs)
    }
}

/// What came of a build.
struct Made {
    diagnostics: Vec<Diagnostic>,
    code: u8,
    published: Option<Published>,
}

/// Whether nothing is published while this is found, whatever is asked for: nobody who is forgotten is published by haste,
/// and no secret, nor what a list, a kind or a folder of `carnet.yaml` closes that could not be read.
fn stops(found: &Diagnostic, build: &Build) -> bool {
    let is_error = found.severity == Severity::Error;
    let never = [FORGOTTEN_PERSON.name, PUBLISHED_SECRET.name];
    if never.contains(&found.rule.name) {
        return is_error;
    }
    let path = found.path.as_str();
    let was_error = found.rule.level == Severity::Error;
    if [forgotten::FILE, secrets::FILE].contains(&path) {
        return was_error;
    }
    if path == "carnet.yaml" && found.rule.name == UNKNOWN_AUDIENCE.name {
        return !build.audience.sees_everything();
    }
    let audiences = &build.estate.config.audiences;
    let are_declared = build.audience.name().is_some() || audiences.are_declared();
    path.starts_with("inventory/_kinds/") && (is_error || was_error && are_declared)
}

/// Publishes what has no error, or what shall be published whatever is wrong.
fn publish(
    cli: &Cli,
    arguments: &BuildArguments,
    build: &Build,
    (out, asked, stages): (&Path, Asked<'_>, &mut Stages),
) -> anyhow::Result<Made> {
    let mut made = Made {
        diagnostics: build.diagnostics.clone(),
        code: output::exit_code(&build.diagnostics, arguments.strict),
        published: None,
    };
    let mut found = build.diagnostics.iter();
    if found.any(|found| stops(found, build)) {
        made.code = FINDINGS;
        return Ok(made);
    }
    if made.code != CLEAN && !arguments.keep_going {
        return Ok(made);
    }
    let place = in_place::place(cli, arguments, &build.estate.config, out);
    let outcome = stages.time(PUBLISHING, || {
        in_place::prepare(cli, &place, out)?;
        let outcome = publish::publish_as_asked(build, &place, &cli.root, asked)?;
        if matches!(outcome, Outcome::Published(_)) {
            in_place::bring(cli, &place, out)?;
        }
        anyhow::Ok(outcome)
    });
    let (more, is_broken) = match outcome? {
        Outcome::Published(outcome) => {
            made.published = Some(outcome);
            (build.site.replaced(), false)
        }
        Outcome::Broken(found) => (found, true),
    };
    if !more.is_empty() {
        made.diagnostics.extend(more);
        made.diagnostics = diagnostic::settle(made.diagnostics, &build.estate.config.levels);
        let found = output::exit_code(&made.diagnostics, arguments.strict);
        made.code = made.code.max(found);
    }
    if is_broken {
        made.code = FINDINGS;
    }
    Ok(made)
}

/// What a build says at its end.
struct Said {
    findings: String,
    timings: Option<String>,
    summary: String,
    published: Option<Published>,
}

impl Said {
    fn print(&self, format: Format, language: Language, started: Instant) {
        output::print_findings(&self.findings, format);
        if let Some(timings) = &self.timings {
            output::line(timings);
        }
        if format == Format::Human {
            output::line(&self.summary);
        }
        output::line(&match &self.published {
            Some(published) => closing(published, started.elapsed().as_secs_f64(), language),
            None => match language {
                Language::Fr => "rien n’a été publié".to_owned(),
                Language::En | Language::Other(_) => "nothing was published".to_owned(),
            },
        });
    }
}

pub(super) fn closing(published: &Published, seconds: f64, language: Language) -> String {
    let Published {
        files,
        bytes,
        written,
        ..
    } = *published;
    #[expect(
        clippy::cast_precision_loss,
        reason = "a size for people, to one decimal"
    )]
    let megabytes = output::decimal(bytes as f64 / 1e6, language);
    let seconds = output::decimal(seconds, language);
    match language {
        Language::Fr => format!(
            "publié en {seconds} s : {files} fichiers, {megabytes} Mo, {written} nouveaux ou modifiés"
        ),
        Language::En | Language::Other(_) => format!(
            "published in {seconds} s: {files} files, {megabytes} MB, {written} new or changed"
        ),
    }
}
