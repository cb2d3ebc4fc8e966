//! The conversation itself: its order, what is broken in it, and its end.

use serde_json::{Value, json};

use crate::PARK;
use crate::client::Client;

#[test]
fn broken_messages_are_told_and_survived() {
    let mut client = Client::open(PARK);
    client.send_raw("Content-Length: 9\r\n\r\n{\"broken\"");
    assert!(!client.logged().is_empty());
    client.send_raw("Content-Length: 99999999999999\r\n\r\n");
    assert!(client.logged().contains("99999999999999"));
    client.notify("textDocument/didOpen", &json!({"rubbish": true}));
    assert!(client.logged().contains("didOpen"));
    let place = client.at("procedures/vpn.md", 6, 10);
    for (method, params, code) in [
        ("textDocument/hover", json!({"rubbish": 1}), -32602),
        ("textDocument/nothing", Value::Null, -32601),
        ("initialize", json!({"capabilities": {}}), -32600),
    ] {
        assert_eq!(
            client.answer(method, &params)["error"]["code"],
            code,
            "{method}"
        );
    }
    // Places beyond the file, and files beyond the project, have nothing to say.
    for elsewhere in [
        client.at("procedures/vpn.md", 900, 900),
        client.at("nowhere/x.yaml", 0, 0),
        json!({"textDocument": {"uri": "file:///elsewhere/x.md"}, "position": {"line": 0, "character": 0}}),
        json!({"textDocument": {"uri": "untitled:1"}, "position": {"line": 0, "character": 0}}),
    ] {
        assert_eq!(client.ask("textDocument/hover", &elsewhere), Value::Null);
    }
    assert!(client.ask("textDocument/hover", &place).is_object());
    assert_eq!(client.leave(), 0);
}

#[test]
fn nothing_is_answered_before_the_beginning_or_after_the_end() {
    let mut client = Client::silent(PARK);
    let answer = client.answer("textDocument/hover", &json!({}));
    assert_eq!(answer["error"]["code"], -32002);
    client.ask("initialize", &json!({"capabilities": {}}));
    client.notify("initialized", &json!({}));
    client.ask("shutdown", &Value::Null);
    let answer = client.answer("textDocument/hover", &json!({}));
    assert_eq!(answer["error"]["code"], -32600);
    client.notify("exit", &Value::Null);
    assert_eq!(client.vanish(), 0);
}

#[test]
fn an_editor_that_vanishes_ends_the_server() {
    assert_eq!(Client::open(PARK).vanish(), 1);
}

#[test]
fn a_folder_without_a_project_is_told() {
    let mut client = Client::open(&[("README.txt", "nothing\n")]);
    assert!(client.logged().contains("carnet.yaml"));
    let place = client.at("README.txt", 0, 0);
    assert_eq!(client.ask("textDocument/hover", &place), Value::Null);
    assert_eq!(client.leave(), 0);
}
