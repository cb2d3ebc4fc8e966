//! What every import keeps to: the second one changes nothing, `check` finds no error in what the first
//! wrote, and no file holds a secret.

use std::path::Path;

use super::running::{CANARY, carnet, files};

/// Imports into a project, twice; gives what the first and the second told.
pub fn import_twice(root: &Path, arguments: &[&str]) -> (String, String) {
    let (code, told) = carnet(root, arguments);
    assert_eq!(code, 0, "{told}");
    let after = files(root);
    let (code, again) = carnet(root, arguments);
    assert_eq!(code, 0, "{again}");
    assert!(again.contains("0 fiche créée, 0 modifiée"), "{again}");
    assert_eq!(files(root), after);
    let (code, found) = carnet(root, &["check"]);
    assert_eq!(code, 0, "{found}");
    for (path, text) in &after {
        assert!(!text.contains(CANARY), "{}", path.display());
    }
    (told, again)
}
