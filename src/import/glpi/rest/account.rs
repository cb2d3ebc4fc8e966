//! A user of GLPI's interface → an account. People are linked by name and never made.

use serde_json::Value;

use crate::import::Sighting;
use crate::import::answer::text_of;
use crate::import::directory::{account, begin, of_person, set_day, set_flag};
use crate::import::glpi::rest::Left;
use crate::import::glpi::rest::word::{day, words};

/// Keys that hold a secret, if an interface ever sends them.
const SECRETS: [&str; 5] = [
    "password",
    "personal_token",
    "api_token",
    "cookie_token",
    "password_forget_token",
];

/// The sighting of a user; nothing without a login.
pub(super) fn sighting(item: &Value, left: &mut Left) -> Option<Sighting> {
    let secrets = SECRETS.iter().filter(|key| words(item, key).is_some());
    left.inventory.drop_some("passwords", secrets.count());
    // As of a directory: into such texts passwords are typed.
    let has_comment = words(item, "comment").is_some();
    left.inventory
        .drop_some("free-texts", usize::from(has_comment));
    let login = words(item, "name")?;
    // 1 is GLPI's own list of passwords; others are directories, which know the same login.
    let is_own = text_of(item, "authtype").is_some_and(|source| source == "1");
    let mut sighting = account(&login, is_own.then_some("application"));
    let names = [words(item, "firstname"), words(item, "realname")];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    sighting.set("display_name", &name);
    if let Some(active) = text_of(item, "is_active") {
        set_flag(&mut sighting, "enabled", active == "1" || active == "true");
    }
    set_day(&mut sighting, "created", day(item, "date_creation"));
    set_day(&mut sighting, "last_logon", day(item, "last_login"));
    set_day(&mut sighting, "expires", day(item, "end_date"));
    if is_own {
        let changed = day(item, "password_last_update");
        set_day(&mut sighting, "password_last_set", changed);
    }
    begin(&mut sighting, "type", "user");
    if !name.is_empty() {
        of_person(&mut sighting, None, &name);
    }
    Some(sighting)
}
