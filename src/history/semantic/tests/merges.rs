//! A merge tells what none of its parents says.

use super::{LIST, changes, told};
use crate::history::semantic::merge;
use crate::history::{Changes, Piece};

const FILE: &str = "inventory/assets/a.yaml";

/// What the merge `result` of some parents tells, all of one file (`""` for none).
fn merged(path: &str, parents: &[&str], result: &str) -> Changes {
    let sides = parents
        .iter()
        .map(|parent| changes(&[(path, parent, result)], &[]));
    merge(sides.collect())
}

fn of(parents: &[&str], result: &str) -> Vec<String> {
    told(&merged(FILE, parents, result))
}

#[test]
fn what_a_parent_says_is_not_told() {
    let nothing: [&str; 0] = [];
    assert_eq!(
        of(&["name: A\nos: x\n", "name: B\n"], "name: B\nos: x\n"),
        nothing
    );
    assert_eq!(of(&["name: A\n", ""], "name: A\n"), nothing);
    assert_eq!(of(&["", "name: A\n"], "name: A\n"), nothing);
    assert_eq!(of(&["name: A\n", "name: A\n"], ""), ["Removed a"]);
    assert_eq!(of(&["", "name: A\n"], ""), nothing);
    // Writing is never told of a merge.
    assert_eq!(
        of(&["name: A # a\n", "# b\nname: A\n"], "# b\nname: A # a\n"),
        nothing
    );
    // Items from each side.
    assert_eq!(
        of(&["tags: [a, b]\n", "tags: [a, c]\n"], "tags: [a, b, c]\n"),
        nothing
    );
}

#[test]
fn what_no_parent_says_is_told_against_the_first() {
    let found = merged(FILE, &["name: A\nos: x\n", "name: B\n"], "name: C\nos: x\n");
    assert_eq!(told(&found), ["Changed a name"]);
    assert!(format!("{:?}", found.records[0].fields).contains("\"A\""));
    assert_eq!(of(&["", ""], "name: A\n"), ["Added a"]);
    assert_eq!(of(&["", "name: A\n"], "name: B\n"), ["Changed a name"]);
    assert_eq!(of(&["name: A\n", ""], "name: B\n"), ["Changed a name"]);
    let found = merged(
        FILE,
        &["tags: [a, b]\n", "tags: [a, c]\n"],
        "tags: [b, c, d]\n",
    );
    assert_eq!(told(&found), ["Changed a tags"]);
    let items = format!("{:?}", found.records[0].fields);
    assert!(
        items.contains("\"d\"") && items.contains("\"a\""),
        "{items}"
    );
    assert!(
        !items.contains("\"b\"") && !items.contains("\"c\""),
        "{items}"
    );
    // An octopus.
    assert_eq!(
        of(&["name: A\n", "name: B\n", "name: C\n"], "name: D\n"),
        ["Changed a name"]
    );
    assert_eq!(
        of(&["name: A\n", "name: B\n", "name: D\n"], "name: D\n"),
        Vec::<String>::new()
    );
}

#[test]
fn of_a_text_only_the_new_passages_are_told() {
    let page = "content/a.md";
    let [base, ours, theirs] = [("Lyon", "jour"), ("Paris", "jour"), ("Lyon", "nuit")]
        .map(|(town, time)| format!("# A\n\nÀ {town}.\n\n## B\n\nDe {time}.\n\n## C\n\nFin.\n"));
    let clean = ours.replace("jour", "nuit");
    assert_eq!(
        told(&merged(page, &[&ours, &theirs], &clean)),
        Vec::<String>::new()
    );
    let edited = clean.replace("Fin", "Suite");
    let found = merged(page, &[&ours, &theirs], &edited);
    let body = found.records[0].body.as_ref().expect("its body changed");
    assert_eq!(body.sections.len(), 1);
    assert_eq!(body.sections[0].heading, "C");
    let [passage] = body.passages.as_slice() else {
        panic!("one passage: {body:?}");
    };
    assert!(passage.pieces.contains(&Piece::Added("Suite.".to_owned())));
    assert_ne!(base, ours);
}

#[test]
fn files_and_moves_are_told_where_they_differ_from_all() {
    let picture = "content/a.png";
    assert_eq!(
        told(&merged(picture, &["a", "b"], "c")),
        [format!("Changed {picture}")]
    );
    assert_eq!(
        told(&merged(picture, &["a", ""], "c")),
        [format!("Changed {picture}")]
    );
    assert_eq!(
        told(&merged(picture, &["a", "b"], "b")),
        Vec::<String>::new()
    );
    let broken = "name: \"A\n";
    assert_eq!(of(&["name: A\n", ""], broken), [format!("Broken {FILE}")]);
    assert_eq!(of(&["name: A\n", broken], broken), Vec::<String>::new());
    let file = "id: a\nname: A\n";
    let list = "- id: a\n  name: A\n- id: b\n  name: B\n";
    let moved = changes(&[(FILE, file, ""), (LIST, "", list)], &[]);
    let kept = changes(&[(FILE, "", ""), (LIST, list, list)], &[]);
    assert_eq!(told(&merge(vec![moved.clone(), moved.clone()])).len(), 2);
    assert_eq!(
        told(&merge(vec![moved.clone(), kept])),
        Vec::<String>::new()
    );
    assert_eq!(merge(vec![moved.clone()]), moved);
    assert_eq!(merge(Vec::new()), Changes::default());
}
