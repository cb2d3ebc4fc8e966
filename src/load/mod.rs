//! Disk → [`Project`]: the only place that reads authors' files. Entry: [`Loader::load`].
//!
//! A loader remembers what it parsed, so that `serve` reads again only what changed. Nothing is
//! skipped in silence: a file that cannot be used is a diagnostic.

mod attachment;
mod regular;
mod walk;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::bail;
use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest::did_you_mean;
use crate::project::rules::UNKNOWN_KIND_FOLDER;
use crate::project::{
    self, Config, INVALID_CONFIG, LARGEST_MARKDOWN, LARGEST_YAML, Location, ParsedFile, Project,
};
use crate::schema::{self, Schema};
use crate::source::SourceFile;
use crate::text;
use walk::Item;
pub use walk::is_hidden;

/// The folders of records, from the root.
pub const FOLDERS: [&str; 3] = ["content", "inventory", "procedures"];

/// Reads a project again and again.
#[derive(Debug)]
pub struct Loader {
    root: PathBuf,
    rules: Vec<&'static str>,
    schema_text: Vec<Arc<SourceFile>>,
    memo: HashMap<String, Memo>,
}

/// What was read from a path, and the signs that it is still the same.
#[derive(Debug, Clone)]
struct Memo {
    modified: Option<SystemTime>,
    length: u64,
    content: Content,
}

#[derive(Debug, Clone)]
enum Content {
    Records(Arc<ParsedFile>),
    Bytes(Arc<[u8]>),
    /// A file that could not be used, and why.
    Refused(Diagnostic),
}

impl Loader {
    /// A loader of the project in a folder; `rules` are the names that `levels:` may use.
    pub fn new(root: impl Into<PathBuf>, rules: Vec<&'static str>) -> Self {
        Self {
            root: root.into(),
            rules,
            schema_text: Vec::new(),
            memo: HashMap::new(),
        }
    }

    /// The project's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Reads the project. Paths in `changed` (from the root) are read again even if their size and
    /// time say nothing. Fails when the folder is no Carnet project or cannot be entered.
    pub fn load(&mut self, changed: &BTreeSet<String>) -> anyhow::Result<Project> {
        if !self.root.is_dir() {
            let root = self.root.display();
            bail!(text!(
                "le dossier `{root}` n’existe pas",
                "there is no folder `{root}`"
            ));
        }
        let config_path = self.root.join("carnet.yaml");
        if !config_path.exists()
            && FOLDERS
                .iter()
                .all(|folder| !self.root.join(folder).exists())
        {
            let root = self.root.display();
            bail!(text!(
                "`{root}` n’est pas un projet Carnet : ni `carnet.yaml`, ni `content/`, `inventory/` ou \
                 `procedures/` ; `carnet init` crée un projet",
                "`{root}` is no Carnet project: neither `carnet.yaml` nor `content/`, `inventory/` or \
                 `procedures/`; `carnet init` creates one"
            ));
        }
        let mut diagnostics = Vec::new();
        let config = self.config(&config_path, &mut diagnostics);
        let mut items = Vec::new();
        for folder in FOLDERS {
            walk::walk(&self.root, folder, &mut items, &mut diagnostics);
        }
        let schema = self.schema(&items, &mut diagnostics);
        self.read_all(&items, &schema, changed);
        let mut project = Project {
            theme: self.theme(&config, &mut diagnostics),
            config,
            schema,
            files: Vec::new(),
            attachments: BTreeMap::new(),
            diagnostics,
        };
        self.collect(items, &mut project);
        Ok(project)
    }

