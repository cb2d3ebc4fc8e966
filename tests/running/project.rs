//! A small project into which files are imported: what the tests of `import` ask of it.

use std::fs;
use std::path::Path;

use super::running::{self, files};

/// A project with a mapping of columns for `import csv`.
pub struct Project(tempfile::TempDir);

impl Project {
    pub fn new(mapping: &str) -> Self {
        Self(running::project(&format!("title: Essai\n{mapping}")))
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    /// Runs the program; what it tells, with plain spaces.
    pub fn carnet(&self, arguments: &[&str]) -> (i32, String) {
        let (code, told) = running::carnet(self.root(), arguments);
        (code, told.replace(['\u{a0}', '\u{202f}'], " "))
    }

    /// Imports a text; gives what is told. Afterwards `check` finds no error.
    pub fn import(&self, arguments: &[&str], name: &str, text: &[u8]) -> String {
        let (code, told) = self.try_import(arguments, name, text);
        assert_eq!(code, 0, "{told}");
        let (code, found) = self.carnet(&["check"]);
        assert_eq!(code, 0, "{found}");
        told
    }

    pub fn try_import(&self, arguments: &[&str], name: &str, text: &[u8]) -> (i32, String) {
        let path = self.root().join(name);
        fs::write(&path, text).expect("written");
        let path = path.display().to_string();
        let arguments: Vec<&str> = ["import"].iter().chain(arguments).copied().collect();
        self.carnet(&[&arguments[..], &[path.as_str()]].concat())
    }

    pub fn record(&self, path: &str) -> String {
        let place = self.root().join("inventory").join(path);
        fs::read_to_string(&place).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn count(&self, folder: &str) -> usize {
        files(&self.root().join("inventory").join(folder)).len()
    }
}
