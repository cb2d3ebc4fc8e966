//! What files say of groups and no record will: groups that are their own members, and groups of which the directory
//! gave a part alone. Each is counted, and the first few are named.

use std::collections::BTreeSet;

use crate::import::Inventory;
use crate::import::counted::counted;
use crate::import::ldif::membership::Memberships;
use crate::text;

/// Tells what is left out of the members of groups. `found` says where the sighting of each name stands.
pub(super) fn tell(memberships: &Memberships, found: &[Option<usize>], inventory: &mut Inventory) {
    let mut cut: BTreeSet<String> = BTreeSet::new();
    let mut own: BTreeSet<String> = BTreeSet::new();
    for (at, said) in memberships.said.iter().enumerate() {
        let record = &inventory.records[at];
        if record.kind != "group" {
            continue;
        }
        if said
            .members
            .iter()
            .any(|name| found[*name as usize] == Some(at))
        {
            own.insert(record.title.clone());
        }
        if said.is_cut {
            cut.insert(record.title.clone());
        }
    }
    if let Some((count, names)) = counted(&cut) {
        inventory.notes.push(text!(
            "groupes dont l’annuaire n’a donné qu’une tranche des membres, `member;range=…` ({count}\u{a0}: {names})\u{202f}; exportez aussi les comptes avec leur `memberOf`, qui dit le reste",
            "groups of which the directory gave a range of the members alone, `member;range=…` ({count}: {names}); export the accounts with their `memberOf`, too, which says the rest"
        ));
    }
    if let Some((count, names)) = counted(&own) {
        inventory.notes.push(text!(
            "groupes qui sont leur propre membre, ce qui est laissé de côté ({count}\u{a0}: {names})",
            "groups that are their own member, which is left out ({count}: {names})"
        ));
    }
}
