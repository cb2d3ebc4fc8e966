//! What a record is called, where an import changes that. Who is recognised by what never changes (a GUID, a serial
//! number) is followed when its source renames it: people who look for the old name must be told.

use std::collections::BTreeMap;

use crate::history::Recorded;
use crate::history::semantic::value_of;
use crate::project::Record;

/// The fields by which people call accounts, groups and machines, the first that changes being told.
const NAMES: [&str; 3] = ["login", "name", "hostname"];

/// The name that a record loses and the one that it gets, by the values that are set in it.
pub(super) fn renamed(
    record: &Record,
    set: &BTreeMap<String, Recorded>,
) -> Option<(String, String)> {
    let change = |key: &&str| match (value_of(record, key), set.get(*key)) {
        (Some(Recorded::Text(old)), Some(Recorded::Text(new))) => Some((old, new.clone())),
        _ => None,
    };
    NAMES.iter().find_map(change)
}
