//! Lists of backup tools, and the jobs they are of.

use super::*;
use crate::diagnostic::Language;
use crate::history::Recorded;
use crate::project::time_zone;

/// Sightings as lines: title, values, links; then what was dropped and noted.
fn told(tool: Tool, files: &[&str]) -> Vec<String> {
    let zone = time_zone("Europe/Paris").expect("a zone");
    let settings = Settings {
        zone: &zone,
        culture: Culture::named("fr"),
        today: Date::constant(2026, 11, 20),
    };
    let files: Vec<Vec<u8>> = files.iter().map(|file| file.as_bytes().to_vec()).collect();
    let (inventory, refused) = read(&files, tool, settings);
    let mut out: Vec<String> = inventory.records.iter().map(line).collect();
    let dropped = inventory.dropped.iter();
    out.extend(dropped.map(|(what, count)| format!("{what} {count}")));
    let notes = inventory.notes.iter();
    out.extend(notes.map(|note| note.get(Language::En).to_owned()));
    out.extend(
        refused
            .iter()
            .map(|(at, refusal)| format!("{at}: {}", refusal.message.en)),
    );
    out
}

fn line(sighting: &Sighting) -> String {
    let value = |value: &Recorded| match value {
        Recorded::Text(text) => text.clone(),
        other => format!("{other:?}"),
    };
    let keys = ["scope", "encrypted", "last_success", "last_result"];
    let values = keys
        .iter()
        .filter_map(|key| sighting.fields.get(*key))
        .map(value);
    let links = sighting.links.iter().map(|link| match &link.target {
        Target::Seen(_, _, name) => format!("{}→{name}", link.field),
        other => panic!("{other:?}"),
    });
    let alias = &sighting.clues[0].parts[0].1;
    let parts: Vec<String> = values.chain(links).collect();
    format!("{} [{alias}] {}", sighting.title, parts.join(" "))
}

const SNAPSHOTS: &str = r#"[
 {"time":"2026-11-18T22:00:00.1+01:00","hostname":"srv-1","paths":["/home","/etc"],"username":"root","tags":["x"],
  "summary":{"backup_end":"2026-11-18T22:10:30+01:00","total_bytes_processed":5}},
 {"time":"2026-11-19T22:00:00Z","hostname":"srv-1","paths":["/etc","/home"]},
 {"time":"2026-11-17T22:00:00Z","hostname":"srv-2","paths":["/a","/b","/c","/d"]}]"#;

#[test]
fn a_restic_job_is_a_host_and_its_folders() {
    let older = r#"{"time":"2026-11-01T00:00:00Z","hostname":"srv-1","paths":["/home","/etc"]}"#;
    let expected = [
        "restic srv-1 /etc, /home [restic:srv-1:/etc,/home] /etc, /home true 2026-11-19T23:00:00 success targets→srv-1",
        "restic srv-2 /a, /b, /c + 1 [restic:srv-2:/a,/b,/c,/d] /a, /b, /c, /d true 2026-11-17T23:00:00 success targets→srv-2",
    ];
    assert_eq!(told(Tool::Restic, &[SNAPSHOTS, older]), expected);
    let groups = format!(r#"[{{"group_key":{{"hostname":"x"}},"snapshots":{SNAPSHOTS}}}]"#);
    assert_eq!(told(Tool::Restic, &[&groups]), expected);
    assert_eq!(told(Tool::Restic, &["[]"]), [""; 0]);
    assert_eq!(
        told(Tool::Restic, &["{\"archives\":[]}", "[1]", "["])[..2],
        [
            "0: this is not the list of `restic snapshots --json`",
            "1: this is not the list of `restic snapshots --json`"
        ]
    );
}

#[test]
fn a_borg_job_is_a_repository_and_a_series() {
    let info = r#"{"archives":[
      {"name":"srv-1-home-2026-11-18","start":"2026-11-18T01:00:00.5","end":"2026-11-18T01:10:00.5","hostname":"srv-1.nacelle.example","command_line":["borg","create","CANARI"]},
      {"name":"jour-2026-11-18","end":"2026-11-18T02:00:00","hostname":"pc-1"}],
      "encryption":{"mode":"repokey-blake2"},"cache":{"path":"x"},
      "repository":{"id":"0cbe6166b46627fd26b9","location":"ssh://borg@nas-1:22/./depot"}}"#;
    let list = r#"{"archives":[
      {"archive":"srv-1-home-2026-11-20","name":"srv-1-home-2026-11-20","time":"2026-11-20T01:12:00"},
      {"name":"srv-1-home-2026-11-21.checkpoint","time":"2026-11-21T01:00:00"},
      {"name":"jour-2026-11-20","time":"2026-11-20T02:00:00"}],
      "encryption":{"mode":"repokey-blake2"},"repository":{"id":"0cbe6166b46627fd26b9","location":"/srv/depot"}}"#;
    assert_eq!(
        told(Tool::Borg, &[info, list]),
        [
            "Borg jour pc-1 depot [borg:0cbe6166b466:jour pc-1] true 2026-11-20T02:00:00 success targets→pc-1 destination→nas-1",
            "Borg srv-1-home depot [borg:0cbe6166b466:srv-1-home] true 2026-11-20T01:12:00 success targets→srv-1.nacelle.example destination→nas-1",
            "checkpoints 1",
        ]
    );
    // The list alone finds the same job where the host is in the name.
    let alone = told(Tool::Borg, &[list]);
    assert!(
        alone[1].contains("[borg:0cbe6166b466:srv-1-home] true 2026-11-20T01:12:00"),
        "{alone:?}"
    );
    let other = info.replace("pc-1", "pc-2").replace("-18\"", "-19\"");
    let note = told(Tool::Borg, &[info, &other, list]);
    assert!(
        note.iter()
            .any(|line| line.starts_with("archives whose host is not said, left aside: 1;")),
        "{note:?}"
    );
    let wrong = told(
        Tool::Borg,
        &[r#"{"repository":{"id":"a"},"cache":{}}"#, "{}"],
    );
    assert!(
        wrong[0].starts_with("0: this file names no archive:"),
        "{wrong:?}"
    );
    assert!(wrong[1].starts_with("1: this is neither"), "{wrong:?}");
}

