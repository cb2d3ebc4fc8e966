//! Inventories of GLPI and OCS agents, JSON and XML: as `import` reads them, and as `collect` takes them in.
#![no_main]

use carnet::diagnostic::Language;
use carnet::import::glpi;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = glpi::is_answer(bytes);
    let _ = glpi::read(bytes, Language::Fr);
    let _ = glpi::ocs::read(bytes, Language::En);
    // What `collect` keeps of a message must be readable afterwards.
    if let Ok(kept) = glpi::document(bytes).and_then(glpi::kept) {
        let kept = kept.to_string();
        assert!(glpi::read(kept.as_bytes(), Language::Fr).is_ok(), "{kept}");
    }
});
