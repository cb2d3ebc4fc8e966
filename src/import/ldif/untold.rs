//! What files say of groups and no record will: members that stand in no file, logins that are two people's, and
//! groups that are their own members. Each is counted, and the first few are named.

use std::collections::BTreeSet;

use crate::import::Inventory;
use crate::import::directory::common_name;
use crate::import::ldif::membership::Memberships;
use crate::text;

/// The most names in one note.
const MOST_NAMES: usize = 5;

/// Tells what is left out of the members of groups. `found` and `by_login` say where the sighting of each name stands.
pub(super) fn tell(
    memberships: &Memberships,
    (found, by_login): (&[Option<usize>], &[Option<usize>]),
    inventory: &mut Inventory,
) {
    let mut absent: BTreeSet<String> = BTreeSet::new();
    let mut own: BTreeSet<String> = BTreeSet::new();
    for (at, said) in memberships.said.iter().enumerate() {
        let record = &inventory.records[at];
        if record.kind != "group" {
            continue;
        }
        for name in &said.members {
            match found[*name as usize] {
                None => drop(absent.insert(common_name(memberships.names.text(*name)))),
                Some(member) if member == at => drop(own.insert(record.title.clone())),
                Some(_) => {}
            }
        }
        let logins = said.logins.iter();
        let unknown = logins.filter(|login| by_login[**login as usize].is_none());
        absent.extend(unknown.map(|login| memberships.logins.text(*login).to_owned()));
    }
    if let Some((count, names)) = counted(&absent) {
        inventory.notes.push(text!(
            "à lier\u{a0}: membres de groupes dont ces fichiers n’ont pas le compte, ou en ont deux ({count}\u{a0}: {names})\u{202f}; donnez à une même commande les fichiers des comptes et ceux des groupes",
            "to link: members of groups whose account stands in none of these files, or twice ({count}: {names}); give the files of accounts and those of groups to one command"
        ));
    }
    if let Some((count, names)) = counted(&own) {
        inventory.notes.push(text!(
            "groupes qui sont leur propre membre, ce qui est laissé de côté ({count}\u{a0}: {names})",
            "groups that are their own member, which is left out ({count}: {names})"
        ));
    }
}

/// How many names there are, and the first of them; nothing where there is none.
fn counted(names: &BTreeSet<String>) -> Option<(usize, String)> {
    let first = names.iter().take(MOST_NAMES);
    let first: Vec<String> = first.map(|name| format!("`{name}`")).collect();
    let end = if names.len() > MOST_NAMES { "…" } else { "" };
    (!names.is_empty()).then(|| (names.len(), first.join(", ") + end))
}
