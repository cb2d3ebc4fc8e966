//! What leads nowhere is not named to readers who do not see everything: an id that nobody knows and one of a record that is
//! hidden from them are the same words, in fields, texts, exports and the search.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::audience;
use crate::estate::{Estate, Link, Record, Target};
use crate::project;

impl Estate {
    /// Takes the names out of every reference that leads nowhere.
    pub(super) fn forget_dead_names(&mut self) {
        let words = audience::not_available(self.config.language);
        for record in &mut self.records {
            if let Some(source) = nameless(record, words) {
                record.source = Arc::new(source);
            }
        }
    }
}

/// A record without the names that lead nowhere; `None` where it has none.
fn nameless(record: &Record, words: &str) -> Option<project::Record> {
    let dead = |links: &[Link]| links.contains(&Link::Dangling);
    let missing = |targets: &[Target]| -> BTreeSet<usize> {
        let all = targets.iter().enumerate();
        all.filter(|(_, target)| **target == Target::Missing)
            .map(|(place, _)| place)
            .collect()
    };
    let missing: Vec<BTreeSet<usize>> = record.mentions.iter().map(|it| missing(it)).collect();
    if !dead(&record.links) && missing.iter().all(BTreeSet::is_empty) {
        return None;
    }
    let mut source = project::Record::clone(&record.source);
    for (reference, link) in source.references.iter_mut().zip(&record.links) {
        if *link == Link::Dangling {
            words.clone_into(&mut reference.text);
        }
    }
    for (document, missing) in source.documents.iter_mut().zip(missing) {
        if !missing.is_empty() {
            *document = Arc::new(document.nameless(&missing, words));
        }
    }
    Some(source)
}
