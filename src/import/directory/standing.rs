//! In which groups an account stands. Directories say it a million times of some hundred groups: each group is kept
//! once, and an account holds where it stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::import::directory::elsewhere;
use crate::import::{Link, Target};

/// The groups that a file names and does not hold, each once.
#[derive(Debug, Default)]
pub(in crate::import) struct Elsewhere(BTreeMap<String, Arc<Target>>);

impl Elsewhere {
    /// The group of a name, distinguished or plain.
    pub fn group(&mut self, name: &str) -> Arc<Target> {
        if let Some(group) = self.0.get(name) {
            return Arc::clone(group);
        }
        let group = Arc::new(elsewhere(name));
        self.0.insert(name.to_owned(), Arc::clone(&group));
        group
    }
}

/// That an account stands in groups; nothing where it stands in none.
pub(in crate::import) fn in_groups(groups: Vec<Arc<Target>>) -> Option<Link> {
    (!groups.is_empty()).then(|| Link {
        field: "groups",
        part: None,
        target: Target::Several(groups.into_boxed_slice()),
        otherwise: None,
    })
}
