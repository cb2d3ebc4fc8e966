//! What agents say, by invented inventories.

use std::fmt::Write;

use super::*;
use crate::history::Recorded;
use crate::import::Target;

const COMPUTER: &[u8] = include_bytes!("../../../tests/import/pc-accueil.json");
const LEGACY: &[u8] = include_bytes!("../../../tests/import/pc-atelier.xml");
const SWITCH: &[u8] = include_bytes!("../../../tests/import/sw-essai.xml");

/// Sightings as lines: title, first values, fields, links.
fn told(bytes: &[u8]) -> String {
    let inventory = read(bytes, Language::Fr).expect("an inventory");
    let mut out = String::new();
    for one in &inventory.records {
        let _ = writeln!(out, "# {}", one.title);
        for (key, value) in one.first.iter().chain(&one.fields) {
            let _ = writeln!(out, "{key}: {}", short(value));
        }
        for link in &one.links {
            let to = match link.target.own() {
                Target::Named(name) => name.clone(),
                Target::Sighting(at) => format!("#{at}"),
                Target::Seen(_, clues, name) => format!("{name} by {}", clues.len()),
                Target::Shared(_) | Target::Several(_) => unreachable!("never shared itself"),
            };
            let beside = link
                .part
                .as_ref()
                .map(|(_, beside)| beside.values().map(short).collect::<Vec<_>>());
            let _ = writeln!(
                out,
                "{} → {to} {}",
                link.field,
                beside.unwrap_or_default().join("/")
            );
        }
    }
    let _ = writeln!(out, "{:?}", inventory.dropped);
    out
}

fn short(value: &Recorded) -> String {
    match value {
        Recorded::Text(text) => text.clone(),
        Recorded::List(items) => items.iter().map(short).collect::<Vec<_>>().join(" + "),
        Recorded::Structure(parts) => parts.values().map(short).collect::<Vec<_>>().join(" / "),
    }
}

#[test]
fn a_computer_in_json() {
    let expected = "\
# PC-ACCUEIL
status: in-service
type: laptop
cpu: Exalto Core 5
disk_encryption: bitlocker
firmware: 1.20.0
hostname: PC-ACCUEIL
installed_software: Editrix / Éditions Rivoire / 4.2 + Pilote / 01.10
inventory_number: NAC-0777
ip: 192.0.2.77
last_seen: 2026-11-20
mac: 02:00:5e:00:53:77
manufacturer: Exalto
memory: 16 Go
name: PC-ACCUEIL
os: Windows 11 Professionnel
os_version: 25H2
security_tools: Sentivo
serial: EXL5-0777
storage: Disque EX 512 (512 Go)
uuid: 4c4c4544-0031-3010-8031-c2c04f503732
model → EX-Lap 5 
user → lgarnier 
# Écran EX24 EX24-0001
status: in-service
type: monitor
last_seen: 2026-11-20
manufacturer: Exalto
name: Écran EX24 EX24-0001
serial: EX24-0001
model → Écran EX24 
connected_to → #0 HDMI
# vm-essai
status: in-service
type: virtual-machine
cpu: 2 vCPU
last_seen: 2026-11-20
memory: 4 Go
name: vm-essai
uuid: 0e0d0c0b-0a09-0807-0605-040302010077
depends_on → #0 
{\"containers\": 1, \"environment\": 2, \"licence-keys\": 2, \"local-accounts\": 1, \"monitors-without-serial\": 1, \"processes\": 1, \"ssh-keys\": 1, \"updates\": 1}
";
    assert_eq!(told(COMPUTER), expected);
}

#[test]
fn a_computer_in_old_xml() {
    let told = told(LEGACY);
    for line in [
        "# PC-ATELIER",
        "type: desktop",
        "memory: 8 Go",
        "os: Debian GNU/Linux 12 (bookworm)",
        "installed_software: bash / 5.2 + éditeur & co / 1.0",
        "ip: 192.0.2.78",
    ] {
        assert!(told.lines().any(|own| own == line), "{line} in {told}");
    }
    assert!(told.contains("\"environment\": 1"), "{told}");
    // A placeholder is no serial number.
    assert!(!told.contains("O.E.M."), "{told}");
}

#[test]
fn network_equipment_and_its_neighbours() {
    let told = told(SWITCH);
    for line in [
        "# sw-essai",
        "type: switch",
        "room: Local technique 2",
        "components: Membre 1 / SWX-0001-1",
        "mac: 02:00:5e:00:53:01",
        "connected_to → sw-coeur by 4 Te1/1/1/Gi1/0/48",
        "connected_to →  by 1 Gi1/0/2",
    ] {
        assert!(
            told.lines().any(|own| own.trim_end() == line),
            "{line} in {told}"
        );
    }
}

#[test]
fn what_is_no_inventory_is_refused() {
    let deep = format!("{{\"content\": {}", "[".repeat(100_000));
    let cases: [&[u8]; 9] = [
        b"",
        b"nothing",
        b"{}",
        b"[1]",
        b"{\"content\": []}",
        b"<REQUEST><QUERY>PROLOG</QUERY></REQUEST>",
        b"<html></html>",
        b"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><REQUEST><CONTENT>&b;</CONTENT></REQUEST>",
        deep.as_bytes(),
    ];
    for case in cases {
        assert!(
            read(case, Language::Fr).is_err(),
            "{}",
            String::from_utf8_lossy(case)
        );
    }
    let large = vec![b' '; LARGEST + 1];
    assert!(read(&large, Language::Fr).is_err());
}

#[test]
fn other_encodings_are_read() {
    let text = "<REQUEST><CONTENT><HARDWARE><NAME>PC-ÉTÉ</NAME></HARDWARE></CONTENT></REQUEST>";
    let latin: Vec<u8> = text
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).expect("latin"))
        .collect();
    let mut wide = vec![0xff, 0xfe];
    wide.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    for bytes in [latin, wide, format!("\u{feff}{text}").into_bytes()] {
        let inventory = read(&bytes, Language::Fr).expect("an inventory");
        assert_eq!(inventory.records[0].title, "PC-ÉTÉ");
    }
}

