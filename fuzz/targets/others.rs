//! The other readers: NinjaOne, Entra ID, backups, device types, packed OCS files. The first letter of an
//! input says which; a line of `~~~` parts its files where a reader takes several.
#![no_main]

use carnet::diagnostic::Language;
use carnet::import::backups::{self, Tool};
use carnet::import::{device_type, entra, glpi, ninjaone};
use jiff::civil::Date;
use jiff::tz::TimeZone;

fn files(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut files = vec![Vec::new()];
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match files.last_mut() {
            Some(last) if line != b"~~~\n" => last.extend(line),
            _ => files.push(Vec::new()),
        }
    }
    files
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((which, bytes)) = bytes.split_first() else {
        return;
    };
    let zone = TimeZone::UTC;
    let backup = |tool| {
        let settings = backups::Settings {
            zone: &zone,
            culture: None,
            today: Date::constant(2026, 11, 20),
        };
        backups::read(&files(bytes), tool, settings);
    };
    match which {
        b'n' => drop(ninjaone::read(&files(bytes), &zone, Language::Fr)),
        b'e' => drop(entra::read(&files(bytes), &zone)),
        b'r' => backup(Tool::Restic),
        b'b' => backup(Tool::Borg),
        b'v' => backup(Tool::Veeam),
        b'o' => drop(glpi::ocs::read(bytes, Language::Fr)),
        _ => drop(device_type::read(bytes, Language::Fr)),
    }
});
