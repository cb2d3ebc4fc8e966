//! Answers of an invented NinjaOne.

use super::*;
use crate::import::Sighting;
use crate::project::time_zone;

fn read_all(files: &[&str]) -> (Inventory, Vec<(usize, Refusal)>) {
    let zone = time_zone("Europe/Paris").expect("a zone");
    let files: Vec<Vec<u8>> = files.iter().map(|file| file.as_bytes().to_vec()).collect();
    read(&files, &zone, Language::Fr)
}

fn told(files: &[&str]) -> Vec<String> {
    let (inventory, refused) = read_all(files);
    let mut out: Vec<String> = inventory.records.iter().map(line).collect();
    let dropped = inventory.dropped.iter();
    out.extend(dropped.map(|(what, count)| format!("{what} {count}")));
    out.extend(
        inventory
            .notes
            .iter()
            .map(|note| note.get(Language::En).to_owned()),
    );
    out.extend(
        refused
            .iter()
            .map(|(at, refusal)| format!("{at}: {}", refusal.message.en)),
    );
    out
}

fn short(value: &Recorded) -> String {
    match value {
        Recorded::Text(text) => text.clone(),
        Recorded::List(items) => items.iter().map(short).collect::<Vec<_>>().join("+"),
        Recorded::Structure(parts) => parts.values().map(short).collect::<Vec<_>>().join("/"),
    }
}

fn line(sighting: &Sighting) -> String {
    let values = sighting.first.iter().chain(&sighting.fields);
    let values = values.map(|(key, value)| format!("{key}={}", short(value)));
    let links = sighting.links.iter().map(|link| {
        let to = match link.target.own() {
            Target::Named(name) => name.clone(),
            Target::Sighting(at) => format!("#{at}"),
            Target::Seen(_, clues, name) => format!("{name} by {}", clues.len()),
            Target::Shared(_) | Target::Several(_) => unreachable!("never shared itself"),
        };
        format!("{}→{to}", link.field)
    });
    let parts: Vec<String> = values.chain(links).collect();
    format!("{} {}: {}", sighting.kind, sighting.title, parts.join(" "))
}

const DEVICES: &str = r#"[
 {"id":562,"uid":"74783fbd-0000-4000-8000-000000000000","organizationId":2,"locationId":24,"nodeClass":"WINDOWS_WORKSTATION","approvalStatus":"APPROVED",
  "offline":true,"systemName":"PC-1","dnsName":"pc-1.nacelle.example","created":1705693792.857588000,"lastContact":1705693792.1},
 {"id":7,"nodeClass":"HYPERV_VMM_HOST","approvalStatus":"PENDING","displayName":"Hôte","systemName":"HV-1","offline":false},
 {"id":8,"nodeClass":"HYPERV_VMM_GUEST","parentDeviceId":7,"systemName":"vm-1","approvalStatus":"DECOMMISSIONED"},
 {"id":9,"nodeClass":"CLOUD_MONITOR_TARGET","displayName":"ping"}]"#;

const DETAILED: &str = r#"[{"id":562,"nodeClass":"WINDOWS_WORKSTATION","ipAddresses":["192.0.2.7","169.254.1.1"],"macAddresses":["02:00:5E:00:53:07"],"publicIP":"203.0.113.9",
  "notes":[{"text":"CANARI"}],"userData":{"code":"CANARI"},
  "os":{"name":"Windows 11 Professionnel","releaseId":"25H2","buildNumber":"26200","lastBootTime":1705693792.0},
  "system":{"manufacturer":"Exalto","model":"EX-Lap 5","biosSerialNumber":"To Be Filled By O.E.M.","serialNumber":"EXL5-0777","chassisType":"LAPTOP","totalPhysicalMemory":17094934528,"virtualMachine":false},
  "memory":{"capacity":17094934528},"processors":[{"name":"Exalto  Core 5"}],
  "volumes":[{"name":"C:","driveLetter":"C:","freeSpace":5,"capacity":9,"bitLockerStatus":{"protectionStatus":"PROTECTED"}}],
  "lastLoggedInUser":"NACELLE\\hugo",
  "references":{"warranty":{"startDate":1705693792,"endDate":1800000000},"organization":{"id":2,"name":"Nacelle"},
   "assignedOwner":{"firstName":"Léa","lastName":"Garnier","email":"lea.garnier@nacelle.example","phone":"CANARI"}}}]"#;

