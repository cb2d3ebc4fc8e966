//! Tables of every source. The first letter of an input says whose (`g`, `a`, `s`, `j`, `c`): a small
//! letter before a file as it is, a capital before the parts of a workbook (`@@ name`, then its XML),
//! which are packed here, for no chance finds the sum of a part.
#![no_main]

use carnet::import::MembershipWeight;
use carnet::import::profile::{self, Culture, Mapping, Settings};
use carnet::schema;
use flate2::Crc;

/// Parts by name as an archive in which each is stored unpacked.
fn archive(text: &[u8]) -> Vec<u8> {
    let mut parts: Vec<(&[u8], Vec<u8>)> = Vec::new();
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        match (line.strip_prefix(b"@@ "), parts.last_mut()) {
            (Some(name), _) => parts.push((name.trim_ascii_end(), Vec::new())),
            (None, Some((_, part))) => part.extend(line),
            (None, None) => {}
        }
    }
    let length = |count: usize| u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes();
    let short = |count: usize| u16::try_from(count).unwrap_or(u16::MAX).to_le_bytes();
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, bytes) in &parts {
        let mut sum = Crc::new();
        sum.update(bytes);
        let mut common = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        common.extend(sum.sum().to_le_bytes());
        common.extend([length(bytes.len()), length(bytes.len())].concat());
        common.extend([short(name.len()), [0, 0]].concat());
        list.extend(b"PK\x01\x02\x14\x00");
        list.extend(&common);
        list.extend([0; 10]);
        list.extend(length(out.len()));
        list.extend(*name);
        out.extend(b"PK\x03\x04");
        out.extend(common);
        out.extend(*name);
        out.extend(bytes);
    }
    let (at, size) = (length(out.len()), length(list.len()));
    out.extend(list);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([short(parts.len()), short(parts.len())].concat());
    out.extend([size, at].concat());
    out.extend([0, 0]);
    out
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((whose, bytes)) = bytes.split_first() else {
        return;
    };
    let source = match whose.to_ascii_lowercase() {
        b'g' => "glpi",
        b'a' => "ad",
        b's' => "snipeit",
        b'j' => "jira",
        _ => "csv",
    };
    let schema = schema::built_in();
    let columns = [
        ("Nom", "name"),
        ("Tag", "inventory_number"),
        ("Acheté le", "purchased"),
        ("Prix", "price"),
        ("IP", "ip"),
        ("Site", "site"),
    ];
    let mapping = Mapping::new("asset", columns);
    let packed = whose.is_ascii_uppercase().then(|| archive(bytes));
    for culture in [None, Culture::named("fr"), Culture::named("en-US")] {
        let settings = Settings {
            schema: &schema,
            culture,
            mapping: (source == "csv").then_some(&mapping),
            sheet: None,
            weight: MembershipWeight::default(),
        };
        let _ = profile::read(packed.as_deref().unwrap_or(bytes), source, &settings);
    }
});
