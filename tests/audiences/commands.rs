//! What the commands ask for, refuse and find.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;

/// How the program ended, and all that it told.
fn carnet(root: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
    command.args(arguments).arg("--root").arg(root);
    let output = command
        .env("LC_ALL", "fr_FR.UTF-8")
        .output()
        .expect("carnet runs");
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    (output.status.code().unwrap_or(-1), text)
}

fn put(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let config = "as_of: 2026-11-20\naudiences:\n  techniciens: {}\n  direction: {includes: [techniciens]}\n";
    put(folder.path(), "carnet.yaml", config.as_bytes());
    put(folder.path(), "inventory/sites/lyon.yaml", b"name: Lyon\n");
    let hidden = "name: Bureau Glycine\nphone: 0123456789\nnotes: Impasse des Glycines\naudience: direction\n";
    put(
        folder.path(),
        "inventory/sites/glycine-77.yaml",
        hidden.as_bytes(),
    );
    folder
}

#[test]
fn a_build_says_for_whom_it_is_and_keeps_to_it() {
    let folder = project();
    let root = folder.path();
    let (code, said) = carnet(root, &["build"]);
    assert_eq!(code, 2, "{said}");
    assert!(
        said.contains("--audience") && said.contains("direction, techniciens, all"),
        "{said}"
    );
    let (code, said) = carnet(root, &["build", "--audience", "technicien"]);
    assert_eq!(code, 2, "{said}");
    assert!(!root.join("_site").exists());

    let (code, said) = carnet(root, &["build", "--audience", "techniciens"]);
    assert_eq!(code, 0, "{said}");
    let manifest = fs::read_to_string(root.join("_site/manifest.json")).expect("a manifest");
    assert!(manifest.contains("\"audience\": \"techniciens\""));
    assert!(!manifest.contains("glycine"));
    for other in ["direction", "all"] {
        let (code, said) = carnet(root, &["build", "--audience", other]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("`techniciens`"), "{said}");
    }
    assert_eq!(
        fs::read_to_string(root.join("_site/manifest.json")).expect("it stands"),
        manifest
    );

    // The same again, and the note of it is not that of another audience.
    let (code, said) = carnet(root, &["build", "--audience", "techniciens"]);
    assert_eq!(code, 0, "{said}");
    let (code, said) = carnet(
        root,
        &[
            "build",
            "--audience",
            "direction",
            "--out",
            root.join("d").to_str().expect("UTF-8"),
        ],
    );
    assert_eq!(code, 0, "{said}");
    assert!(root.join("d/sites/glycine-77/index.html").exists());
}

#[test]
fn who_sees_everything_gets_no_log_of_a_file_that_nothing_names() {
    let folder = project();
    let root = folder.path();
    put(
        root,
        "inventory/_queries/achats-de-zinc.sql",
        b"-- name: Achats\nselect 1;\n",
    );
    put(root, "procedures/zinc/bordereau.csv", b"a;b\n");
    let repository = git2::Repository::init(root).expect("a repository");
    let mut index = repository.index().expect("an index");
    let all = git2::IndexAddOption::DEFAULT;
    index.add_all(["*"], all, None).expect("added");
    let tree = repository.find_tree(index.write_tree().expect("written"));
    let time = git2::Time::new(1_790_000_000, 0);
    let who = git2::Signature::new("Inès Caron", "ines@nacelle.example", &time).expect("a name");
    repository
        .commit(
            Some("HEAD"),
            &who,
            &who,
            "Début",
            &tree.expect("a tree"),
            &[],
        )
        .expect("committed");
    for audience in ["direction", "all"] {
        let out = root.join(audience);
        let path = out.to_str().expect("UTF-8");
        let (code, said) = carnet(root, &["build", "--audience", audience, "--out", path]);
        assert_eq!(code, 0, "{audience}: {said}");
        let log = fs::read_to_string(out.join("history/index.html")).expect("a page");
        assert!(log.contains("Bureau Glycine"), "{audience}");
        for file in ["achats-de-zinc.sql", "bordereau.csv"] {
            assert_eq!(log.contains(file), audience == "all", "{audience}: {file}");
        }
    }
}

