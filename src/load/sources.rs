//! The sources of a project as one hash, before any record is understood: the same hash, the same project.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rayon::prelude::*;

use super::Loader;
use super::frame::Frame;
use super::kept::Content;
use crate::digest::{Digesting, sha256};
use crate::project::{Config, Project};
use crate::schema::Schema;

/// What a project is made of, fetched and not yet understood.
#[derive(Debug)]
pub struct Sources {
    /// Of every byte that the project is made of, and of every reason why some cannot be used; 64 hexadecimal digits.
    pub hash: String,
    frame: Frame,
}

impl Sources {
    /// The project's own configuration.
    pub fn config(&self) -> &Config {
        &self.frame.config
    }

    /// The kinds by which its records are read.
    pub fn schema(&self) -> &Arc<Schema> {
        &self.frame.schema
    }
}

impl Loader {
    /// Reads the bytes of every file of the project, and understands none of those with records. Fails where
    /// [`Loader::load`] does.
    pub fn sources(&mut self) -> anyhow::Result<Sources> {
        self.find_project()?;
        self.kept.walk(&self.files, &BTreeSet::new());
        let frame = self.frame();
        self.each(&frame.schema, Self::fetch);
        let mut hash = Digesting::default();
        let written = frame.written.iter().chain(&self.schema_text);
        let written = written.chain(&self.forgotten_text);
        let written = written.chain(&self.secrets_text);
        written.for_each(|file| (&file.path, &file.text).hash(&mut hash));
        frame.theme.hash(&mut hash);
        hash.write(format!("{:?}", frame.diagnostics).as_bytes());
        let files = self.kept.files.par_iter();
        let files: Vec<_> = files.map(|known| of_content(&known.content)).collect();
        for (known, content) in self.kept.files.iter().zip(files) {
            (&known.item.path, content).hash(&mut hash);
        }
        Ok(Sources {
            hash: hash.hex(),
            frame,
        })
    }

    /// The project of those sources: of the very bytes that were hashed.
    pub fn project_of(&mut self, sources: Sources) -> Project {
        self.within(sources.frame)
    }
}

/// Whether a file is used, and the hash of what it holds, or of the reason why it is not used.
fn of_content(content: &Content) -> (bool, [u8; 32]) {
    match content {
        Content::Fetched(bytes, _) => (true, sha256(bytes)),
        Content::Bytes(bytes, _) => (true, sha256(bytes)),
        Content::Records(file) => (true, sha256(&file.source.text)),
        Content::Refused(diagnostic) => (false, sha256(format!("{diagnostic:?}"))),
        Content::Unread => (false, [0; 32]),
    }
}