    fn config(&self, path: &Path, diagnostics: &mut Vec<Diagnostic>) -> Config {
        if path.symlink_metadata().is_err() {
            return Config::default();
        }
        match regular::text(&self.root, "carnet.yaml", LARGEST_YAML) {
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

    /// The built-in kinds and the site's own. When the site's change, nothing parsed before holds.
    fn schema(&mut self, items: &[Item], diagnostics: &mut Vec<Diagnostic>) -> Arc<Schema> {
        let mut texts = Vec::new();
        for item in items.iter().filter(|item| is_schema(&item.path)) {
            match regular::text(&self.root, &item.path, LARGEST_YAML) {
                Ok(source) => texts.push(source),
                Err(diagnostic) => diagnostics.push(*diagnostic),
            }
        }
        if texts != self.schema_text {
            self.memo.clear();
            self.schema_text.clone_from(&texts);
        }
        if texts.is_empty() {
            return schema::built_in();
        }
        let (schema, mut found) = schema::extend(&schema::built_in(), &texts);
        diagnostics.append(&mut found);
        Arc::new(schema)
    }

    fn read_all(&mut self, items: &[Item], schema: &Schema, changed: &BTreeSet<String>) {
        let known = |item: &&Item| {
            let memo = self.memo.get(&item.path);
            memo.is_some_and(|memo| {
                memo.length == item.length
                    && memo.modified == item.modified
                    && memo.modified.is_some()
                    && !changed.contains(&item.path)
            })
        };
        let read: Vec<(String, Memo)> = items
            .par_iter()
            .filter(|item| !is_schema(&item.path) && !known(item))
            .map(|item| {
                let memo = Memo {
                    modified: item.modified,
                    length: item.length,
                    content: read(&self.root, item, schema),
                };
                (item.path.clone(), memo)
            })
            .collect();
        self.memo.extend(read);
    }

    /// Takes what is in the tree now out of the memo, and forgets what is gone.
    fn collect(&mut self, items: Vec<Item>, project: &mut Project) {
        let mut memo = std::mem::take(&mut self.memo);
        for item in items {
            let Some(entry) = memo.remove(&item.path) else {
                continue;
            };
            match &entry.content {
                Content::Records(file) => project.files.push(Arc::clone(file)),
                Content::Bytes(bytes) => {
                    project
                        .attachments
                        .insert(item.path.clone(), Arc::clone(bytes));
                }
                Content::Refused(diagnostic) => project.diagnostics.push(diagnostic.clone()),
            }
            self.memo.insert(item.path, entry);
        }
    }

    fn theme(
        &self,
        config: &Config,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> BTreeMap<String, Arc<[u8]>> {
        let folder = format!("themes/{}", config.theme);
        let mut items = Vec::new();
        if config.theme != Config::default().theme && !self.root.join(&folder).is_dir() {
            let message = text!(
                "le dossier `{folder}` du thème n’existe pas",
                "the theme's folder `{folder}` does not exist"
            );
            diagnostics.push(Diagnostic::on_path(INVALID_CONFIG, "carnet.yaml", message));
        }
        walk::walk(&self.root, &folder, &mut items, diagnostics);
        let mut theme = BTreeMap::new();
        for item in items {
            let name = item.path[folder.len() + 1..].to_owned();
            match std::fs::read(self.root.join(&item.path)) {
                Ok(bytes) => {
                    theme.insert(name, Arc::from(bytes));
                }
                Err(error) => diagnostics.push(*regular::unreadable(&item.path, &error)),
            }
        }
        theme
    }
}

fn is_schema(path: &str) -> bool {
    path.starts_with("inventory/_kinds/")
}

fn read(root: &Path, item: &Item, schema: &Schema) -> Content {
    let path = &item.path;
    match project::locate(path, schema) {
        Some(Ok(location)) => records(root, item, &location),
        Some(Err(unknown)) => Content::Refused(unknown_folder(path, &unknown.folder, schema)),
        None => match attachment::read(root, item) {
            Ok(bytes) => Content::Bytes(bytes),
            Err(diagnostic) => Content::Refused(*diagnostic),
        },
    }
}

fn records(root: &Path, item: &Item, location: &Location) -> Content {
    let limit = if location.markdown {
        LARGEST_MARKDOWN
    } else {
        LARGEST_YAML
    };
    match regular::text(root, &item.path, limit) {
        Ok(source) => Content::Records(Arc::new(project::parse_file(source, location))),
        Err(diagnostic) => Content::Refused(*diagnostic),
    }
}

fn unknown_folder(path: &str, folder: &str, schema: &Schema) -> Diagnostic {
    if folder.is_empty() {
        let message = text!(
            "ce fichier n’est dans le dossier d’aucun genre",
            "this file is in no kind's folder"
        );
        let help = text!(
            "rangez-le dans un dossier comme `inventory/assets/`",
            "move it to a folder such as `inventory/assets/`"
        );
        return Diagnostic::on_path(UNKNOWN_KIND_FOLDER, path, message).help(help);
    }
    let message = text!(
        "aucun genre n’a le dossier `{folder}`",
        "no kind has the folder `{folder}`"
    );
    let near = did_you_mean(folder, schema.kinds().map(|kind| kind.folder.as_str()));
    let help = text!(
        "décrivez ce genre dans `inventory/_kinds/`",
        "describe this kind in `inventory/_kinds/`"
    );
    Diagnostic::on_path(UNKNOWN_KIND_FOLDER, path, message).help(near.unwrap_or(help))
}