#[test]
fn an_audit_finds_what_is_above_its_audience() {
    let folder = project();
    let root = folder.path();
    assert_eq!(carnet(root, &["build", "--audience", "techniciens"]).0, 0);
    let (code, said) = carnet(root, &["audit", "--audience", "techniciens"]);
    assert_eq!(code, 0, "{said}");
    let (code, said) = carnet(root, &["audit"]);
    assert_eq!(code, 0, "the manifest says whose it is: {said}");
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed
        .write_all(b"{\"id\": \"GLYCINE-77\"}")
        .expect("packed");
    for (path, bytes) in [
        ("a.txt", b"le Bureau Glycine ferme".to_vec()),
        ("b.html", b"<p>bureau&#32;glycine</p>".to_vec()),
        ("c.json", b"\"Bureau\\u0020Glycine\"".to_vec()),
        ("d.css", b"url(/sites/bureau%20glycine)".to_vec()),
        (
            "e.png",
            b"\x89PNG\x00\x00tEXt\x00Bureau Glycine\x00".to_vec(),
        ),
        ("glycine-77/index.html", b"".to_vec()),
        ("f.txt.gz", packed.finish().expect("packed")),
    ] {
        put(root, &format!("_site/{path}"), &bytes);
        let (code, said) = carnet(root, &["audit", "--audience", "techniciens"]);
        assert_eq!(code, 1, "{path}: {said}");
        assert!(said.contains(path), "{path}: {said}");
        assert!(!said.contains("(et "), "{path}: {said}");
        fs::remove_file(root.join("_site").join(path)).expect("removed");
    }
    for (text, more) in [
        (
            "Bureau Glycine, glycine-77",
            "se lit ici (et un autre texte)",
        ),
        (
            "Bureau Glycine, glycine-77, Impasse des Glycines",
            "se lit ici (et 2 autres textes)",
        ),
    ] {
        put(root, "_site/a.txt", text.as_bytes());
        let (_, said) = carnet(root, &["audit", "--audience", "techniciens"]);
        assert!(said.contains(more), "{said}");
    }
}

#[test]
fn without_audiences_none_can_be_asked_for() {
    let folder = project();
    put(folder.path(), "carnet.yaml", b"as_of: 2026-11-20\n");
    let (code, said) = carnet(folder.path(), &["check", "--audience", "direction"]);
    assert_eq!(code, 2, "{said}");
    // A mark that nobody declared is an error, and closes what it stands on.
    let (code, said) = carnet(folder.path(), &["build", "--keep-going"]);
    assert_eq!(code, 1, "{said}");
    assert!(!folder.path().join("_site/sites/glycine-77").exists());
}

/// Not even where somebody asked to go on, as pipelines do for a preview: nobody can say what it closes.
#[test]
fn what_closes_must_be_readable() {
    for (path, text) in [
        ("inventory/_forgotten.yaml", "<<<<<<< HEAD\n"),
        ("inventory/_forgotten.yaml", "peple: []\n"),
        ("inventory/_secrets.yaml", "a: [\n"),
        (
            "inventory/_kinds/site.yaml",
            "extends: site\nfields:\n  - {key: phone, audiance: direction}\n",
        ),
        (
            "inventory/_kinds/site.yaml",
            "extends: site\naudiance: direction\n",
        ),
        ("inventory/_kinds/site.yaml", "extends: site\nfields: [\n"),
        ("inventory/_kinds/site.yaml", "extends: sitte\n"),
    ] {
        for levels in [
            "",
            "levels: {yaml-syntax: warning, invalid-schema: warning, invalid-forgotten: warning}\n",
        ] {
            let folder = project();
            let root = folder.path();
            let config = fs::read_to_string(root.join("carnet.yaml")).expect("a file");
            put(root, "carnet.yaml", format!("{config}{levels}").as_bytes());
            put(root, path, text.as_bytes());
            let (_, said) = carnet(
                root,
                &["build", "--audience", "techniciens", "--keep-going"],
            );
            assert!(!root.join("_site").exists(), "{path}: {text}: {said}");
            assert!(said.contains(path), "{path}: {text}: {said}");
        }
    }
}

