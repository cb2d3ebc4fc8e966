//! `carnet check --since`: the findings that an earlier state lacked, and what a merge request changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use jiff::civil::Date;

use crate::changelog::{Differences, RequestSummary, Side};
use crate::cli::{CheckArguments, Cli};
use crate::commands::{audience, input};
use crate::diagnostic::{Compared, Language, compare};
use crate::git::{self, Revision};
use crate::history::Changes;
use crate::pipeline::{self, Build};
use crate::text;

/// A project beside an earlier state of it.
pub(super) struct Since {
    /// Both states' findings.
    pub compared: Compared,
    from: Revision,
    to: Option<Revision>,
    before: Build,
    changes: Changes,
}

/// Compares a project with the state that is asked for, judged at the same day.
pub(super) fn since(
    cli: &Cli,
    arguments: &CheckArguments,
    asked: &str,
    (build, until): (&Build, Option<Date>),
) -> anyhow::Result<Since> {
    if arguments.summary.is_some() {
        audience::of_comparison(cli, &build.estate.config, "--summary")?;
    }
    let to = input::revision(cli, &arguments.state)?;
    let tip = to.as_ref().map(|revision| revision.id.as_str());
    let from = git::since(&cli.root, asked, tip)?;
    let project = input::project(cli, Some(&from))?;
    let history = input::history(&cli.root, &arguments.source, &project.schema, Some(&from));
    let day = build.estate.as_of;
    let mut before = pipeline::build_for(&build.audience, &project, history, day);
    if let Some(until) = until {
        before.add_deadlines(until);
    }
    let schema = Arc::clone(&build.estate.schema);
    let request = git::Request::new(&cli.root, &input::HISTORY_FOLDERS, schema);
    let changes = git::changes(&request, &from.id, tip)?;
    let findings = (build.diagnostics.clone(), before.diagnostics.clone());
    let compared = compare(findings.0, findings.1, &renamed(&changes));
    Ok(Since {
        compared,
        from,
        to,
        before,
        changes,
    })
}

/// The files whose records moved, by the path of today.
fn renamed(changes: &Changes) -> BTreeMap<String, String> {
    let moved = changes.records.iter().filter_map(|change| {
        let from = change.moved_from.clone()?;
        Some((change.path.clone(), from))
    });
    moved.collect()
}

impl Since {
    /// How many findings are not shown, and how many are no more.
    pub(super) fn line(&self, language: Language) -> String {
        let Compared {
            old, ref mended, ..
        } = self.compared;
        let mended = mended.len();
        let (name, short) = (&self.from.name, &self.from.id[..8]);
        let s = |number: usize| if number > 1 { "s" } else { "" };
        let (olds, mendeds) = (s(old), s(mended));
        let line = text!(
            "depuis `{name}` ({short})\u{a0}: {old} ancien{olds} laissé{olds} de côté, {mended} corrigé{mendeds}",
            "since `{name}` ({short}): {old} old left out, {mended} mended"
        );
        line.get(language).to_owned()
    }

    /// Writes what a merge request changes, as Markdown.
    pub(super) fn write(
        &self,
        path: &Path,
        build: &Build,
        language: Language,
    ) -> anyhow::Result<()> {
        // What is compared is for those who build, who see all of it.
        let estate = build.whole.as_ref().unwrap_or(&build.estate);
        let sides = (side(Some(&self.from)), side(self.to.as_ref()));
        let differences = Differences::new(estate, &self.changes, sides, language);
        let pages = |build: &Build| build.site.paths().map(str::to_owned).collect();
        let summary = RequestSummary::new(
            estate,
            &self.compared,
            &differences,
            (pages(&self.before), pages(build)),
        );
        fs::write(path, summary.markdown()).with_context(|| path.display().to_string())
    }
}

fn side(revision: Option<&Revision>) -> Side {
    Side {
        name: revision.map(|revision| revision.name.clone()),
        commit: revision.map(|revision| revision.id.clone()),
    }
}
