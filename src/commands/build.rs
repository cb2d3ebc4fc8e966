//! `carnet build`: the whole site, rendered and published, or nothing.

use std::time::Instant;

use anyhow::{Context, bail};

use crate::cli::{BuildArguments, Cli, Format, Timings};
use crate::commands::{CLEAN, FINDINGS, input, output};
use crate::diagnostic::{self, Language};
use crate::pipeline::{self, Build};
use crate::publish::{self, Outcome, Published};
use crate::text;

/// Builds and publishes.
pub(super) fn build(cli: &Cli, arguments: &BuildArguments) -> anyhow::Result<u8> {
    let started = Instant::now();
    if let Some(threads) = arguments.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into());
        pool.build_global().context("--threads")?;
    }
    let mut stages = Stages::default();
    let (build, inputs) = make(cli, arguments, &mut stages)?;
    let language = output::language(cli, build.estate.config.language);
    let mut diagnostics = build.diagnostics.clone();
    let mut code = output::exit_code(&diagnostics, arguments.strict);
    let mut published = None;
    if code == CLEAN || arguments.keep_going {
        let out = arguments
            .out
            .clone()
            .unwrap_or_else(|| cli.root.join("_site"));
        let part = arguments.shard.zip(inputs.as_deref());
        let publish = || publish::publish_part(&build, &out, &cli.root, part);
        match stages.time(PUBLISHING, publish)? {
            Outcome::Published(outcome) => {
                published = Some(outcome);
                let replaced = build.site.replaced();
                if !replaced.is_empty() {
                    diagnostics.extend(replaced);
                    diagnostics = diagnostic::settle(diagnostics, &build.estate.config.levels);
                    code = code.max(output::exit_code(&diagnostics, arguments.strict));
                }
            }
            Outcome::Broken(found) => {
                diagnostics.extend(found);
                diagnostics = diagnostic::settle(diagnostics, &build.estate.config.levels);
                code = FINDINGS;
            }
        }
    }
    output::findings(&diagnostics, arguments.format, language);
    if let Some(form) = arguments.timings {
        stages.print(form, language);
    }
    if arguments.format == Format::Human {
        output::line(&output::summary(&diagnostics, language));
    }
    output::line(&match published {
        Some(published) => closing(&published, started.elapsed().as_secs_f64(), language),
        None => match language {
            Language::Fr => "rien n’a été publié".to_owned(),
            Language::En | Language::Other(_) => "nothing was published".to_owned(),
        },
    });
    Ok(code)
}

/// The site, and of a part of it the hash of its inputs.
fn make(
    cli: &Cli,
    arguments: &BuildArguments,
    stages: &mut Stages,
) -> anyhow::Result<(Build, Option<String>)> {
    let revision = input::revision(cli, &arguments.state)?;
    let at = revision.as_ref();
    if at.is_some_and(|revision| revision.is_bare) && arguments.out.is_none() {
        bail!(text!(
            "ce dépôt n’a pas de dossier de travail : dites où publier avec `--out`",
            "this repository has no working tree: say where to publish with `--out`"
        ));
    }
    if arguments.shard.is_some() && arguments.out.is_none() {
        bail!(text!(
            "une part n’est pas un site : dites où la mettre avec `--out`",
            "a part is no site: say where to put it with `--out`"
        ));
    }
    let mut project = stages.time(READING, || input::project(cli, at))?;
    input::say_taken(cli, at, project.config.language);
    if let Some(url) = &arguments.base_url {
        if !url.starts_with("https://") && !url.starts_with("http://") {
            bail!("--base-url {url} : https://… ou / or http://…");
        }
        project.config.base_url = Some(url.trim_end_matches('/').to_owned());
    }
    let as_of = input::as_of(&arguments.source, &project.config, at)?;
    let history = stages.time(HISTORY, || {
        input::history(&cli.root, &arguments.source, &project.schema, at)
    });
    let inputs = arguments
        .shard
        .map(|_| pipeline::inputs(&project, &history, as_of));
    let build = stages.time(MEANING, || pipeline::build(&project, history, as_of));
    stages.time(SEARCH, || build.index());
    Ok((build, inputs))
}

/// A part of a build.
#[derive(Debug, Clone, Copy)]
struct Stage {
    /// For machines; never changes.
    key: &'static str,
    fr: &'static str,
    en: &'static str,
}

const READING: Stage = Stage {
    key: "reading",
    fr: "lecture",
    en: "reading",
};
const HISTORY: Stage = Stage {
    key: "history",
    fr: "historique",
    en: "history",
};
const MEANING: Stage = Stage {
    key: "meaning",
    fr: "sens, contrôles et plan",
    en: "meaning, checks and plan",
};
const SEARCH: Stage = Stage {
    key: "search",
    fr: "index de recherche",
    en: "search index",
};
const PUBLISHING: Stage = Stage {
    key: "publishing",
    fr: "publication",
    en: "publishing",
};

/// How long each stage took, in milliseconds.
#[derive(Debug, Default)]
struct Stages(Vec<(Stage, f64)>);

impl Stages {
    fn time<T>(&mut self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let made = work();
        self.0
            .push((stage, started.elapsed().as_secs_f64() * 1000.0));
        made
    }

    fn print(&self, form: Timings, language: Language) {
        if form == Timings::Json {
            let stages = self.0.iter().map(|(stage, milliseconds)| {
                let rounded = (milliseconds * 10.0).round() / 10.0;
                (stage.key.to_owned(), serde_json::Value::from(rounded))
            });
            let object: serde_json::Map<String, serde_json::Value> = stages.collect();
            return output::line(&serde_json::Value::from(object).to_string());
        }
        for (stage, milliseconds) in &self.0 {
            let name = match language {
                Language::Fr => stage.fr,
                Language::En | Language::Other(_) => stage.en,
            };
            let milliseconds = output::decimal(*milliseconds, language);
            output::line(&format!("{milliseconds:>10} ms  {name}"));
        }
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
