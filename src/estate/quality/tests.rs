//! What is missing, written twice, contradicts itself or stands alone; on 20 November 2026.

use super::Score;
use crate::estate::Estate;
use crate::estate::samples::estate;

fn assets(text: &str) -> Estate {
    estate(&[("inventory/assets/all.yaml", text)])
}

fn missing(estate: &Estate, id: &str) -> Vec<String> {
    let all = &estate.quality().completeness.records;
    let of = |record| &estate.record(record).source.id;
    let measured = all.iter().find(|it| of(it.record) == id);
    let measured = measured.unwrap_or_else(|| panic!("{id} is not measured"));
    let kind = estate.record(measured.record).kind();
    let keys = measured
        .missing
        .iter()
        .map(|place| &kind.fields[*place].key);
    keys.cloned().collect()
}

fn shared(estate: &Estate) -> Vec<(&'static str, &str, usize)> {
    let all = estate.quality().duplicates.iter();
    all.map(|it| (it.key, it.written.as_str(), it.records.len()))
        .collect()
}

fn contradictions(files: &[(&str, &str)]) -> Vec<String> {
    let estate = estate(files);
    let all = &estate.quality().contradictions;
    all.iter().map(|it| it.message.en.clone()).collect()
}

fn orphans(files: &[(&str, &str)]) -> Vec<String> {
    let estate = estate(files);
    let all = &estate.quality().orphans;
    let id = |it: &super::Orphan| estate.record(it.record).source.id.clone();
    all.iter().map(id).collect()
}

#[test]
fn what_is_expected_depends_on_the_type() {
    let estate = assets(
        "- {id: mon-01, name: M, type: monitor, status: in-service, inventory_number: A1, serial: S1, purchased: 2024-01-02}\n\
         - {id: pc-01, name: P, type: laptop, status: in-service, inventory_number: A2, serial: S2, purchased: 2024-01-02}\n\
         - {id: vm-01, name: V, type: virtual-machine, status: in-service}\n",
    );
    assert!(
        missing(&estate, "mon-01").is_empty(),
        "a monitor has no system"
    );
    // No model, place, person, group or contract is written at all: none can be named.
    assert_eq!(
        missing(&estate, "pc-01"),
        ["os", "disk_encryption", "hostname", "warranty_end"]
    );
    assert_eq!(
        missing(&estate, "vm-01"),
        ["criticality", "os", "hostname", "ip"],
        "a virtual machine has no serial number"
    );
}

#[test]
fn a_reference_is_expected_once_there_is_something_to_name_and_an_alternative_does() {
    let estate = estate(&[
        (
            "inventory/people/all.yaml",
            "- {id: zoe, name: Zoé}\n- {id: ali, name: Ali, left: 2026-01-02}\n",
        ),
        (
            "inventory/assets/all.yaml",
            "- {id: a, name: A, type: phone}\n- {id: b, name: B, type: phone, alternate_user: Accueil}\n\
             - {id: c, name: C, type: phone, user: zoe}\n- {id: d, name: D, type: phone, status: retired}\n\
             - {id: e, name: E, type: phone, status: in-stock}\n",
        ),
    ]);
    let has_user = |id: &str| !missing(&estate, id).contains(&"user".to_owned());
    assert_eq!(["a", "b", "c"].map(has_user), [false, true, true]);
    let ids = estate.quality().completeness.records.iter();
    let ids: Vec<&str> = ids
        .map(|it| estate.record(it.record).source.id.as_str())
        .collect();
    assert_eq!(ids, ["a", "b", "c", "zoe"], "only what is in use counts");
}

#[test]
fn scores_are_never_rounded_up() {
    let score = |expected, filled| Score {
        expected,
        filled,
        ..Score::default()
    };
    assert_eq!(score(1000, 999).percent(), 99);
    assert_eq!(score(3, 3).percent(), 100);
    assert_eq!(score(0, 0).percent(), 100);
    assert_eq!(score(3, 2).missing(), 1);
}

