//! Records as people type them. The first letter says of which kind; the record becomes a page, rows of lists and, for tickets and
//! workflows, drawings.
#![no_main]

use carnet_fuzz::{estate, rendered};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (Some((letter, rest)), folders) = (
        bytes.split_first(),
        ["assets", "tickets", "workflows", "licences", "people", "_kinds", "rotas", "contracts", "prefixes", "changes"],
    ) else {
        return;
    };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let folder = folders[usize::from(*letter) % folders.len()];
    let path = format!("inventory/{folder}/typed.yaml");
    let build = estate([(path.as_str(), text)]);
    let _ = rendered(&build, folder);
});
