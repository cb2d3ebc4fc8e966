//! Who stands in which group, as entries say it, in numbers: a directory of 100,000 accounts says a million
//! times that one of them stands in one of some hundred groups.

use std::collections::HashMap;
use std::sync::Arc;

use crate::import::ldif::parse::Entry;

/// Texts that entries write many times over, each once, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    texts: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
}

impl Distinct {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).expect("a file has fewer lines than 2³²");
        let text: Arc<str> = Arc::from(text);
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, number);
        number
    }

    /// What is known of each text, by its number.
    pub fn each<T>(&self, of: impl FnMut(&Arc<str>) -> T) -> Vec<T> {
        self.texts.iter().map(of).collect()
    }
}

/// What one entry says, in numbers of names.
#[derive(Debug)]
pub(super) struct Said {
    /// The groups that it stands in.
    pub member_of: Box<[u32]>,
    /// What stands in it, by distinguished name.
    pub members: Box<[u32]>,
    /// What stands in it, by login.
    pub logins: Box<[u32]>,
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
        });
    }
}
