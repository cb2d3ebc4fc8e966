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
        (top.join("mine"), "choose a new folder"),
        (top.join("file"), "not a folder"),
        (top.join("link"), "a symbolic link cannot be replaced"),
        (top.join("theirs"), "choose a new folder"),
        (top.join("sly"), "choose a new folder"),
        (top.to_owned(), "holds the project"),
        (project.root(), "holds the project"),
        (project.root().join("content/site"), "project's sources"),
        (project.root().join("inventory"), "project's sources"),
        (project.root().join("x/.."), "not a folder to publish to"),
        (PathBuf::from("/"), "not a folder to publish to"),
        (home, "holds your home folder"),
    ];
    fs::create_dir_all(project.root().join("x")).unwrap();
    fs::create_dir_all(project.root().join("content")).unwrap();
    for (out, why) in cases {
        let message = project.refusal(&out);
        assert!(message.contains(" / "), "both languages: {message}");
        assert!(message.contains(why), "{message}");
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

/// What a build says beside something that is no file, within a time that it would not end in if it waited for one.
fn patient(project: &Project) -> (Option<i32>, String) {
    let mut child = project.command(&["--lang", "fr"]);
    let mut child = child.stderr(Stdio::piped()).spawn().unwrap();
    let started = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if started.elapsed().as_secs() > 20 {
            child.kill().unwrap();
            panic!("it waits");
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

#[test]
fn pipes_and_sockets_hold_up_no_build() {
    let project = Project::new();
    project.publish();
    project.write("procedures/autre.md", "---\ntitle: Autre\n---\n");
    let before = tree(&project.out());
    let top = project.folder.path();
    let pipe = |path: &Path| {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    let lock = top.join(".site.carnet-lock");
    let marker = project.staging().join("carnet-staging");
    let source = project.root().join("inventory/assets/tube.yaml");
    let theme = project.root().join("themes/nous/templates/base.html");
    let out = project.out().join("tube");
    for (path, code) in [
        (&lock, 2),
        (&marker, 2),
        (&source, 1),
        (&out, 2),
        (&theme, 0),
    ] {
        pipe(path);
        let (ended, said) = patient(&project);
        assert_eq!(ended, Some(code), "{}: {said}", path.display());
        fs::remove_file(path).unwrap();
        if code == 2 {
            assert_eq!(tree(&project.out()), before, "{}", path.display());
        }
    }
    let socket = std::os::unix::net::UnixListener::bind(&source).unwrap();
    assert_eq!(patient(&project).0, Some(1));
    drop(socket);
    fs::remove_file(&source).unwrap();
    // A link would have the lock made elsewhere.
    std::os::unix::fs::symlink("nulle-part", &lock).unwrap();
    let (code, said) = patient(&project);
    assert!(code == Some(2) && said.contains("verrou"), "{said}");
    assert!(!top.join("nulle-part").exists());
    fs::remove_file(&lock).unwrap();
    assert_eq!(patient(&project).0, Some(0));
    assert_whole(&project.out());
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
