//! `carnet verify` finds one flipped bit, and the scripts of the last site stay for pages that are open.

use std::fs;

use super::*;

fn verify(project: &Project) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
    command.args(["verify", "--lang", "fr"]).arg(project.out());
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn one_flipped_bit_is_found_and_named() {
    let project = Project::new();
    project.publish();
    let (code, said) = verify(&project);
    assert!(
        code == Some(0) && said.contains("différences\u{a0}: 0"),
        "{said}"
    );
    let page = project.out().join("assets/pc-001/index.html");
    let mut bytes = fs::read(&page).unwrap();
    bytes[77] ^= 1;
    fs::write(&page, bytes).unwrap();
    let missing = "procedures/imprimante/index.html";
    fs::remove_file(project.out().join(missing)).unwrap();
    fs::write(project.out().join("notes.txt"), "").unwrap();
    let (code, said) = verify(&project);
    assert_eq!(code, Some(1), "{said}");
    for line in [
        "assets/pc-001/index.html: ce fichier n’est plus celui qui a été publié",
        "procedures/imprimante/index.html: ce fichier manque",
        "notes.txt: Carnet n’a pas publié ce fichier",
        "différences\u{a0}: 3",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
}

#[test]
fn what_is_no_site_cannot_be_verified() {
    let project = Project::new();
    assert_eq!(verify(&project).0, Some(2));
    project.publish();
    fs::write(project.out().join("manifest.json"), "{").unwrap();
    let (code, said) = verify(&project);
    assert!(code == Some(2) && said.contains("manifest.json"), "{said}");
}

/// The theme's script in a published folder, by its content.
fn scripts(project: &Project) -> Vec<String> {
    let names = fs::read_dir(project.out().join("_carnet")).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("theme.")).collect()
}

#[test]
fn scripts_of_the_last_site_stay_for_one_more_and_no_content_does() {
    let project = Project::new();
    project.write(
        "carnet.yaml",
        "title: Essai\nas_of: 2026-11-20\ntheme: nous\n",
    );
    let publish = |version: &str| {
        let text = format!("\"use strict\";\n// {version}\n");
        project.write("themes/nous/assets/theme.js", &text);
        let text = format!("---\ntitle: Version {version}\n---\n");
        project.write(&format!("procedures/version-{version}.md"), &text);
        project.publish();
    };
    publish("un");
    let first = scripts(&project);
    assert_eq!(first.len(), 1);
    let manifest = |project: &Project| fs::read(project.out().join("manifest.json")).unwrap();
    fs::remove_file(project.root().join("procedures/version-un.md")).unwrap();
    publish("deux");
    let second = scripts(&project);
    assert_eq!(second.len(), 2, "{second:?}");
    assert!(second.contains(&first[0]));
    assert!(!project.out().join("procedures/version-un").exists());
    assert_eq!(verify(&project).0, Some(0));
    // The manifest is that of a folder that never had another site.
    let with = manifest(&project);
    fs::remove_dir_all(project.out()).unwrap();
    project.publish();
    assert_eq!(manifest(&project), with);
    publish("trois");
    let third = scripts(&project);
    assert!(third.len() == 2 && !third.contains(&first[0]), "{third:?}");
    // Whatever was kept is removed when its time is over, and nothing else with it.
    project.write("content/page.md", "---\ntitle: Page\n---\n");
    project.publish();
    assert_eq!(scripts(&project).len(), 1);
    assert_whole(&project.out());
    let names: Vec<_> = fs::read_dir(project.folder.path()).unwrap().collect();
    assert_eq!(names.len(), 2, "nothing stays beside the site: {names:?}");
}

#[test]
fn a_list_of_kept_files_is_believed_for_files_of_the_theme_alone() {
    let project = Project::new();
    project.publish();
    fs::write(project.out().join("precieux.txt"), "x").unwrap();
    let list =
        r#"{"generator": "carnet 0", "files": {"precieux.txt": {"sha256": "", "length": 1}}}"#;
    fs::write(project.out().join("manifest-previous.json"), list).unwrap();
    let message = project.refusal(&project.out());
    assert!(message.contains("precieux.txt"), "{message}");
}
