//! Snipe-IT's JSON, saved from its interface (`/api/v1/hardware`, `/api/v1/licenses`): a page of rows,
//! a list, or one → assets and licences. Keys of licences are never taken.
//!
//! Words mean what they mean in Snipe-IT's CSV: both go through `profile`.

#[cfg(test)]
mod tests;

use serde_json::Value;

use crate::history::Recorded;
use crate::import::answer::{self, Thing, Things, list, text_of};
use crate::import::directory::never;
use crate::import::glpi::decoded;
use crate::import::profile::{choice, meaning, software_of_licences};
use crate::import::prose::{lines, markdown};
use crate::import::{Inventory, Pages, Refusal, Sighting, Site};
use crate::text;

/// The source's name, the same as for its CSV.
pub const SOURCE: &str = "snipeit";

/// The fields that a custom field of Snipe-IT may fill, by its label.
const CUSTOM: [&str; 7] = [
    "mac",
    "ip",
    "hostname",
    "uuid",
    "phone_number",
    "imei",
    "os",
];

/// Reads a file. Refused when it is no JSON, or holds neither assets nor licences.
pub fn read(bytes: &[u8], site: &Site<'_>) -> Result<Inventory, Refusal> {
    let answer = answer::json(bytes)?;
    let rows = match &answer {
        Value::Array(rows) => rows.as_slice(),
        page if page.get("rows").is_some() => list(page, "rows"),
        one => std::slice::from_ref(one),
    };
    let mut inventory = Inventory::new(SOURCE);
    let mut things = Things::new(site.schema, SOURCE);
    for (at, row) in rows.iter().enumerate() {
        let thing = if row.get("asset_tag").is_some() {
            asset(row, site, &mut inventory)
        } else if row.get("product_key").is_some() || row.get("free_seats_count").is_some() {
            licence(row, &mut inventory)
        } else {
            return Err(no_row());
        };
        if row
            .get("deleted_at")
            .is_some_and(|deleted| !deleted.is_null())
        {
            inventory.drop_some("deleted", 1);
            continue;
        }
        if let Some(mut sighting) = things.sighting(&thing, at + 1) {
            notes(row, &mut sighting);
            inventory.records.push(sighting);
        }
    }
    inventory.notes = things.notes();
    let here = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let total = answer["total"].as_u64();
    if let Some(total) = total {
        inventory.pages.join(Pages::counted(here, total));
    }
    if total.is_some_and(|total| total > here) {
        inventory.notes.push(text!(
            "ce fichier est une page d’une liste plus longue : importez aussi les autres, ou demandez `?limit=500`",
            "this file is one page of a longer list: import the others too, or ask for `?limit=500`"
        ));
    }
    software_of_licences(&mut inventory);
    Ok(inventory)
}

fn no_row() -> Refusal {
    Refusal::new(text!(
        "ce JSON n’a ni équipements ni licences de Snipe-IT ; demandez `/api/v1/hardware` ou `/api/v1/licenses` (les personnes et les accessoires ne sont pas repris)",
        "this JSON holds neither assets nor licences of Snipe-IT; ask for `/api/v1/hardware` or `/api/v1/licenses` (people and accessories are not taken)"
    ))
}

/// The words of a key, or the name of what stands there. Snipe-IT writes signs as entities.
fn words(row: &Value, key: &str) -> Option<String> {
    let words = decoded(&answer::name(row.get(key)?)?);
    Some(words).filter(|words| !words.trim().is_empty())
}

/// The day of a key: `{"date": …}`, `{"datetime": …}`, or a text.
fn day(row: &Value, key: &str) -> Option<String> {
    let value = row.get(key)?;
    let keys = ["date", "datetime"];
    let text = keys.iter().find_map(|key| text_of(value, key));
    let text = text.or_else(|| answer::text(value))?;
    text.get(..10).map(str::to_owned)
}