#[test]
fn figures_are_those_of_whole_places_and_organisations() {
    let estate = estate(&[
        (
            "inventory/organisations/all.yaml",
            "- {id: acme, name: Acme, type: company, phone: 01 99 00 00 01}\n",
        ),
        (
            "inventory/sites/all.yaml",
            "- {id: lyon, name: Lyon, type: site, address: 1 rue, organisation: acme}\n\
             - {id: salle, name: Salle, type: room, parent: lyon}\n",
        ),
        (
            "inventory/assets/all.yaml",
            "- {id: b-1, name: B, type: rack, status: in-service, site: salle}\n\
             - {id: b-2, name: C, type: rack, status: in-service}\n",
        ),
    ]);
    let all = &estate.quality().completeness;
    let of = |id: Option<&str>| {
        let id = id.map(|id| estate.find("site", id).expect("a site").id);
        let score = all.by_place[&id];
        (score.records, score.expected, score.filled)
    };
    // The room's machine, the town and the room; a rack expects type, status, label, place.
    assert_eq!(of(Some("lyon")), (3, 3 + 3 + 4, 3 + 3 + 3));
    assert_eq!(
        of(None),
        (2, 4 + 2, 2 + 2),
        "the organisation stands nowhere"
    );
    let acme = estate.find("organisation", "acme").expect("acme").id;
    assert_eq!(all.by_organisation[&Some(acme)].records, 3);
    let whole = all
        .by_kind
        .values()
        .map(|score| score.expected)
        .sum::<usize>();
    assert_eq!(whole, all.whole.expected);
}

#[test]
fn identifiers_are_compared_without_marks_and_fakes_are_none() {
    let estate = assets(
        "- {id: a, name: A, serial: AB-12 3, mac: 02:00:5E:00:00:01}\n\
         - {id: b, name: B, serial: ab123, mac: 02-00-5e-00-00-01}\n\
         - {id: c, name: C, serial: To be filled by OEM}\n- {id: d, name: D, serial: To Be Filled By O.E.M.}\n\
         - {id: e, name: E, serial: AB123, status: retired}\n\
         - {id: f, name: F, serial: \"0000\", inventory_number: \"1111\"}\n\
         - {id: g, name: G, uuid: 03000200-0400-0500-0006-000700080009, mac: 00:00:00:00:00:00}\n",
    );
    assert_eq!(
        shared(&estate),
        [("serial", "AB-12 3", 2), ("mac", "02:00:5E:00:00:01", 2)]
    );
    let fakes = estate.quality().fakes.iter();
    let fakes: Vec<_> = fakes
        .map(|it| (estate.record(it.record).source.id.as_str(), it.key))
        .collect();
    let expected = [
        ("c", "serial"),
        ("d", "serial"),
        ("f", "serial"),
        ("g", "uuid"),
        ("g", "mac"),
    ];
    assert_eq!(fakes, expected);
}

#[test]
fn fillers_are_told_from_short_numbers() {
    let estate = assets("- {id: a, name: A}\n");
    let placeholders = &estate.quality().placeholders;
    let is_serial = |text: &str| !placeholders.includes("serial", text);
    for fake in ["-", "???", "XXXX", "0", "000", "111111", "Système", "néant"] {
        assert_eq!(is_serial(fake), fake == "Système", "{fake}");
    }
    for real in ["101", "XXX1", "1E10", "012345", "EXS650-0218"] {
        assert!(is_serial(real), "{real}");
    }
    for label in ["1111", "12345", "101010"] {
        assert!(!placeholders.includes("inventory_number", label), "{label}");
    }
    assert!(placeholders.includes("inventory_number", "à compléter"));
}

#[test]
fn addresses_of_two_clients_may_be_the_same() {
    let estate = estate(&[
        (
            "inventory/organisations/all.yaml",
            "- {id: x, name: X}\n- {id: y, name: Y}\n",
        ),
        (
            "inventory/assets/all.yaml",
            "- {id: a, name: A, ip: 10.0.0.1, organisation: x}\n- {id: b, name: B, ip: 10.0.0.1, organisation: y}\n\
             - {id: c, name: C, ip: [10.0.0.1, 10.0.0.1], organisation: x}\n",
        ),
    ]);
    assert_eq!(shared(&estate), [("ip", "10.0.0.1", 2)]);
}

