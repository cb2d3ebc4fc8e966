//! What readers get: the sorted list of output paths, each with a pure render that gives its bytes.
//!
//! [`plan`] decides which pages there are; [`Site::render`] makes one. Nothing here knows whether a
//! page goes to a folder or to a browser.

pub mod context;
pub mod diagrams;
pub mod labels;
#[cfg(test)]
mod samples;
pub mod templates;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::estate::Estate;

/// A template or label file of the site's own theme that cannot be used.
pub const BROKEN_TEMPLATE: Rule = Rule {
    name: "broken-template",
    level: Severity::Error,
};

/// The pages of a site, known and not yet rendered.
#[derive(Debug)]
pub struct Site {
    /// What the pages speak of.
    pub estate: Arc<Estate>,
    outputs: BTreeMap<String, Output>,
}

/// What stands at a path.
#[derive(Debug)]
enum Output {
    /// A file copied as it is.
    Bytes(Arc<[u8]>),
}

/// Decides which pages there are. Broken files of the theme are reported, and the default theme's used.
pub fn plan(estate: &Arc<Estate>, _theme: &BTreeMap<String, Arc<[u8]>>) -> (Site, Vec<Diagnostic>) {
    let outputs = BTreeMap::from([(
        "index.html".to_owned(),
        Output::Bytes(Arc::from(*b"<!doctype html><title>Carnet</title>")),
    )]);
    (
        Site {
            estate: Arc::clone(estate),
            outputs,
        },
        Vec::new(),
    )
}

impl Site {
    /// Every output path (`index.html`, `assets/srv-ad-01/index.html`, …), sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.outputs.keys().map(String::as_str)
    }

    /// The bytes at a path; `None` when the site has no such path. The error names the template.
    pub fn render(&self, path: &str) -> Option<Result<Vec<u8>, Diagnostic>> {
        match self.outputs.get(path)? {
            Output::Bytes(bytes) => Some(Ok(bytes.to_vec())),
        }
    }
}
