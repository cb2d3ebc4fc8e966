//! The file in which a build leaves what it found is a help and nothing more: whatever becomes of it, or of the pages that
//! it speaks of, the site is that of a build from nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::again::{
    ONDULEUR, ONDULEUR_AT, PEOPLE, build, change, differing, files, from_nothing, left, project,
    times,
};

/// What is done to the file.
type Spoil = (&'static str, fn(&Path));

#[test]
fn whatever_becomes_of_the_file_the_site_is_the_same() {
    let project = project();
    let out = project.out();
    build(&project, &out, &[]);
    let spoil: [Spoil; 9] = [
        ("gone", |path| fs::remove_file(path).unwrap()),
        ("cut", |path| {
            let bytes = fs::read(path).unwrap();
            fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("empty", |path| fs::write(path, "").unwrap()),
        ("one bit", |path| {
            let mut bytes = fs::read(path).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 4;
            fs::write(path, bytes).unwrap();
        }),
        ("another program's", |path| {
            let mut bytes = fs::read(path).unwrap();
            bytes[20] ^= 1;
            fs::write(path, bytes).unwrap();
        }),
        ("read by others, as what comes with a clone", |path| {
            fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
        }),
        ("a link", |path| {
            let elsewhere = path.with_extension("moved");
            fs::rename(path, &elsewhere).unwrap();
            std::os::unix::fs::symlink(elsewhere, path).unwrap();
        }),
        ("a folder", |path| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
        }),
        ("cannot be written", |path| {
            let _ = fs::remove_dir(path);
            fs::create_dir_all(path.with_extension("tmp").join("held")).unwrap();
        }),
    ];
    for (number, (what, spoil)) in spoil.into_iter().enumerate() {
        let path = left(&project).pop().unwrap();
        spoil(&path);
        let text = format!("{ONDULEUR}\nEncore {number}.\n");
        project.write(ONDULEUR_AT, &text);
        assert_eq!(build(&project, &out, &[]), 0, "{what}");
        let wrong = differing(&files(&out), &from_nothing(&project, &[]));
        assert!(wrong.is_empty(), "{what}: {wrong:?}");
        // But where nothing can be written, the next build is quick again.
        if path.is_file() {
            project.write(ONDULEUR_AT, ONDULEUR);
            assert!(build(&project, &out, &[]) > 0, "after {what}");
        }
    }
}

#[test]
fn a_page_that_somebody_touched_is_made_again() {
    let project = project();
    let out = project.out();
    build(&project, &out, &[]);
    let page = out.join("procedures/salle/vpn/index.html");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replace("client", "CLIENT")).unwrap();
    fs::remove_file(out.join("procedures/salle/onduleur/index.html")).unwrap();
    change(&project, PEOPLE, "Louis Morel", "Louis Martin");
    assert!(build(&project, &out, &[]) > 0);
    assert!(differing(&files(&out), &from_nothing(&project, &[])).is_empty());
}

/// How many files of the search index a build made.
fn made_of_index(times: &serde_json::Value) -> u64 {
    let mut forms = times["forms"].as_array().unwrap().iter();
    let index = forms.find(|form| form["form"] == "Index");
    index.map_or(0, |index| index["count"].as_u64().unwrap())
}

#[test]
fn files_of_the_index_stay_unless_somebody_touched_them() {
    let project = project();
    for number in 0..400 {
        let text = format!("---\ntitle: Fiche {number}\n---\n\n## Sujet{number}\n\nTexte.\n");
        project.write(&format!("procedures/autres/f-{number}.md"), &text);
    }
    let out = project.out();
    let all = made_of_index(&times(&project, &out, &[]));
    let search = out.join("_carnet/search/fr");
    let spoil: [Spoil; 3] = [
        ("untouched", |_| {}),
        ("gone", |path| fs::remove_file(path).unwrap()),
        ("other bytes", |path| {
            let mut bytes = fs::read(path).unwrap();
            bytes[0] ^= 1;
            fs::write(path, bytes).unwrap();
        }),
    ];
    for (number, (what, spoil)) in spoil.into_iter().enumerate() {
        let mut names: Vec<_> = fs::read_dir(&search).unwrap().flatten().collect();
        names.sort_by_key(fs::DirEntry::file_name);
        let places = [0, names.len() / 2, names.len() - 1];
        for place in places {
            spoil(&names[place].path());
        }
        let text = format!("{ONDULEUR}\nEncore motneuf{number}.\n");
        project.write(ONDULEUR_AT, &text);
        let made = made_of_index(&times(&project, &out, &[]));
        let wrong = differing(&files(&out), &from_nothing(&project, &[]));
        assert!(wrong.is_empty(), "{what}: {wrong:?}");
        let is_over = made < all / 2;
        assert_eq!(is_over, number == 0, "{what}: {made} of {all} files");
    }
}

#[test]
fn builds_at_once_do_not_disturb_one_another() {
    let project = project();
    let out = project.out();
    build(&project, &out, &[]);
    for number in 0..4 {
        let text = format!("{ONDULEUR}\nEncore {number}.\n");
        project.write(ONDULEUR_AT, &text);
        let one = || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
            command
                .args(["build", "--keep-going", "--root"])
                .arg(project.root());
            command.arg("--out").arg(&out).output().unwrap()
        };
        std::thread::scope(|scope| {
            let other = scope.spawn(one);
            one();
            other.join().unwrap();
        });
        build(&project, &out, &[]);
        let wrong = differing(&files(&out), &from_nothing(&project, &[]));
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

#[test]
fn folders_that_nobody_publishes_to_are_forgotten() {
    let project = project();
    for number in 0..12 {
        let out = project.folder.path().join(format!("site-{number}"));
        build(&project, &out, &[]);
    }
    assert_eq!(left(&project).len(), 8);
}
