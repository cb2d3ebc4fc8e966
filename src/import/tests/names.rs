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

/// A computer that says its name and the address of a card.
fn with_card(mut sighting: Sighting, mac: &str) -> Sighting {
    sighting.clues.push(Clue::new(3, "mac", mac));
    sighting.set_list("mac", [mac.to_owned()]);
    let title = sighting.title.clone();
    with(sighting, "name", &title)
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

#[test]
fn an_address_alone_renames_nobody() {
    const DOCK: &str = "02:00:5e:00:53:01";
    let mut estate = Estate::default();
    estate.import(&[with_card(computer("", "PC-1"), DOCK)]);
    let before = estate.text(PC).to_owned();
    let other = [with_card(computer("A2", "PC-2"), DOCK)];
    let plan = estate.import(&other);
    assert_eq!(
        told(&plan, Language::Fr),
        "en doute : « PC-2 » n’a en commun avec asset:pc-1 (inventory/assets/pc-1.yaml:1) qu’une adresse MAC, et un autre nom ; si c’est la même machine, écrivez ce nom dans la fiche (`hostname`) ; sinon, créez celle de l’autre sous ce nom (`carnet new asset`)\n\
         0 fiche créée, 0 modifiée, 0 inchangée ; 0 valeur gardée, 1 en doute\n"
    );
    assert_eq!(
        told(&plan, Language::En),
        "in doubt: “PC-2” has a MAC address alone in common with asset:pc-1 (inventory/assets/pc-1.yaml:1), and another name; if it is the same machine, write that name into the record (`hostname`); else make the record of the other under that name (`carnet new asset`)\n\
         0 created, 0 changed, 0 unchanged; 0 kept by hand, 1 in doubt\n"
    );
    assert_eq!(estate.text(PC), before);
    // Both answers that the message asks for are taken.
    let mut same = Estate::with(&[(PC, &before.replace("hostname: PC-1", "hostname: PC-2"))]);
    // The name that people call it by stays, and that is told.
    assert_eq!(counts(&same.import(&other)), [0, 1, 0, 1]);
    let second = "inventory/assets/pc-2.yaml";
    let mut two = Estate::with(&[(PC, &before), (second, "name: PC-2\n")]);
    let plan = two.import(&other);
    assert_eq!(counts(&plan), [0, 1, 0, 0]);
    assert!(two.text(second).contains("serial: A2\n"));
    assert_eq!(two.text(PC), before);
    // The name that it has already tells enough.
    let plan = estate.import(&[with_card(computer("A1", "PC-1.nacelle.example"), DOCK)]);
    assert_eq!(plan.doubts, []);
}

#[test]
fn addresses_have_one_notation_and_people_keep_theirs() {
    let mut estate = Estate::default();
    let seen = |macs: &[&str]| {
        let mut sighting = computer("A1", "PC-1");
        sighting.set_list("mac", macs.iter().map(|mac| (*mac).to_owned()));
        [sighting]
    };
    let notations = [
        "02-00-5E-00-53-01",
        "0200.5e00.5302",
        "02005E005303",
        "02:00:5e:00:53:01",
    ];
    estate.import(&seen(&notations));
    let written = "mac: [\"02:00:5e:00:53:01\", \"02:00:5e:00:53:02\", \"02:00:5e:00:53:03\"]\n";
    let bare = written.replace('"', "");
    let text = estate.text(PC);
    assert!(text.contains(written) || text.contains(&bare), "{text}");
    // Another notation in the file is no difference, and an address that is new comes in ours.
    let own = "mac: [02-00-5E-00-53-01]\n";
    let record = format!("name: PC-1\nserial: A1\n{own}");
    let mut estate = Estate::with(&[(PC, &record)]);
    let plan = estate.import(&seen(&["0200.5e00.5301"]));
    assert_eq!(plan.kept, []);
    assert!(estate.text(PC).contains(own), "{}", estate.text(PC));
    estate.import(&seen(&["0200.5e00.5301", "0200.5E00.53FF"]));
    let text = estate.text(PC);
    assert!(
        text.contains("02-00-5E-00-53-01") && text.contains("02:00:5e:00:53:ff"),
        "{text}"
    );
}
