//! `carnet import` that is killed, that finds the disk in its way, or that runs beside another: what the
//! source says is still told from what people wrote.

mod running;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;

use running::{carnet, command, files, project};

/// A mapping of columns for `import csv`.
const PROJECT: &str =
    "title: Essai\nimport: {csv: {kind: asset, columns: {Nom: name, Ser: serial, Room: room}}}\n";

/// More records than are planned together, so that some are written while others wait.
const ROWS: usize = 300;

/// Starts an import of a table; says where that stands.
fn start(root: &Path, file: &Path) -> Child {
    let file = file.display().to_string();
    let mut command = command(root, &["import", "csv", &file]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("carnet runs")
}

/// A table of machines that all stand in one room.
fn table(root: &Path, name: &str) -> std::path::PathBuf {
    let mut text = "Nom;Ser;Room\n".to_owned();
    for row in 0..ROWS {
        let _ = writeln!(text, "pc-{row};SN-ESSAI-{row};{name}");
    }
    let path = root.join(format!("{name}.csv"));
    fs::write(&path, text).expect("written");
    path
}

/// How many records stand in a room.
fn in_room(root: &Path, name: &str) -> usize {
    let files = fs::read_dir(root.join("inventory/assets"));
    let files = files.into_iter().flatten().flatten();
    let line = format!("room: {name}\n");
    let texts = files.filter_map(|file| fs::read_to_string(file.path()).ok());
    texts.filter(|text| text.contains(&line)).count()
}

#[test]
fn a_killed_import_keeps_no_value_for_ever() {
    for (at, killed_after) in [1, 128, 200, 299].into_iter().enumerate() {
        let folder = project(PROJECT);
        let root = folder.path();
        // The first is killed while it makes records, the others while they change them.
        if at > 0 {
            let (code, told) = carnet(
                root,
                &["import", "csv", &table(root, "Ra").display().to_string()],
            );
            assert_eq!(code, 0, "{told}");
        }
        let second = table(root, "Rb");
        let mut running = start(root, &second);
        while in_room(root, "Rb") < killed_after && running.try_wait().expect("known").is_none() {
            sleep(Duration::from_millis(1));
        }
        running.kill().expect("killed");
        running.wait().expect("ended");
        if at == 2 {
            // Somebody writes before the next import.
            let own = root.join("inventory/assets/pc-0.yaml");
            let text = fs::read_to_string(&own).expect("a record");
            let text = text
                .replace("room: Ra", "room: A moi")
                .replace("room: Rb", "room: A moi");
            fs::write(&own, text).expect("written");
        }
        let third = table(root, "Rc").display().to_string();
        let (code, told) = carnet(root, &["import", "csv", &third]);
        assert_eq!(code, 0, "{told}");
        let own = usize::from(at == 2);
        assert_eq!(
            told.matches("gardé\u{a0}: ").count(),
            own,
            "after {killed_after}: {told}"
        );
        assert_eq!(in_room(root, "Rc"), ROWS - own, "after {killed_after}");
        assert_eq!(in_room(root, "A moi"), own);
        let (_, told) = carnet(root, &["import", "csv", &third]);
        assert!(told.contains("0 fiche créée, 0 modifiée"), "{told}");
        assert!(!root.join(".carnet/import/pending.json").exists());
    }
}

/// What a process that ends between a record and its state leaves behind: the new record, the old state,
/// and the note of what was to be remembered.
#[test]
fn an_old_state_beside_a_new_record_is_settled() {
    let folder = project(PROJECT);
    let root = folder.path();
    let import = |name: &str| {
        let path = root.join("one.csv");
        fs::write(&path, format!("Nom;Ser;Room\nAlpha;SN-ESSAI-1;{name}\n")).expect("written");
        let (code, told) = carnet(root, &["import", "csv", &path.display().to_string()]);
        assert_eq!(code, 0, "{told}");
        told
    };
    let state = root.join("inventory/_imports/csv/asset/alpha.json");
    let record = root.join("inventory/assets/alpha.yaml");
    import("Ra");
    let old = fs::read_to_string(&state).expect("a state");
    import("Rb");
    let new = fs::read_to_string(&state).expect("a state");
    fs::write(&state, &old).expect("put back");
    let note = serde_json::json!({"inventory/_imports/csv/asset/alpha.json": new});
    let pending = root.join(".carnet/import/pending.json");
    fs::write(&pending, note.to_string()).expect("written");
    let path = root.join("one.csv").display().to_string();
    let before = files(root);
    let (_, told) = carnet(root, &["import", "csv", &path, "--dry-run"]);
    assert!(told.contains("0 valeur gardée"), "{told}");
    assert_eq!(files(root), before, "a dry run writes nothing");
    let told = import("Rc");
    assert!(
        told.contains("1 modifiée") && told.contains("0 valeur gardée"),
        "{told}"
    );
    assert!(
        fs::read_to_string(&record)
            .expect("a record")
            .contains("room: Rc\n")
    );
}

#[test]
fn a_second_import_at_once_says_so_and_ends() {
    let folder = project(PROJECT);
    let root = folder.path();
    fs::create_dir_all(root.join(".carnet/import")).expect("made");
    let lock = root.join(".carnet/import/lock");
    fs::write(&lock, "4242").expect("written");
    let held = fs::File::options().write(true).open(&lock).expect("a file");
    held.lock().expect("held");
    let path = table(root, "Ra").display().to_string();
    let (code, told) = carnet(root, &["import", "csv", &path]);
    assert_eq!(code, 2, "{told}");
    assert!(
        told.contains("un autre import de ce projet est en cours (processus 4242)"),
        "{told}"
    );
    assert!(!root.join("inventory").exists());
    let (code, told) = carnet(root, &["import", "csv", &path, "--dry-run"]);
    assert_eq!(code, 0, "{told}");
    drop(held);
    let (code, told) = carnet(root, &["import", "csv", &path]);
    assert_eq!(code, 0, "{told}");
}

/// A project that somebody sends may have a link where an import keeps its notes.
#[cfg(unix)]
#[test]
fn nothing_is_written_where_a_link_leads() {
    use std::os::unix::fs::symlink;
    for (link, shown) in [
        (".carnet", ".carnet"),
        (".carnet/import", ".carnet/import"),
        (".carnet/import/lock", ".carnet/import/lock"),
        (".carnet/import/pending.json", ".carnet/import/pending.json"),
    ] {
        let folder = project(PROJECT);
        let root = folder.path();
        let outside = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(root.join(link).parent().expect("a folder")).expect("made");
        symlink(outside.path().join("x"), root.join(link)).expect("a link");
        // Of the folders, the link leads to one that is there.
        if !link.contains("import/") {
            fs::create_dir(outside.path().join("x")).expect("made");
        }
        let path = table(root, "Ra").display().to_string();
        let (code, told) = carnet(root, &["import", "csv", &path]);
        assert_eq!(code, 2, "{link}: {told}");
        let place = root.join(shown).display().to_string();
        assert_eq!(
            told,
            format!(
                "erreur\u{a0}: `{place}` est un lien symbolique\u{202f}; rien n’y est écrit\u{a0}: mettez un vrai dossier ou fichier à sa place\n"
            )
        );
        assert!(!root.join("inventory").exists(), "{link}");
        assert_eq!(files(outside.path()), [], "{link}");
    }
    // What is not named to people is not followed either.
    let folder = project(PROJECT);
    let root = folder.path();
    let outside = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(root.join(".carnet/import")).expect("made");
    for name in [".gitignore", "pending.tmp"] {
        let place = root.join(".carnet/import").join(name);
        symlink(outside.path().join(name), place).expect("a link");
    }
    let path = table(root, "Ra").display().to_string();
    let (code, told) = carnet(root, &["import", "csv", &path]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(files(outside.path()), []);
}
