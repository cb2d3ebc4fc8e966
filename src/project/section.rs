//! A section of `carnet.yaml` that has settings of its own (`labels:`, `quality:`): what is wrong in it is told
//! in the same words wherever it stands.

use std::sync::Arc;

use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Text};
use crate::project::config::INVALID_CONFIG;
use crate::source::{SourceFile, Span};
use crate::text;
use crate::yaml::{Node, Shape};

/// A section that is being read.
pub(super) struct Section<'a> {
    name: &'a str,
    file: &'a Arc<SourceFile>,
    /// What is wrong in it, in the order of the file.
    pub faults: Vec<Diagnostic>,
}

impl<'a> Section<'a> {
    /// The section of a name, before its first setting.
    pub fn new(name: &'a str, file: &'a Arc<SourceFile>) -> Self {
        Self {
            name,
            file,
            faults: Vec::new(),
        }
    }

    /// The settings that are written; none where the section is empty or something else, which is told with
    /// an example of a setting.
    pub fn entries<'n>(&mut self, node: &'n Node, example: Text) -> &'n [(Node, Node)] {
        if let Shape::Mapping(entries) = &node.shape {
            return entries;
        }
        if !node.is_empty() {
            let name = self.name;
            let message = text!(
                "`{name}` attend `réglage: valeur`",
                "`{name}` expects `setting: value`"
            );
            self.report(node, message, Some(example));
        }
        &[]
    }

    /// Tells of a key that is none of the section's; `of` says whose settings they are, after « un réglage ».
    pub fn unknown(&mut self, key: &Node, of: &Text, keys: &[&str]) {
        let name = key.text().unwrap_or_default();
        let Text { fr, en } = of;
        let message = text!(
            "`{name}` n’est pas un réglage {fr}",
            "`{name}` is not a setting {en}"
        );
        let help = did_you_mean(name, keys.iter().copied());
        self.report(key, message, help);
    }

    /// Tells what is wrong at a place.
    pub fn report(&mut self, node: &Node, message: Text, help: Option<Text>) {
        let at = Diagnostic::at(INVALID_CONFIG, Span::new(self.file, node.range), message);
        self.faults.push(at.maybe_help(help));
    }
}
