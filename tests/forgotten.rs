//! A person who stands in every place that a history has, then leaves and is forgotten: no byte of what is told afterwards names
//! them. Without the list all of it does, so that this can fail.
#![cfg(unix)]

#[path = "forgotten/past.rs"]
mod past;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Command;

use flate2::read::GzDecoder;
use past::{CONFIG, WITH_AUDIENCES, commit_all, write};

/// What is asked to be forgotten.
const WORDS: [&str; 5] = [
    "Camille Canari",
    "camille.canari@parc.example",
    "ccanari",
    "01 99 00 12 34",
    "fauvette-7",
];

/// What none of it may be seen by, in small letters.
const SEEN: [&str; 4] = ["canari", "0199001234", "01 99 00 12 34", "fauvette"];

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

fn forget(root: &Path) {
    let (code, said) = carnet(root, &[&["forget"], WORDS.as_slice()].concat());
    assert_eq!(code, 0, "{said}");
}

/// Names and contents of all files of a folder, in small letters; what is compressed, unfolded.
fn output(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(place) = open.pop() {
        for entry in fs::read_dir(&place).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let mut bytes = fs::read(&path).expect("a file");
            if path.extension().is_some_and(|end| end == "gz") {
                let mut unfolded = Vec::new();
                let mut reader = GzDecoder::new(bytes.as_slice());
                reader.read_to_end(&mut unfolded).expect("unfolded");
                bytes = unfolded;
            }
            let name = path.strip_prefix(folder).expect("inside");
            let name = name.to_str().expect("UTF-8").to_lowercase();
            let text = format!("{name}\n{}", String::from_utf8_lossy(&bytes)).to_lowercase();
            found.insert(name, text);
        }
    }
    found
}

/// The words that are seen in some texts, with the names of those.
fn seen(texts: &BTreeMap<String, String>) -> BTreeMap<&'static str, Vec<&str>> {
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, text) in texts {
        for word in SEEN {
            if text.contains(word) {
                found.entry(word).or_default().push(name);
            }
        }
    }
    found
}

fn build(root: &Path, more: &[&str]) -> BTreeMap<String, String> {
    let out = tempfile::tempdir().expect("a folder");
    let place = out.path().join("site");
    let place = place.to_str().expect("UTF-8");
    let (code, said) = carnet(root, &[&["build", "--out", place], more].concat());
    assert_eq!(code, 0, "{said}");
    output(Path::new(place))
}

/// What the commands tell of the past, by command.
fn told(root: &Path) -> BTreeMap<String, String> {
    let asked: [&[&str]; 9] = [
        &["history", "pc-01"],
        &["history", "pc-01", "--format", "json"],
        &["history", "acces"],
        &["history", "srv-web", "--format", "json"],
        &["diff", "HEAD~4", "HEAD"],
        &["diff", "HEAD~4", "HEAD~1", "--format", "json"],
        &["diff", "HEAD~2", "--format", "markdown"],
        &["diff", "HEAD~1", "HEAD~3", "--summary"],
        &["search", "camille"],
    ];
    let told = asked.iter().map(|arguments| {
        let (code, said) = carnet(root, arguments);
        assert_eq!(code, 0, "{arguments:?}: {said}");
        (arguments.join(" "), said.to_lowercase())
    });
    told.collect()
}

#[test]
fn nothing_that_is_told_of_the_past_names_a_forgotten_person() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, CONFIG);
    let before = build(root, &[]);
    let words = seen(&before);
    assert_eq!(words.len(), SEEN.len(), "all are there before: {words:?}");
    assert!(
        words["canari"].len() > 15,
        "in many places: {:?}",
        words["canari"]
    );
    let told_before = told(root);
    let named = seen(&told_before);
    assert!(named["canari"].len() >= 6, "{named:?}");

    forget(root);
    let after = build(root, &[]);
    assert_eq!(seen(&after), BTreeMap::new());
    assert_eq!(seen(&told(root)), BTreeMap::new());
    // What happened is told still.
    let all: String = after.values().map(String::as_str).collect();
    for word in [
        "personne oubliée",
        "personne-oubliee-1",
        "arrive",
        "zoé martin",
    ] {
        assert!(all.contains(word), "{word}");
    }
    // A past state is read without the words, whatever its own files say.
    for state in ["HEAD~1", "HEAD~2", "fin-camille-canari-1"] {
        assert_eq!(seen(&build(root, &["--at", state])), BTreeMap::new());
    }
}

#[test]
fn audiences_are_told_of_nobody_either() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, WITH_AUDIENCES);
    for audience in ["all", "techniciens"] {
        let before = build(root, &["--audience", audience]);
        assert!(seen(&before).contains_key("canari"), "{audience}");
    }
    forget(root);
    for audience in ["all", "techniciens"] {
        let after = build(root, &["--audience", audience]);
        assert_eq!(seen(&after), BTreeMap::new(), "{audience}");
    }
}

