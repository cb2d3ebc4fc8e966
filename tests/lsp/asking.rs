//! What an editor asks about what is written: cards, places, outlines.

use serde_json::{Value, json};

use crate::PARK;
use crate::client::Client;

#[test]
fn a_name_shows_the_card_of_its_record() {
    let mut client = Client::open(PARK);
    let hover = client.ask("textDocument/hover", &client.at("procedures/vpn.md", 6, 10));
    let card = hover["contents"]["value"].as_str().expect("a card");
    for said in [
        "Contrôleur de domaine",
        "Asset",
        "srv\\-ad\\-01",
        "In service",
        "Siège de Lyon",
    ] {
        let plain = card.replace('\\', "");
        assert!(plain.contains(&said.replace('\\', "")), "{said}: {card}");
    }
    assert_eq!(hover["range"]["start"], json!({"line": 6, "character": 7}));
}

#[test]
fn a_field_says_what_it_is_for() {
    let mut client = Client::open(PARK);
    let place = client.at("inventory/assets/srv-ad-01.yaml", 2, 2);
    let hover = client.ask("textDocument/hover", &place);
    let text = hover["contents"]["value"].as_str().expect("a text");
    assert!(text.contains("`in-service`"), "{text}");
    let nothing = client.at("inventory/assets/srv-ad-01.yaml", 0, 10);
    assert_eq!(client.ask("textDocument/hover", &nothing), Value::Null);
}

#[test]
fn a_name_leads_to_its_record_and_a_heading() {
    let mut client = Client::open(PARK);
    for (path, line, character, expected, at) in [
        (
            "inventory/assets/srv-ad-01.yaml",
            3,
            7,
            "inventory/sites/lyon.yaml",
            0,
        ),
        (
            "procedures/vpn.md",
            6,
            10,
            "inventory/assets/srv-ad-01.yaml",
            0,
        ),
        ("content/index.md", 2, 25, "procedures/vpn.md", 8),
        ("content/index.md", 2, 60, "procedures/vpn.md", 4),
    ] {
        let found = client.ask("textDocument/definition", &client.at(path, line, character));
        assert_eq!(
            found["uri"],
            client.uri(expected),
            "{path}:{line}:{character}"
        );
        assert_eq!(
            found["range"]["start"]["line"], at,
            "{path}:{line}:{character}"
        );
    }
}

#[test]
fn every_place_that_names_a_record_is_found() {
    let mut client = Client::open(PARK);
    let mut place = client.at("content/index.md", 2, 60);
    place["context"] = json!({"includeDeclaration": true});
    let found = client.ask("textDocument/references", &place);
    let lines: Vec<String> = found
        .as_array()
        .expect("places")
        .iter()
        .map(|it| format!("{} {}", it["uri"], it["range"]["start"]["line"]))
        .collect();
    let (index, vpn) = (
        client.uri("content/index.md"),
        client.uri("procedures/vpn.md"),
    );
    assert_eq!(
        lines,
        [
            format!("\"{index}\" 2"),
            format!("\"{index}\" 2"),
            format!("\"{vpn}\" 1"),
        ]
    );
}

#[test]
fn a_file_has_an_outline() {
    let mut client = Client::open(PARK);
    let symbols = client.ask(
        "textDocument/documentSymbol",
        &client.at("procedures/vpn.md", 0, 0),
    );
    assert_eq!(symbols[0]["name"], "Installer le VPN");
    assert_eq!(symbols[0]["children"][1]["name"], "Installer");
    let symbols = client.ask(
        "textDocument/documentSymbol",
        &client.at("inventory/assets/srv-ad-01.yaml", 0, 0),
    );
    assert_eq!(symbols[0]["detail"], "srv-ad-01");
    assert_eq!(symbols[0]["children"].as_array().map(Vec::len), Some(4));
}
