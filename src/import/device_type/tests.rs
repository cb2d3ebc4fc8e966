//! Device types of an invented maker.

use super::*;
use crate::history::Recorded;

const SWITCH: &str = "---\nmanufacturer: Exalto\nmodel: EX-24\nslug: exalto-ex-24\npart_number: EX24-P\nu_height: 1.0\nis_full_depth: false\nairflow: side-to-rear\nweight: 4.2\nweight_unit: kg\nfront_image: true\ncomments: '[Fiche](https://exalto.example/ex24)'\n\
    console-ports:\n  - {name: Console, type: rj-45}\npower-ports:\n  - {name: PSU1, type: iec-60320-c14, maximum_draw: 370}\n  - {name: PSU2, maximum_draw: 400}\n\
    interfaces:\n  - {name: 1, type: 1000base-t, poe_mode: pse, poe_type: type2-ieee802.3at}\n  - {name: 25, type: 10gbase-x-sfpp}\n  - {name: wlan, type: ieee802.11ax}\n  - {name: vlan1, type: virtual}\n";

#[test]
fn a_device_type_is_a_model() {
    let inventory = read(SWITCH.as_bytes(), Language::Fr).expect("a model");
    let [model] = &inventory.records[..] else {
        panic!("{inventory:?}");
    };
    let text = |key: &str| match model.fields.get(key) {
        Some(Recorded::Text(text)) => text.as_str(),
        _ => "",
    };
    let expected = [
        ("name", "Exalto EX-24"),
        ("manufacturer", "Exalto"),
        ("part_number", "EX24-P"),
        ("u_height", "1"),
        ("power_watts", "400"),
        ("notes", "[Fiche](https://exalto.example/ex24)"),
    ];
    for (key, value) in expected {
        assert_eq!(text(key), value, "{key}");
    }
    let port = |parts: &[(&str, &str)]| {
        let parts = parts
            .iter()
            .map(|(key, value)| ((*key).to_owned(), Recorded::Text((*value).to_owned())));
        Recorded::Structure(parts.collect())
    };
    let ports = vec![
        port(&[
            ("name", "1"),
            ("poe", "true"),
            ("speed", "1 Gbit/s"),
            ("type", "RJ45"),
        ]),
        port(&[("name", "25"), ("speed", "10 Gbit/s"), ("type", "SFP+")]),
    ];
    assert_eq!(model.fields.get("ports"), Some(&Recorded::List(ports)));
    assert_eq!(
        inventory.dropped,
        [("other-properties", 5), ("ports-without-cable", 2)].into()
    );
}

#[test]
fn texts_that_begin_in_the_first_column_are_read() {
    let text = "manufacturer: Exalto\nmodel: EX-1\ncomments: '## Fiche\n\n###### 1U\n\nFin'\nu_height: 1\n";
    let inventory = read(text.as_bytes(), Language::Fr).expect("a model");
    let notes = inventory.records[0].fields.get("notes");
    assert_eq!(
        notes,
        Some(&Recorded::Text("## Fiche\n###### 1U\nFin".to_owned()))
    );
}

#[test]
fn other_files_are_refused() {
    let refused = |text: &str| match read(text.as_bytes(), Language::Fr) {
        Ok(read) => panic!("{read:?}"),
        Err(refusal) => refusal.message.en,
    };
    assert_eq!(
        refused("manufacturer: Exalto\n"),
        "this file names no manufacturer and model (`manufacturer`, `model`)"
    );
    assert_eq!(refused(""), "this file is empty");
    assert!(refused("model: [\n").starts_with("line "));
    assert_eq!(
        refused(&format!("# {}", "x".repeat(LARGEST))),
        "this file is over 1 MiB, it is no device type"
    );
}

#[test]
fn tabs_of_texts_are_blanks() {
    let text = "## Fiche  \n###### Format \t  \t: 1U\n\t- a\tb\n\nFin   ici\t";
    let expected = "## Fiche\n###### Format : 1U\n    - a b\n\nFin   ici";
    assert_eq!(without_tabs(text), expected);
}
