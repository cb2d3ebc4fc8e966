//! Complete imports, and files that cannot be edited.

use super::*;

#[test]
fn what_a_complete_import_misses_is_kept() {
    let mut estate = Estate::default();
    let (one, two) = (computer("A1", "PC-1"), computer("A2", "PC-2"));
    estate.import(&[one.clone(), two.clone()]);
    let plan = estate.import_all(std::slice::from_ref(&two), true);
    assert_eq!(
        plan.not_seen,
        [("asset:pc-1".to_owned(), "2026-11-20".to_owned())].into()
    );
    assert!(estate.files.contains_key(PC));
    estate.import(&[one, two]);
    assert!(
        estate
            .states
            .values()
            .all(|state| state.not_seen_since.is_none())
    );
}

#[test]
fn a_file_that_cannot_be_edited_stays() {
    let text = "- id: a\n  name: A\n  serial: A1\n  room: &r Hall\n- id: b\n  name: B\n  serial: B1\n  room: *r\n- id: c\n  name: C\n  serial: C1\n";
    let mut estate = Estate::with(&[("inventory/assets/x.yaml", text)]);
    let sightings =
        ["A", "B", "C"].map(|name| with(computer(&format!("{name}1"), name), "os", "L"));
    let plan = estate.plan(&sightings, false);
    assert_eq!(plan.refused.len(), 2);
    assert_eq!(plan.states.len(), 1);
    estate.import(&sightings);
    assert_eq!(
        estate.text("inventory/assets/x.yaml"),
        format!("{text}  os: L\n  hostname: C\n")
    );
}

#[test]
fn sightings_that_contradict_are_not_merged() {
    let uuid = |sighting: Sighting, last: char| {
        let text = format!("4c4c4544-0035-3010-8043-b2c04f53583{last}");
        with(sighting, "uuid", &text)
    };
    let card = |name: &str, mac: &str| {
        let mut sighting = computer("", name);
        sighting.clues.push(Clue::new(3, "mac", mac));
        sighting.set_list("mac", [mac.to_owned()]);
        sighting
    };
    let check = |one: Sighting, two: Sighting, doubts: usize| {
        let mut estate = Estate::default();
        let plan = estate.import(&[one, with(two, "os", "Autre")]);
        assert_eq!(counts(&plan)[0], 1);
        assert_eq!(plan.doubts.len(), doubts, "{:?}", plan.doubts);
        assert_eq!(estate.text(PC).contains("os: Autre"), doubts == 0);
    };
    let (one, two) = (computer("A1", "PC-1"), computer("A1", "PC-2"));
    check(one.clone(), two.clone(), 1);
    check(one.clone(), one.clone(), 0);
    check(uuid(one.clone(), '1'), uuid(two.clone(), '1'), 0);
    check(uuid(one.clone(), '1'), uuid(two, '2'), 1);
    let (mac, dock) = ("00:00:5e:00:53:01", "00-00-5E-00-53-01");
    check(card("PC-1", mac), card("PC-2", dock), 1);
    check(card("PC-1", mac), card("PC-1.nacelle.example", dock), 0);
}
