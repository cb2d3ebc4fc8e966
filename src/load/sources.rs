//! The sources of a project as one hash, before any record is read: the same hash, the same project.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::files::Limit;
use super::walk::Item;
use super::{FOLDERS, Frame, Loader, split};
use crate::project::Config;
use crate::schema::Schema;

/// Above the largest file that is read for any purpose: what a longer one holds makes no difference.
const READ: Limit = Limit {
    bytes: 100 << 20,
    help: split,
};

/// What a project is made of, as far as it is known without reading its records.
#[derive(Debug)]
pub struct Sources {
    /// Of every byte that a project is made of, and of every reason why some cannot be read.
    pub hash: [u8; 32],
    /// The project's own configuration.
    pub config: Config,
    /// The kinds by which its records are read.
    pub schema: Arc<Schema>,
    /// What was listed before the first byte was read.
    listed: Vec<Item>,
}

impl Loader {
    /// Reads every file of the project, and understands none of those with records. Fails where [`Loader::load`] does.
    pub fn sources(&mut self) -> anyhow::Result<Sources> {
        self.find_project()?;
        let listed = self.listed(&self.config(&mut Vec::new()));
        self.kept.walk(&self.files, &BTreeSet::new());
        let Frame {
            config,
            theme,
            schema,
            diagnostics,
        } = self.frame();
        let mut all = Sha256::new();
        feed(&mut all, &self.of_file("carnet.yaml"));
        for (name, bytes) in &theme {
            feed(&mut all, name.as_bytes());
            feed(&mut all, bytes);
        }
        feed(&mut all, format!("{diagnostics:?}").as_bytes());
        let files: Vec<[u8; 32]> = self
            .kept
            .files
            .par_iter()
            .map(|known| self.of_file(&known.item.path))
            .collect();
        for file in &files {
            feed(&mut all, file);
        }
        Ok(Sources {
            hash: all.finalize().into(),
            config,
            schema,
            listed,
        })
    }

    /// Whether nobody wrote a file of the project since its sources were read, by the files' times and lengths.
    pub fn is_still(&self, sources: &Sources) -> bool {
        self.listed(&sources.config) == sources.listed
    }

    /// The files of a project, with their times.
    fn listed(&self, config: &Config) -> Vec<Item> {
        let theme = format!("themes/{}", config.theme);
        let mut listed = Vec::new();
        for folder in FOLDERS.into_iter().chain(["carnet.yaml", &theme]) {
            self.files.walk(folder, &mut listed, &mut Vec::new());
        }
        listed
    }

    /// The hash of a file's path and content, or of the reason why it has none.
    fn of_file(&self, path: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        feed(&mut hash, path.as_bytes());
        match self.files.bytes(path, READ) {
            Ok(bytes) => feed(&mut hash, &bytes),
            Err(diagnostic) => feed(&mut hash, format!("{diagnostic:?}").as_bytes()),
        }
        hash.finalize().into()
    }
}

/// Adds bytes and their length, so that two neighbours cannot be mistaken for two others.
fn feed(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}
