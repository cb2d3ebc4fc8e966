//! An entry → a group, and the group that it stands in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::import::directory::{
    GUID, MembershipWeight, Names, SID, elsewhere, group_clues, in_groups, names_password,
};
use crate::import::identity::DISTINGUISHED;
use crate::import::ldif::membership::Memberships;
use crate::import::ldif::parse::Entry;
use crate::import::ldif::untold;
use crate::import::{Inventory, Link, Members, Refusal, Sighting, Target};
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
        telling: &[GUID, SID, DISTINGUISHED],
        ..Sighting::default()
    };
    sighting.set("name", name);
    sighting.set("directory_name", name);
    sighting.set(DISTINGUISHED, &entry.dn);
    sighting.whole = &["description", "email", "parent"];
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

/// The most names in one note.
const MOST_NAMES: usize = 5;

/// Notes in which group another one stands. A group that stands in several keeps the first: an estate's
/// groups are a tree.
fn stand(
    parents: &mut BTreeMap<usize, Arc<Target>>,
    several: &mut BTreeSet<usize>,
    (at, target): (usize, Arc<Target>),
) {
    match parents.get(&at) {
        None => drop(parents.insert(at, target)),
        Some(first) if *first != target => drop(several.insert(at)),
        Some(_) => {}
    }
}

/// Tells which groups stand in more groups than the one that is kept.
fn tell_several(several: &BTreeSet<usize>, inventory: &mut Inventory) {
    if several.is_empty() {
        return;
    }
    let names = several.iter().take(MOST_NAMES);
    let names = names.map(|at| format!("`{}`", inventory.records[*at].title));
    let mut names = names.collect::<Vec<_>>().join(", ");
    if several.len() > MOST_NAMES {
        names.push('…');
    }
    let count = several.len();
    inventory.notes.push(text!(
        "groupes qui sont dans plusieurs groupes ({count}) : seul le premier est gardé comme groupe parent ({names})",
        "groups that stand in several groups ({count}): the first alone is kept as their parent ({names})"
    ));
}

/// The account of each login that groups name; none where two have it.
fn by_login(memberships: &Memberships, inventory: &Inventory) -> Vec<Option<usize>> {
    let all = inventory.records.iter().enumerate();
    let accounts = all.filter(|(_, record)| record.kind != "group");
    let mut logins: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for (at, record) in accounts {
        let known = logins.entry(record.title.as_str()).or_insert(Some(at));
        let dn = |at: usize| inventory.records[at].fields.get(DISTINGUISHED);
        // The same entry may stand in two files.
        *known = known.filter(|first| dn(*first) == dn(at)).map(|_| at);
    }
    memberships
        .logins
        .each(|login| logins.get(&**login).copied().flatten())
}

/// Links each group to the one that it stands in.
fn set_parents(inventory: &mut Inventory, parents: BTreeMap<usize, Arc<Target>>) {
    for (at, target) in parents {
        inventory.records[at].links.push(Link {
            field: "parent",
            part: None,
            target: Target::Shared(target),
            otherwise: None,
        });
    }
}

/// Notes the members of each group that stand in no file. A group without any has none where others name theirs: else
/// they were perhaps not asked for.
fn absent(
    memberships: &Memberships,
    (found, by_login): (&[Option<usize>], &[Option<usize>]),
    (inventory, weight): (&mut Inventory, &MembershipWeight),
) -> Result<(), Refusal> {
    let names = memberships.names.each(Arc::clone);
    let logins = memberships.logins.each(Arc::clone);
    let mut said = memberships.said.iter();
    let asked = said.any(|said| !said.members.is_empty() || !said.logins.is_empty());
    for (record, said) in inventory.records.iter_mut().zip(&memberships.said) {
        if record.kind != "group" {
            continue;
        }
        let of = |all: &[u32], found: &[Option<usize>], texts: &[Arc<str>]| -> Vec<Arc<str>> {
            let absent = all.iter().map(|number| *number as usize);
            let absent = absent.filter(|number| found[*number].is_none());
            absent.map(|number| Arc::clone(&texts[number])).collect()
        };
        let mut absent = of(&said.members, found, &names);
        absent.extend(of(&said.logins, by_login, &logins));
        for name in &absent {
            weight.absent(name)?;
        }
        record.members = Members {
            names: absent,
            whole: asked && !said.is_cut,
        };
    }
    Ok(())
}

/// Links accounts to their groups and groups to the group that they stand in, by either side (`memberOf`,
/// `member`, and `memberUid` of POSIX groups).
pub(super) fn link(
    memberships: &Memberships,
    names: &Names,
    inventory: &mut Inventory,
) -> Result<(), Refusal> {
    let weight = MembershipWeight::default();
    let mut parents: BTreeMap<usize, Arc<Target>> = BTreeMap::new();
    let mut several: BTreeSet<usize> = BTreeSet::new();
    // Each group of the file, once for all who stand in it.
    let records = inventory.records.iter().enumerate();
    let groups: Vec<Option<Arc<Target>>> = records
        .map(|(at, one)| (one.kind == "group").then(|| Arc::new(Target::Sighting(at))))
        .collect();
    let found = memberships.names.each(|name| names.find(name));
    let by_login = by_login(memberships, inventory);
    // The groups that the file does not hold, each once.
    let mut others: BTreeMap<u32, Arc<Target>> = BTreeMap::new();
    let texts = memberships.names.each(Arc::clone);
    let mut standing: Vec<Vec<Arc<Target>>> = vec![Vec::new(); groups.len()];
    for (at, said) in memberships.said.iter().enumerate() {
        for name in &said.member_of {
            let number = *name as usize;
            let own = found[number].and_then(|own| groups[own].as_ref());
            weight.membership()?;
            if own.is_none() && !others.contains_key(name) {
                weight.elsewhere(&texts[number])?;
            }
            let target = if let Some(own) = own {
                Arc::clone(own)
            } else {
                let other = || Arc::new(elsewhere(&texts[number]));
                Arc::clone(others.entry(*name).or_insert_with(other))
            };
            if groups[at].is_some() {
                stand(&mut parents, &mut several, (at, target));
            } else {
                standing[at].push(target);
            }
        }
        let Some(group) = &groups[at] else {
            continue;
        };
        let members = said.members.iter().filter_map(|name| found[*name as usize]);
        let logins = said
            .logins
            .iter()
            .filter_map(|login| by_login[*login as usize]);
        for member in members.chain(logins).filter(|member| *member != at) {
            weight.membership()?;
            if groups[member].is_some() {
                stand(&mut parents, &mut several, (member, Arc::clone(group)));
            } else {
                standing[member].push(Arc::clone(group));
            }
        }
    }
    absent(memberships, (&found, &by_login), (inventory, &weight))?;
    tell_several(&several, inventory);
    untold::tell(memberships, &found, inventory);
    set_parents(inventory, parents);
    for (record, groups) in inventory.records.iter_mut().zip(standing) {
        record.links.extend(in_groups(groups));
        record.links.shrink_to_fit();
    }
    Ok(())
}
