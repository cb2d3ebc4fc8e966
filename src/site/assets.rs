//! Files of the theme under `_carnet/`, each with the hash of its content in its name, so that a
//! browser may keep it for ever.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::site::context::AssetNames;
use crate::site::templates;

/// The theme's files by output path, and the names that templates use.
pub(super) fn assets(
    overrides: &BTreeMap<String, Arc<[u8]>>,
) -> (BTreeMap<String, Arc<[u8]>>, AssetNames) {
    let mut files: BTreeMap<String, Arc<[u8]>> = templates::assets()
        .into_iter()
        .map(|asset| (asset.name, Arc::from(asset.bytes)))
        .collect();
    for (name, bytes) in overrides {
        if let Some(name) = name.strip_prefix("assets/") {
            files.insert(name.to_owned(), Arc::clone(bytes));
        }
    }
    join_style(&mut files);
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
        search: vec![take("search-engine.js"), take("search.js")],
        history: take("history.js"),
        visits: take("visits.js"),
        theme: take("theme.js"),
        diagrams: take("diagrams.css"),
        favicon: take("favicon.svg"),
    };
    (outputs, names)
}

/// The style is written in several sheets and read in one piece; a site may replace single sheets.
fn join_style(files: &mut BTreeMap<String, Arc<[u8]>>) {
    let sheets: Vec<String> = files
        .keys()
        .filter(|name| name.starts_with("style/"))
        .cloned()
        .collect();
    let parts: Vec<Arc<[u8]>> = sheets
        .iter()
        .filter_map(|name| files.remove(name))
        .collect();
    files
        .entry("style.css".to_owned())
        .or_insert_with(|| Arc::from(parts.concat()));
}

fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let mut hash = String::new();
    for byte in &digest[..4] {
        let _ = write!(hash, "{byte:02x}");
    }
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{name}.{hash}"),
    }
}
