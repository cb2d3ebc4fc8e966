//! What an editor changes for its user: a mistyped name, an id in all files at once.

use std::process::Command;

use serde_json::{Value, json};

use crate::PARK;
use crate::client::{Client, write};

/// What `carnet check` says of the files on disk.
fn check(client: &Client) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_carnet"))
        .args(["check", "--format", "short", "--lang", "en", "--no-history"])
        .current_dir(client.project.path())
        .output()
        .expect("the program runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The mends of a line of a file.
fn mends(client: &mut Client, path: &str, line: u32) -> Value {
    let range = json!({
        "start": {"line": line, "character": 0},
        "end": {"line": line, "character": 99},
    });
    let document = json!({"uri": client.uri(path)});
    client.ask(
        "textDocument/codeAction",
        &json!({"textDocument": document, "range": range, "context": {"diagnostics": []}}),
    )
}

#[test]
fn sure_mends_are_offered_and_mend() {
    let mut client = Client::open(PARK);
    let path = "inventory/assets/srv-ad-01.yaml";
    let broken = "nmae: a\nname: a\ntype: swtich\nsite: \"lyno\"\nserial: \"1\"\n";
    write(client.project.path(), path, broken);
    client.edit(path);
    client.wait(path, |found| found.len() == 3);
    for line in 0..4 {
        let found = mends(&mut client, path, line);
        let found = found.as_array().expect("mends").clone();
        assert_eq!(
            found.len(),
            usize::from(line != 1),
            "line {line}: {found:?}"
        );
        for mend in found {
            assert_eq!(mend["kind"], "quickfix");
            assert_eq!(mend["diagnostics"].as_array().map(Vec::len), Some(1));
        }
    }
    let all = [2, 3].map(|line| mends(&mut client, path, line)[0]["edit"].clone());
    for edit in &all {
        client.apply(edit);
    }
    let text = client.text(path);
    assert!(text.contains("type: switch\nsite: \"lyon\"\n"), "{text}");
    client.replace(path, &text);
    let found = client.wait(path, |found| found.len() == 1);
    assert_eq!(found[0]["code"], "unknown-field");
}

#[test]
fn another_number_is_no_slip_of_the_pen() {
    let mut client = Client::open(PARK);
    let path = "procedures/vpn.md";
    client.edit_as(path, "# VPN\n\n[[srv-ad-02]] et [[srv-da-01]]\n");
    client.wait(path, |found| found.len() == 2);
    let found = mends(&mut client, path, 2);
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    assert_eq!(
        found[0]["edit"]["documentChanges"][0]["edits"][0]["newText"],
        "srv-ad-01"
    );
}

#[test]
fn an_id_changes_in_fifty_files_at_once() {
    let mut client = Client::silent(PARK);
    for number in 0..50 {
        let text = format!(
            "---\ntitle: Fiche {number} 😀\n---\n\n😀 [[srv-ad-01|le serveur]], srv-ad-01 et [lui](../inventory/assets/srv-ad-01.yaml), `srv-ad-01`.\n"
        );
        write(
            client.project.path(),
            &format!("procedures/p{number}.md"),
            &text,
        );
    }
    let ticket = "title: Panne\ntype: incident\nstatus: new\nopened: 2026-11-02 09:00\nassets:\n  - \"srv-ad-01\" # lui\n";
    write(
        client.project.path(),
        "inventory/tickets/INC-1.yaml",
        ticket,
    );
    let before = check(&client);
    client.ask("initialize", &json!({"capabilities": {}}));
    client.notify("initialized", &json!({}));
    let place = client.at("procedures/p7.md", 4, 8);
    let prepared = client.ask("textDocument/prepareRename", &place);
    assert_eq!(prepared["placeholder"], "srv-ad-01");
    let mut given = place;
    for (refused, code) in [("lyon 1", -32803), ("a/b", -32803), ("", -32803)] {
        given["newName"] = json!(refused);
        let answer = client.answer("textDocument/rename", &given);
        assert_eq!(answer["error"]["code"], code, "{refused}");
    }
    given["newName"] = json!("dc-lyon");
    let edit = client.ask("textDocument/rename", &given);
    client.apply(&edit);
    assert_eq!(
        client.text("procedures/p7.md"),
        "---\ntitle: Fiche 7 😀\n---\n\n😀 [[dc-lyon|le serveur]], dc-lyon et [lui](../inventory/assets/dc-lyon.yaml), `srv-ad-01`.\n"
    );
    assert_eq!(
        client.text("inventory/tickets/INC-1.yaml"),
        ticket.replace("srv-ad-01", "dc-lyon")
    );
    let own = client.text("inventory/assets/dc-lyon.yaml");
    assert!(
        own.contains("aliases: [srv-ad-01]") || own.contains("- srv-ad-01"),
        "{own}"
    );
    assert_eq!(check(&client), before, "nothing leads nowhere");
    assert_eq!(
        edit["documentChanges"].as_array().map(Vec::len),
        Some(50 + 1 + 1 + 1 + 1)
    );
}

#[test]
fn a_file_is_laid_out_as_it_is_being_written() {
    let mut client = Client::open(PARK);
    let path = "inventory/assets/srv-ad-01.yaml";
    let before = "Nom:   a\ntype: switch  # é\n\n\n\nip:\n- 192.0.2.1\n";
    write(client.project.path(), path, before);
    client.edit(path);
    let document = json!({"uri": client.uri(path)});
    let options = json!({"tabSize": 2, "insertSpaces": true});
    let ask = json!({"textDocument": document, "options": options});
    let found = client.ask("textDocument/formatting", &ask);
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    let change = json!({"textDocument": document, "edits": found});
    client.apply(&json!({"documentChanges": [change]}));
    let after = "name: a\ntype: switch  # é\n\nip:\n  - 192.0.2.1\n";
    assert_eq!(client.text(path), after);
    client.replace(path, after);
    let again = client.ask("textDocument/formatting", &ask);
    assert_eq!(again, json!([]));
}
