//! Time zones by name, from the database that is compiled in: the machine's own is never read.

use std::sync::OnceLock;

use jiff::tz::{TimeZone, TimeZoneDatabase};

/// The zone of a name of the IANA database (`Europe/Paris`); `None` when there is none.
pub fn time_zone(name: &str) -> Option<TimeZone> {
    static ZONES: OnceLock<TimeZoneDatabase> = OnceLock::new();
    let zones = ZONES.get_or_init(TimeZoneDatabase::bundled);
    zones.get(name.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_compiled_in() {
        for name in ["Europe/Paris", "Indian/Reunion", "America/Cayenne", "UTC"] {
            assert!(time_zone(name).is_some(), "{name}");
        }
        assert_eq!(time_zone("Europe/Lutèce"), None);
    }
}
