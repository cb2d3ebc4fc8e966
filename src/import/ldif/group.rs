//! An entry → a group, and the group that it stands in.

use std::collections::BTreeMap;

use crate::import::directory::{Names, elsewhere, group_clues, in_group, names_password};
use crate::import::ldif::parse::Entry;
use crate::import::{Inventory, Link, Refusal, Sighting, Target};
use crate::text;

/// The bit of `groupType` that makes a group one of rights; without it, it is a list of addressees.
const SECURITY: u32 = 0x8000_0000;

const CLASSES: [&str; 4] = ["group", "groupOfNames", "groupOfUniqueNames", "posixGroup"];

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
        clues: group_clues(name),
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
    let described = entry
        .first("description")
        .filter(|text| !names_password(text));
    sighting.set("description", described.unwrap_or_default());
    sighting.set("email", entry.first("mail").unwrap_or_default());
    Some(sighting)
}

/// The most that memberships may weigh: 1.2 million in groups of the file, or 400,000 in groups that it
/// lacks, whose names each take three times the room. An import of so many takes half a GiB.
const HEAVIEST: usize = 1_200_000;
/// What a membership weighs in a group that the file lacks; 1 in one that it has.
const ELSEWHERE: usize = 3;

fn too_many() -> Refusal {
    Refusal::new(text!(
        "trop d’appartenances à des groupes (`memberOf`, `member`) : l’import prendrait plus d’un demi-Gio de mémoire ; exportez l’annuaire en plusieurs fichiers, et importez-les l’un après l’autre",
        "too many memberships in groups (`memberOf`, `member`): the import would take over half a GiB of memory; export the directory as several files, and import them one after the other"
    ))
}

/// Links accounts to their groups and groups to the group that they stand in, by either side (`memberOf`,
/// `member`, and `memberUid` of POSIX groups).
pub(super) fn link(
    entries: &[&Entry],
    names: &Names,
    inventory: &mut Inventory,
) -> Result<(), Refusal> {
    let mut weight = 0;
    let mut parents: BTreeMap<usize, Target> = BTreeMap::new();
    let mut groups: Vec<(usize, Target)> = Vec::new();
    let is_group = |at: usize| inventory.records[at].kind == "group";
    let logins: BTreeMap<&str, usize> = (0..entries.len())
        .filter(|at| !is_group(*at))
        .map(|at| (inventory.records[at].title.as_str(), at))
        .collect();
    for (at, entry) in entries.iter().enumerate() {
        for dn in entry.all("memberof") {
            let own = names.find(dn).filter(|own| is_group(*own));
            weight += own.map_or(ELSEWHERE, |_| 1);
            if weight > HEAVIEST {
                return Err(too_many());
            }
            let target = own.map_or_else(|| elsewhere(dn), Target::Sighting);
            if is_group(at) {
                // A group that stands in several keeps the first: an estate's groups are a tree.
                parents.entry(at).or_insert(target);
            } else {
                groups.push((at, target));
            }
        }
        if !is_group(at) {
            continue;
        }
        let members = ["member", "uniquemember"]
            .into_iter()
            .flat_map(|name| entry.all(name))
            .filter_map(|dn| names.find(dn));
        let by_login = entry.all("memberuid").iter();
        let by_login = by_login.filter_map(|login| logins.get(login.as_str()).copied());
        for member in members.chain(by_login).filter(|member| *member != at) {
            weight += 1;
            if weight > HEAVIEST {
                return Err(too_many());
            }
            if is_group(member) {
                parents.entry(member).or_insert(Target::Sighting(at));
            } else {
                groups.push((member, Target::Sighting(at)));
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
    for (at, target) in groups {
        inventory.records[at].links.push(in_group(target));
    }
    Ok(())
}
