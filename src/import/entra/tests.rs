//! Users, devices and methods of an invented tenant.

use super::*;
use crate::diagnostic::Language;
use crate::history::Recorded;
use crate::import::{Sighting, Target};
use crate::project::time_zone;

fn told(files: &[&str]) -> Vec<String> {
    let zone = time_zone("Europe/Paris").expect("a zone");
    let files: Vec<Vec<u8>> = files.iter().map(|file| file.as_bytes().to_vec()).collect();
    let (inventory, refused) = read(&files, &zone);
    let mut out: Vec<String> = inventory.records.iter().map(line).collect();
    let dropped = inventory.dropped.iter();
    out.extend(dropped.map(|(what, count)| format!("{what} {count}")));
    out.extend(
        inventory
            .notes
            .iter()
            .map(|note| note.get(Language::En).to_owned()),
    );
    out.extend(
        refused
            .iter()
            .map(|(at, refusal)| format!("{at}: {}", refusal.message.en)),
    );
    out
}

fn line(sighting: &Sighting) -> String {
    let values = sighting.first.iter().chain(&sighting.fields);
    let values = values.filter(|(key, _)| !matches!(key.as_str(), "login" | "directory"));
    let values = values.map(|(key, value)| match value {
        Recorded::Text(text) => format!("{key}={text}"),
        other => panic!("{other:?}"),
    });
    let links = sighting.links.iter().map(|link| match &link.target {
        Target::Seen(_, clues, name) => format!("{}→{name} by {}", link.field, clues.len()),
        other => panic!("{other:?}"),
    });
    let parts: Vec<String> = values.chain(links).collect();
    format!("{}: {}", sighting.title, parts.join(" "))
}

const USERS: &str = r#"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[
 {"id":"1","displayName":"Léa Garnier","givenName":"Léa","surname":"Garnier","userPrincipalName":"lea.garnier@nacelle.example","mail":"lea.garnier@nacelle.example",
  "accountEnabled":true,"createdDateTime":"2022-05-28T22:30:00Z","lastPasswordChangeDateTime":"2026-01-05T08:00:00Z","passwordPolicies":"DisablePasswordExpiration",
  "signInActivity":{"lastSignInDateTime":"2026-11-20T07:00:00Z","lastSuccessfulSignInDateTime":"2026-11-19T07:00:00Z"},
  "mobilePhone":"CANARI","businessPhones":["CANARI"],"passwordProfile":{"password":"CANARI"},
  "assignedLicenses":[{"skuId":"05e9a617-0261-4cee-bb44-138d3ef5d965"}]},
 {"displayName":"Partenaire","userPrincipalName":"jo_autre.example#EXT#@nacelle.onmicrosoft.com","accountEnabled":false}]}"#;

const METHODS: &str = r#"{"value":[
 {"id":"1","userPrincipalName":"Lea.Garnier@nacelle.example","userDisplayName":"Léa Garnier","isAdmin":true,"isMfaCapable":true,"isMfaRegistered":true,
  "methodsRegistered":["mobilePhone","microsoftAuthenticatorPush","email"]},
 {"userPrincipalName":"zoe@nacelle.example","isMfaCapable":false,"methodsRegistered":["mobilePhone"],"userType":"member"},
 {"userPrincipalName":"eva@nacelle.example","isMfaCapable":true,"methodsRegistered":["somethingNew"]}]}"#;

#[test]
fn users_and_their_methods_are_one_account() {
    assert_eq!(
        told(&[USERS, METHODS]),
        [
            "eva@nacelle.example: type=user",
            "jo_autre.example#EXT#@nacelle.onmicrosoft.com: display_name=Partenaire enabled=false type=guest",
            "Lea.Garnier@nacelle.example: type=user created=2022-05-29 display_name=Léa Garnier enabled=true last_logon=2026-11-19 mfa=app password_last_set=2026-01-05 password_never_expires=true privileged=true person→Léa Garnier by 2",
            "zoe@nacelle.example: type=user mfa=none",
            "assigned-licences 1",
            "passwords 1",
            "personal-data 2",
        ]
    );
}

#[test]
fn lists_of_powershell_and_devices_are_read() {
    let shell = "\u{feff}[{\"UserPrincipalName\":\"a@nacelle.example\",\"AccountEnabled\":true,\"CreatedDateTime\":\"\\/Date(1653690720000)\\/\",\"PasswordProfile\":{\"Password\":null},\"SignInActivity\":{\"LastSignInDateTime\":null}}]";
    assert_eq!(
        told(&[shell]),
        ["a@nacelle.example: type=user created=2022-05-28 enabled=true"]
    );
    let devices = r#"{"value":[
      {"id":"a","deviceId":"1","displayName":"PC-1","operatingSystem":"Windows","accountEnabled":false,"approximateLastSignInDateTime":"2025-01-01T00:00:00Z"},
      {"id":"b","deviceId":"2","displayName":"pc-1","accountEnabled":true,"approximateLastSignInDateTime":"2026-11-19T10:00:00Z","registrationDateTime":"2026-01-01T10:00:00Z"}],
      "@odata.nextLink":"https://graph.microsoft.com/v1.0/devices?$skiptoken=x"}"#;
    assert_eq!(
        told(&[devices]),
        [
            "pc-1: created=2026-01-01 enabled=true last_logon=2026-11-19 type=computer computer→pc-1 by 3",
            "stale-devices 1",
            "the last page announces another one (`@odata.nextLink`): accounts may be missing"
        ]
    );
    // The users are whole, which says nothing of the devices; their last page does.
    let is_told = |files: &[&str]| told(files).iter().any(|line| line.contains("nextLink"));
    assert!(is_told(&[USERS, devices]));
    let last =
        r#"{"value":[{"id":"c","deviceId":"3","displayName":"PC-2","accountEnabled":true}]}"#;
    assert!(!is_told(&[USERS, devices, last]));
}

#[test]
fn what_is_something_else_is_refused() {
    let keys = r#"{"value":[{"id":"x","volumeType":"operatingSystemVolume","key":"CANARI"}]}"#;
    let told = told(&[keys, "{\"value\":[]}", "[[1]]", "x"]);
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(
        told[0].starts_with("0: these are neither users") && told[1].starts_with("2: "),
        "{told:?}"
    );
}
