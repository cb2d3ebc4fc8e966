//! Which second factor an account has, by the report of registered methods.
//!
//! Names: `methodsRegistered` of the resource type `userRegistrationDetails` of Microsoft Graph.

use serde_json::Value;

use crate::import::documents::{flag_of, texts_of};

/// Keys of `account.mfa` and the methods that are of each, the strongest first.
const METHODS: [(&str, &[&str]); 4] = [
    // A key bound to a device, whether it is carried or built in: nothing that is typed can be stolen.
    (
        "fido2",
        &[
            "fido2SecurityKey",
            "passKeyDeviceBound",
            "passKeyDeviceBoundAuthenticator",
            "passKeyDeviceBoundWindowsHello",
            "passKeySynced",
            "windowsHelloForBusiness",
            "macOsSecureEnclaveKey",
        ],
    ),
    (
        "app",
        &[
            "microsoftAuthenticatorPush",
            "microsoftAuthenticatorPasswordless",
        ],
    ),
    (
        "totp",
        &["softwareOneTimePasscode", "hardwareOneTimePasscode"],
    ),
    (
        "sms",
        &["mobilePhone", "alternateMobilePhone", "officePhone"],
    ),
];

/// The strongest second factor of a user; nothing when the report does not tell. What is registered
/// and not allowed is none.
pub(super) fn second_factor(user: &Value) -> Option<&'static str> {
    let is_able = flag_of(user, "ismfacapable").or_else(|| flag_of(user, "ismfaregistered"));
    if is_able == Some(false) {
        return Some("none");
    }
    let registered = texts_of(user, "methodsregistered");
    let has = |names: &[&str]| {
        let mut names = names.iter();
        names.any(|name| registered.iter().any(|own| own.eq_ignore_ascii_case(name)))
    };
    METHODS
        .iter()
        .find(|(_, names)| has(names))
        .map(|(key, _)| *key)
}
