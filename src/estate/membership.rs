//! Who is in which group, nested groups resolved: the members of a group are members of its parent.
//!
//! A circle of groups ends where it would begin again, so that it is safe here; `circular-parent` tells it.

use std::collections::BTreeMap;

use crate::estate::{Estate, Record, RecordId};

/// The groups of the estate, each with those above it.
#[derive(Debug, Default)]
pub struct Membership {
    /// The groups that a group lies in, nearest first.
    above: BTreeMap<RecordId, Vec<RecordId>>,
}

/// A group that somebody is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// The group.
    pub group: RecordId,
    /// The group written in the record, by which this one is reached; itself when it is written.
    pub through: RecordId,
    /// The account whose membership it is; `None` for the person's own.
    pub account: Option<RecordId>,
}

impl Membership {
    /// Reads the parent of every group, once.
    pub fn new(estate: &Estate) -> Self {
        let mut above = BTreeMap::new();
        for group in estate.listed("group") {
            let mut line = Vec::new();
            let mut at = group;
            while let Some(parent) = estate.first(at, "parent") {
                if parent.id == group.id || line.contains(&parent.id) {
                    break;
                }
                line.push(parent.id);
                at = parent;
            }
            if !line.is_empty() {
                above.insert(group.id, line);
            }
        }
        Self { above }
    }

    /// The groups that a group lies in, nearest first.
    pub fn above(&self, group: RecordId) -> &[RecordId] {
        self.above.get(&group).map_or(&[], Vec::as_slice)
    }

    /// The groups of a person or an account as written in its field `groups`, and those above them, each
    /// once, by the nearest way.
    pub fn of(&self, estate: &Estate, record: &Record) -> Vec<Member> {
        let account = (record.kind().name == "account").then_some(record.id);
        let written = || estate.all(record, "groups");
        let direct = written().map(|group| (group.id, group.id));
        let nested = written().flat_map(|group| {
            let above = self.above(group.id).iter();
            above.map(move |reached| (*reached, group.id))
        });
        let mut groups: Vec<Member> = Vec::new();
        for (group, through) in direct.chain(nested) {
            if groups.iter().all(|known| known.group != group) {
                groups.push(Member {
                    group,
                    through,
                    account,
                });
            }
        }
        groups
    }
}

impl Estate {
    /// The groups and those above them, read once.
    pub fn membership(&self) -> &Membership {
        self.membership.get_or_init(|| Membership::new(self))
    }
}

#[cfg(test)]
mod tests {
    use crate::estate::samples::estate;

    #[test]
    fn the_members_of_a_group_are_members_of_its_parent() {
        let estate = estate(&[
            (
                "inventory/groups/a.yaml",
                "- {id: all, name: All}\n- {id: staff, name: Staff, parent: all}\n- {id: it, name: IT, parent: staff}\n",
            ),
            (
                "inventory/people/zoe.yaml",
                "name: Zoé\ngroups: [it, staff]\n",
            ),
        ]);
        let zoe = estate.find("person", "zoe").unwrap();
        let groups = estate.membership().of(&estate, zoe);
        let told = groups.iter().map(|member| {
            let id = |id| estate.record(id).source.id.as_str();
            (id(member.group), id(member.through))
        });
        assert_eq!(
            told.collect::<Vec<_>>(),
            [("it", "it"), ("staff", "staff"), ("all", "it")]
        );
    }

    #[test]
    fn a_circle_of_groups_ends() {
        let estate = estate(&[(
            "inventory/groups/a.yaml",
            "- {id: a, name: A, parent: b}\n- {id: b, name: B, parent: c}\n- {id: c, name: C, parent: b}\n",
        )]);
        let of = |id: &str| {
            let group = estate.find("group", id).unwrap();
            estate.membership().above(group.id).len()
        };
        assert_eq!([of("a"), of("b"), of("c")], [2, 1, 1]);
    }
}
