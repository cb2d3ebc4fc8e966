//! Rows of Snipe-IT, and what is refused.

use jiff::tz::TimeZone;

use super::read;
use crate::diagnostic::Language;
use crate::history::Recorded;
use crate::import::{Inventory, Site};
use crate::schema::built_in;

fn imported(text: &str) -> Result<Inventory, String> {
    let zone = TimeZone::UTC;
    let site = Site {
        schema: &built_in(),
        zone: &zone,
        language: Language::Fr,
    };
    read(text.as_bytes(), &site).map_err(|refusal| refusal.message.fr)
}

#[test]
fn a_status_is_where_the_device_is() {
    let status = |label: &str| {
        let text = format!("{{\"asset_tag\": \"A1\", \"status_label\": {label}}}");
        let inventory = imported(&text).expect("an asset");
        let sighting = &inventory.records[0];
        let found = sighting
            .fields
            .get("status")
            .or(sighting.first.get("status"));
        match found {
            Some(Recorded::Text(key)) => key.clone(),
            _ => String::new(),
        }
    };
    let cases = [
        (
            "{\"name\": \"Ready to Deploy\", \"status_meta\": \"deployed\"}",
            "in-service",
        ),
        (
            "{\"name\": \"Ready to Deploy\", \"status_meta\": \"deployable\"}",
            "in-stock",
        ),
        (
            "{\"name\": \"Chez SAV\", \"status_meta\": \"archived\"}",
            "retired",
        ),
        (
            "{\"name\": \"Vol&eacute;\", \"status_meta\": \"undeployable\"}",
            "lost",
        ),
    ];
    for (label, expected) in cases {
        assert_eq!(status(label), expected, "{label}");
    }
}

#[test]
fn what_is_neither_is_refused() {
    for (text, why) in [
        (
            "{\"total\": 1, \"rows\": [{\"id\": 1, \"username\": \"a\"}]}",
            "personnes",
        ),
        (
            "{\"status\": \"error\", \"messages\": \"x\"}",
            "/api/v1/hardware",
        ),
        ("[1]", "/api/v1/hardware"),
    ] {
        let told = imported(text).expect_err(text);
        assert!(told.contains(why), "{text}: {told}");
    }
    assert!(
        imported("{\"total\": 0, \"rows\": []}")
            .expect("nothing")
            .records
            .is_empty()
    );
}
