//! Disk or Git tree → [`Project`]: the only place that reads authors' files. Entry: [`Loader::load`].
//!
//! A loader remembers what it parsed, so that `serve` reads again only what changed. Nothing is
//! skipped in silence: a file that cannot be used is a diagnostic.

mod attachment;
mod files;
mod kept;
mod refusals;
mod sources;
mod today;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Language, Text};
use crate::git::Snapshot;
use crate::project::{
    self, Config, INVALID_CONFIG, LARGEST_MARKDOWN, LARGEST_YAML, Location, ParsedFile, Project,
};
use crate::schema::{self, Schema};
use crate::source::SourceFile;
use crate::text;
use files::{Files, Limit};
use kept::{Content, Kept};
pub use sources::Sources;
pub use today::{SecretToday, secret_today};
pub use walk::{is_hidden, is_project};

/// The folders of records, from the root.
pub const FOLDERS: [&str; 3] = ["content", "inventory", "procedures"];

/// What a snapshot must list to be read as a project.
pub const SNAPSHOT_FOLDERS: [&str; 5] = [
    "carnet.yaml",
    "content",
    "inventory",
    "procedures",
    "themes",
];

const YAML: Limit = Limit {
    bytes: LARGEST_YAML,
    help: split,
};
const MARKDOWN: Limit = Limit {
    bytes: LARGEST_MARKDOWN,
    help: split,
};
/// A theme is its maker's business.
const THEME: Limit = Limit {
    bytes: u64::MAX,
    help: split,
};

/// Reads a project again and again.
#[derive(Debug)]
pub struct Loader {
    files: Files,
    rules: Vec<&'static str>,
    schema_text: Vec<Arc<SourceFile>>,
    /// The schema of those texts and languages, and what is wrong in them.
    schema: Option<(Arc<Schema>, Vec<Diagnostic>)>,
    languages: Vec<Language>,
    hidden: SecretToday,
    kept: Kept,
    lighten: Option<Lighten>,
}

/// What is read and kept of a file instead of all of it.
#[derive(Clone)]
struct Lighten(Arc<Lightening>);

/// How a file becomes one without what the caller keeps elsewhere.
type Lightening = dyn Fn(Arc<SourceFile>, &Location) -> ParsedFile + Send + Sync;

impl std::fmt::Debug for Lighten {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Lighten")
    }
}

/// What is known of a project before its records are read.
struct Frame {
    config: Config,
    theme: BTreeMap<String, Arc<[u8]>>,
    schema: Arc<Schema>,
    diagnostics: Vec<Diagnostic>,
}

impl Loader {
    /// A loader of the project in a folder; `rules` are the names that `levels:` may use.
    pub fn new(root: impl Into<PathBuf>, rules: Vec<&'static str>) -> Self {
        Self::of(Files::Folder(root.into()), rules)
    }

    /// A loader of the project as a commit has it; the snapshot lists [`SNAPSHOT_FOLDERS`].
    pub fn of_snapshot(snapshot: Snapshot, rules: Vec<&'static str>) -> Self {
        Self::of(Files::Tree(snapshot), rules)
    }

    fn of(files: Files, rules: Vec<&'static str>) -> Self {
        Self {
            files,
            rules,
            schema_text: Vec::new(),
            schema: None,
            languages: Vec::new(),
            hidden: SecretToday::default(),
            kept: Kept::default(),
            lighten: None,
        }
    }

    /// The same loader, which hides what is secret today whatever the project's own schema says.
    #[must_use]
    pub fn hiding(mut self, hidden: SecretToday) -> Self {
        self.hidden = hidden;
        self
    }

    /// The same loader, which keeps of each file with records only what a function reads of it.
    #[must_use]
    pub fn lightened(
        mut self,
        lighten: impl Fn(Arc<SourceFile>, &Location) -> ParsedFile + Send + Sync + 'static,
    ) -> Self {
        self.lighten = Some(Lighten(Arc::new(lighten)));
        self
    }

    /// Reads the project. Paths in `changed` (from the root) are read again even if their size and
    /// time say nothing. Fails when the folder is no Carnet project or cannot be entered.
    pub fn load(&mut self, changed: &BTreeSet<String>) -> anyhow::Result<Project> {
        self.find_project()?;
        self.kept.walk(&self.files, changed);
        Ok(self.project())
    }

    /// Reads the project again, of which these paths changed and no others: only they are looked at, unless one of
    /// them came or went. [`Self::is_current`] says whether that was true.
    pub fn load_changed(&mut self, changed: &BTreeSet<String>) -> anyhow::Result<Project> {
        self.find_project()?;
        if !self.kept.renew(&self.files, changed) {
            self.kept.walk(&self.files, changed);
        }
        Ok(self.project())
    }

    /// Takes the times of these files as they are now: what they hold was compared, and is what was read.
    pub fn confirm(&mut self, same: &BTreeSet<String>) {
        self.kept.confirm(&self.files, same);
    }

    /// Whether the files that were last read are those that are there.
    pub fn is_current(&mut self) -> bool {
        self.kept.is_current(&self.files)
    }

    fn project(&mut self) -> Project {
        let Frame {
            config,
            theme,
            schema,
            diagnostics,
        } = self.frame();
        self.read_all(&schema);
        let mut project = Project {
            theme,
            config,
            schema,
            files: Vec::new(),
            attachments: BTreeMap::new(),
            past: None,
            diagnostics,
        };
        self.collect(&mut project);
        project
    }

