//! OCS Inventory: the XML of its agents (`REQUEST/CONTENT`), from which that of GLPI came, plain or
//! as the `.ocs` files that local inventories leave (zlib around the same XML).
//!
//! Read as GLPI's old XML once the few sections that differ have its names. Never read: keys of
//! Office and Windows, values of the registry, processes, local accounts.

use std::borrow::Cow;

use flate2::read::ZlibDecoder;
use serde_json::{Map, Value};

use crate::diagnostic::Language;
use crate::import::glpi::form::{self, LARGEST, first, flag, list, text};
use crate::import::glpi::take;
use crate::import::packed::{Damage, is_zlib, unpack};
use crate::import::{Inventory, Refusal};
use crate::text;

/// The source's name.
pub const SOURCE: &str = "ocs";

/// Reads one file of an OCS agent. Sizes are written in a language (`16 Go`, `16 GB`).
pub fn read(bytes: &[u8], language: Language) -> Result<Inventory, Refusal> {
    let mut inventory = Inventory::new(SOURCE);
    for mut one in form::document(&unpacked(bytes)?)?.inventories()? {
        if let Some(content) = one["content"].as_object_mut() {
            rename(content);
            drop_own(&Value::Object(content.clone()), &mut inventory);
        }
        take(&one, language, &mut inventory);
    }
    Ok(inventory)
}

/// The XML of a file. What grows beyond the largest inventory is refused before it is all unpacked.
fn unpacked(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Refusal> {
    if !is_zlib(bytes) {
        return Ok(Cow::Borrowed(bytes));
    }
    match unpack(ZlibDecoder::new(bytes), LARGEST) {
        Ok(out) => Ok(Cow::Owned(out)),
        Err(Damage::TooLarge) => Err(form::too_large()),
        Err(Damage::Broken) => Err(Refusal::new(text!(
            "ce fichier comprimé est coupé ou abîmé",
            "this compressed file is cut or damaged"
        ))),
    }
}

/// Gives the sections that OCS has otherwise the names and keys of GLPI's.
fn rename(content: &mut Map<String, Value>) {
    let whole = Value::Object(content.clone());
    let hardware = &whole["hardware"];
    if list(&whole, "cpus").is_empty()
        && let Some(name) = text(hardware, "processort")
    {
        content.insert("cpus".to_owned(), serde_json::json!({ "name": name }));
    }
    let user = text(hardware, "lastloggeduser").or_else(|| text(hardware, "userid"));
    // Several at once: nobody's in particular.
    let user = user.filter(|user| !user.contains(['/', '|']));
    if let Some(hardware) = content.get_mut("hardware").and_then(Value::as_object_mut) {
        match user {
            Some(user) => hardware.insert("lastloggeduser".to_owned(), Value::String(user)),
            None => hardware.remove("lastloggeduser"),
        };
    }
    let is_antivirus = |product: &&Value| {
        let category = first(product, &["category", "type"]).unwrap_or_default();
        category
            .to_lowercase()
            .replace(' ', "")
            .contains("antivirus")
    };
    let antivirus = list(&whole, "securitycenter")
        .into_iter()
        .filter(is_antivirus);
    let antivirus: Vec<Value> = antivirus
        .filter_map(|product| {
            let name = first(product, &["product", "name"])?;
            let enabled = flag(product, "enabled").unwrap_or(false);
            Some(serde_json::json!({ "name": name, "enabled": enabled }))
        })
        .collect();
    if !antivirus.is_empty() && list(&whole, "antivirus").is_empty() {
        content.insert("antivirus".to_owned(), Value::Array(antivirus));
    }
}

/// Counts what only OCS and its plug-ins have and is never taken.
fn drop_own(content: &Value, inventory: &mut Inventory) {
    let has_key = |pack: &&Value| first(pack, &["officekey", "productkey", "key"]).is_some();
    let packs = list(content, "officepack").into_iter().filter(has_key);
    inventory.drop_some("licence-keys", packs.count());
    let counted = [
        ("registry", "registry-values"),
        ("runningprocess", "processes"),
        ("localusers", "local-accounts"),
    ];
    for (section, what) in counted {
        inventory.drop_some(what, list(content, section).len());
    }
}
