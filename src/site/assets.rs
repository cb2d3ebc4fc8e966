//! Files of the theme under `_carnet/`, each with the hash of its content in its name, so that a
//! browser may keep it for ever.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::site::context::AssetNames;
use crate::site::templates;

/// The theme's files by output path, and the names that templates use.
pub(super) fn assets(overrides: &BTreeMap<String, Arc<[u8]>>) -> (BTreeMap<String, Arc<[u8]>>, AssetNames) {
    let mut files: BTreeMap<String, Arc<[u8]>> =
        templates::assets().into_iter().map(|asset| (asset.name.to_owned(), Arc::from(asset.bytes))).collect();
    for (name, bytes) in overrides {
        if let Some(name) = name.strip_prefix("assets/") {
            files.insert(name.to_owned(), Arc::clone(bytes));
        }
    }
    // The engine and its interface are two files for their tests, and one for the browser.
    if let (Some(engine), Some(interface)) = (files.remove("search-engine.js"), files.remove("search.js")) {
        files.insert("search.js".to_owned(), Arc::from([&*engine, b"\n", &*interface].concat()));
    }
    let mut outputs = BTreeMap::new();
    let mut names = BTreeMap::new();
    for (name, bytes) in files {
        let hashed = hashed_name(&name, &bytes);
        outputs.insert(format!("_carnet/{hashed}"), bytes);
        names.insert(name, hashed);
    }
    let mut take = |name: &str| names.remove(name).unwrap_or_default();
    let names = AssetNames {
        style: take("style.css"),
        script: take("carnet.js"),
        search: take("search.js"),
        theme: take("theme.js"),
        diagrams: take("diagrams.css"),
        favicon: take("favicon.svg"),
    };
    (outputs, names)
}

fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let hash: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{name}.{hash}"),
    }
}
