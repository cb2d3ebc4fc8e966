//! What the files of a project are read by: the configuration, the theme, the kinds.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Language};
use crate::forgotten::{self, Forgotten};
use crate::load::files::Files;
use crate::load::{Loader, THEME, YAML};
use crate::project::{self, Config, INVALID_CONFIG};
use crate::schema::{self, Schema};
use crate::secrets::{self, Allowed};
use crate::source::SourceFile;
use crate::text;

/// What is known of a project before its records are read.
#[derive(Debug)]
pub(super) struct Frame {
    /// The text of `carnet.yaml`.
    pub written: Option<Arc<SourceFile>>,
    pub config: Config,
    pub theme: BTreeMap<String, Arc<[u8]>>,
    pub schema: Arc<Schema>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Loader {
    /// Reads what all files are read by.
    pub(super) fn frame(&mut self) -> Frame {
        let mut diagnostics = Vec::new();
        self.secrets(&mut diagnostics);
        let written = self.written_config(&mut diagnostics);
        let mut config = self.config(written.as_ref(), &mut diagnostics);
        let theme = self.theme(&config, &mut diagnostics);
        if let Some(source) = &written {
            diagnostics.extend(config.learn(source, &theme));
        }
        diagnostics.extend(self.kept.refusals.iter().cloned());
        let schema = self.schema(&config, &mut diagnostics);
        // Of a past state, too: these files are not read without the words.
        let (today, forgotten) = (self.files.are_of_today(), schema.forgotten());
        for file in written.iter().chain(&self.schema_text) {
            if today {
                diagnostics.extend(forgotten::standing(forgotten, file));
            } else {
                diagnostics.extend(forgotten::stood(forgotten, file));
            }
        }
        let named = schema::audiences_named(&self.schema_text);
        let unknown = named.into_iter();
        diagnostics
            .extend(unknown.filter_map(|(span, name)| config.audiences.unknown(&name, span)));
        let mapping = config.import.as_ref();
        diagnostics.extend(mapping.into_iter().flat_map(|own| own.check(&schema)));
        Frame {
            written,
            config,
            theme,
            schema,
            diagnostics,
        }
    }

    /// The text of the configuration, when it has one that can be read.
    fn written_config(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<Arc<SourceFile>> {
        let text = self.files.optional_text("carnet.yaml", YAML)?;
        let text = text.map_err(|diagnostic| diagnostics.push(*diagnostic));
        Some(self.without_secrets(text.ok()?, diagnostics))
    }

    /// A file that others are read by, and what is said of the secrets in it.
    fn without_secrets(
        &self,
        file: Arc<SourceFile>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Arc<SourceFile> {
        let scan = secrets::file(&file, &self.secrets.allowed, Vec::new);
        if self.files.are_of_today() {
            diagnostics.extend(scan.diagnostics);
        }
        match scan.without {
            Some(without) if self.is_masked() => without,
            _ => file,
        }
    }

    /// A list of what today decides: the project's own, for a past state today's.
    fn list(
        &self,
        path: &str,
        today: Option<&Arc<SourceFile>>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Arc<SourceFile>> {
        match &self.files {
            Files::Tree(_) => today.cloned(),
            Files::Folder(..) => {
                let text = self.files.optional_text(path, YAML)?;
                text.map_err(|diagnostic| diagnostics.push(*diagnostic))
                    .ok()
            }
        }
    }

    /// Reads what may be published although it looks like a secret: by the list of the project, and for a past state by today's.
    fn secrets(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let list = self.list(secrets::FILE, self.hidden.secrets.as_ref(), diagnostics);
        let read = list.as_ref().map(secrets::read);
        let (list_read, found) = read.unwrap_or_default();
        diagnostics.extend(found);
        self.secrets = list_read;
        self.secrets_text = list;
    }

    fn config(
        &self,
        written: Option<&Arc<SourceFile>>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Config {
        written.map_or_else(Config::default, |source| {
            let (config, found) = project::config(source, &self.rules);
            diagnostics.extend(found);
            config
        })
    }

    /// The built-in kinds and the site's own. When the site's change, nothing parsed before holds.
    fn schema(&mut self, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Arc<Schema> {
        let mut texts = Vec::new();
        let paths = self.kept.files.iter().map(|known| known.item.path.as_str());
        for path in paths.filter(|path| is_schema(path)) {
            match self.files.text(path, YAML) {
                Ok(source) => texts.push(self.without_secrets(source, diagnostics)),
                Err(diagnostic) => diagnostics.push(*diagnostic),
            }
        }
        let languages = config.endings();
        diagnostics.extend(self.hidden.diagnostics.iter().cloned());
        let (list, forgotten) = self.forgotten(config.language, diagnostics);
        let same = texts == self.schema_text
            && Language::write_alike(&languages, &self.languages)
            && self.schema.as_ref().is_some_and(|(schema, _)| {
                *schema.forgotten() == forgotten
                    && *schema.allowed_secrets() == self.secrets.allowed
            });
        self.forgotten_text = list;
        if let Some((schema, found)) = self.schema.as_ref().filter(|_| same) {
            diagnostics.extend(found.iter().cloned());
            return Arc::clone(schema);
        }
        self.kept.forget();
        self.schema_text.clone_from(&texts);
        self.languages.clone_from(&languages);
        let (schema, found) =
            if texts.is_empty() && self.hidden.fields.is_empty() && languages.is_empty() {
                (schema::built_in(), Vec::new())
            } else {
                let (schema, found) = schema::extend(&schema::built_in(), &texts);
                let schema = schema.hiding(&self.hidden.fields).speaking(languages);
                (Arc::new(schema), found)
            };
        let schema = if forgotten.is_empty() {
            schema
        } else {
            Arc::new(Schema::clone(&schema).forgetting(forgotten))
        };
        let allowed = &self.secrets.allowed;
        let schema = if *allowed == Allowed::default() {
            schema
        } else {
            Arc::new(Schema::clone(&schema).allowing(allowed.clone()))
        };
        diagnostics.extend(found.iter().cloned());
        self.schema = Some((Arc::clone(&schema), found));
        schema
    }

    /// Whom nobody may be told of: by the list of the project, and for a past state by today's.
    fn forgotten(
        &self,
        language: Language,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (Option<Arc<SourceFile>>, Forgotten) {
        let list = self.list(forgotten::FILE, self.hidden.forgotten.as_ref(), diagnostics);
        let Some(list) = list else {
            return (None, Forgotten::default());
        };
        let (forgotten, found) = forgotten::read(&list);
        diagnostics.extend(found);
        let forgotten = if forgotten.is_empty() {
            Forgotten::default()
        } else {
            forgotten.told_in(language)
        };
        (Some(list), forgotten)
    }

    fn theme(
        &self,
        config: &Config,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> BTreeMap<String, Arc<[u8]>> {
        let folder = format!("themes/{}", config.theme);
        let mut items = Vec::new();
        if config.theme != Config::default().theme && !self.files.is_folder(&folder) {
            let message = text!(
                "le dossier `{folder}` du thème n’existe pas",
                "the theme's folder `{folder}` does not exist"
            );
            diagnostics.push(Diagnostic::on_path(INVALID_CONFIG, "carnet.yaml", message));
        }
        self.files.walk(&folder, &mut items, diagnostics);
        let mut theme = BTreeMap::new();
        for item in items {
            let name = item.path[folder.len() + 1..].to_owned();
            match self.files.bytes(&item.path, THEME) {
                Ok(bytes) => {
                    theme.insert(name, Arc::from(bytes));
                }
                Err(diagnostic) => diagnostics.push(*diagnostic),
            }
        }
        theme
    }
}

/// Whether a file says how others are read, and is no content itself.
pub(super) fn is_frame(path: &str) -> bool {
    is_schema(path) || path == forgotten::FILE || path == secrets::FILE
}

/// Whether a file describes kinds.
pub fn is_schema(path: &str) -> bool {
    path.starts_with("inventory/_kinds/")
}
