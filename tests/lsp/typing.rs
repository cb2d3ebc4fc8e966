//! What an editor is told while somebody types: findings that come and go, and what may be written next.

use serde_json::{Value, json};

use crate::PARK;
use crate::client::Client;

/// The rules that speak.
fn rules(findings: &[Value]) -> Vec<&str> {
    findings
        .iter()
        .filter_map(|it| it["code"].as_str())
        .collect()
}

fn labels(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().expect("proposals").iter();
    items.filter_map(|item| item["label"].as_str()).collect()
}

#[test]
fn a_finding_appears_and_goes_without_a_save() {
    let mut client = Client::open(PARK);
    let path = "inventory/assets/srv-ad-01.yaml";
    let sound = client.text(path);
    client.edit(path);
    client.replace(path, &sound.replace("site: lyon", "site: lyno # 😀"));
    let found = client.wait(path, |found| !found.is_empty());
    assert_eq!(rules(&found), ["dangling-reference"]);
    assert_eq!(
        found[0]["range"],
        json!({"start": {"line": 3, "character": 6}, "end": {"line": 3, "character": 10}})
    );
    assert_eq!(found[0]["severity"], 1);
    let message = found[0]["message"].as_str().expect("a message");
    assert!(message.contains("did you mean `lyon`?"), "{message}");
    client.replace(path, &sound);
    client.wait(path, <[Value]>::is_empty);
    assert_eq!(client.text(path), sound, "nothing is written");
    assert_eq!(client.leave(), 0);
}

#[test]
fn pieces_are_put_in_by_their_utf16_places() {
    let mut client = Client::open(PARK);
    let path = "inventory/sites/paris.yaml";
    client.edit_as(path, "name: 😀é\n");
    let piece = |line: u32, from: u32, to: u32, text: &str| {
        json!({
            "range": {"start": {"line": line, "character": from}, "end": {"line": line, "character": to}},
            "text": text,
        })
    };
    let changes = json!([piece(0, 9, 9, "x"), piece(1, 0, 0, "parent: lyno\n")]);
    let document = json!({"uri": client.uri(path), "version": 2});
    client.notify(
        "textDocument/didChange",
        &json!({"textDocument": document, "contentChanges": changes}),
    );
    let found = client.wait(path, |found| !found.is_empty());
    assert_eq!(rules(&found), ["dangling-reference"]);
    let card = client.ask("textDocument/documentSymbol", &client.at(path, 0, 0));
    assert_eq!(card[0]["name"], "😀éx");
}

#[test]
fn a_file_that_is_not_saved_yet_counts_until_it_is_closed() {
    let mut client = Client::open(PARK);
    let (path, new) = (
        "inventory/assets/srv-ad-01.yaml",
        "inventory/sites/nantes.yaml",
    );
    client.edit_as(path, "name: a\nsite: nantes\n");
    client.wait(path, |found| rules(found).contains(&"dangling-reference"));
    client.edit_as(new, "name: Nantes\n");
    client.wait(path, |found| !rules(found).contains(&"dangling-reference"));
    let closed = json!({"textDocument": {"uri": client.uri(new)}});
    client.notify("textDocument/didClose", &closed);
    client.wait(path, |found| rules(found).contains(&"dangling-reference"));
}

