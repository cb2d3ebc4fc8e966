//! Disk or Git tree → [`Project`]: the only place that reads authors' files. Entry: [`Loader::load`].
//!
//! A loader remembers what it parsed, so that `serve` reads again only what changed. Nothing is
//! skipped in silence: a file that cannot be used is a diagnostic.

mod attachment;
mod files;
mod frame;
mod kept;
mod refusals;
mod sources;
mod today;
mod walk;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Language, Text};
use crate::forgotten;
use crate::git::Snapshot;
use crate::project::{self, LARGEST_MARKDOWN, LARGEST_YAML, Location, ParsedFile, Project};
use crate::schema::Schema;
use crate::secrets::{self, Fingerprint};
use crate::source::SourceFile;
use crate::text;
use files::{Files, Limit};
pub use frame::is_schema;
use frame::{Frame, is_frame};
use kept::{Content, Kept};
pub use sources::Sources;
pub use today::{SecretToday, secret_today};
pub use walk::{folders, is_hidden, is_project};

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
    /// The text of the list of forgotten people.
    forgotten_text: Option<Arc<SourceFile>>,
    /// The text of the list of what may be published.
    secrets_text: Option<Arc<SourceFile>>,
    /// What that list says.
    secrets: secrets::List,
    /// Secrets are not read: what is made of the project is told, and never written back.
    masks: bool,
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

