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

#[test]
fn ids_that_are_spelt_alike_have_states_of_their_own() {
    let mut estate = Estate::with(&[
        ("inventory/assets/pc-1.yaml", "name: Un\nserial: A1\n"),
        (
            "inventory/assets/autres.yaml",
            "- id: pc.1\n  name: Deux\n  serial: A2\n",
        ),
    ]);
    let both = [
        with(computer("A1", "Un"), "os", "Debian"),
        with(computer("A2", "Deux"), "os", "Fedora"),
    ];
    estate.import(&both);
    assert_eq!(estate.states.len(), 2);
    // A state where an earlier version put it moves, and the other takes its place.
    let path = "inventory/_imports/test/asset/pc-1.json";
    let moved = estate
        .states
        .values()
        .find(|one| one.record == "asset:pc.1");
    let moved = moved.expect("a state").clone();
    estate.states.clear();
    estate.states.insert(path.to_owned(), moved);
    estate.import(&both);
    assert_eq!(estate.states.len(), 2);
    assert_eq!(estate.states[path].record, "asset:pc-1");
}

#[test]
fn names_that_are_alike_are_numbered() {
    let mut estate = Estate::with(&[("inventory/assets/pc-2.yaml", "name: Tenu\n")]);
    let all = ["PC", "pc.", "P C", "pc!", "pc-"];
    let all: Vec<Sighting> = all
        .iter()
        .enumerate()
        .map(|(at, name)| computer(&format!("A{at}"), name))
        .collect();
    estate.import(&all);
    for id in ["pc", "pc-2", "pc-3", "pc-4", "p-c"] {
        let path = format!("inventory/assets/{id}.yaml");
        assert!(estate.files.contains_key(&path), "{:?}", estate.files);
    }
}

#[test]
fn lists_have_an_end() {
    let mut one = computer("A1", "PC-1");
    let item = |at: usize| {
        let name = Recorded::Text(format!("Logiciel {at:05}"));
        BTreeMap::from([("name".to_owned(), name)])
    };
    one.set_structures("installed_software", (0..5_003).map(item).collect());
    let mut estate = Estate::default();
    let plan = estate.import(std::slice::from_ref(&one));
    assert_eq!(plan.dropped, [("list-items", 3)].into());
    assert!(estate.text(PC).contains("Logiciel 04999}"));
    assert!(!estate.text(PC).contains("Logiciel 05000"));
    assert!(report(&plan, Language::En, false).contains("too long (over 5,000, or one MiB) (3)"));
    let long = |at: usize| {
        let name = Recorded::Text(format!("{at:04}{}", "a".repeat(1_800)));
        BTreeMap::from([("name".to_owned(), name)])
    };
    one.set_structures("installed_software", (0..1_000).map(long).collect());
    let plan = Estate::default().import(&[one]);
    assert!(plan.dropped["list-items"] > 400, "{:?}", plan.dropped);
    assert!(
        plan.files[PC]
            .after
            .as_ref()
            .is_some_and(|text| text.len() < 2 << 20)
    );
}

#[test]
fn what_acts_in_a_terminal_stays_out() {
    let mut one = computer("A1", "PC\u{1b}[31m-1\u{9b}0m\u{202e}");
    one.set("os", "De\u{1b}[1;31mbian\u{7} 13");
    one.links.push(Link {
        field: "user",
        part: None,
        target: Target::Named("\u{1b}[31mlgarnier\u{1b}[0m\u{1b}".to_owned()),
        otherwise: Some("alternate_user"),
    });
    let mut estate = Estate::default();
    let plan = estate.import(&[one]);
    let text = estate.text(PC);
    assert!(text.starts_with("name: PC-1\n"), "{text}");
    assert!(text.contains("alternate_user: lgarnier\n"), "{text}");
    assert!(text.contains("os: Debian 13\n"), "{text}");
    assert_eq!(
        plan.to_link.keys().next().map(|(_, name)| name.as_str()),
        Some("lgarnier")
    );
}

#[test]
fn texts_of_several_lines_are_the_same_when_they_come_again() {
    let mut estate = Estate::default();
    let text = "\\# un\\\ndeux: x # trois\n\n- quatre\n\n```\n  cinq\n```";
    let seen = with(computer("A1", "PC-1"), "notes", text);
    estate.import(std::slice::from_ref(&seen));
    let plan = estate.import(std::slice::from_ref(&seen));
    assert!(plan.kept.is_empty(), "{:?}", plan.kept);
    let other = with(computer("A1", "PC-1"), "notes", "autre\n\ntexte");
    let plan = estate.import(&[other]);
    assert!(plan.kept.is_empty(), "{:?}", plan.kept);
    assert!(estate.text(PC).contains("notes: |-\n  autre\n\n  texte\n"));
}

/// The number on the machine counts, whatever its firmware says; and the source goes on to say it.
#[test]
fn a_number_that_people_corrected_is_theirs_and_the_record_is_still_found() {
    let mut estate = Estate::default();
    estate.import(&[computer("A1", "PC-1")]);
    estate.edit(PC, "serial: A1\n", "serial: A1-BIS\n");
    let plan = estate.import(&[with(computer("A1", "PC-1"), "os", "Debian")]);
    assert_eq!(plan.doubts, []);
    assert_eq!(counts(&plan), [0, 1, 0, 1]);
    assert_eq!(plan.kept[0].field, "serial");
    assert!(estate.text(PC).contains("serial: A1-BIS\n"));
    // A number that neither says is another machine's.
    let plan = estate.plan(&[computer("C3", "PC-1")], false);
    assert_eq!(plan.doubts.len(), 1);
}
