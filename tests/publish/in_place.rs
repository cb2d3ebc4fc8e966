//! `publish: in-place`: a folder that cannot be renamed gets the new site file by file, and keeps what is not Carnet's.

use std::fs;
use std::os::unix::fs::MetadataExt;

use super::*;

fn in_place() -> Project {
    let project = Project::new();
    project.write(
        "carnet.yaml",
        "title: Essai\nas_of: 2026-11-20\npublish: in-place\n",
    );
    project
}

fn build(project: &Project) {
    let output = project.carnet(&[]);
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn the_folder_itself_stays_and_the_site_in_it_is_whole() {
    let project = in_place();
    fs::create_dir(project.out()).unwrap();
    let inode = || fs::metadata(project.out()).unwrap().ino();
    let before = inode();
    build(&project);
    assert_whole(&project.out());
    let page = project.out().join("assets/pc-001/index.html");
    let unchanged = fs::metadata(&page).unwrap().ino();
    // Somebody's file is nobody's business here, since nothing is renamed or emptied.
    fs::write(project.out().join("robots.txt"), "à quelqu'un").unwrap();
    project.write("procedures/vpn.md", "---\ntitle: VPN\n---\n\nTunnel.\n");
    fs::remove_file(project.root().join("procedures/imprimante.md")).unwrap();
    build(&project);
    assert_eq!(inode(), before, "the folder is the same one");
    assert!(project.out().join("procedures/vpn/index.html").exists());
    assert!(!project.out().join("procedures/imprimante").exists());
    assert_eq!(fs::metadata(&page).unwrap().ino(), unchanged);
    fs::remove_file(project.out().join("robots.txt")).unwrap();
    assert_whole(&project.out());
    // The same once more, from its note: nothing is lost or left.
    fs::remove_file(&page).unwrap();
    build(&project);
    assert_whole(&project.out());
    let names: Vec<_> = fs::read_dir(project.folder.path()).unwrap().collect();
    assert_eq!(names.len(), 2, "nothing stays beside the site: {names:?}");
}

#[test]
fn both_ways_give_the_same_site() {
    let project = in_place();
    build(&project);
    let files = |out: &Path| fs::read(out.join("manifest.json")).unwrap();
    let brought = files(&project.out());
    project.write(
        "carnet.yaml",
        "title: Essai\nas_of: 2026-11-20\npublish: exchange\n",
    );
    build(&project);
    assert_whole(&project.out());
    assert_eq!(files(&project.out()), brought);
}

#[test]
fn files_of_others_in_the_way_are_not_written_over() {
    let project = in_place();
    fs::create_dir(project.out()).unwrap();
    fs::write(project.out().join("index.html"), "à quelqu'un").unwrap();
    let before = tree(&project.out());
    let output = project.carnet(&[]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("index.html"), "{said}");
    assert_eq!(tree(&project.out()), before);
}

#[test]
fn another_word_is_a_mistake() {
    let project = Project::new();
    project.write("carnet.yaml", "title: Essai\npublish: in_place\n");
    let output = project.carnet(&["--lang", "fr"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("carnet.yaml:2:") && said.contains("in-place"),
        "{said}"
    );
}
