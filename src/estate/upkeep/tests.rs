//! Systems, versions, protection, trainings and manuals; on 20 November 2026.

use crate::estate::Estate;
use crate::estate::samples::estate;

const SOFTWARE: &str = "\
- id: windows-11
  name: Windows 11 Professionnel
  publisher: Microsoft
  type: operating-system
  inventory_names: [Microsoft Windows 11 Pro*]
  end_of_support: 2027-10-12
  versions:
    - {version: 23H2, end_of_support: 2025-11-11}
    - {version: 24H2, end_of_support: 2026-10-13}
- id: server-2016
  name: Windows Server 2016 Standard
  publisher: Microsoft
  type: operating-system
  end_of_support: 2027-01-12
- id: server-2019
  name: Windows Server 2019 Standard
  publisher: Microsoft
  type: operating-system
  end_of_support: 2029-01-09
- id: debian
  name: Debian
  type: operating-system
  inventory_names: [Debian GNU/Linux]
  end_of_support: 2028-08-09
  versions:
    - {version: \"12\", end_of_support: 2028-06-30}
    - {version: \"12.1\", end_of_support: 2024-01-01}
- id: admin-center
  name: Windows 11 Professionnel Admin
  type: utility
  end_of_support: 2020-01-01
- {id: hypervisor, name: Proxmox VE, type: server, end_of_support: 2027-07-31}
";

fn with(systems: &[[&str; 2]]) -> Estate {
    let assets: Vec<String> = systems
        .iter()
        .enumerate()
        .map(|(place, [os, version])| {
            format!("- {{id: pc-{place}, name: P, os: '{os}', os_version: '{version}'}}\n")
        })
        .collect();
    estate(&[
        ("inventory/assets/all.yaml", &assets.concat()),
        ("inventory/software/all.yaml", SOFTWARE),
    ])
}

#[test]
fn a_reported_system_finds_its_software_and_end() {
    for (os, version, software, end) in [
        (
            "Windows 11 Professionnel",
            "24H2",
            "windows-11",
            "2026-10-13",
        ),
        (
            "Microsoft Windows 11 Professionnel",
            "23h2",
            "windows-11",
            "2025-11-11",
        ),
        (
            "microsoft windows 11 pro N",
            "24H2",
            "windows-11",
            "2026-10-13",
        ),
        // A version that the list leaves out may be supported or not.
        ("Windows 11 Professionnel", "10.0.26100", "windows-11", ""),
        // Without any version the record's own end stands.
        ("Windows 11 Professionnel", "", "windows-11", "2027-10-12"),
        ("Windows Server", "2016", "server-2016", "2027-01-12"),
        (
            "Microsoft Windows Server 2019",
            "10.0.17763",
            "server-2019",
            "2029-01-09",
        ),
        (
            "Windows Server 2019 Standard Core",
            "",
            "server-2019",
            "2029-01-09",
        ),
        // Two systems begin so, and no number tells which it is.
        ("Windows Server", "", "", ""),
        ("Debian", "12.12", "debian", "2028-06-30"),
        ("Debian", "12.1", "debian", "2024-01-01"),
        ("Debian GNU/Linux 12 (bookworm)", "", "debian", "2028-06-30"),
        ("Debian", "120", "debian", ""),
        ("Proxmox VE", "9.0", "hypervisor", "2027-07-31"),
        ("Solaris", "11", "", ""),
    ] {
        let estate = with(&[[os, version]]);
        let system = &estate.systems().all[0];
        let found = system
            .software
            .map(|id| estate.record(id).source.id.clone());
        assert_eq!(found.unwrap_or_default(), software, "{os} {version}");
        let found = system.end.map(|end| end.to_string());
        assert_eq!(found.unwrap_or_default(), end, "{os} {version}");
    }
}

#[test]
fn machines_with_one_text_share_a_system() {
    let estate = with(&[
        ["Debian", "12"],
        ["Debian", "13"],
        ["Debian", "12"],
        ["", ""],
    ]);
    let systems = estate.systems();
    assert_eq!(systems.all.len(), 2);
    let of = |id: &str| systems.place(estate.find("asset", id).unwrap());
    assert_eq!(
        [of("pc-0"), of("pc-1"), of("pc-2"), of("pc-3")],
        [Some(0), Some(1), Some(0), None]
    );
}

#[test]
fn support_ends_after_its_last_day() {
    let estate = with(&[["Windows 11 Professionnel", "24H2"]]);
    let system = &estate.systems().all[0];
    let day = |text: &str| text.parse().unwrap();
    assert!(!system.is_past(day("2026-10-13")) && system.is_past(day("2026-10-14")));
}

#[test]
fn versions_count_once_a_machine_and_only_where_they_can_be_compared() {
    let estate = estate(&[
        (
            "inventory/software/all.yaml",
            "- {id: s, name: S, type: operating-system, version: \"13\", minimum_version: \"12\"}\n\
             - {id: free, name: Free}\n",
        ),
        (
            "inventory/assets/all.yaml",
            "- {id: a, name: A, os: S, os_version: \"12.12\"}\n\
             - {id: b, name: B, os: S, os_version: \"11\", installed_software: [{software: s, version: \"13.2\"}]}\n\
             - {id: c, name: C, os: S, os_version: \"11.9\"}\n\
             - {id: d, name: D, os: S, os_version: \"11.10\"}\n\
             - {id: e, name: E, os: S, installed_software: [{software: free, version: \"1\"}]}\n\
             - {id: f, name: F, os: S, os_version: \"1\", status: retired}\n",
        ),
    ]);
    let [update] = &estate.upkeep().updates[..] else {
        panic!("a software without any expected version is not judged");
    };
    let found = |found: &[super::updates::Found]| -> Vec<String> {
        let found = found.iter();
        found
            .map(|it| format!("{} {}", estate.record(it.asset).source.id, it.version))
            .collect()
    };
    assert_eq!(found(&update.outdated), ["c 11.9", "d 11.10"]);
    assert_eq!(found(&update.behind), ["a 12.12"]);
    assert_eq!(
        (update.machines, update.current(), update.unknown),
        (5, 1, 1)
    );
    let old = |id: &str| {
        let old = estate.upkeep().old_on(estate.find("asset", id).unwrap());
        old.iter().map(|old| old.is_outdated).collect::<Vec<_>>()
    };
    assert_eq!(
        [old("a"), old("b"), old("c")],
        [vec![false], vec![], vec![true]]
    );
}

#[test]
fn gaps_are_what_is_written_not_what_is_missing() {
    use super::protection::Gap;
    let estate = estate(&[(
        "inventory/assets/all.yaml",
        "- {id: a, name: A, type: laptop, os: X}\n\
         - {id: b, name: B, type: laptop, disk_encryption: none, host_firewall: false, last_patched: 2026-09-20}\n\
         - {id: c, name: C, type: desktop, disk_encryption: none, last_patched: 2026-09-21}\n\
         - {id: d, name: D, antivirus: [{name: Old, enabled: false}, {name: New, enabled: true, up_to_date: false}]}\n\
         - {id: e, name: E, antivirus: [{name: Old, enabled: false}, {name: New}]}\n\
         - {id: f, name: F, type: monitor}\n\
         - {id: g, name: G, type: laptop, status: lost, disk_encryption: none}\n",
    )]);
    let told = estate.upkeep().protections.iter();
    let told = told.map(|it| (estate.record(it.asset).source.id.as_str(), it.gaps.clone()));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            ("a", vec![]),
            ("b", vec![Gap::Unencrypted, Gap::Firewall, Gap::Unpatched]),
            ("c", vec![]),
            ("d", vec![Gap::Antivirus]),
            ("e", vec![]),
        ]
    );
}