#[test]
fn the_list_holds_no_name_and_keeps_what_it_held() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, CONFIG);
    forget(root);
    let list = root.join("inventory/_forgotten.yaml");
    let first = fs::read_to_string(&list).expect("a list");
    let small = first.to_lowercase();
    assert!(!SEEN.iter().any(|word| small.contains(word)), "{first}");
    let commented = format!("# gardé\n{first}");
    fs::write(&list, &commented).expect("written");
    let (code, said) = carnet(
        root,
        &[
            "forget",
            "Louis Essai",
            "--note",
            "l'autre",
            "--since",
            "2026-10-28",
        ],
    );
    assert_eq!(code, 0, "{said}");
    let second = fs::read_to_string(&list).expect("a list");
    assert!(second.starts_with(&commented), "{second}");
    assert!(second.contains("note: 'l''autre'") && second.contains("since: 2026-10-28"));
    assert_eq!(second.matches("salt:").count(), 1);
    for wrong in [&["forget", "ab"][..], &["forget", "Zoé", "--since", "hier"]] {
        let (code, said) = carnet(root, wrong);
        assert_eq!(code, 2, "{said}");
    }
    // People after whom something else stands are nobody's to guess.
    fs::write(&list, format!("{second}more: x\n")).expect("written");
    assert_eq!(carnet(root, &["forget", "Louis Essai"]).0, 2);
}

#[test]
fn what_stands_today_is_shown_and_never_published() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, CONFIG);
    let page = root.join("content/index.md");
    fs::write(&page, "# Accueil\n\nAppeler CANARI Camille.\n").expect("written");
    fs::create_dir_all(root.join("inventory/_imports/rh")).expect("a folder");
    let state = root.join("inventory/_imports/rh/state.json");
    fs::write(state, "{\"login\": \"ccanari\"}").expect("written");
    let (code, said) = carnet(root, &[&["forget"], WORDS.as_slice()].concat());
    assert_eq!(code, 1, "{said}");
    for told in [
        "content/index.md:3:9",
        "forgotten-person",
        "_imports/rh/state.json",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let (code, said) = carnet(root, &["build", "--keep-going"]);
    assert_eq!(code, 1, "{said}");
    assert!(!root.join("_site").exists());
    // Somebody else of the same name.
    let allowed = "# Accueil\n\n<!-- carnet: allow(forgotten-person, homonyme) -->\nAppeler CANARI Camille.\n";
    fs::write(&page, allowed).expect("written");
    let (code, said) = carnet(root, &["build"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn letters_that_are_written_otherwise_are_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, CONFIG);
    forget(root);
    let page = root.join("content/index.md");
    for written in [
        "C&#97;mille Can&#x61;ri",
        "Camille&nbsp;Canari",
        "<mailto:camille%2Ecanari%40parc%2Eexample>",
        "C**amille** Canari",
    ] {
        fs::write(&page, format!("# Accueil\n\nVoir {written}.\n")).expect("written");
        let (code, said) = carnet(root, &["check"]);
        assert_eq!(code, 1, "{written}: {said}");
        assert!(said.contains("content/index.md:3:"), "{written}: {said}");
    }
    fs::write(&page, "# Accueil\n\nBonjour.\n").expect("written");
    let site = root.join("inventory/sites/lyon.yaml");
    fs::write(&site, "name: \"C\\u0061mille C\\x61nari\"\n").expect("written");
    let (code, said) = carnet(root, &["check"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("sites/lyon.yaml:1:8"), "{said}");
}

/// The finding itself would name them, in the line that it shows.
#[test]
fn what_is_found_in_a_past_state_names_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, CONFIG);
    let config = root.join("carnet.yaml");
    let kinds = root.join("inventory/_kinds/asset.yaml");
    fs::create_dir_all(kinds.parent().expect("a folder")).expect("a folder");
    fs::write(&config, format!("{CONFIG}# Camille Canari\n")).expect("written");
    fs::write(&kinds, "extends: asset # Camille Canari\n").expect("written");
    fs::write(root.join("inventory/assets/note.txt"), "Camille Canari\n").expect("written");
    fs::write(root.join("procedures/note.txt"), "ccanari\n").expect("written");
    commit_all(root, 10, "Un mot de trop");
    fs::write(&config, CONFIG).expect("written");
    fs::write(&kinds, "extends: asset\n").expect("written");
    fs::remove_file(root.join("inventory/assets/note.txt")).expect("removed");
    fs::remove_file(root.join("procedures/note.txt")).expect("removed");
    commit_all(root, 11, "Retiré");
    let (code, said) = carnet(root, &[&["forget"], WORDS.as_slice()].concat());
    assert_eq!(code, 0, "{said}");
    let (code, said) = carnet(root, &["check", "--at", "HEAD~1"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("carnet.yaml"), "{said}");
    let said = said.to_lowercase();
    for word in SEEN {
        assert!(!said.contains(word), "{word}: {said}");
    }
}

/// Or a disk that fails for a moment publishes those who are to be forgotten.
#[test]
fn a_list_that_cannot_be_looked_for_is_not_taken_for_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::write(root.join("carnet.yaml"), "title: Parc\n").expect("a file");
    let (code, said) = carnet(root, &["check"]);
    assert_eq!(code, 0, "{said}");
    // What stands below a link that leads to itself, no system can say.
    std::os::unix::fs::symlink("inventory", root.join("inventory")).expect("a link");
    let (code, said) = carnet(root, &["build"]);
    assert_eq!(code, 1, "{said}");
    for list in ["_forgotten.yaml", "_secrets.yaml"] {
        let told = format!("--> inventory/{list}");
        assert!(said.contains(&told), "{list}: {said}");
    }
    assert!(!root.join("_site").exists());
}
