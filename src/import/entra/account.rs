//! A user or a device of Entra ID → an account.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::import::Sighting;
use crate::import::directory::{account, begin, of_computer, of_person, set_day, set_flag};
use crate::import::documents::{flag_of, moment_of, text_of};
use crate::import::entra::methods::second_factor;

/// The account of a user; keys are in lower case.
pub(super) fn user(user: &Value, zone: &TimeZone) -> Sighting {
    let login = text_of(user, "userprincipalname").unwrap_or_default();
    let mut sighting = account(&login, Some("entra"));
    let shown = text_of(user, "displayname").or_else(|| text_of(user, "userdisplayname"));
    let shown = shown.filter(|shown| *shown != login);
    sighting.set("display_name", shown.as_deref().unwrap_or_default());
    if let Some(enabled) = flag_of(user, "accountenabled") {
        set_flag(&mut sighting, "enabled", enabled);
    }
    let kind = text_of(user, "usertype").unwrap_or_default();
    let is_guest = kind.eq_ignore_ascii_case("guest") || login.to_uppercase().contains("#EXT#");
    if is_guest {
        sighting.set("type", "guest");
    } else {
        // People know better which account is an administrator's or a service's.
        begin(&mut sighting, "type", "user");
        let mail = text_of(user, "mail").filter(|mail| mail.contains('@'));
        let own_name = ["givenname", "surname"]
            .iter()
            .any(|key| text_of(user, key).is_some());
        if let Some(shown) = shown.filter(|_| mail.is_some() || own_name) {
            of_person(&mut sighting, mail.as_deref(), &shown);
        }
    }
    let moment = |value: &Value, key: &str| moment_of(value, key, zone);
    let day = |moment: Option<DateTime>| moment.map(DateTime::date);
    set_day(
        &mut sighting,
        "created",
        day(moment(user, "createddatetime")),
    );
    let signed = &user["signinactivity"];
    // A sign-in that failed counts for the second property alone.
    let seen = moment(signed, "lastsuccessfulsignindatetime");
    let seen = seen.or_else(|| moment(signed, "lastsignindatetime"));
    set_day(&mut sighting, "last_logon", day(seen));
    set_day(
        &mut sighting,
        "password_last_set",
        day(moment(user, "lastpasswordchangedatetime")),
    );
    if let Some(policies) = text_of(user, "passwordpolicies") {
        let never = policies.contains("DisablePasswordExpiration");
        set_flag(&mut sighting, "password_never_expires", never);
    }
    if flag_of(user, "isadmin") == Some(true) {
        set_flag(&mut sighting, "privileged", true);
    }
    if let Some(factor) = second_factor(user) {
        sighting.set("mfa", factor);
    }
    sighting
}

/// The account of a device.
pub(super) fn device(device: &Value, zone: &TimeZone) -> Sighting {
    let name = text_of(device, "displayname").unwrap_or_default();
    let mut sighting = account(&name, Some("entra"));
    of_computer(&mut sighting, &name);
    if let Some(enabled) = flag_of(device, "accountenabled") {
        set_flag(&mut sighting, "enabled", enabled);
    }
    let day = |key: &str| moment_of(device, key, zone).map(DateTime::date);
    let created = day("registrationdatetime").or_else(|| day("createddatetime"));
    set_day(&mut sighting, "created", created);
    set_day(
        &mut sighting,
        "last_logon",
        day("approximatelastsignindatetime"),
    );
    sighting
}
