//! `synonyms:` of `carnet.yaml`: words that searches take for one another.

use crate::project::config::ConfigReader;
use crate::text;
use crate::yaml::{Node, Shape};

impl ConfigReader<'_> {
    /// One group an item: `pc = poste = ordinateur`.
    pub(super) fn synonyms(&mut self, node: &Node) -> Vec<Vec<String>> {
        let example = || {
            Some(text!(
                "écrivez par exemple `- pc = poste = ordinateur`",
                "write for example `- pc = poste = ordinateur`"
            ))
        };
        let Shape::Sequence(items) = &node.shape else {
            if !node.is_empty() {
                let message = text!("`synonyms` attend une liste", "`synonyms` expects a list");
                self.report(node.range, message, example());
            }
            return Vec::new();
        };
        let mut groups = Vec::new();
        for item in items {
            let text = item.text().unwrap_or_default();
            let group: Vec<String> = text.split('=').map(|word| word.trim().to_owned()).collect();
            if group.len() < 2
                || group
                    .iter()
                    .any(|word| !word.contains(char::is_alphanumeric))
            {
                let message = text!(
                    "deux mots ou plus, séparés par `=`, sont attendus ici",
                    "two words or more, separated by `=`, are expected here"
                );
                self.report(item.range, message, example());
            } else {
                groups.push(group);
            }
        }
        groups
    }
}