#[test]
fn sizes_beyond_reason_are_left_out() {
    let machine = told(
        br#"{"content": {
            "hardware": {"name": "PC-1", "memory": 9223372036854775807},
            "memories": [{"capacity": 18446744073709551615}, {"capacity": 18446744073709551615}],
            "storages": [{"model": "Disque", "disksize": 18446744073709551615}],
            "virtualmachines": [{"name": "VM-1", "memory": 18446744073709551615}]
        }}"#,
    );
    assert!(machine.contains("storage: Disque\n"), "{machine}");
    assert!(!machine.contains("memory"), "{machine}");
}

#[test]
fn a_host_is_no_machine_of_its_own() {
    let machine = told(
        br#"{"content": {
            "hardware": {"name": "HYP-1", "uuid": "4c4c4544-0035-3010-8043-b2c04f535831"},
            "virtualmachines": [
                {"name": "hyp-1", "uuid": "4C4C4544-0035-3010-8043-B2C04F535831"},
                {"name": "HYP-1"},
                {"name": "VM-1", "uuid": "4c4c4544-0035-3010-8043-b2c04f535832"}
            ]
        }}"#,
    );
    assert_eq!(machine.matches("# ").count(), 2, "{machine}");
    assert!(machine.contains("# VM-1\n"), "{machine}");
}

#[test]
fn inventories_of_ocs_plain_and_packed() {
    let plain = include_bytes!("../../../tests/imported_ocs/pc-atelier.xml");
    let packed = include_bytes!("../../../tests/imported_ocs/pc-atelier.ocs");
    let inventory = ocs::read(plain, Language::Fr).expect("an inventory");
    assert_eq!(
        inventory.dropped,
        [("licence-keys", 2), ("registry-values", 1)].into()
    );
    assert_eq!(ocs::read(packed, Language::Fr), Ok(inventory));
    assert!(ocs::read(&packed[..packed.len() / 2], Language::Fr).is_err());
    assert!(ocs::read(b"x\x9cabc", Language::Fr).is_err());
    // A bomb is not unpacked beyond the largest inventory.
    let mut bomb = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..64 {
        std::io::Write::write_all(&mut bomb, &vec![b' '; 1 << 20]).expect("packed");
    }
    let bomb = bomb.finish().expect("packed");
    let refused = ocs::read(&bomb, Language::Fr).expect_err("too large");
    assert!(
        refused.message.en.starts_with("this file is over 8 MiB"),
        "{refused:?}"
    );
}