    /// Reads what all files are read by.
    fn frame(&mut self) -> Frame {
        let mut diagnostics = Vec::new();
        let mut config = self.config(&mut diagnostics);
        let theme = self.theme(&config, &mut diagnostics);
        self.learn(&mut config, &theme, &mut diagnostics);
        diagnostics.extend(self.kept.refusals.iter().cloned());
        let schema = self.schema(&config, &mut diagnostics);
        let mapping = config.import.as_ref();
        diagnostics.extend(mapping.into_iter().flat_map(|own| own.check(&schema)));
        Frame {
            config,
            theme,
            schema,
            diagnostics,
        }
    }

    /// Fails when there is no project.
    fn find_project(&self) -> anyhow::Result<()> {
        let mut places = ["carnet.yaml"].into_iter().chain(FOLDERS);
        match &self.files {
            Files::Folder(root) if !root.is_dir() => {
                let root = root.display();
                bail!(text!(
                    "le dossier `{root}` n’existe pas",
                    "there is no folder `{root}`"
                ));
            }
            _ if places.any(|path| self.files.exists(path)) => Ok(()),
            Files::Folder(root) => {
                let root = root.display();
                bail!(text!(
                    "`{root}` n’est pas un projet Carnet : ni `carnet.yaml`, ni `content/`, `inventory/` ou \
                     `procedures/` ; `carnet init` crée un projet",
                    "`{root}` is no Carnet project: neither `carnet.yaml` nor `content/`, `inventory/` or \
                     `procedures/`; `carnet init` creates one"
                ));
            }
            Files::Tree(tree) => {
                let commit = tree.commit();
                let short = &commit[..commit.len().min(8)];
                bail!(text!(
                    "au commit `{short}`, ce dossier n’était pas un projet Carnet : ni `carnet.yaml`, ni `content/`, \
                     `inventory/` ou `procedures/`",
                    "at commit `{short}`, this folder was no Carnet project: neither `carnet.yaml` nor `content/`, \
                     `inventory/` or `procedures/`"
                ));
            }
        }
    }

    fn config(&self, diagnostics: &mut Vec<Diagnostic>) -> Config {
        if !self.files.is_written("carnet.yaml") {
            return Config::default();
        }
        match self.files.text("carnet.yaml", YAML) {
            Ok(source) => {
                let (config, mut found) = project::config(&source, &self.rules);
                diagnostics.append(&mut found);
                config
            }
            Err(diagnostic) => {
                diagnostics.push(*diagnostic);
                Config::default()
            }
        }
    }

    /// Completes the languages of the configuration by what their files say.
    fn learn(
        &self,
        config: &mut Config,
        theme: &BTreeMap<String, Arc<[u8]>>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if let Ok(source) = self.files.text("carnet.yaml", YAML) {
            diagnostics.extend(config.learn(&source, theme));
        }
    }

    /// The built-in kinds and the site's own. When the site's change, nothing parsed before holds.
    fn schema(&mut self, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Arc<Schema> {
        let mut texts = Vec::new();
        let paths = self.kept.files.iter().map(|known| known.item.path.as_str());
        for path in paths.filter(|path| is_schema(path)) {
            match self.files.text(path, YAML) {
                Ok(source) => texts.push(source),
                Err(diagnostic) => diagnostics.push(*diagnostic),
            }
        }
        let languages = config.endings();
        diagnostics.extend(self.hidden.diagnostics.iter().cloned());
        let same = texts == self.schema_text && Language::write_alike(&languages, &self.languages);
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
        diagnostics.extend(found.iter().cloned());
        self.schema = Some((Arc::clone(&schema), found));
        schema
    }

    fn read_all(&mut self, schema: &Schema) {
        let mut kept = std::mem::take(&mut self.kept);
        let unread = kept
            .files
            .par_iter_mut()
            .filter(|known| matches!(known.content, Content::Unread));
        unread.for_each(|known| {
            if !is_schema(&known.item.path) {
                known.content = self.read(&known.item.path, schema);
            }
        });
        self.kept = kept;
    }

    fn read(&self, path: &str, schema: &Schema) -> Content {
        match project::locate(path, schema) {
            Some(Ok(location)) => self.records(path, &location),
            Some(Err(unknown)) => {
                Content::Refused(refusals::unknown_folder(path, &unknown.folder, schema))
            }
            None => match attachment::read(&self.files, path) {
                Ok(bytes) => Content::Bytes(bytes),
                Err(diagnostic) => Content::Refused(*diagnostic),
            },
        }
    }

    fn records(&self, path: &str, location: &Location) -> Content {
        let limit = if location.markdown { MARKDOWN } else { YAML };
        let source = match self.files.text(path, limit) {
            Ok(source) => source,
            Err(diagnostic) => return Content::Refused(*diagnostic),
        };
        let parsed = match &self.lighten {
            Some(Lighten(lighten)) => lighten(source, location),
            None => project::parse_file(source, location),
        };
        Content::Records(Arc::new(parsed))
    }

    /// Hands out what was read.
    fn collect(&self, project: &mut Project) {
        for known in &self.kept.files {
            match &known.content {
                Content::Records(file) => project.files.push(Arc::clone(file)),
                Content::Bytes(bytes) => {
                    let path = known.item.path.clone();
                    project.attachments.insert(path, Arc::clone(bytes));
                }
                Content::Refused(diagnostic) => project.diagnostics.push(diagnostic.clone()),
                // A file that describes kinds is no content.
                Content::Unread => {}
            }
        }
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

fn is_schema(path: &str) -> bool {
    path.starts_with("inventory/_kinds/")
}

fn split() -> Text {
    text!(
        "découpez-le en plusieurs fichiers",
        "split it into several files"
    )
}