impl Loader {
    /// A loader of the project in a folder; `rules` are the names that `levels:` may use.
    pub fn new(root: impl Into<PathBuf>, rules: Vec<&'static str>) -> Self {
        Self::of(Files::Folder(root.into(), BTreeMap::new()), rules)
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
            forgotten_text: None,
            secrets_text: None,
            secrets: secrets::List::default(),
            masks: false,
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

    /// The same loader, which reads every file with dots in the place of its secrets, as past states always are. Whoever writes
    /// files back needs them as they are.
    #[must_use]
    pub fn masking(mut self) -> Self {
        self.masks = true;
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

    /// Has a text stand for a file from now on, `None` for the file itself again. The next reading is told of the path,
    /// as of one that changed. Texts stand for files on disk alone.
    pub fn hold(&mut self, path: &str, text: Option<Arc<str>>) {
        if let Files::Folder(_, unsaved) = &mut self.files {
            match text {
                Some(text) => unsaved.insert(path.to_owned(), text),
                None => unsaved.remove(path),
            };
        }
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
        let frame = self.frame();
        self.within(frame)
    }

    /// The project in what it is read by; nothing that was fetched already is fetched again.
    fn within(&mut self, frame: Frame) -> Project {
        let Frame {
            config,
            theme,
            schema,
            diagnostics,
            ..
        } = frame;
        self.each(&schema, Self::read);
        let mut project = Project {
            theme,
            config,
            schema,
            files: Vec::new(),
            attachments: BTreeMap::new(),
            past: None,
            is_part: false,
            is_partial_view: false,
            diagnostics,
        };
        let used = self.collect(&mut project);
        if self.files.are_of_today() {
            let unused = secrets::unused(&self.secrets, &used);
            project.diagnostics.extend(unused);
        }
        project
    }

    /// Fails when there is no project.
    fn find_project(&self) -> anyhow::Result<()> {
        let mut places = ["carnet.yaml"].into_iter().chain(FOLDERS);
        match &self.files {
            Files::Folder(root, _) if !self.files.is_folder("") => {
                let root = root.display();
                bail!(text!(
                    "le dossier `{root}` n’existe pas",
                    "there is no folder `{root}`"
                ));
            }
            _ if places.any(|path| self.files.exists(path)) => Ok(()),
            Files::Folder(root, _) => {
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

    /// Takes every file that is no description of kinds one step further.
    fn each(&mut self, schema: &Schema, step: fn(&Self, &str, Content, &Schema) -> Content) {
        let mut kept = std::mem::take(&mut self.kept);
        kept.files
            .par_iter_mut()
            .filter(|known| !is_frame(&known.item.path))
            .for_each(|known| {
                let content = std::mem::replace(&mut known.content, Content::Unread);
                known.content = step(self, &known.item.path, content, schema);
            });
        self.kept = kept;
    }

    /// What a file is when all of it is understood.
    fn read(&self, path: &str, content: Content, schema: &Schema) -> Content {
        match self.fetch(path, content, schema) {
            Content::Fetched(bytes, location) => self.records(path, bytes, (&location, schema)),
            content => content,
        }
    }

    /// Whether files are read without their secrets.
    fn is_masked(&self) -> bool {
        self.masks || !self.files.are_of_today()
    }

    /// The path of a file in the project: of a past state without the words of forgotten people.
    fn told_path<'p>(&self, path: &'p str, schema: &Schema) -> Cow<'p, str> {
        if self.files.are_of_today() {
            Cow::Borrowed(path)
        } else {
            schema.forgotten().id(path)
        }
    }

    /// The bytes of a file that was not read yet.
    fn fetch(&self, path: &str, content: Content, schema: &Schema) -> Content {
        if !matches!(content, Content::Unread) {
            return content;
        }
        let refused = || secrets::path(path, schema.allowed_secrets());
        if let Some(refused) = self.is_masked().then(refused).flatten() {
            return Content::Refused(refused);
        }
        let fetched = match project::locate(&self.told_path(path, schema), schema) {
            Some(Ok(location)) => {
                let limit = if location.markdown { MARKDOWN } else { YAML };
                let bytes = self.files.bytes(path, limit);
                bytes.map(|bytes| Content::Fetched(bytes, location))
            }
            Some(Err(unknown)) => {
                let refused = refusals::unknown_folder(path, &unknown.folder, schema);
                Ok(Content::Refused(refused))
            }
            None => attachment::read(&self.files, path, schema),
        };
        fetched.unwrap_or_else(|diagnostic| Content::Refused(*diagnostic))
    }

    /// The records of a file. Where it has the words of forgotten people, one of today is told of, for people to mend it; one
    /// of a past state, which nobody can change, is read without them.
    fn records(
        &self,
        path: &str,
        bytes: Vec<u8>,
        (location, schema): (&Location, &Schema),
    ) -> Content {
        let forgotten = schema.forgotten();
        let source = match project::decode(path, bytes) {
            Ok(source) => source,
            Err(diagnostic) => return Content::Refused(*diagnostic),
        };
        let today = self.files.are_of_today();
        let (source, mut standing) = if today {
            let standing = forgotten::standing(forgotten, &source);
            (source, standing)
        } else {
            (forgotten.source(&source), Vec::new())
        };
        let unpublished = || project::unpublished(&source, location);
        let scan = secrets::file(&source, schema.allowed_secrets(), unpublished);
        let source = match scan.without {
            Some(without) if self.is_masked() => without,
            _ => source,
        };
        if today {
            standing.extend(scan.diagnostics);
        }
        let mut parsed = match &self.lighten {
            Some(Lighten(lighten)) => lighten(source, location),
            None => project::parse_file(source, location),
        };
        parsed.diagnostics.extend(standing);
        parsed.allowed_secrets = scan.used;
        Content::Records(Arc::new(parsed))
    }

    /// Hands out what was read; tells what was allowed of it.
    fn collect(&self, project: &mut Project) -> BTreeSet<Fingerprint> {
        let mut used = BTreeSet::new();
        for known in &self.kept.files {
            match &known.content {
                Content::Records(file) => {
                    used.extend(file.allowed_secrets.iter().cloned());
                    project.files.push(Arc::clone(file));
                }
                Content::Bytes(bytes, allowed) => {
                    used.extend(allowed.iter().cloned());
                    let path = self
                        .told_path(&known.item.path, &project.schema)
                        .into_owned();
                    let today = self.files.are_of_today();
                    let forgotten = project.schema.forgotten();
                    let (bytes, standing) = attachment::told(&path, bytes, forgotten, today);
                    project.diagnostics.extend(standing);
                    project.attachments.insert(path, bytes);
                }
                Content::Refused(diagnostic) => project.diagnostics.push(diagnostic.clone()),
                // A file that describes kinds is no content.
                Content::Unread | Content::Fetched(..) => {}
            }
        }
        used
    }
}

fn split() -> Text {
    text!(
        "découpez-le en plusieurs fichiers",
        "split it into several files"
    )
}