#[test]
fn addresses_are_no_fake_numbers_and_are_shared_as_the_rules_say() {
    let estate = assets(
        "- {id: a, name: A, ip: 10.10.10.10, hostname: test}\n- {id: b, name: B, ip: [10.0.0.10, 1.1.1.1]}\n\
         - {id: c, name: C, ip: 11.11.11.11, mac: 00:50:56:C0:00:01}\n- {id: d, name: D, mac: 00:50:56:C0:00:01}\n\
         - {id: e, name: E, ip: 10.10.10.10}\n- {id: f, name: F, ip: 10.10.10.10, status: in-stock}\n\
         - {id: g, name: G, ip: 10.0.0.10, redundant_with: b}\n",
    );
    assert_eq!(shared(&estate), [("ip", "10.10.10.10", 2)]);
    let fakes = estate.quality().fakes.iter();
    let fakes: Vec<_> = fakes.map(|it| (it.key, it.written.as_str())).collect();
    assert_eq!(fakes, [("mac", "00:50:56:C0:00:01"); 2]);
}

#[test]
fn names_are_alike_without_case_accents_order_and_legal_form() {
    let estate = estate(&[
        (
            "inventory/people/all.yaml",
            "- {id: a, name: Zoé Martin}\n- {id: b, name: MARTIN Zoe}\n- {id: c, name: Zoé Martinet}\n",
        ),
        (
            "inventory/suppliers/all.yaml",
            "- {id: s, name: Rhodatech SAS}\n- {id: t, name: Rhodatech}\n- {id: u, name: SAS}\n",
        ),
    ]);
    let found = estate.quality().resemblances.iter();
    let found: Vec<_> = found.map(|it| (it.kind, it.records.len())).collect();
    assert_eq!(found, [("person", 2), ("supplier", 2)]);
}

#[test]
fn facts_that_cannot_both_be_true() {
    let files = [
        (
            "inventory/people/all.yaml",
            "- {id: zoe, name: Zoé, left: 2026-03-02, arrived: 2027-01-01}\n- {id: ali, name: Ali, manager: ali}\n",
        ),
        (
            "inventory/assets/all.yaml",
            "- {id: a, name: A, status: in-service, retired: 2026-01-02, in_service: 2026-02-01, purchased: 2026-03-01}\n\
             - {id: b, name: B, status: in-stock, user: ali}\n- {id: c, name: C, user: zoe}\n\
             - {id: d, name: D, type: virtual-machine, rack: c}\n\
             - {id: e, name: E, status: retired, retired: 2025-01-02, last_seen: 2026-01-02}\n\
             - {id: f, name: F, loans: [{to: ali, from: 2026-02-02, until: 2026-01-02}]}\n",
        ),
    ];
    assert_eq!(
        contradictions(&files),
        [
            "`in_service`, on 1 February 2026, comes before `purchased`, on 1 March 2026",
            "`retired`, on 2 January 2026, comes before `in_service`, on 1 February 2026",
            "the status is “In service”, and `retired` says that the asset left on 2 January 2026",
            "the asset is in stock and has a user, Ali",
            "the user, Zoé, left on 2 March 2026",
            "a virtual machine has no place in a rack",
            "the asset was seen on 2 January 2026, after its end (`retired`), on 2 January 2025",
            "`until`, on 2 January 2026, comes before `from`, on 2 February 2026",
            "this person is their own manager",
            "`left`, on 2 March 2026, comes before `arrived`, on 1 January 2027",
        ]
    );
}

#[test]
fn places_and_organisations_that_lie_in_one_another_do_not_contradict() {
    let sites = "- {id: lyon, name: Lyon, organisation: groupe}\n- {id: salle, name: Salle, parent: lyon}\n\
                 - {id: annecy, name: Annecy, organisation: autre}\n";
    let organisations = "- {id: groupe, name: Groupe}\n- {id: filiale, name: Filiale, parent: groupe}\n- {id: autre, name: Autre}\n";
    let people = "- {id: zoe, name: Zoé, organisation: filiale}\n";
    let sound = "- {id: b, name: B, type: rack, site: salle}\n- {id: s, name: S, rack: b, site: lyon, user: zoe}\n";
    let wrong = "- {id: b, name: B, type: rack, site: salle}\n- {id: s, name: S, rack: b, site: annecy, user: zoe}\n\
                 - {id: t, name: T, rack: u, type: server}\n- {id: u, name: U, type: server}\n";
    let with = |assets: &'static str| {
        contradictions(&[
            ("inventory/sites/all.yaml", sites),
            ("inventory/organisations/all.yaml", organisations),
            ("inventory/people/all.yaml", people),
            ("inventory/assets/all.yaml", assets),
        ])
    };
    assert_eq!(with(sound), [""; 0]);
    assert_eq!(
        with(wrong),
        [
            "the organisation of the user, Zoé, is “Filiale”, and that of the asset “Autre”",
            "the asset is at “Annecy”, and its rack, B, at “Lyon › Salle”",
            "`rack` names U, which is no rack: its type is “Server”",
        ]
    );
}

