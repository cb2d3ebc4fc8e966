//! In which groups an account stands. Directories say it a million times of some hundred groups: each group is kept
//! once, and an account holds where it stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::import::directory::elsewhere;
use crate::import::{Link, Refusal, Target};
use crate::text;

/// The most memory that the memberships of a file may take, in bytes: with the program and what it reads beside them, 800 MiB.
const HEAVIEST: usize = 775 << 20;
/// What a membership takes. With what a group takes, that is 2 to 20 % over what imports of 0.4 to 2 million memberships
/// took, LDIF and CSV: 186 MiB of 800,000 in 199,000 groups, 399 of 400,000 in as many with names of 107 letters, 1,126
/// of two million in as many.
const MEMBERSHIP: usize = 80;
/// What a group takes that a file names and does not hold, beside its name.
const ELSEWHERE: usize = 500;
/// How often its name is kept: to find it, to compare it, to tell of it.
const NAMES: usize = 4;

/// What the memberships of a file take of memory, by an estimate that is rather too high.
#[derive(Debug, Default)]
pub(in crate::import) struct Weight(usize);

impl Weight {
    /// Adds a membership.
    pub fn membership(&mut self) -> Result<(), Refusal> {
        self.add(MEMBERSHIP)
    }

    /// Adds a group that the file does not hold, when it is named first.
    pub fn elsewhere(&mut self, name: &str) -> Result<(), Refusal> {
        self.add(ELSEWHERE + NAMES * name.len())
    }

    fn add(&mut self, more: usize) -> Result<(), Refusal> {
        self.0 += more;
        if self.0 <= HEAVIEST {
            return Ok(());
        }
        Err(Refusal::new(text!(
            "trop d’appartenances à des groupes (`memberOf`, `member`)\u{a0}: l’import prendrait plus de 800 Mio de mémoire\u{202f}; exportez l’annuaire en plusieurs fichiers, et importez-les l’un après l’autre",
            "too many memberships in groups (`memberOf`, `member`): the import would take over 800 MiB of memory; export the directory as several files, and import them one after the other"
        )))
    }
}

/// The groups that a file names and does not hold, each once.
#[derive(Debug, Default)]
pub(in crate::import) struct Elsewhere {
    groups: BTreeMap<String, Arc<Target>>,
    weight: Weight,
}

impl Elsewhere {
    /// The group of a name, distinguished or plain, in which an account stands.
    pub fn group(&mut self, name: &str) -> Result<Arc<Target>, Refusal> {
        self.weight.membership()?;
        if let Some(group) = self.groups.get(name) {
            return Ok(Arc::clone(group));
        }
        self.weight.elsewhere(name)?;
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
        let mut weight = Weight(HEAVIEST - ELSEWHERE - NAMES * 2 - MEMBERSHIP);
        assert_eq!(weight.elsewhere("ab"), Ok(()));
        assert_eq!(weight.membership(), Ok(()));
        let refusal = weight.membership().expect_err("too many");
        assert!(
            refusal.message.fr.contains("plus de 800 Mio"),
            "{refusal:?}"
        );
    }

    #[test]
    fn a_group_that_is_named_again_is_kept_once() {
        let mut elsewhere = Elsewhere::default();
        let mut first = || elsewhere.group("CN=A,DC=x").expect("few");
        assert!(Arc::ptr_eq(&first(), &first()));
        let weight = 2 * MEMBERSHIP + ELSEWHERE + NAMES * "CN=A,DC=x".len();
        assert_eq!(elsewhere.weight.0, weight);
    }
}
