//! What is secret today. A past state was written before some of it was hidden, and is published
//! now: the fields that the schema on disk or of the commit that is checked out hides are hidden
//! in it too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::files::Files;
use super::{YAML, is_schema};
use crate::diagnostic::{Diagnostic, Severity};
use crate::forgotten;
use crate::git::{self, Snapshot};
use crate::history::semantic::once_secret;
use crate::schema::{self, INVALID_SCHEMA};
use crate::secrets;
use crate::source::SourceFile;
use crate::text;
use crate::yaml;

/// Where a project describes kinds of its own.
const KINDS: &str = "inventory/_kinds";

/// The secret fields of a project and whom it forgets, and what makes that uncertain.
#[derive(Debug, Clone, Default)]
pub struct SecretToday {
    /// Kind, and key or label (`structure.part` for a part).
    pub(super) fields: BTreeSet<(String, String)>,
    /// Schema files of today that cannot be read: what they hide is unknown.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Today's list of forgotten people.
    pub(super) forgotten: Option<Arc<SourceFile>>,
    /// Today's list of what looks like a secret and may be published.
    pub(super) secrets: Option<Arc<SourceFile>>,
}

/// Reads the schema on disk, where there is a working tree, and that of the commit that is checked
/// out. Fails when that commit cannot be read.
pub fn secret_today(root: &Path) -> anyhow::Result<SecretToday> {
    let head = git::revision(root, "HEAD")?;
    let snapshot = Snapshot::open(root, &head.id, &[KINDS, forgotten::FILE, secrets::FILE])?;
    let mut places = vec![Files::Tree(snapshot)];
    if !head.is_bare {
        places.push(Files::Folder(root.to_path_buf(), BTreeMap::new()));
    }
    let mut texts = Vec::new();
    let mut today = SecretToday::default();
    for files in places {
        let mut items = Vec::new();
        // The list on disk is the newer one.
        let lists = [
            (forgotten::FILE, &mut today.forgotten),
            (secrets::FILE, &mut today.secrets),
        ];
        for (path, place) in lists {
            match files.optional_text(path, YAML) {
                Some(Ok(list)) => *place = Some(list),
                Some(Err(diagnostic)) => today.diagnostics.push(*diagnostic),
                None => {}
            }
        }
        // What cannot be listed on disk is told when the disk is read.
        files.walk(KINDS, &mut items, &mut Vec::new());
        for item in items.iter().filter(|item| is_schema(&item.path)) {
            match readable(&files, &item.path) {
                Some(text) => texts.push((item.path.clone(), text)),
                None => today.diagnostics.push(unknown(&item.path)),
            }
        }
    }
    today.diagnostics.dedup();
    today.fields = once_secret(&schema::built_in(), &texts);
    Ok(today)
}

/// The text of a schema file that is YAML from end to end.
fn readable(files: &Files, path: &str) -> Option<String> {
    let file = files.text(path, YAML).ok()?;
    let (root, found) = yaml::parse(&file, file.whole());
    let wrong = found
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error);
    (root.is_some() && !wrong || file.text.trim().is_empty()).then(|| file.text.clone())
}

fn unknown(path: &str) -> Diagnostic {
    let message = text!(
        "ce schéma d’aujourd’hui est illisible\u{a0}: les champs qu’il cache ne le seraient pas dans l’état passé",
        "today's version of this schema cannot be read: the fields that it hides would not be hidden in the past state"
    );
    let help = text!(
        "corrigez-le (`carnet check`), puis recommencez",
        "mend it (`carnet check`), then try again"
    );
    Diagnostic::on_path(INVALID_SCHEMA, path, message).help(help)
}
