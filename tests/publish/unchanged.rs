//! A build of what was built before says the same and does nothing; whatever differs, be it one byte of the published
//! site, is built again.

use std::fs;

use super::{Project, tree};

/// What a build printed, without how long it took, and whether it made the site rather than found it.
fn built(project: &Project, arguments: &[&str]) -> (String, bool) {
    let output = project.carnet(&[&["--timings=json", "--format=short"], arguments].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    let times = said.lines().find(|line| line.starts_with('{')).unwrap();
    let times: serde_json::Value = serde_json::from_str(times).unwrap();
    let findings = String::from_utf8(output.stdout).unwrap();
    (findings, times.get("publishing").is_some())
}

fn with_a_finding() -> Project {
    let project = Project::new();
    project.write(
        "procedures/vpn.md",
        "---\ntitle: VPN\nowner: personne-inconnue\n---\n\nUn texte.\n",
    );
    project
}

#[test]
fn nothing_changed_and_the_same_is_said() {
    let project = with_a_finding();
    let (findings, is_made) = built(&project, &["--keep-going"]);
    assert!(
        is_made && findings.contains("personne-inconnue"),
        "{findings}"
    );
    let before = tree(&project.out());
    assert_eq!(built(&project, &["--keep-going"]), (findings, false));
    assert_eq!(tree(&project.out()), before);
}

#[test]
fn whatever_differs_is_built_again() {
    let project = with_a_finding();
    let made = |arguments: &[&str]| built(&project, arguments).1;
    assert!(made(&["--keep-going"]) && !made(&["--keep-going"]));
    // The day, the address, the form and the languages of what is said.
    assert!(made(&["--keep-going", "--as-of=2026-11-21"]));
    assert!(made(&["--keep-going", "--base-url=https://parc.example"]));
    assert!(made(&["--keep-going", "--lang=en"]) && made(&["--keep-going"]));
    // A source, wherever it stands, and whether it is there.
    project.write("content/notes.md", "---\ntitle: Notes\n---\n");
    assert!(made(&["--keep-going"]) && !made(&["--keep-going"]));
    fs::remove_file(project.root().join("content/notes.md")).unwrap();
    assert!(made(&["--keep-going"]));
    project.write("procedures/schema.txt", "un");
    assert!(made(&["--keep-going"]));
    project.write("procedures/schema.txt", "deux");
    assert!(made(&["--keep-going"]) && !made(&["--keep-going"]));
}

#[test]
fn a_site_that_somebody_touched_is_made_whole() {
    let project = Project::new();
    let made = || built(&project, &[]).1;
    assert!(made() && !made());
    let whole = tree(&project.out());
    let page = project.out().join("index.html");
    let mut bytes = fs::read(&page).unwrap();
    bytes[100] ^= 1;
    fs::write(&page, bytes).unwrap();
    assert!(made());
    assert_eq!(tree(&project.out()), whole);
    fs::remove_file(&page).unwrap();
    assert!(made());
    assert_eq!(tree(&project.out()), whole);
}

#[test]
fn notes_lead_nowhere_else() {
    let project = Project::new();
    let elsewhere = project.root().parent().unwrap().join("ailleurs");
    fs::create_dir(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, project.root().join(".carnet")).unwrap();
    assert!(built(&project, &[]).1 && built(&project, &[]).1);
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
}

#[test]
fn a_note_that_was_damaged_is_no_note() {
    let project = Project::new();
    assert!(built(&project, &[]).1);
    let folder = project.root().join(".carnet/build");
    let note = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let note = note.filter(|path| path.extension().is_some_and(|end| end == "json"));
    for note in note {
        fs::write(note, "{\"key\":").unwrap();
    }
    assert!(built(&project, &[]).1 && !built(&project, &[]).1);
}
