//! JSON that the interfaces of Jira, GLPI and Snipe-IT answer. The first letter of an input says whose.
#![no_main]

use carnet::diagnostic::Language;
use carnet::import::{Site, glpi, jira, snipeit};
use carnet::schema;
use jiff::tz::TimeZone;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((whose, bytes)) = bytes.split_first() else {
        return;
    };
    let (schema, zone) = (schema::built_in(), TimeZone::UTC);
    let site = Site {
        schema: &schema,
        zone: &zone,
        language: Language::Fr,
    };
    let _ = match whose {
        b'j' => jira::read(bytes, &site),
        b's' => snipeit::read(bytes, &site),
        _ => glpi::read_answer(bytes, &site),
    };
});
