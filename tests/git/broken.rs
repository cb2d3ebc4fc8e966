//! Files of the past that could not be read: told where they broke, and the history goes on around them.

use carnet::history::{FileWhat, RecordName};

use crate::builder::{Builder, files};
use crate::fields::{ONE, TWO, asset, item, log};

#[test]
fn what_is_broken_is_told_and_the_history_goes_on() {
    let mut builder = Builder::new();
    let bad = "name: [\n".to_owned();
    let shown = builder.line(&[
        files([(ONE, &asset("PC 1", "lyon", "A"))]),
        files([(ONE, &bad)]),
        files([(ONE, &format!("{bad}x"))]),
        files([(ONE, &asset("PC 1", "lyon", "B"))]),
    ]);
    assert_eq!(
        log(&shown),
        [
            (
                "4",
                "pc-1 changed room: A → B; inventory/assets/pc-1.yaml mended".to_owned()
            ),
            ("3", String::new()),
            ("2", "inventory/assets/pc-1.yaml broken".into()),
            ("1", "pc-1 added".into()),
        ]
    );
}

#[test]
fn the_log_of_a_record_tells_where_its_file_could_not_be_read() {
    const LIST: &str = "inventory/assets/all.yaml";
    let bad = "name: [\n";
    let list = |room: &str| item("pc-1", "lyon") + &item("pc-2", room);
    let mut builder = Builder::new();
    let shown = builder.line(&[
        files([(ONE, &asset("PC 1", "lyon", "A"))]),
        files([(ONE, bad), (LIST, &item("pc-2", "lyon"))]),
        files([(ONE, &asset("PC 1", "lyon", "A")), (LIST, bad)]),
        // Moved out of its file, which breaks for others only.
        files([(LIST, &list("annecy"))]),
        files([(ONE, bad), (LIST, &list("annecy"))]),
        files([(ONE, bad)]),
        files([(LIST, bad)]),
    ]);
    let told = |id: &str, today: Option<&str>| -> Vec<String> {
        let name = RecordName {
            kind: "asset".to_owned(),
            id: id.to_owned(),
            language: None,
        };
        let unreadable = shown.unreadable(&name, today);
        let all = shown.whole_log(&name, &unreadable).into_iter();
        all.map(|(commit, change)| format!("{} {:?}", commit.summary, change.what))
            .collect()
    };
    assert_eq!(
        told("pc-1", Some(LIST)),
        ["6 Removed", "4 Changed", "2 Unreadable", "1 Added"]
    );
    assert_eq!(
        told("pc-2", None),
        ["6 Removed", "4 Changed", "3 Unreadable", "2 Added"]
    );
    assert_eq!(told("pc-9", Some(ONE)), ["5 Unreadable", "2 Unreadable"]);
    assert!(told("pc-9", None).is_empty());
}

#[test]
fn a_pointer_of_git_lfs_and_a_text_in_latin_1_are_broken() {
    let mut builder = Builder::new();
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    let mut latin = files([(ONE, pointer)]);
    latin.insert(TWO.into(), b"name: r\xe9seau\n".to_vec());
    latin.insert("content/photo.png".into(), b"\x89PNG 1".to_vec());
    let mut later = latin.clone();
    later.insert("content/photo.png".into(), b"\x89PNG 2".to_vec());
    let shown = builder.line(&[latin, later]);
    let told = log(&shown);
    for file in [ONE, TWO] {
        let broken = format!("{file} {:?}", FileWhat::Broken).to_lowercase();
        assert!(told[1].1.contains(&broken), "{}", told[1].1);
    }
    assert_eq!(told[0].1, "content/photo.png changed");
}
