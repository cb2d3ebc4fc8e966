//! The project that is open in an editor: its files, the unsaved texts over them, and the newest draft of it, made when
//! somebody asks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use lsp_types::TextDocumentContentChangeEvent;

use crate::diagnostic::Diagnostic;
use crate::load::Loader;
use crate::lsp::Settings;
use crate::lsp::draft::Draft;
use crate::lsp::folder::Folder;
use crate::lsp::positions;
use crate::pipeline;
use crate::source::SourceFile;

/// An open project.
pub(super) struct Workspace {
    pub folder: Folder,
    loader: Loader,
    /// The texts that are open, by path from the root.
    open: BTreeMap<String, Arc<SourceFile>>,
    /// What changed since the last draft.
    changed: BTreeSet<String>,
    /// Whether files may have come or gone.
    walk: bool,
    draft: Option<Arc<Draft>>,
    /// What is wrong with the draft, once it was asked.
    findings: Option<Arc<[Diagnostic]>>,
    /// What was last found by all rules.
    before: Arc<[Diagnostic]>,
    /// Whether an editor waits for what is known at once.
    unsaid: bool,
}

impl Workspace {
    pub(super) fn new(folder: Folder) -> Self {
        Self {
            loader: Loader::new(&folder.path, pipeline::rule_names()).masking(),
            folder,
            open: BTreeMap::new(),
            changed: BTreeSet::new(),
            walk: true,
            draft: None,
            findings: None,
            before: Arc::default(),
            unsaid: true,
        }
    }

    /// Holds a text over a file from now on.
    pub(super) fn open(&mut self, path: &str, text: String) {
        self.loader.hold(path, Some(Arc::from(text.as_str())));
        let file = Arc::new(SourceFile::new(path, text));
        self.open.insert(path.to_owned(), file);
        self.changed.insert(path.to_owned());
    }

    /// Changes an open text piece by piece, in order.
    pub(super) fn edit(&mut self, path: &str, changes: Vec<TextDocumentContentChangeEvent>) {
        let Some(file) = self.open.get(path) else {
            return;
        };
        let mut file = Arc::clone(file);
        for change in changes {
            let text = match change.range {
                Some(range) => {
                    let range = positions::text_range(&file, range);
                    let mut text = file.text.clone();
                    text.replace_range(range.start as usize..range.end as usize, &change.text);
                    text
                }
                None => change.text,
            };
            file = Arc::new(SourceFile::new(path, text));
        }
        let text = file.text.clone();
        self.open(path, text);
    }

    /// Takes the file itself again.
    pub(super) fn close(&mut self, path: &str) {
        self.open.remove(path);
        self.loader.hold(path, None);
        self.changed.insert(path.to_owned());
    }

    /// Files on disk changed, came or went.
    pub(super) fn changed(&mut self, paths: impl IntoIterator<Item = String>) {
        self.changed.extend(paths);
        self.walk = true;
    }

    /// Forgets all that was read: after a panic it may be half of something.
    pub(super) fn forget(&mut self) {
        let mut fresh = Self::new(self.folder.clone());
        for (path, file) in &self.open {
            fresh.open(path, file.text.clone());
        }
        *self = fresh;
    }

    /// Whether something changed that no draft knows, or nobody asked the rules about the newest.
    pub(super) fn is_stale(&self) -> bool {
        self.findings.is_none() || self.walk || !self.changed.is_empty()
    }

    /// An open text.
    pub(super) fn text(&self, path: &str) -> Option<&Arc<SourceFile>> {
        self.open.get(path)
    }

    /// The project as it is now. Fails when the folder cannot be read.
    pub(super) fn draft(&mut self, settings: &Settings) -> anyhow::Result<Arc<Draft>> {
        if let Some(draft) = &self.draft
            && !self.walk
            && self.changed.is_empty()
        {
            return Ok(Arc::clone(draft));
        }
        // What fails is tried again when something else changes, not over and over.
        let changed = std::mem::take(&mut self.changed);
        let walk = std::mem::take(&mut self.walk);
        self.findings = Some(Arc::default());
        self.unsaid = false;
        let project = if walk {
            self.loader.load(&changed)?
        } else {
            self.loader.load_changed(&changed)?
        };
        let as_of = (settings.as_of)(&project.config)?;
        let before = self.draft.as_ref();
        let before = before.map(|draft| (&draft.project, &draft.estate));
        let estate = pipeline::meaning(&project, as_of, before);
        let draft = Arc::new(Draft {
            folder: self.folder.clone(),
            language: settings.language.unwrap_or(project.config.language),
            project,
            estate,
        });
        self.findings = None;
        // The first draft is judged as a whole: nothing is known of it.
        self.unsaid = self.draft.is_some();
        let old = self.draft.replace(Arc::clone(&draft));
        // Ten thousand records are given back while the next answer is made.
        std::thread::spawn(move || drop(old));
        Ok(draft)
    }

    /// Whether something changed since the editor was last told anything: what is known at once comes first.
    pub(super) fn is_unsaid(&self) -> bool {
        self.draft.is_some() && (self.unsaid || self.walk || !self.changed.is_empty())
    }

    /// What is known at once of the project as it is now.
    pub(super) fn first_findings(
        &mut self,
        settings: &Settings,
    ) -> anyhow::Result<(Arc<Draft>, Arc<[Diagnostic]>)> {
        let draft = self.draft(settings)?;
        self.unsaid = false;
        let (project, estate) = (&draft.project, &draft.estate);
        let found = pipeline::first_findings(project, estate, &self.before);
        Ok((draft, found.into()))
    }

    /// What is wrong with the project as it is now.
    pub(super) fn findings(
        &mut self,
        settings: &Settings,
    ) -> anyhow::Result<(Arc<Draft>, Arc<[Diagnostic]>)> {
        let draft = self.draft(settings)?;
        self.unsaid = false;
        let asked = || pipeline::findings(&draft.project, &draft.estate).into();
        let findings = Arc::clone(self.findings.get_or_insert_with(asked));
        self.before = Arc::clone(&findings);
        Ok((draft, findings))
    }
}
