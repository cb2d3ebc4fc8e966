//! In which groups an account stands. Directories say it a million times of some hundred groups: each group is kept
//! once, and an account holds where it stands.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::import::directory::elsewhere;
use crate::import::{Link, Refusal, Target};
use crate::text;

/// The most memory that the memberships of an import may take, in bytes: with the program and what it reads beside them, 800 MiB.
const HEAVIEST: usize = 775 << 20;
/// What a membership takes.
const MEMBERSHIP: usize = 80;
/// What a group takes that a file names and does not hold, beside its name. With a membership of each that is 1 to 6 %
/// over what imports of 780,000 to 1.1 million of them took, with names of 31 to 107 letters, LDIF and CSV.
const ELSEWHERE: usize = 540;
/// How often its name is kept: to find it, to compare it, to tell of it.
const NAMES: usize = 3;
/// How often a table keeps it: in its cell, too.
const TABLE_NAMES: usize = 4;
/// What a member takes that no file holds, beside its name: it is remembered from one import to the next. That is 5 %
/// over what 1.6 million of them took when they were imported again.
const ABSENT: usize = 160;
/// How often that name is kept: as it was said, as it was remembered, as it is compared.
const REMEMBERED: usize = 4;

/// What the memberships of an import take of memory, by an estimate that is rather too high. Its clones weigh together:
/// a table is one of several that are read at once.
#[derive(Debug, Clone, Default)]
pub struct MembershipWeight(Arc<AtomicUsize>);

impl MembershipWeight {
    /// Adds a membership.
    pub(in crate::import) fn membership(&self) -> Result<(), Refusal> {
        self.add(MEMBERSHIP)
    }

    /// Adds a group that the file does not hold, when it is named first.
    pub(in crate::import) fn elsewhere(&self, name: &str) -> Result<(), Refusal> {
        self.add(ELSEWHERE + NAMES * name.len())
    }

    /// The same of a table.
    fn in_table(&self, name: &str) -> Result<(), Refusal> {
        self.add(ELSEWHERE + TABLE_NAMES * name.len())
    }

    /// Adds a member of a group whose account or group stands in no file.
    pub(in crate::import) fn absent(&self, name: &str) -> Result<(), Refusal> {
        self.add(ABSENT + REMEMBERED * name.len())
    }

    fn add(&self, more: usize) -> Result<(), Refusal> {
        self.0.fetch_add(more, Ordering::Relaxed);
        self.refusal().map_or(Ok(()), Err)
    }

    /// Why all files of an import are refused, if together they weigh too much.
    pub fn refusal(&self) -> Option<Refusal> {
        if self.0.load(Ordering::Relaxed) <= HEAVIEST {
            return None;
        }
        Some(Refusal::new(text!(
            "trop d’appartenances à des groupes (`memberOf`, `member`)\u{a0}: l’import prendrait plus de 800 Mio de mémoire\u{202f}; exportez l’annuaire en plusieurs fichiers, et importez-les par plusieurs commandes, les groupes d’abord",
            "too many memberships in groups (`memberOf`, `member`): the import would take over 800 MiB of memory; export the directory as several files, and import them by several commands, the groups first"
        )))
    }
}

/// The groups that a file names and does not hold, each once.
#[derive(Debug)]
pub(in crate::import) struct Elsewhere {
    groups: BTreeMap<String, Arc<Target>>,
    weight: MembershipWeight,
}

impl Elsewhere {
    /// No group yet, of an import with this weight.
    pub fn new(weight: MembershipWeight) -> Self {
        Self {
            groups: BTreeMap::new(),
            weight,
        }
    }

    /// The group of a name, distinguished or plain, in which an account stands.
    pub fn group(&mut self, name: &str) -> Result<Arc<Target>, Refusal> {
        self.weight.membership()?;
        if let Some(group) = self.groups.get(name) {
            return Ok(Arc::clone(group));
        }
        self.weight.in_table(name)?;
        let group = Arc::new(elsewhere(name));
        self.groups.insert(name.to_owned(), Arc::clone(&group));
        Ok(group)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_weigh_more_than_memberships_and_by_their_names() {
        let start = HEAVIEST - ELSEWHERE - NAMES * 2 - MEMBERSHIP;
        let weight = MembershipWeight(Arc::new(AtomicUsize::new(start)));
        assert_eq!(weight.elsewhere("ab"), Ok(()));
        assert_eq!(weight.refusal(), None);
        // What another file of the import adds weighs with it.
        assert_eq!(weight.clone().membership(), Ok(()));
        let refusal = weight.membership().expect_err("too many");
        assert!(
            refusal.message.fr.contains("plus de 800 Mio"),
            "{refusal:?}"
        );
    }

    #[test]
    fn a_group_that_is_named_again_is_kept_once() {
        let mut elsewhere = Elsewhere::new(MembershipWeight::default());
        let mut first = || elsewhere.group("CN=A,DC=x").expect("few");
        assert!(Arc::ptr_eq(&first(), &first()));
        let weight = 2 * MEMBERSHIP + ELSEWHERE + TABLE_NAMES * "CN=A,DC=x".len();
        assert_eq!(elsewhere.weight.0.load(Ordering::Relaxed), weight);
    }
}
