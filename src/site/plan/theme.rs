//! The site's own theme as the plan reads it: its texts as files that findings can point into, and its templates.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Language};
use crate::estate::Estate;
use crate::site::broken_template;
use crate::site::templates::Templates;
use crate::source::SourceFile;

/// The text files of the site's own theme, by the name that templates have: `record.html`,
/// `labels/fr.yaml`.
pub(super) fn own(
    estate: &Estate,
    files: &BTreeMap<String, Arc<[u8]>>,
) -> BTreeMap<String, Arc<SourceFile>> {
    let folder = &estate.config.theme;
    let texts = files
        .iter()
        .filter(|(name, _)| name.starts_with("templates/") || name.starts_with("labels/"));
    texts
        .map(|(path, bytes)| {
            let name = path.strip_prefix("templates/").unwrap_or(path);
            let text = String::from_utf8_lossy(bytes);
            (
                name.to_owned(),
                Arc::new(SourceFile::new(format!("themes/{folder}/{path}"), text)),
            )
        })
        .collect()
}

/// French and English, then the site's own that are neither.
fn languages(estate: &Estate) -> BTreeSet<Language> {
    let config = &estate.config;
    let own = [Language::Fr, Language::En, config.language].into_iter();
    own.chain(config.others()).collect()
}

/// The templates of every language; what is broken in the site's own theme is told, and the default theme's used.
pub(super) fn templates(
    estate: &Estate,
    theme: &BTreeMap<String, Arc<SourceFile>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<Language, Templates> {
    let overrides: BTreeMap<String, String> = theme
        .iter()
        .map(|(name, file)| (name.clone(), file.text.clone()))
        .collect();
    let mut templates = BTreeMap::new();
    for language in languages(estate) {
        let made = Templates::new(language, &overrides).unwrap_or_else(|errors| {
            let past = estate.past.as_ref();
            let broken = |error| broken_template(theme, error, past);
            diagnostics.extend(errors.iter().map(broken));
            Templates::new(language, &BTreeMap::new()).expect("the default theme is sound")
        });
        templates.insert(language, made);
    }
    templates
}