const PEOPLE: &str = "\
- {id: ada, name: Ada, groups: [inner]}
- {id: bob, name: Bob, groups: [all]}
- {id: cem, name: Cem}
- {id: dan, name: Dan, groups: [all], left: 2026-01-31}
- {id: eve, name: Eve, groups: [all]}
";

#[test]
fn a_training_reaches_members_of_nested_groups_and_runs_out() {
    let training = |rest: &str| {
        format!(
            "- {{id: t, title: T, valid_months: 12, coverage: [{{group: all, {rest}}}], attendees: [{{person: ada, date: 2025-11-20}}, {{person: bob, date: 2025-11-19}}, {{person: eve, date: 2026-12-08}}]}}\n"
        )
    };
    let with = |rest: &str| {
        estate(&[
            ("inventory/people/all.yaml", PEOPLE),
            (
                "inventory/groups/all.yaml",
                "- {id: all, name: All}\n- {id: inner, name: Inner, parent: all}\n",
            ),
            (
                "inventory/accounts/all.yaml",
                "- {id: acc, login: acc, person: cem, groups: [all]}\n",
            ),
            ("inventory/trainings/all.yaml", &training(rest)),
        ])
    };
    let ids = |estate: &Estate, people: &[crate::estate::RecordId]| -> Vec<String> {
        let people = people.iter();
        people
            .map(|id| estate.record(*id).source.id.clone())
            .collect()
    };
    let estate = with("date: 2026-11-01");
    let [coverage] = &estate.upkeep().trainings[..] else {
        panic!("one group");
    };
    assert_eq!(
        ids(&estate, &coverage.done),
        ["ada"],
        "a year ago today is still valid"
    );
    assert_eq!(ids(&estate, &coverage.expired), ["bob"]);
    // Eve's session is ahead; Cem is a member by an account; Dan has left.
    assert_eq!(ids(&estate, &coverage.missing), ["cem", "eve"]);
    assert_eq!(
        (coverage.expected, coverage.trained, coverage.left()),
        (4, 1, 3)
    );

    let estate = with("expected: 9, trained: 5");
    let coverage = &estate.upkeep().trainings[0];
    assert!(
        coverage.missing.is_empty(),
        "five are trained, and two named"
    );
    assert_eq!(
        (coverage.expected, coverage.trained, coverage.left()),
        (9, 5, 4)
    );
}

#[test]
fn tasks_and_documents_of_a_model_are_those_of_its_assets() {
    let estate = estate(&[
        (
            "inventory/assets/all.yaml",
            "- {id: a, name: A, model: m, documents: [own]}\n- {id: b, name: B}\n",
        ),
        (
            "inventory/models/all.yaml",
            "- {id: m, name: M, documents: [manual]}\n",
        ),
        (
            "inventory/documents/all.yaml",
            "- {id: manual, title: Manual}\n- {id: note, title: Note, models: [m]}\n- {id: own, title: Own, assets: [a]}\n",
        ),
        (
            "inventory/maintenance/all.yaml",
            "- {id: direct, name: D, targets: [a]}\n- {id: model, name: M, targets: [m, a]}\n\
             - {id: over, name: O, status: ended, targets: [a]}\n",
        ),
    ]);
    let asset = |id: &str| estate.find("asset", id).unwrap();
    let ids = |records: Vec<&crate::estate::Record>| -> Vec<String> {
        records.iter().map(|it| it.source.id.clone()).collect()
    };
    let upkeep = estate.upkeep();
    assert_eq!(ids(upkeep.tasks(&estate, asset("a"))), ["direct", "model"]);
    assert_eq!(
        ids(upkeep.documents(&estate, asset("a"))),
        ["own", "manual", "note"]
    );
    assert!(upkeep.tasks(&estate, asset("b")).is_empty());
}