#[test]
fn a_seat_of_somebody_who_left_is_told_until_it_ends() {
    let files = [
        (
            "inventory/people/all.yaml",
            "- {id: zoe, name: Zoé, left: 2026-03-02}\n",
        ),
        ("inventory/software/all.yaml", "- {id: cad, name: CAD}\n"),
        (
            "inventory/licences/all.yaml",
            "- {id: l, name: L, software: cad, assignments: [{to: zoe}]}\n\
             - {id: m, name: M, software: cad, assignments: [{to: zoe, until: 2026-03-31}]}\n\
             - {id: n, name: N, software: cad, expires: 2026-01-01, assignments: [{to: zoe}]}\n",
        ),
    ];
    assert_eq!(
        contradictions(&files),
        ["this licence is assigned to Zoé, who left"]
    );
}

#[test]
fn stale_is_what_nobody_saw_or_counted() {
    let estate = assets(
        "- {id: a, name: A, last_seen: 2026-09-19, last_physical_inventory: 2026-01-02}\n\
         - {id: b, name: B, last_seen: 2026-09-20, last_physical_inventory: 2025-11-19}\n\
         - {id: c, name: C}\n- {id: d, name: D, type: virtual-machine}\n\
         - {id: e, name: E, status: retired, last_seen: 2020-01-01}\n",
    );
    let stale = estate.quality().stale.iter();
    let stale: Vec<_> = stale
        .map(|it| {
            (
                it.staleness.key(),
                estate.record(it.record).source.id.as_str(),
            )
        })
        .collect();
    assert_eq!(
        stale,
        [
            ("not-seen", "a"),
            ("not-inventoried", "c"),
            ("not-inventoried", "b")
        ]
    );
    let uncounted = assets("- {id: c, name: C}\n");
    assert!(uncounted.quality().stale.is_empty(), "nobody counts here");
}

#[test]
fn a_system_that_a_machine_runs_is_of_use() {
    let files = [
        (
            "inventory/software/all.yaml",
            "- {id: deb, name: Debian, type: operating-system}\n- {id: old, name: Solaris, type: operating-system}\n\
             - {id: cad, name: CAD}\n",
        ),
        (
            "inventory/licences/all.yaml",
            "- {id: l, name: L, software: cad}\n",
        ),
        (
            "inventory/assets/all.yaml",
            "- {id: a, name: A, os: Debian, os_version: \"12\"}\n",
        ),
    ];
    assert_eq!(orphans(&files), ["old"]);
}

#[test]
fn orphans_are_told_where_the_reference_is_kept() {
    let files = [
        (
            "inventory/models/all.yaml",
            "- {id: m-1, name: M1}\n- {id: m-2, name: M2}\n",
        ),
        (
            "inventory/assets/all.yaml",
            "- {id: a, name: A, model: m-1}\n",
        ),
        (
            "inventory/groups/all.yaml",
            "- {id: g-1, name: G1}\n- {id: g-2, name: G2, everyone: true}\n- {id: g-3, name: G3, everyone: false}\n",
        ),
        (
            "inventory/people/all.yaml",
            "- {id: zoe, name: Zoé, groups: [g-1]}\n",
        ),
        (
            "inventory/documents/all.yaml",
            "- {id: d-1, title: D1}\n- {id: d-2, title: D2, assets: [a]}\n",
        ),
    ];
    assert_eq!(
        orphans(&files),
        ["m-2", "d-1", "g-3"],
        "nobody has an account: none lacks one"
    );
    assert!(
        orphans(&files[..1]).is_empty(),
        "models are not told by machines here"
    );
}
