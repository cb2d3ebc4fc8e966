//! The site's own theme as the plan reads it: its texts as files that findings can point into, and its templates.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Language};
use crate::estate::Estate;
use crate::site::templates::{TemplateError, Templates};
use crate::site::{Site, broken_template};
use crate::source::SourceFile;

/// A theme that is ready to render, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub(in crate::site) struct Compiled {
    pub templates: BTreeMap<Language, Arc<Templates>>,
    pub errors: Vec<TemplateError>,
}

impl Compiled {
    /// What is wrong, told at its place in the site's own theme.
    pub(super) fn findings(
        &self,
        estate: &Estate,
        theme: &BTreeMap<String, Arc<SourceFile>>,
    ) -> Vec<Diagnostic> {
        let past = estate.past.as_ref();
        let broken = |error| broken_template(theme, error, past);
        self.errors.iter().map(broken).collect()
    }
}

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

/// The templates of every language; what is broken in the site's own theme is told, and the templates of the site
/// `before`, else the default theme's, are used. A theme that was compiled for that site is not compiled again.
pub(super) fn templates(
    estate: &Estate,
    theme: &BTreeMap<String, Arc<SourceFile>>,
    before: Option<&Site>,
) -> Compiled {
    let languages = languages(estate);
    if let Some(site) = before
        && site.theme == *theme
        && site.compiled.templates.keys().eq(&languages)
    {
        return site.compiled.clone();
    }
    let overrides: BTreeMap<String, String> = theme
        .iter()
        .map(|(name, file)| (name.clone(), file.text.clone()))
        .collect();
    let made: Vec<_> = languages
        .par_iter()
        .map(|language| (*language, Templates::new(*language, &overrides)))
        .collect();
    let mut compiled = Compiled::default();
    for (language, made) in made {
        let templates = match made {
            Ok(made) => Arc::new(made),
            Err(errors) => {
                compiled.errors.extend(errors);
                let last = before.and_then(|site| site.compiled.templates.get(&language));
                last.cloned().unwrap_or_else(|| {
                    let default = Templates::new(language, &BTreeMap::new());
                    Arc::new(default.expect("the default theme is sound"))
                })
            }
        };
        compiled.templates.insert(language, templates);
    }
    compiled
}
