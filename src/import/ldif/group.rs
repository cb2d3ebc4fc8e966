//! An entry → a group, and who is in it: a membership is written on the account.

use std::collections::BTreeMap;

use crate::import::directory::{Names, common_name};
use crate::import::ldif::parse::Entry;
use crate::import::{Clue, Inventory, Link, Sighting, Target};

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

/// Links accounts to the groups that they name (`memberOf`), or that name them (`member`,
/// `uniqueMember`, `memberUid`), and groups to the group that they stand in.
pub(super) fn link(entries: &[&Entry], names: &Names, inventory: &mut Inventory) {
    let mut links: Vec<(usize, Link)> = Vec::new();
    let by_login: BTreeMap<String, usize> = inventory
        .records
        .iter()
        .enumerate()
        .filter(|(_, sighting)| sighting.kind == "account")
        .map(|(at, sighting)| (sighting.title.to_lowercase(), at))
        .collect();
    for (at, entry) in entries.iter().enumerate() {
        for dn in entry.all("memberof") {
            let target = names
                .find(dn)
                .map_or_else(|| elsewhere(dn), Target::Sighting);
            links.push((at, in_group(&inventory.records[at], target)));
        }
        let named = ["member", "uniquemember"]
            .into_iter()
            .flat_map(|name| entry.all(name));
        let members = named.filter_map(|dn| names.find(dn));
        let logins = entry.all("memberuid").iter();
        let members =
            members.chain(logins.filter_map(|login| by_login.get(&login.to_lowercase()).copied()));
        for member in members.filter(|member| *member != at) {
            let link = in_group(&inventory.records[member], Target::Sighting(at));
            links.push((member, link));
        }
    }
    for (at, link) in links {
        let own = &mut inventory.records[at].links;
        // A group that stands in several keeps the first: an estate's groups are a tree.
        let taken = link.field == "parent" && own.iter().any(|other| other.field == "parent");
        if !own.contains(&link) && !taken {
            own.push(link);
        }
    }
}

fn in_group(member: &Sighting, target: Target) -> Link {
    Link {
        field: if member.kind == "group" {
            "parent"
        } else {
            "groups"
        },
        part: None,
        target,
        otherwise: None,
    }
}

/// A group that this file does not hold.
fn elsewhere(dn: &str) -> Target {
    let name = common_name(dn);
    Target::Seen("group", clues(&name), name)
}
