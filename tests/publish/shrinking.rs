//! A site that lost a third of its pages is refused until somebody says that it is meant.

use std::fs;

use super::*;

fn with_assets(count: usize) -> Project {
    let project = Project::new();
    let record = |at| format!("- id: poste-{at:03}\n  name: Poste {at}\n  type: laptop\n");
    let records: String = (0..count).map(record).collect();
    project.write("inventory/assets/lyon.yaml", &records);
    project
}

fn said(output: &Output) -> (Option<i32>, String) {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

#[test]
fn a_site_that_lost_a_third_of_its_pages_is_refused_until_it_is_meant() {
    let project = with_assets(150);
    project.publish();
    let before = tree(&project.out());
    // An import that brought nothing.
    project.write("inventory/assets/lyon.yaml", "[]\n");
    let (code, message) = said(&project.carnet(&["--lang", "fr"]));
    assert_eq!(code, Some(2), "{message}");
    assert!(message.contains("--accept-shrink"), "{message}");
    assert_eq!(tree(&project.out()), before);
    assert!(!project.staging().exists());
    let (code, message) = said(&project.carnet(&["--accept-shrink"]));
    assert_eq!(code, Some(0), "{message}");
    assert!(!project.out().join("assets/poste-001").exists());
    assert_whole(&project.out());
}

#[test]
fn small_sites_and_small_losses_are_published() {
    let project = with_assets(10);
    project.publish();
    project.write("inventory/assets/lyon.yaml", "[]\n");
    assert_eq!(said(&project.carnet(&[])).0, Some(0));
    let project = with_assets(150);
    project.publish();
    let fewer = with_assets(130);
    let records = fs::read_to_string(fewer.root().join("inventory/assets/lyon.yaml")).unwrap();
    project.write("inventory/assets/lyon.yaml", &records);
    assert_eq!(said(&project.carnet(&[])).0, Some(0));
}

#[test]
fn parts_of_a_shrunken_site_are_refused_too() {
    let project = with_assets(150);
    project.publish();
    project.write("inventory/assets/lyon.yaml", "[]\n");
    let part = project.folder.path().join("part");
    let root = project.root();
    let mut build = Command::new(env!("CARGO_BIN_EXE_carnet"));
    build.args(["build", "--no-history", "--shard", "1/1", "--root"]);
    let output = build.arg(&root).arg("--out").arg(&part).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let merge = |more: &[&str]| {
        let mut merge = Command::new(env!("CARGO_BIN_EXE_carnet"));
        merge.arg("merge").arg("--root").arg(&root).arg("--out");
        said(
            &merge
                .arg(project.out())
                .arg(&part)
                .args(more)
                .output()
                .unwrap(),
        )
    };
    let before = tree(&project.out());
    let (code, message) = merge(&[]);
    assert!(
        code == Some(2) && message.contains("--accept-shrink"),
        "{message}"
    );
    assert_eq!(tree(&project.out()), before);
    assert_eq!(merge(&["--accept-shrink"]).0, Some(0));
}
