//! What a source holds no more: fields that it says are empty, and under `--complete` those that a whole entry does not
//! name. An attribute that no entry of the import has was perhaps not asked for, and says nothing.

use std::collections::BTreeSet;

use crate::import::plan::Request;
use crate::import::plan::known::Seen;

/// Says of each thing that was seen which of its fields hold nothing at the source.
pub(super) fn ask(request: &Request<'_>, seen: &mut [Seen]) {
    if !request.complete {
        return;
    }
    let mut asked: BTreeSet<(&'static str, &'static str)> = BTreeSet::new();
    for one in seen.iter() {
        let whole = one.sighting.whole.iter();
        let named = whole.filter(|key| one.sighting.fields.contains_key(**key));
        asked.extend(named.map(|key| (one.kind, *key)));
        // A group tells who stands in it, and a group without members that nobody does.
        if one.kind == "group" {
            asked.extend([("account", "groups"), ("group", "parent")]);
        }
    }
    for one in seen {
        let sighting = &mut one.sighting;
        let whole = sighting.whole.iter();
        let empty = whole.filter(|key| asked.contains(&(one.kind, **key)));
        // What is named and left out later, for another reason, is not empty.
        let empty = empty.filter(|key| !sighting.fields.contains_key(**key));
        sighting.empty.extend(empty);
    }
}
