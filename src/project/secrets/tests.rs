//! Lines with stars: what is hidden of a file, and what is not.

use super::*;
use crate::schema::built_in;

fn check(written: &str, shown: &str) {
    let schema = built_in();
    let names = Names::new(schema.kind("asset").expect("built in"));
    let file = Arc::new(SourceFile::new("a.yaml", written));
    let hidden = without_secrets(&file, &names, None);
    assert_eq!(hidden.text, shown);
    assert_eq!(hidden.text.len(), written.len());
}

#[test]
fn secrets_are_starred_and_nothing_else() {
    check(
        "name: a\nbitlocker_key: 12é\n",
        "name: a\nbitlocker_key: **·\n",
    );
    check(
        "- {name: a, bitlocker_key: 12, serail: x}\n",
        "- {name: a, bitlocker_key: *** ******* **\n",
    );
    check("bitlocker_kye: 12 34\n", "bitlocker_kye: ** **\n");
    check(
        "name: a\n? [key, 12]\n: x\n? |\n  12\n: x\n-  ? {a: 12}\n",
        "name: a\n? ***** ***\n: x\n? *\n  **\n: x\n-  ? *** ***\n",
    );
    check("- {name: b, ? [12] : c}\n", "- {name: b, ? **** * **\n");
    check("- {name: Pourquoi ? oui}\n", "- {name: Pourquoi ? oui}\n");
    check(
        "Clé de récupération BitLocker: \"12\n",
        "Clé de récupération BitLocker: ***\n",
    );
    check(
        "- name: a\n  bitlocker_key: |\n    1\n    2\n  serial: 3\n",
        "- name: a\n  bitlocker_key: *\n    *\n    *\n  serial: 3\n",
    );
    check(
        "password: 1\nbitlocker_key 2\n",
        "password: *\nbitlocker_key *\n",
    );
    check("serial: 1\nkeyboard: 2\n", "serial: 1\nkeyboard: 2\n");
}

#[test]
fn a_diff_shows_known_fields_only() {
    let shown = |text: &str| without_unknown("inventory/assets/a.yaml", text, &built_in());
    let open = "- id: a\n  name: A # en place\n  mac: [00:00:5e:00:53:01]\n  installed_software:\n    - {name: B, version: \"1\"}\n";
    assert_eq!(shown(open), open);
    assert_eq!(
        shown("bitlocker_key: 1\nserial: 2\ncode_coffre: 3\nname: b\n"),
        "bitlocker_key: *\nserial: 2\ncode_coffre: *\nname: b\n"
    );
    assert_eq!(
        shown("bitlocker_key: >-\n  1\n\n  2\ncoffre:\n- 3\n- 4\nname: b\n"),
        "bitlocker_key: >-\n  *\n\n  *\ncoffre:\n- *\n* *\nname: b\n"
    );
    assert_eq!(
        shown("- {name: b, coffre: [\n3, 4],\nid: c}\n"),
        "- {name: b, coffre: *\n** **,\nid: c}\n"
    );
    assert_eq!(
        shown("coffre: {\n3: 4\n}\nname: b\n"),
        "coffre: *\n** *\n*\nname: b\n"
    );
    assert_eq!(without_unknown("notes.txt", "a b", &built_in()), "* *");
}

#[test]
fn bodies_are_left_alone() {
    let schema = built_in();
    let names = Names::new(schema.kind("asset").expect("built in"));
    let file = Arc::new(SourceFile::new("a.md", "---\npin: 1\n---\npin: 2\n"));
    assert_eq!(
        without_secrets(&file, &names, Some(15)).text,
        "---\npin: *\n---\npin: 2\n"
    );
}

#[test]
fn values_are_starred_wherever_their_lines_stand() {
    let shown = |path: &str, text: &str| {
        let shown = without(path, text, &built_in());
        assert_eq!(shown.len(), text.len(), "{shown}");
        shown
    };
    let record = |text: &str| shown("inventory/assets/a.yaml", text);
    // Below a comment, below the key, over several lines in each way to write them.
    assert_eq!(
        record("bitlocker_key:\n# celle du coffre\n  A1 B2\nname: a\n"),
        "bitlocker_key:\n# celle du coffre\n  ** **\nname: a\n"
    );
    assert_eq!(
        record("bitlocker_key: A1\n B2\nname: a\n"),
        "bitlocker_key: **\n **\nname: a\n"
    );
    assert_eq!(
        record("{bitlocker_key: \"A1\nB2\", name: a}\n"),
        "{bitlocker_key: ***\n**** ***** **\n"
    );
    assert_eq!(
        record("bitlocker_key: 'A1\n\n B2'\nname: a\n"),
        "bitlocker_key: ***\n\n ***\nname: a\n"
    );
    // A text whose lines are one, and say a password together.
    assert_eq!(
        record("name: a\nnotes: >-\n  le mot de passe\n  : X9y8z7\n"),
        "name: a\nnotes: >-\n  ** *** ** *****\n  * ******\n"
    );
    let note = shown(
        "inventory/assets/a.md",
        "---\ntitle: a\nmdp:\n  # ici\n  A1\n---\nTexte\n",
    );
    assert_eq!(note, "---\ntitle: a\nmdp:\n  * ***\n  **\n---\nTexte\n");
}
