//! Builds that fail, are killed, or stop half way.

use super::*;

#[test]
fn what_a_killed_run_left_is_cleaned_only_if_it_is_ours() {
    let project = Project::new();
    project.publish();
    let staging = project.staging();
    fs::create_dir_all(staging.join("site/assets")).unwrap();
    fs::write(staging.join("site/assets/half"), "x").unwrap();
    let message = project.refusal(&project.out());
    assert!(message.contains("carnet-staging"), "{message}");
    fs::write(
        staging.join("carnet-staging"),
        "carnet build: safe to delete\n",
    )
    .unwrap();
    project.publish();
    assert!(!staging.exists());
    assert_whole(&project.out());
}

#[test]
fn a_switch_that_stopped_half_way_is_healed() {
    let project = Project::new();
    project.publish();
    let staging = project.staging();
    fs::create_dir(&staging).unwrap();
    fs::write(
        staging.join("carnet-staging"),
        "carnet build: safe to delete\n",
    )
    .unwrap();
    fs::rename(project.out(), staging.join("old")).unwrap();
    let again = project.publish();
    assert_eq!(again.written, 0, "the old site was put back first");
    assert!(!staging.exists());
}

#[test]
fn a_page_that_cannot_be_rendered_stops_publication() {
    let project = Project::new();
    project.publish();
    let before = tree(&project.out());
    project.write(
        "carnet.yaml",
        "title: Essai\nas_of: 2026-11-20\ntheme: nous\n",
    );
    project.write(
        "themes/nous/templates/record.html",
        "{{ nothing.here.at_all }}",
    );
    match publish(&project.build(), &project.out(), &project.root()).unwrap() {
        Outcome::Broken(found) => assert!(!found.is_empty()),
        Outcome::Published(_) => {
            let found = project.build().diagnostics;
            panic!("published with {found:?}");
        }
    }
    assert_eq!(tree(&project.out()), before);
    assert!(!project.staging().exists());
    let output = project.carnet(&[]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_disk_that_refuses_leaves_the_live_site() {
    let project = Project::new();
    project.publish();
    let before = tree(&project.out());
    let text = "Une ligne de plus. ".repeat(4000);
    project.write(
        "procedures/imprimante.md",
        &format!("---\ntitle: Imprimante\n---\n\n{text}\n"),
    );
    // Writing past 32 blocks fails, as a full disk does.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 32; exec \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_carnet"))
        .args(["build", "--no-history", "--root"])
        .arg(project.root())
        .arg("--out")
        .arg(project.out())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains(".site.carnet-staging/site/"),
        "the file is named: {said}"
    );
    assert_eq!(tree(&project.out()), before);
    assert!(!project.staging().exists());
}

#[test]
fn a_killed_build_leaves_a_whole_site() {
    let project = Project::new();
    project.publish();
    let started = Instant::now();
    assert!(project.carnet(&["--format", "short"]).status.success());
    let whole = started.elapsed();
    for round in 0..24_u32 {
        let text = format!("---\ntitle: Imprimante\n---\n\nTour {round}.\n");
        project.write("procedures/imprimante.md", &text);
        let mut build = project.command(&[]);
        let mut child = build.stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * round / 20);
        let _ = child.kill();
        child.wait().unwrap();
        assert_whole(&project.out());
    }
    project.publish();
    assert_whole(&project.out());
    let names: Vec<_> = fs::read_dir(project.folder.path()).unwrap().collect();
    assert_eq!(names.len(), 2, "nothing stays beside the site: {names:?}");
}

#[test]
fn errors_publish_nothing_unless_told_to_go_on() {
    let project = Project::new();
    project.write("procedures/fausse.md", "---\ntitle: [\n---\n");
    let output = project.carnet(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!project.out().exists());
    let output = project.carnet(&["--keep-going"]);
    assert_eq!(output.status.code(), Some(1));
    assert_whole(&project.out());
    fs::remove_file(project.root().join("procedures/fausse.md")).unwrap();
    let output = project.carnet(&[
        "--timings",
        "--lang",
        "en",
        "--base-url",
        "https://parc.example/",
    ]);
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("ms  reading") && said.contains("published in"),
        "{said}"
    );
    assert_eq!(
        project
            .carnet(&["--base-url", "parc.example"])
            .status
            .code(),
        Some(2)
    );
}
