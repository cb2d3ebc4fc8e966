//! An entry → a group, and the group that it stands in.

use std::collections::BTreeMap;

use crate::import::directory::{Names, common_name};
use crate::import::ldif::parse::Entry;
use crate::import::{Clue, Inventory, Link, Sighting, Target};
use crate::text;

/// The bit of `groupType` that makes a group one of rights; without it, it is a list of addressees.
const SECURITY: u32 = 0x8000_0000;

const CLASSES: [&str; 4] = ["group", "groupOfNames", "groupOfUniqueNames", "posixGroup"];

/// Words beside which people write passwords into a description.
const PASSWORD_WORDS: [&str; 6] = ["password", "passwd", "pwd", "mot de passe", "mdp", "pass:"];

pub(super) fn is_group(entry: &Entry) -> bool {
    CLASSES.iter().any(|class| entry.is(class))
}

/// The group of an entry; nothing when it has no name.
pub(super) fn sighting(entry: &Entry) -> Option<Sighting> {
    let name = entry
        .first("samaccountname")
        .or_else(|| entry.first("cn"))?;
    let mut sighting = Sighting {
        kind: "group",
        title: name.to_owned(),
        clues: clues(name),
        ..Sighting::default()
    };
    sighting.set("name", name);
    sighting.set("directory_name", name);
    if let Some(kind) = entry
        .first("grouptype")
        .and_then(|text| text.parse::<i64>().ok())
    {
        let security = kind & i64::from(SECURITY) != 0;
        sighting.set("type", if security { "security" } else { "distribution" });
    }
    let described = entry.first("description").filter(|text| {
        let text = text.to_lowercase();
        !PASSWORD_WORDS.iter().any(|word| text.contains(word))
    });
    sighting.set("description", described.unwrap_or_default());
    sighting.set("email", entry.first("mail").unwrap_or_default());
    Some(sighting)
}

fn clues(name: &str) -> Vec<Clue> {
    vec![
        Clue::new(1, "directory_name", name),
        Clue::new(2, "name", name),
    ]
}

/// Links groups to the group that they stand in, by either side (`memberOf`, `member`). Memberships of
/// accounts are a list of references, which a link cannot set yet: they are counted.
pub(super) fn link(entries: &[&Entry], names: &Names, inventory: &mut Inventory) {
    let mut parents: BTreeMap<usize, Target> = BTreeMap::new();
    let mut memberships = 0_usize;
    for (at, entry) in entries.iter().enumerate() {
        if inventory.records[at].kind != "group" {
            memberships += entry.all("memberof").len();
            continue;
        }
        for dn in entry.all("memberof") {
            let target = names
                .find(dn)
                .map_or_else(|| elsewhere(dn), Target::Sighting);
            // A group that stands in several keeps the first: an estate's groups are a tree.
            parents.entry(at).or_insert(target);
        }
        let members = ["member", "uniquemember"]
            .into_iter()
            .flat_map(|name| entry.all(name));
        for member in members
            .filter_map(|dn| names.find(dn))
            .filter(|member| *member != at)
        {
            if inventory.records[member].kind == "group" {
                parents.entry(member).or_insert(Target::Sighting(at));
            }
        }
    }
    for (at, target) in parents {
        inventory.records[at].links.push(Link {
            field: "parent",
            part: None,
            target,
            otherwise: None,
        });
    }
    if memberships > 0 {
        inventory.notes.push(text!(
            "appartenances de comptes à des groupes, pas encore reprises : {memberships}",
            "memberships of accounts in groups, not taken yet: {memberships}"
        ));
    }
}

/// A group that this file does not hold.
fn elsewhere(dn: &str) -> Target {
    let name = common_name(dn);
    Target::Seen("group", clues(&name), name)
}
