//! Systems against the names and versions of software; on 20 November 2026.

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
    let assets: String = systems
        .iter()
        .enumerate()
        .map(|(place, [os, version])| {
            format!("- {{id: pc-{place}, name: P, os: '{os}', os_version: '{version}'}}\n")
        })
        .collect();
    estate(&[
        ("inventory/assets/all.yaml", &assets),
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
