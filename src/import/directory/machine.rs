//! What a directory says of a computer: whose account it is, who answers for it, and what is left to the inventory of
//! the machine itself, which knows its system better than the day on which it joined.

use crate::import::directory::common_name;
use crate::import::{Clue, Link, Sighting, Target};

/// Attributes of computers that an account has no field for, as reports name them.
pub(in crate::import) const SYSTEM: [&str; 4] = [
    "DNSHostName",
    "OperatingSystem",
    "OperatingSystemVersion",
    "IPv4Address",
];

/// Says that an account is a computer's, and of which.
pub(in crate::import) fn of_computer(sighting: &mut Sighting, name: &str) {
    sighting.set("type", "computer");
    sighting.links.push(Link {
        field: "computer",
        part: None,
        target: Target::Seen("asset", Clue::names(1, name), name.to_owned()),
        otherwise: None,
    });
}

/// Says who answers for it (`managedBy`), by the name in the directory.
pub(in crate::import) fn managed_by(sighting: &mut Sighting, dn: &str) {
    let name = common_name(dn);
    if name.is_empty() {
        return;
    }
    sighting.links.push(Link {
        field: "owner",
        part: None,
        target: Target::Seen("person", vec![Clue::new(1, "name", name.as_str())], name),
        otherwise: None,
    });
}