#[test]
fn veeam_tables_in_both_languages() {
    let sessions = "\"JobName\",\"Name\",\"Result\",\"CreationTime\",\"EndTime\"\n\
        \"Nuit\",\"Nuit (Incremental)\",\"Success\",\"18/11/2026 22:00:00\",\"18/11/2026 23:10:05\"\n\
        \"Nuit\",\"Nuit (Incremental)\",\"Failed\",\"19/11/2026 22:00:00\",\"19/11/2026 22:01:00\"\n\
        \"Nuit\",\"Nuit (Full)\",\"None\",\"20/11/2026 22:00:00\",\"01/01/1900 00:00:00\"\n";
    assert_eq!(
        told(Tool::Veeam, &[sessions]),
        [
            "Veeam Nuit [veeam:Nuit] 2026-11-18T23:10:00 failure",
            "unfinished-runs 1"
        ]
    );
    let french = "Nom de la tâche;Machine virtuelle;Dernier résultat;Heure de fin;Cible\nNuit;srv-1;Avertissement;20/11/2026 04:05;NAS\nNuit;srv-2;Échec;20/11/2026 04:09;NAS\n";
    assert_eq!(
        told(Tool::Veeam, &[french]),
        [
            "Veeam Nuit srv-1 [veeam:Nuit:srv-1] 2026-11-20T04:05:00 warning targets→srv-1",
            "Veeam Nuit srv-2 [veeam:Nuit:srv-2] failure targets→srv-2"
        ]
    );
    let jobs = "Name,Last Successful Backup\nNuit,2026-11-20 04:05\n";
    assert_eq!(
        told(Tool::Veeam, &[jobs]),
        ["Veeam Nuit [veeam:Nuit] 2026-11-20T04:05:00"]
    );
    let wrong = told(Tool::Veeam, &["Name;Size\nNuit;4\n"]);
    assert!(
        wrong[0].starts_with("0: no known column for the job"),
        "{wrong:?}"
    );
}

#[test]
fn aliases_have_an_end() {
    let long = format!("restic:srv-1:{}", "/é".repeat(400));
    let (one, other) = (shortened(&long), shortened(&format!("{long}x")));
    assert!(one.len() < 200 && one != other);
    assert_eq!(shortened("restic:a:/b"), "restic:a:/b");
}

#[test]
fn runs_of_days_to_come_are_left_out_and_counted() {
    let snapshot = |time: &str| {
        format!(
            "{{\"time\": \"{time}T02:00:00Z\", \"hostname\": \"srv-1\", \"paths\": [\"/home\"], \"id\": \"a\"}}"
        )
    };
    let file = format!("[{}, {}]", snapshot("2026-11-19"), snapshot("2030-01-01"));
    let settings = Settings {
        zone: &TimeZone::UTC,
        culture: None,
        today: Date::constant(2026, 11, 20),
    };
    let (inventory, refused) = read(&[file.into_bytes()], Tool::Restic, settings);
    assert_eq!(refused, []);
    assert_eq!(inventory.dropped, [("future-runs", 1)].into());
    let last = inventory.records[0].fields.get("last_success");
    let expected = Recorded::Text("2026-11-19T02:00:00".to_owned());
    assert_eq!(last, Some(&expected));
}
