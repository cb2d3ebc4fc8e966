//! Lists of more than 500 rows: cut into pages that read without a script, and told whole as data for the filter of
//! the browser, with what the table shows and no more.

#[allow(dead_code, reason = "other tests use the rest of the module")]
mod building;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// What `pc-0007` holds in a secret field that is marked as a column.
const SECRET: &str = "SECRETSERIAL";

/// A project with so many assets, on two sites.
fn files(count: usize, config: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let fields = "  - {key: serial, secret: true, column: true}\n  - {key: price, column: true}\n  \
                  - {key: warranty_end, column: true}\n";
    let kind = format!("extends: asset\nfields:\n{fields}");
    let mut assets = String::new();
    for number in 1..=count {
        let (kind, site) = match number % 3 {
            0 => ("laptop", "lyon"),
            1 => ("server", "annecy"),
            _ => ("printer", "lyon"),
        };
        let (month, day) = (number % 12 + 1, number % 28 + 1);
        let _ = write!(
            assets,
            "- id: pc-{number:04}\n  name: \"Poste {number} <b>&amp;</b>\"\n  type: {kind}\n  status: in-service\n  \
             site: {site}\n  price: {number}.5\n  warranty_end: 2027-{month:02}-{day:02}\n  serial: {SECRET}-{number}\n"
        );
    }
    write(root, "carnet.yaml", &format!("as_of: 2026-11-20\n{config}"));
    write(root, "inventory/_kinds/asset.yaml", &kind);
    write(root, "inventory/assets/all.yaml", &assets);
    let sites = "- {id: lyon, name: Lyon, type: site}\n- {id: annecy, name: Annecy, type: site}\n";
    write(root, "inventory/sites/all.yaml", sites);
    let build = building::build(root);
    let listed = |path: &String| path.starts_with("assets/_") || path == "assets/index.html";
    let paths = build.paths().into_iter().filter(listed);
    let render = |path: String| {
        let bytes = build.render(&path).expect("listed").expect("sound");
        (path, bytes)
    };
    paths.map(render).collect()
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
    fs::write(path, text).expect("it is written");
}

fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    let bytes = files.get(path).unwrap_or_else(|| panic!("{path} is there"));
    std::str::from_utf8(bytes).expect("a text")
}

fn rows(html: &str) -> usize {
    html.matches("<th scope=\"row\"").count()
}

#[test]
fn a_list_of_500_stays_on_one_page() {
    let files = files(500, "");
    assert_eq!(files.keys().collect::<Vec<_>>(), ["assets/index.html"]);
    let html = text(&files, "assets/index.html");
    assert_eq!(rows(html), 500);
    assert!(!html.contains("data-whole") && !html.contains("class=\"pager\""));
}

#[test]
fn a_longer_list_is_cut_into_pages_that_lead_to_one_another() {
    let files = files(1201, "");
    let paths: Vec<&str> = files.keys().map(String::as_str).collect();
    let mut expected: Vec<String> = (2..=13)
        .map(|part| format!("assets/_{part}/index.html"))
        .collect();
    expected.extend(["1", "2"].map(|piece| format!("assets/_rows/{piece}.json")));
    expected.push("assets/index.html".to_owned());
    expected.sort();
    assert_eq!(paths, expected);
    let [second, last, first] = [
        "assets/_2/index.html",
        "assets/_13/index.html",
        "assets/index.html",
    ]
    .map(|it| text(&files, it));
    assert_eq!([first, second, last].map(rows), [100, 100, 1]);
    assert!(
        first.contains("href=\"./_2/\" rel=\"next\"")
            || first.contains("href=\"_2/\" rel=\"next\"")
    );
    assert!(
        second.contains("href=\"../\" rel=\"prev\"")
            && second.contains("href=\"../_3/\" rel=\"next\"")
    );
    for range in ["pc-0001–pc-0100", "pc-0101–pc-0200", "pc-0201–pc-0300"] {
        assert!(
            second.contains(&format!("<small>{range}</small>")),
            "{range}"
        );
    }
    // What the columns offer is known on each page without reading the others.
    let offered = ["Imprimante\nOrdinateur portable\nServeur", "Annecy\nLyon"];
    for html in [first, second, last] {
        for values in offered {
            assert!(
                html.contains(&format!("data-facet=\"{values}\"")),
                "{values:?}"
            );
        }
        assert!(html.contains("data-pieces=\"2\" data-total=\"1201\""));
    }
}

#[test]
fn the_data_holds_what_the_table_shows_and_no_more() {
    let files = files(1201, "");
    let read = |path: &str| -> Value { serde_json::from_str(text(&files, path)).expect("JSON") };
    let pieces = [read("assets/_rows/1.json"), read("assets/_rows/2.json")];
    let counts = pieces
        .each_ref()
        .map(|it| it["rows"].as_array().expect("rows").len());
    assert_eq!(counts, [1000, 201]);
    let html = text(&files, "assets/index.html");
    let columns = html.matches("<th scope=\"col\"").count();
    let row = pieces[0]["rows"][6].as_array().expect("a row");
    assert_eq!(row.len(), columns);
    let name = "Poste 7 <b>&amp;</b>";
    // The number stands beside the name where a telephone has no room for its column.
    assert_eq!(
        row[0],
        serde_json::json!(["l", name, "pc-0007/", "pc-0007"])
    );
    assert_eq!(row.last(), Some(&serde_json::json!(["c", "pc-0007"])));
    let told = Value::from(row.clone()).to_string();
    for part in [
        "[\"l\",\"Annecy\",\"../sites/annecy/\"]",
        "\"7.5\"]",
        "\"2027-08-08\"",
        "[\"b\",\"En service\",\"success\"]",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    for (path, bytes) in &files {
        let is_told = bytes
            .windows(SECRET.len())
            .any(|text| text == SECRET.as_bytes());
        assert!(!is_told, "{path}");
    }
}

#[test]
fn without_a_server_the_data_are_scripts() {
    let files = files(501, "offline: true\n");
    let script = text(&files, "assets/_rows/1.json.js");
    let given = script
        .strip_prefix("carnetShard(\"1.json\",")
        .and_then(|it| it.strip_suffix(")\n"));
    let json: String = serde_json::from_str(given.expect("one call")).expect("a text");
    let piece: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(piece["rows"][500][0][2], "pc-0501/index.html");
    assert!(!files.contains_key("assets/_rows/1.json"));
}
