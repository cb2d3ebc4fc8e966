//! Folders that may not be published to, and builds that must not mix.

use super::*;

#[test]
fn folders_that_are_not_carnets_are_refused_and_untouched() {
    let project = Project::new();
    let top = project.folder.path();
    fs::create_dir_all(top.join("mine/deep")).unwrap();
    fs::write(top.join("mine/deep/notes.txt"), "précieux").unwrap();
    fs::write(top.join("file"), "x").unwrap();
    std::os::unix::fs::symlink(top.join("mine"), top.join("link")).unwrap();
    fs::create_dir(top.join("theirs")).unwrap();
    fs::write(top.join("theirs/manifest.json"), r#"{"name": "app"}"#).unwrap();
    fs::create_dir(top.join("sly")).unwrap();
    let sly = r#"{"generator": "carnet 9", "files": {"../mine/deep/notes.txt": {"sha256": "", "length": 0}}}"#;
    fs::write(top.join("sly/manifest.json"), sly).unwrap();
    let home = std::env::home_dir().unwrap();
    let cases = [
        top.join("mine"),
        top.join("file"),
        top.join("link"),
        top.join("theirs"),
        top.join("sly"),
        top.to_owned(),
        project.root(),
        project.root().join("content/site"),
        project.root().join("inventory"),
        project.root().join("x/.."),
        PathBuf::from("/"),
        home,
    ];
    fs::create_dir_all(project.root().join("x")).unwrap();
    fs::create_dir_all(project.root().join("content")).unwrap();
    for out in cases {
        let message = project.refusal(&out);
        assert!(message.contains(" / "), "both languages: {message}");
    }
    assert!(project.refusal(&top.join("mine")).contains("deep"));
}

#[test]
fn a_foreign_file_in_the_site_stops_publication() {
    let project = Project::new();
    project.publish();
    for foreign in ["notes.txt", "assets/pc-001/x"] {
        let path = project.out().join(foreign);
        fs::write(&path, "précieux").unwrap();
        assert!(project.refusal(&project.out()).contains(foreign));
        fs::remove_file(path).unwrap();
    }
    fs::create_dir(project.out().join("empty")).unwrap();
    assert!(project.refusal(&project.out()).contains("empty"));
    fs::remove_dir(project.out().join("empty")).unwrap();
    project.publish();
}

#[test]
fn an_empty_folder_is_taken_with_its_mode() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::new();
    fs::create_dir(project.out()).unwrap();
    fs::set_permissions(project.out(), fs::Permissions::from_mode(0o750)).unwrap();
    project.publish();
    assert_whole(&project.out());
    let mode = fs::metadata(project.out()).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o750);
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let project = Project::new();
    let lock = fs::File::create(project.folder.path().join(".site.carnet-lock")).unwrap();
    lock.try_lock().unwrap();
    assert!(project.refusal(&project.out()).contains("publishing"));
    drop(lock);
    project.publish();
    assert!(!project.folder.path().join(".site.carnet-lock").exists());
}
