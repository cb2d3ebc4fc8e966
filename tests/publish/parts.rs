//! A site built in parts and joined is the site built at once, to the byte; parts that do not belong together are
//! refused, and the published site stays.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Project, tree};

fn carnet(arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
    let output = command
        .args(arguments)
        .args(["--lang", "fr"])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), said)
}

/// Builds a part, or the whole, into a folder beside the project.
fn build(project: &Project, name: &str, more: &[&str]) -> PathBuf {
    let out = project.folder.path().join(name);
    let (root, place) = (project.root(), out.clone());
    let (root, place) = (root.to_str().unwrap(), place.to_str().unwrap());
    let arguments = ["build", "--root", root, "--out", place, "--no-history"];
    let (code, said) = carnet(&[&arguments, more].concat());
    assert_eq!(code, 0, "{said}");
    out
}

fn merge(project: &Project, parts: &[&Path], out: &Path) -> (i32, String) {
    let (root, out) = (project.root(), out.to_str().unwrap());
    let mut arguments = vec!["merge", "--root", root.to_str().unwrap(), "--out", out];
    arguments.extend(parts.iter().map(|part| part.to_str().unwrap()));
    carnet(&arguments)
}

/// The files of a folder by path from it.
fn files(top: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let found = tree(top).into_iter();
    let found = found.map(|(path, bytes)| (path.strip_prefix(top).unwrap().to_owned(), bytes));
    found.collect()
}

#[test]
fn joined_parts_are_the_site_to_the_byte() {
    let project = Project::new();
    let whole = build(&project, "whole", &[]);
    let parts: Vec<PathBuf> = (1..=3)
        .map(|part| {
            build(
                &project,
                &format!("part-{part}"),
                &["--shard", &format!("{part}/3")],
            )
        })
        .collect();
    assert!(
        parts
            .iter()
            .all(|part| files(part).len() < files(&whole).len())
    );
    let joined = project.folder.path().join("joined");
    let order = [parts[2].as_path(), &parts[0], &parts[1]];
    let (code, said) = merge(&project, &order, &joined);
    assert_eq!(code, 0, "{said}");
    assert!(files(&joined) == files(&whole), "the trees differ");
    // Once more over itself: nothing is new.
    let (code, said) = merge(&project, &order, &joined);
    assert!(code == 0 && said.contains("0 nouveaux"), "{said}");
    // A site for reading without a server has no lists. In a folder of its own: where the theme's scripts are other ones,
    // those of the last site stay for those who have one of its pages open.
    let joined = project.folder.path().join("joined-offline");
    project.write(
        "carnet.yaml",
        "title: Essai\nas_of: 2026-11-20\noffline: true\n",
    );
    let whole = build(&project, "offline", &[]);
    let one = build(&project, "offline-1", &["--shard", "1/2"]);
    let two = build(&project, "offline-2", &["--shard", "2/2"]);
    let (code, said) = merge(&project, &[&one, &two], &joined);
    assert_eq!(code, 0, "{said}");
    assert!(files(&joined) == files(&whole), "the trees differ");
}

#[test]
fn parts_that_do_not_belong_together_are_refused() {
    let project = Project::new();
    let part = |name: &str, shard: &str, more: &[&str]| {
        build(&project, name, &[&["--shard", shard], more].concat())
    };
    let (one, two) = (part("one", "1/2", &[]), part("two", "2/2", &[]));
    let third = part("third", "1/3", &[]);
    let copy = part("copy", "1/2", &[]);
    let other_day = part("day", "2/2", &["--as-of", "2026-11-21"]);
    project.write(
        "procedures/imprimante.md",
        "---\ntitle: Imprimante\n---\n\nUn autre texte.\n",
    );
    let other_text = part("text", "2/2", &[]);
    let whole = build(&project, "whole", &[]);
    let joined = project.folder.path().join("joined");
    assert_eq!(merge(&project, &[&one, &two], &joined).0, 0);
    let before = files(&joined);
    let refused = |parts: &[&Path], why: &str| {
        let (code, said) = merge(&project, parts, &joined);
        assert!(code == 2 && said.contains(why), "{why}: {said}");
        assert!(files(&joined) == before, "{why}");
    };
    refused(&[&one], "il manque des parts\u{a0}: 2/2");
    refused(&[&one, &copy], "la part 1/2 est là deux fois");
    refused(&[&one, &third], "une part sur 3");
    refused(&[&one, &other_day], "du même jour");
    refused(&[&one, &other_text], "des mêmes fichiers");
    refused(&[&one, &whole], "n’est pas une part de site");
    refused(&[&one, &project.root()], "n’est pas une part de site");
    fs::write(two.join("changed"), "").unwrap();
    let listed = files(&two)
        .into_keys()
        .find(|path| path.ends_with("index.html"))
        .unwrap();
    fs::write(two.join(listed), "changed").unwrap();
    refused(&[&one, &two], "construisez-la de nouveau");
    // A part is no site: it is neither put in the place of one nor sent.
    let (code, said) = carnet(&[
        "build",
        "--root",
        project.root().to_str().unwrap(),
        "--shard",
        "1/2",
    ]);
    assert!(code == 2 && said.contains("`--out`"), "{said}");
    let (code, said) = carnet(&["publish", one.to_str().unwrap(), joined.to_str().unwrap()]);
    assert!(code == 2 && said.contains("`carnet merge`"), "{said}");
    assert!(files(&joined) == before);
}
