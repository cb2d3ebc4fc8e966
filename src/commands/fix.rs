//! `carnet fix`: the findings whose mend is sure, mended. What changes is shown first; files are written when asked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::Context;

use crate::cli::{Cli, FixArguments, SourceArguments};
use crate::commands::{CLEAN, input, output};
use crate::diagnostic::Language;
use crate::edit::pieces::{mends, replaced};
use crate::import::{FileChange, difference, write_file};
use crate::load::Loader;
use crate::pipeline;
use crate::project::{Project, secrets};
use crate::schema::Schema;
use crate::text;

/// A mend may show what another one mends: a key that was mistyped had no value that could be judged.
const MOST_ROUNDS: usize = 8;

/// Shows the mends, and writes them when asked.
pub(super) fn fix(cli: &Cli, arguments: &FixArguments) -> anyhow::Result<u8> {
    let (site, schema, changes) = mended(cli)?;
    let language = output::language(cli, site);
    for (path, change) in &changes {
        output::result(&shown(path, change, &schema));
    }
    if arguments.write {
        for (path, change) in &changes {
            write_file(&cli.root, path, change).with_context(|| path.clone())?;
        }
    }
    let count = changes.len();
    let told = match (count, arguments.write) {
        (0, _) => text!(
            "rien à corriger à coup sûr",
            "nothing that can be mended for sure"
        ),
        (_, true) => text!("fichiers corrigés\u{a0}: {count}", "files mended: {count}"),
        (_, false) => text!(
            "fichiers à corriger\u{a0}: {count}\u{202f}; `carnet fix --write` les écrit",
            "files to mend: {count}; `carnet fix --write` writes them"
        ),
    };
    output::line(told.get(language));
    Ok(CLEAN)
}

/// A change as it is shown: without the secrets that stand around it.
pub(super) fn shown(path: &str, change: &FileChange, schema: &Schema) -> String {
    let without = |text: &Option<String>| {
        let text = text.as_deref()?;
        Some(secrets::without(path, text, schema))
    };
    let (before, after) = (without(&change.before), without(&change.after));
    difference(path, before.as_deref(), after.as_deref())
}

/// What sure mends change.
type Mended = (Language, Arc<Schema>, BTreeMap<String, FileChange>);

/// The site's language and kinds, and the files that sure mends change, by path.
fn mended(cli: &Cli) -> anyhow::Result<Mended> {
    let mut loader = Loader::new(&cli.root, pipeline::rule_names());
    let mut project = loader.load(&BTreeSet::new())?;
    let as_of = input::as_of(&SourceArguments::default(), &project.config, None)?;
    let mut changes: BTreeMap<String, FileChange> = BTreeMap::new();
    let mut last = usize::MAX;
    for _ in 0..MOST_ROUNDS {
        let estate = pipeline::meaning(&project, as_of, None);
        let findings = pipeline::findings(&project, &estate);
        let pieces = mends(&findings);
        // What brings other findings than it takes away would go on for ever.
        if pieces.is_empty() || findings.len() >= last {
            break;
        }
        last = findings.len();
        for (path, pieces) in &pieces {
            let Some(before) = text_of(&project, path) else {
                continue;
            };
            let after = replaced(before, pieces);
            loader.hold(path, Some(Arc::from(after.as_str())));
            let change = changes.entry(path.clone()).or_insert_with(|| FileChange {
                before: Some(before.to_owned()),
                after: None,
            });
            change.after = Some(after);
        }
        project = loader.load(&pieces.into_keys().collect())?;
    }
    Ok((project.config.language, project.schema, changes))
}

fn text_of<'p>(project: &'p Project, path: &str) -> Option<&'p str> {
    let mut files = project.files.iter();
    let file = files.find(|file| file.source.path == path)?;
    Some(&file.source.text)
}