const SOFTWARE: &str = r#"{"cursor":{"name":"x","offset":0,"count":3},"results":[
 {"deviceId":562,"name":"Editrix","publisher":"Éditions Rivoire","version":"4.2","installDate":"2024-01-01","size":5,"isSystemComponent":false},
 {"deviceId":562,"name":"Runtime","publisher":"X","version":"1","isSystemComponent":true},
 {"deviceId":99,"name":"Editrix","publisher":"X","version":"4.2"}]}"#;

#[test]
fn devices_are_joined_by_their_number() {
    let places = r#"[{"id":24,"name":"Lyon","address":"","organizationId":2}]"#;
    let expected = [
        "asset PC-1: status=in-service type=laptop cpu=Exalto Core 5 disk_encryption=bitlocker hostname=PC-1 installed_software=Editrix/Éditions Rivoire/4.2 ip=192.0.2.7 last_seen=2024-01-19 mac=02:00:5e:00:53:07 manufacturer=Exalto memory=15,9 Go name=PC-1 os=Windows 11 Professionnel os_version=25H2 serial=EXL5-0777 warranty_end=2027-01-15 model→EX-Lap 5 organisation→Nacelle site→Lyon user→Léa Garnier by 2",
        "asset Hôte: status=in-service type=server hostname=HV-1 name=Hôte",
        "asset vm-1: status=retired type=virtual-machine hostname=vm-1 name=vm-1 depends_on→#1",
        "custom-fields 1",
        "free-texts 1",
        "system-components 1",
        "watched-addresses 1",
        "devices that wait for approval in NinjaOne: 1 (Hôte)",
        "software of devices that are in no file, left aside (1 devices); give `/v2/devices` as well",
    ];
    assert_eq!(told(&[DEVICES, DETAILED, places, SOFTWARE]), expected);
    assert_eq!(told(&[SOFTWARE, places, DEVICES, DETAILED]), expected);
}

#[test]
fn backups_and_tickets_know_their_device() {
    let jobs = r#"{"cursor":{},"results":[
      {"jobId":"a","deviceId":8,"planName":"Nuit","planType":"IMAGE","jobStatus":"COMPLETED","jobStartTime":1795125600.5,"jobEndTime":1795129200.5},
      {"jobId":"b","deviceId":8,"planName":"Nuit","jobStatus":"FAILED","jobEndTime":1795215600.0},
      {"jobId":"c","deviceId":8,"planName":"Nuit","jobStatus":"IN_PROCESS","jobStartTime":1795215600.0}]}"#;
    let tickets = r#"{"data":[{"id":1001,"nodeId":8,"subject":"Écran noir","status":{"name":"OPEN","displayName":"Open","statusId":2000},"type":"PROBLEM","priority":"HIGH","source":"EMAIL","requesterUid":"u-1","createTime":1795129200.5,"tags":["écran"]},
      {"id":1002,"subject":"x","status":{"name":"NEW"},"deleted":true,"createTime":1795129200.5}],"metadata":{}}"#;
    let users = r#"[{"id":5,"uid":"u-1","firstName":"Zoé","lastName":"Petit","email":"zoe@nacelle.example","userType":"END_USER"}]"#;
    let told = told(&[DEVICES, jobs, tickets, users]);
    assert_eq!(
        told[3..],
        [
            "backup NinjaOne Nuit vm-1: status=active aliases=ninjaone:8:Nuit last_result=failure last_success=2026-11-20T00:00:00 name=NinjaOne Nuit vm-1 tool=NinjaOne targets→#2",
            "ticket ninjaone-1001: aliases=ninjaone-1001 channel=email opened=2026-11-20T00:00:00 priority=high status=assigned tags=écran title=Écran noir type=incident requester→Zoé Petit by 2 assets→#2",
            "tickets 1",
            "unfinished-runs 1",
            "watched-addresses 1",
            "devices that wait for approval in NinjaOne: 1 (Hôte)",
        ]
    );
}

#[test]
fn what_is_no_answer_is_refused() {
    let told = told(&[
        "[{\"deviceId\":1,\"freeSpace\":5}]",
        "[]",
        "{\"a\":1}",
        "[1]",
        "<x/>",
    ]);
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(
        told[0].starts_with("0: this is none of the known answers of NinjaOne"),
        "{told:?}"
    );
}
