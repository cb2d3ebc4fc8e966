//! What becomes of a machine or an account whose source calls it otherwise now: told, or asked about.

use super::*;
use crate::import::{ldif, report};

/// What is told of a plan in a language, with plain spaces.
fn told(plan: &Plan, language: Language) -> String {
    report(plan, language, false).replace(['\u{a0}', '\u{202f}'], " ")
}

fn account(login: &str) -> Vec<Sighting> {
    let text = format!(
        "dn: CN={login},DC=nacelle,DC=example\nobjectClass: user\nsAMAccountName: {login}\nobjectGUID:: AQIDBAUGBwgJCgsMDQ4PEA==\n"
    );
    let inventory = ldif::read(text.as_bytes(), &jiff::tz::TimeZone::UTC);
    inventory.expect("an account").records
}

#[test]
fn a_rename_is_told_and_counted() {
    let mut estate = Estate::default();
    estate.import(&account("lgarnier"));
    let plan = estate.import(&account("lmartin"));
    assert_eq!(
        told(&plan, Language::Fr),
        "renommé : account:lgarnier, « lgarnier » → « lmartin » ; la fiche garde son identifiant, `lgarnier`\n\
         0 fiche créée, 1 modifiée, 0 inchangée ; 0 valeur gardée, 0 en doute ; 1 renommée\n"
    );
    assert_eq!(
        told(&plan, Language::En),
        "renamed: account:lgarnier, “lgarnier” → “lmartin”; the record keeps its id, `lgarnier`\n\
         0 created, 1 changed, 0 unchanged; 0 kept by hand, 0 in doubt; 1 renamed\n"
    );
    assert!(told(&estate.import(&account("lmartin")), Language::En).ends_with("0 in doubt\n"));
    // A machine by its serial number: its record's name and its host name are one change.
    let computer = |name: &str| with(computer("A1", name), "name", name);
    let mut estate = Estate::default();
    estate.import(&[computer("PC-1")]);
    let plan = estate.import(&[computer("PC-2")]);
    let names = ("PC-1".to_owned(), "PC-2".to_owned());
    assert_eq!(plan.renamed, [("asset:pc-1".to_owned(), names)].into());
    // What people call it stays; its host name is the machine's.
    estate.edit(PC, "name: PC-2\nstatus", "name: Accueil\nstatus");
    let plan = estate.import(&[computer("PC-3")]);
    let names = ("PC-2".to_owned(), "PC-3".to_owned());
    assert_eq!(plan.renamed, [("asset:pc-1".to_owned(), names)].into());
    assert!(estate.text(PC).starts_with("name: Accueil\n"));
}