#[test]
fn a_change_on_disk_is_read_when_the_editor_tells_of_it() {
    let mut client = Client::open(PARK);
    let path = "inventory/sites/paris.yaml";
    client.ask("textDocument/documentSymbol", &client.at(path, 0, 0));
    crate::client::write(client.project.path(), path, "nom_inconnu: x\nname: Paris\n");
    let changes = json!({"changes": [{"uri": client.uri(path), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", &changes);
    let found = client.wait(path, |found| !found.is_empty());
    assert_eq!(rules(&found), ["unknown-field"]);
}

#[test]
fn ids_fields_and_values_are_proposed_in_yaml() {
    let mut client = Client::open(PARK);
    let path = "inventory/assets/srv-ad-01.yaml";
    // Half a line, after one that is no YAML.
    client.edit_as(path, "name: \"a\nstatus: in\nsite: agen\nser\n");
    let ids = client.ask("textDocument/completion", &client.at(path, 2, 10));
    assert_eq!(labels(&ids), ["paris"], "found by its name");
    let edit = &ids["items"][0]["textEdit"];
    assert_eq!(edit["newText"], "paris");
    assert_eq!(edit["range"]["start"], json!({"line": 2, "character": 6}));
    let values = client.ask("textDocument/completion", &client.at(path, 1, 10));
    assert!(labels(&values).contains(&"in-service"), "{values}");
    let fields = client.ask("textDocument/completion", &client.at(path, 3, 3));
    assert_eq!(labels(&fields)[0], "serial");
    assert_eq!(fields["items"][0]["textEdit"]["newText"], "serial: ");
    assert!(!labels(&fields).contains(&"site"), "it is written already");
}

#[test]
fn settings_and_kinds_are_completed_where_they_are_written() {
    let mut client = Client::open(PARK);
    let mut ask = |path: &str, text: &str, line: u32, character: u32| -> Vec<String> {
        client.edit_as(path, text);
        let list = client.ask("textDocument/completion", &client.at(path, line, character));
        labels(&list).into_iter().map(str::to_owned).collect()
    };
    let text = "title: Parc\nqua\n";
    assert_eq!(ask("carnet.yaml", text, 1, 3), ["quality"]);
    let text = "title: Parc\ntheme:\n  ac\n";
    assert_eq!(ask("carnet.yaml", text, 2, 4), ["accent", "accent_dark"]);
    let text = "title: Parc\nforge: gi\n";
    assert_eq!(
        ask("carnet.yaml", text, 1, 9),
        ["gitlab", "github", "gitea"]
    );
    // What stands there already is not proposed again.
    assert!(!ask("carnet.yaml", "title: Parc\n\n", 1, 0).contains(&"title".to_owned()));
    let badge = "inventory/_kinds/badge.yaml";
    let kind = "kind: badge\nlabels: {fr: Badge, en: Badge}\nfi\n";
    assert_eq!(ask(badge, kind, 2, 2), ["fields"]);
    let field = "kind: badge\nfields:\n  - key: owner\n    ty\n";
    assert_eq!(ask(badge, field, 3, 6), ["type"]);
    let field = "kind: badge\nfields:\n  - key: owner\n    type: ref\n";
    assert_eq!(ask(badge, field, 3, 13), ["reference"]);
    let field = "kind: badge\nfields:\n  - {key: owner, type: reference, to: [pers\n";
    assert_eq!(ask(badge, field, 2, 42), ["person"]);
    let field = "kind: badge\nfields:\n  - ke\n";
    assert_eq!(ask(badge, field, 2, 6), ["key"]);
}

#[test]
fn links_headings_and_files_are_proposed_in_texts() {
    let mut client = Client::open(PARK);
    let path = "content/index.md";
    client.edit_as(
        path,
        "Voir [[srv\n\n[[vpn#ins\n\n[a](../pro\n\n[b](../procedures/vpn.md#av\n",
    );
    for (line, character, expected) in [
        (0, 10, "srv-ad-01"),
        (2, 9, "installer"),
        (4, 10, "../procedures/vpn.md"),
        (6, 27, "avant-de-commencer"),
    ] {
        let list = client.ask("textDocument/completion", &client.at(path, line, character));
        assert_eq!(labels(&list)[0], expected, "line {line}");
    }
}

#[test]
fn front_matter_is_yaml_too() {
    let mut client = Client::open(PARK);
    let path = "procedures/vpn.md";
    client.edit_as(path, "---\ntitle: a\nreview\n---\nreview\n");
    let fields = client.ask("textDocument/completion", &client.at(path, 2, 6));
    assert!(!labels(&fields).is_empty());
    let text = client.ask("textDocument/completion", &client.at(path, 4, 6));
    assert_eq!(text, Value::Null, "a text is no list of fields");
}

#[test]
fn what_all_rules_said_stays_while_somebody_types() {
    let mut client = Client::open(PARK);
    let path = "inventory/assets/sw-2.yaml";
    let text = "name: Deux\ntype: switch\nstatus: in-service\nsite: lyon\nrack: srv-ad-01\n";
    client.edit_as(path, text);
    client.wait(path, |found| rules(found) == ["contradictory-facts"]);
    client.replace(path, &text.replace("lyon", "lyno"));
    // The very first that is told of the new letters has what the rules about the whole said of the old ones.
    let found = client.wait(path, |found| rules(found).contains(&"dangling-reference"));
    assert_eq!(rules(&found), ["dangling-reference", "contradictory-facts"]);
    client.replace(path, &text.replace("srv-ad-01", "srv-ad-09"));
    client.wait(path, |found| rules(found) == ["dangling-reference"]);
}
