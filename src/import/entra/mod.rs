//! Entra ID by Microsoft Graph, as JSON: users, devices and the registration of authentication
//! methods (`userRegistrationDetails`) → accounts. Pages, bare lists, and what PowerShell writes of the
//! same objects (`Get-MgUser | ConvertTo-Json`) are all read; the files of an import together.
//!
//! Never read: passwords, telephone numbers, addresses and the like. A property that was not selected
//! is absent, and says nothing.

mod account;
mod methods;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use crate::fold::fold;
use crate::import::documents::{documents, items, moment_of, text_of};
use crate::import::{Inventory, Pages, Refusal};
use crate::text;

/// The source's name.
pub const SOURCE: &str = "entra";

/// Properties of a person that no field is for, in lower case.
const PERSONAL: [&str; 16] = [
    "mobilephone",
    "businessphones",
    "faxnumber",
    "streetaddress",
    "postalcode",
    "city",
    "birthday",
    "othermails",
    "imaddresses",
    "employeeid",
    "aboutme",
    "agegroup",
    "consentprovidedforminor",
    "interests",
    "hiredate",
    "employeehiredate",
];

/// What the files say, by login.
#[derive(Debug, Default)]
struct Tenant {
    /// Users, with what the report of methods says of them.
    users: BTreeMap<String, Value>,
    /// Devices, the last one seen of each name.
    devices: BTreeMap<String, (Option<DateTime>, Value)>,
    stale: usize,
    others: usize,
    /// The pages of each list.
    pages: BTreeMap<&'static str, Pages>,
}

/// Reads the files of one import together; `zone` is the site's. Gives the inventory and the files
/// that could not be read, by position.
pub fn read(files: &[Vec<u8>], zone: &TimeZone) -> (Inventory, Vec<(usize, Refusal)>) {
    let mut tenant = Tenant::default();
    let mut refused = Vec::new();
    for (at, file) in files.iter().enumerate() {
        if let Err(refusal) = tenant.file(file, zone) {
            refused.push((at, refusal));
        }
    }
    let mut inventory = Inventory::new(SOURCE);
    for user in tenant.users.values() {
        drop_private(user, &mut inventory);
        inventory.records.push(account::user(user, zone));
    }
    for (_, device) in tenant.devices.values() {
        inventory.records.push(account::device(device, zone));
    }
    inventory.drop_some("stale-devices", tenant.stale);
    inventory.drop_some("other-reports", tenant.others);
    // Of the pages of a list the last one has no successor.
    let partial = tenant.pages.values().find(|pages| pages.are_partial());
    if let Some(pages) = partial {
        inventory.pages.join(*pages);
        inventory.notes.push(text!(
            "la dernière page annonce une suite (`@odata.nextLink`) : des comptes manquent peut-être",
            "the last page announces another one (`@odata.nextLink`): accounts may be missing"
        ));
    }
    (inventory, refused)
}

impl Tenant {
    /// Takes the items of a file. Refused when none of them is known.
    fn file(&mut self, bytes: &[u8], zone: &TimeZone) -> Result<(), Refusal> {
        let before = self.others;
        let mut count = 0;
        for value in documents(bytes)? {
            let value = lower(value);
            let is_last = text_of(&value, "@odata.nextlink").is_none();
            let items = items(&value, &["value"]);
            let pages = self.pages.entry(list_of(items.first().copied()));
            pages.or_default().join(Pages::linked(is_last));
            for item in items {
                count += 1;
                self.item(item, zone);
            }
        }
        if count > 0 && self.others - before == count {
            self.others = before;
            return Err(Refusal::new(text!(
                "ce ne sont ni des utilisateurs, ni des appareils, ni l’inscription des méthodes d’authentification (`userRegistrationDetails`)",
                "these are neither users, nor devices, nor the registration of authentication methods (`userRegistrationDetails`)"
            )));
        }
        Ok(())
    }

    fn item(&mut self, item: &Value, zone: &TimeZone) {
        if let (Some(login), Value::Object(item)) = (text_of(item, "userprincipalname"), item) {
            let user = self.users.entry(fold(&login));
            let user = user.or_insert_with(|| Value::Object(Map::new()));
            for (key, value) in item.iter().filter(|(_, value)| !value.is_null()) {
                user[key] = value.clone();
            }
            return;
        }
        let name = text_of(item, "displayname");
        let (Some(name), Some(_)) = (name, text_of(item, "deviceid")) else {
            self.others += 1;
            return;
        };
        let seen = moment_of(item, "approximatelastsignindatetime", zone);
        // A device that was joined anew leaves its old object behind.
        let known = self.devices.get(&fold(&name)).map(|(seen, _)| *seen);
        self.stale += usize::from(known.is_some());
        if known.is_none_or(|known| known <= seen) {
            self.devices.insert(fold(&name), (seen, item.clone()));
        }
    }
}

/// Which list an item stands in.
fn list_of(item: Option<&Value>) -> &'static str {
    let has = |key: &str| item.is_some_and(|item| item.get(key).is_some());
    if has("deviceid") {
        "devices"
    } else if has("methodsregistered") {
        "methods"
    } else {
        "users"
    }
}

/// Counts what is never taken of a user.
fn drop_private(user: &Value, inventory: &mut Inventory) {
    let says = |key: &&&str| match &user[**key] {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(parts) => parts.values().any(|part| !part.is_null()),
        _ => true,
    };
    inventory.drop_some("personal-data", PERSONAL.iter().filter(says).count());
    inventory.drop_some("passwords", ["passwordprofile"].iter().filter(says).count());
    let licences = user["assignedlicenses"].as_array().map_or(0, Vec::len);
    inventory.drop_some("assigned-licences", licences);
}

/// A value with the keys in lower case: Graph writes `userPrincipalName`, PowerShell `UserPrincipalName`.
fn lower(value: Value) -> Value {
    match value {
        Value::Object(parts) => {
            let parts = parts
                .into_iter()
                .map(|(key, value)| (key.to_lowercase(), lower(value)));
            Value::Object(parts.collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(lower).collect()),
        other => other,
    }
}
