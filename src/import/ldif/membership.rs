//! Who stands in which group, as entries say it, in numbers of names.

use crate::import::distinct::Distinct;
use crate::import::ldif::parse::Entry;

/// What one entry says, in numbers of names.
#[derive(Debug)]
pub(super) struct Said {
    /// The groups that it stands in.
    pub member_of: Box<[u32]>,
    /// What stands in it, by distinguished name.
    pub members: Box<[u32]>,
    /// What stands in it, by login.
    pub logins: Box<[u32]>,
    /// The directory gave a part of its members alone.
    pub is_cut: bool,
}

/// What all entries say, in their order.
#[derive(Debug, Default)]
pub(super) struct Memberships {
    /// Distinguished names.
    pub names: Distinct,
    /// Logins.
    pub logins: Distinct,
    /// What each entry says.
    pub said: Vec<Said>,
}

impl Memberships {
    /// Notes what an entry says.
    pub fn enter(&mut self, entry: &Entry) {
        let mut names = |all: &[&str]| -> Box<[u32]> {
            let names = all.iter().flat_map(|name| entry.all(name));
            names.map(|name| self.names.number(name)).collect()
        };
        let (member_of, members) = (names(&["memberof"]), names(&["member", "uniquemember"]));
        let logins = entry.all("memberuid").iter();
        let logins = logins.map(|login| self.logins.number(login)).collect();
        self.said.push(Said {
            member_of,
            members,
            logins,
            is_cut: entry.is_cut,
        });
    }
    /// Adds what the entries of another file say.
    pub fn join(&mut self, other: Self) {
        if self.said.is_empty() {
            *self = other;
            return;
        }
        let names = other.names.each(|name| self.names.number(name));
        let logins = other.logins.each(|login| self.logins.number(login));
        let renumber = |all: &mut [u32], own: &[u32]| {
            for number in all {
                *number = own[*number as usize];
            }
        };
        self.said.extend(other.said.into_iter().map(|mut said| {
            renumber(&mut said.member_of, &names);
            renumber(&mut said.members, &names);
            renumber(&mut said.logins, &logins);
            said
        }));
    }
}
