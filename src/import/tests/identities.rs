//! Accounts and groups that a directory renames: followed by its own identities of them.

use jiff::tz::TimeZone;

use super::*;
use crate::import::ldif;
use crate::import::profile::{self, Settings};

const FIRST: &str = "AQIDBAUGBwgJCgsMDQ4PEA==";
const SECOND: &str = "/wIDBAUGBwgJCgsMDQ4PEA==";
const STATE: &str = "inventory/_imports/test/account/lgarnier.json";

fn account(login: &str, guid: &str) -> Vec<Sighting> {
    let text = format!(
        "dn: CN={login},DC=nacelle,DC=example\nobjectClass: user\nsAMAccountName: {login}\nobjectGUID:: {guid}\n"
    );
    let inventory = ldif::read(text.as_bytes(), &TimeZone::UTC);
    inventory.expect("an account").records
}

fn account_of_table(login: &str, guid: &str, sid: &str) -> Vec<Sighting> {
    let schema = built_in();
    let settings = Settings {
        schema: &schema,
        culture: None,
        mapping: None,
        sheet: None,
        weight: MembershipWeight::default(),
    };
    let text = format!("SamAccountName,Name,ObjectGUID,SID\n{login},A B,{guid},{sid}\n");
    let inventory = profile::read(text.as_bytes(), "ad", &settings);
    let inventory = inventory.expect("an account");
    assert_eq!(inventory.notes, Vec::new());
    inventory.records
}

#[test]
fn an_account_that_is_renamed_stays_the_same_record() {
    let mut estate = Estate::default();
    let plan = estate.import(&account("lgarnier", FIRST));
    assert_eq!(counts(&plan), [1, 0, 0, 0]);
    let known = &estate.states[STATE].identity;
    let expected = [("object_guid", "04030201-0605-0807-090a-0b0c0d0e0f10")];
    assert_eq!(
        *known,
        expected
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into()
    );
    let plan = estate.import(&account("lmartin", FIRST));
    assert_eq!(counts(&plan), [0, 1, 0, 0]);
    let path = "inventory/accounts/lgarnier.yaml";
    assert!(
        estate.text(path).starts_with("login: lmartin\n"),
        "{}",
        estate.text(path)
    );
    // The name that is free goes to somebody new, who stands before in the file.
    let plan = estate.import(&[account("lgarnier", SECOND), account("lmartin", FIRST)].concat());
    assert_eq!(counts(&plan), [1, 0, 1, 0]);
    assert!(
        estate
            .text("inventory/accounts/lgarnier-2.yaml")
            .starts_with("login: lgarnier\n")
    );
    // Both trade their names.
    let plan = estate.import(&[account("lmartin", SECOND), account("lgarnier", FIRST)].concat());
    assert_eq!(counts(&plan), [0, 2, 0, 0]);
    assert!(estate.text(path).starts_with("login: lgarnier\n"));
}

#[test]
fn an_account_made_anew_is_that_of_its_login() {
    let mut estate = Estate::default();
    estate.import(&account("lgarnier", FIRST));
    let plan = estate.import(&account("lgarnier", SECOND));
    assert_eq!(counts(&plan), [0, 0, 1, 0]);
    let known = &estate.states[STATE].identity["object_guid"];
    assert_eq!(known, "040302ff-0605-0807-090a-0b0c0d0e0f10");
}

#[test]
fn tables_tell_the_same_identities_as_texts() {
    let mut estate = Estate::default();
    estate.import(&account("lgarnier", FIRST));
    let guid = "{04030201-0605-0807-090A-0B0C0D0E0F10}";
    let sid = "S-1-5-21-1-2-258-1104";
    let plan = estate.import(&account_of_table("lmartin", guid, sid));
    assert_eq!(counts(&plan), [0, 1, 0, 0]);
    assert_eq!(estate.states[STATE].identity["object_sid"], sid);
    // By the one that is left.
    let plan = estate.import(&account_of_table("lroche", "", sid));
    assert_eq!(counts(&plan), [0, 1, 0, 0]);
    assert_eq!(estate.states[STATE].identity.len(), 2);
}

#[test]
fn a_record_that_people_deleted_stays_deleted_under_another_login() {
    let mut estate = Estate::default();
    estate.import(&account("lgarnier", FIRST));
    estate.files.clear();
    let plan = estate.plan(&account("lmartin", FIRST), false);
    assert!(
        matches!(&plan.doubts[..], [Doubt::Deleted(..)]),
        "{:?}",
        plan.doubts
    );
}

#[test]
fn administrators_of_two_domains_are_two_groups() {
    let group = |domain: &str| {
        let text = format!(
            "dn: CN=Administrators,CN=Builtin,DC={domain},DC=example\nobjectClass: group\n\
             sAMAccountName: Administrators\nobjectSid: S-1-5-32-544\n"
        );
        let inventory = ldif::read(text.as_bytes(), &TimeZone::UTC);
        inventory.expect("a group").records
    };
    let mut estate = Estate::default();
    let plan = estate.import(&[group("a"), group("b")].concat());
    assert_eq!(counts(&plan), [2, 0, 0, 0]);
    let plan = estate.import(&group("b"));
    assert_eq!(counts(&plan), [0, 0, 1, 0]);
}

#[test]
fn one_identity_on_two_accounts_is_nobody_s() {
    let estate = Estate::default();
    let both = [account("alice", FIRST), account("bob", FIRST)].concat();
    let plan = estate.plan(&both, false);
    assert!(
        matches!(&plan.doubts[..], [Doubt::Same(..)]),
        "{:?}",
        plan.doubts
    );
    assert_eq!(plan.outcomes.len(), 1);
}