fn asset(row: &Value, site: &Site<'_>, inventory: &mut Inventory) -> Thing {
    let mut thing = Thing::new("asset");
    let plain = [
        ("inventory_number", "asset_tag"),
        ("name", "name"),
        ("serial", "serial"),
        ("model", "model"),
        ("manufacturer", "manufacturer"),
        ("type", "category"),
        ("organisation", "company"),
        ("supplier", "supplier"),
        ("price", "purchase_cost"),
    ];
    for (field, key) in plain {
        thing.hold(field, words(row, key), row.get(key));
    }
    thing.say("status", status(row, site));
    for (field, key) in [
        ("purchased", "purchase_date"),
        ("warranty_end", "warranty_expires"),
    ] {
        thing.hold(field, day(row, key), row.get(key));
    }
    thing.say(
        "site",
        words(row, "location").or_else(|| words(row, "rtd_location")),
    );
    let holder = &row["assigned_to"];
    match text_of(holder, "type").as_deref() {
        Some("location") => thing.say("site", words(row, "assigned_to")),
        Some("asset") => {}
        _ => thing.hold(
            "user",
            words(holder, "name").or_else(|| words(row, "assigned_to")),
            row.get("assigned_to"),
        ),
    }
    custom(row, &mut thing, inventory);
    thing
}

/// A status by its label, unless the device is with somebody: labels say what may become of it then.
fn status(row: &Value, site: &Site<'_>) -> Option<String> {
    let label = row.get("status_label")?;
    let key = |word: &str| choice(site.schema.kind("asset")?, "status", word);
    let state = ["status_meta", "status_type"]
        .iter()
        .find_map(|key| text_of(label, key));
    if state.as_deref() == Some("deployed") {
        return Some("in-service".to_owned());
    }
    let called = words(row, "status_label");
    let known = called.as_deref().and_then(key);
    known.or_else(|| state.as_deref().and_then(key)).or(called)
}

/// Custom fields whose label is that of a field of identity; those that look secret are counted.
fn custom(row: &Value, thing: &mut Thing, inventory: &mut Inventory) {
    let fields = row["custom_fields"].as_object().into_iter().flatten();
    for (label, field) in fields {
        let Some(value) = text_of(field, "value") else {
            continue;
        };
        let means = meaning(SOURCE, thing.kind, label).unwrap_or_default();
        let secret = means.strip_prefix('!').or_else(|| never(label));
        if let Some(what) = secret {
            inventory.drop_some(what, 1);
            continue;
        }
        // Fields that Snipe-IT encrypts come as stars.
        let is_hidden = value.chars().all(|letter| letter == '*');
        let folded = label.to_ascii_lowercase();
        let own = CUSTOM.iter().find(|key| means == **key || folded == **key);
        if let Some(own) = own.filter(|own| !is_hidden && !thing.words.contains_key(**own)) {
            thing.say(own, Some(decoded(&value)));
        }
    }
}

fn licence(row: &Value, inventory: &mut Inventory) -> Thing {
    let mut thing = Thing::new("licence");
    let has_key = words(row, "product_key").is_some();
    inventory.drop_some("licence-keys", usize::from(has_key));
    let plain = [
        ("name", "name"),
        ("seats", "seats"),
        ("organisation", "company"),
        ("supplier", "supplier"),
        ("cost", "purchase_cost"),
    ];
    for (field, key) in plain {
        thing.hold(field, words(row, key), row.get(key));
    }
    let order = words(row, "purchase_order").or_else(|| words(row, "order_number"));
    thing.say("reference", order);
    for (field, key) in [
        ("purchased", "purchase_date"),
        ("expires", "expiration_date"),
    ] {
        thing.hold(field, day(row, key), row.get(key));
    }
    thing
}

/// The notes, as words and lines.
fn notes(row: &Value, sighting: &mut Sighting) {
    let Some(text) = text_of(row, "notes") else {
        return;
    };
    let text = markdown(&lines(&decoded(&text)));
    if !text.is_empty() {
        sighting
            .fields
            .insert("notes".to_owned(), Recorded::Text(text));
    }
}