#[test]
fn a_text_whose_head_cannot_be_read_is_for_nobody_but_all() {
    for head in [
        "audience: direction\ntitle: Clefs : le double\nx: y: z",
        "title: \"Clefs\naudience: direction",
        "audience: techniciens\naudience: direction",
        "{audience: direction",
    ] {
        for (audience, is_read) in [("techniciens", false), ("all", true)] {
            let folder = project();
            let root = folder.path();
            let text = format!("---\n{head}\n---\nUne phrase de glycine bleue.\n");
            put(root, "procedures/clefs.md", text.as_bytes());
            let (_, said) = carnet(root, &["build", "--audience", audience, "--keep-going"]);
            assert!(root.join("_site").exists(), "{head}: {said}");
            let page = fs::read_to_string(root.join("_site/procedures/clefs/index.html"));
            let found = page.is_ok_and(|page| page.contains("glycine bleue"));
            assert_eq!(found, is_read, "{head} for {audience}: {said}");
        }
    }
}

#[test]
fn a_folder_that_may_be_another_one_keeps_the_site_of_few_from_being_published() {
    let folder = project();
    let root = folder.path();
    put(root, "procedures/rh/paie.md", b"# Paie\n\nGlycine\n");
    let plain = fs::read_to_string(root.join("carnet.yaml")).expect("a configuration");
    let build = ["build", "--keep-going", "--audience", "techniciens"];
    for (rule, expected) in [
        (
            "folders: {procedures/rhh: {audience: direction}}",
            "procedures/rhh",
        ),
        (
            "folders: {procedures/rhh: {audience: direction}}\nlevels: {unknown-audience: info}",
            "procedures/rhh",
        ),
        (
            "folders: {procedures/r*: {audience: direction}}",
            "ne se lisent pas",
        ),
        (
            "folder: {procedures/rh: {audience: direction}}",
            "ne se lisent pas",
        ),
        (
            "dossiers: {procedures/rh: {audience: direction}}",
            "ne se lisent pas",
        ),
    ] {
        put(root, "carnet.yaml", format!("{plain}{rule}\n").as_bytes());
        let (code, said) = carnet(root, &build);
        assert_ne!(code, 0, "{rule}: {said}");
        assert!(said.contains(expected), "{rule}: {said}");
        assert!(!root.join("_site").exists(), "{rule}: {said}");
    }
    // What is hidden from those who type nothing wrong is hidden by any letters.
    for key in ["procedures/RH", "\"procedures/rh \""] {
        let rule = format!("folders: {{{key}: {{audience: direction}}}}");
        put(root, "carnet.yaml", format!("{plain}{rule}\n").as_bytes());
        let (code, said) = carnet(root, &build);
        assert_eq!(code, 0, "{rule}: {said}");
        let manifest = fs::read_to_string(root.join("_site/manifest.json")).expect("a manifest");
        assert!(!manifest.contains("paie"), "{rule}");
        fs::remove_dir_all(root.join("_site")).expect("it goes");
    }
}

#[test]
fn what_would_stay_open_is_not_silenced() {
    let folder = project();
    let root = folder.path();
    let plain = fs::read_to_string(root.join("carnet.yaml")).expect("a configuration");
    let off = format!("{plain}levels: {{unknown-audience: off}}\n");
    put(root, "carnet.yaml", off.as_bytes());
    let (code, said) = carnet(root, &["check"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("elle ne s’éteint pas"), "{said}");
}

#[test]
fn a_mark_that_stands_outside_of_the_fields_closes_the_text() {
    let folder = project();
    let root = folder.path();
    for (name, text) in [
        (
            "dots",
            "---\ntitle: Glycine\n...\naudience: direction\n---\nGlycine\n",
        ),
        (
            "twice",
            "---\ntitle: Glycine\n---\naudience: direction\n---\nGlycine\n",
        ),
        ("bare", "audience: direction\n\n# Glycine\n"),
        ("unclosed", "---\ntitle: Glycine\naudience: direction\n"),
    ] {
        let path = format!("procedures/{name}.md");
        put(root, &path, text.as_bytes());
    }
    let build = ["build", "--keep-going", "--audience", "techniciens"];
    let (code, said) = carnet(root, &build);
    assert_eq!(code, 1, "{said}");
    let manifest = fs::read_to_string(root.join("_site/manifest.json")).expect("a manifest");
    for name in ["dots", "twice", "bare", "unclosed"] {
        assert!(said.contains(&format!("procedures/{name}.md:")), "{said}");
        assert!(!manifest.contains(name), "{name}");
    }
}
