//! What a record's own log says of versions that cannot be read, of text that would act on a page, and
//! of what was removed.

use crate::builder::{Builder, files};
use crate::past::{carnet, page, site};

#[test]
fn a_version_that_cannot_be_read_is_said_in_the_log_of_its_record() {
    let path = "inventory/assets/pc-1.yaml";
    let mut builder = Builder::new();
    builder.line(&[
        files([(path, "name: PC 1\n")]),
        files([(path, "name: [\n")]),
        files([(path, "name: PC 1\n")]),
    ]);
    let root = builder.folder.path();
    let shown = page(&site(root, &[]), "assets/pc-1/index.html");
    assert_eq!(shown.matches("illisible dans cette version").count(), 1);
    let told = carnet(root, &["history", "pc-1", "--lang", "en"]);
    let told = String::from_utf8_lossy(&told.stdout);
    let at = told.find("cannot be read in this version");
    assert!(at < told.find("added") && at.is_some(), "{told}");
    let json = carnet(root, &["history", "pc-1", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["changes"][0]["what"], "unreadable");
}

#[test]
fn nothing_that_acts_reaches_a_page_of_the_history() {
    let acts = [
        '\u{1b}', '\u{202e}', '\u{200f}', '\u{2066}', '\u{feff}', '\u{7}',
    ];
    let mut builder = Builder::new();
    builder.author = ("Zo\u{202e}\u{200f}\u{feff}", "zoe@corp.example");
    let asset = |room: &str| format!("name: PC 1\nroom: \"{room}\"\nnotes: \"un\\n\\n{room}\"\n");
    let odd = "A\\e\u{202e}\u{200f}\u{2066}\\a\\uFEFFx";
    let path = "inventory/assets/pc-1.yaml";
    let states = [asset("A"), asset(odd), asset("C")].map(|text| files([(path, &text)]));
    let mut parents = Vec::new();
    for state in &states {
        let id = builder.commit(&parents, state, "Un\u{1b}\u{200f}\u{202e}\n\nx\u{feff}");
        parents = vec![id];
    }
    builder.check_out(parents[0]);
    let site = site(builder.folder.path(), &[]);
    let all = [
        "history/",
        "feed.xml",
        "assets/feed.xml",
        "assets/pc-1/index.html",
        "index.html",
    ];
    let mut seen = 0;
    for (path, bytes) in &site {
        if !all.iter().any(|start| path.starts_with(start)) {
            continue;
        }
        let text = String::from_utf8_lossy(bytes);
        for letter in acts {
            assert!(!text.contains(letter), "{path}: {letter:?}");
            let escaped = format!("\\u{:04x}", u32::from(letter));
            assert!(!text.contains(&escaped), "{path}: {escaped}");
        }
        seen += text.matches('\u{fffd}').count();
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn a_removed_record_leads_to_its_log_and_a_reference_is_not_told_twice() {
    let sites = (
        "inventory/sites/all.yaml",
        "- {id: lyon, name: Lyon Part-Dieu}\n",
    );
    let asset = |site: &str| format!("name: PC 1\nsite: {site}\n");
    let old = ("inventory/assets/pc-9.yaml", "name: Vieux poste\n");
    let path = "inventory/assets/pc-1.yaml";
    let mut builder = Builder::new();
    builder.line(&[
        files([sites, old, (path, &asset("Lyon Part-Dieu"))]),
        files([sites, old, (path, &asset("lyon"))]),
        files([sites, (path, &asset("lyon"))]),
    ]);
    let root = builder.folder.path();
    let site = site(root, &[]);
    let history = page(&site, "history/index.html");
    let link = "?record=asset:pc-9\"";
    assert!(
        history.contains(link)
            && history.contains("Vieux poste (<span class=\"unbroken\">pc-9</span>)"),
        "{history}"
    );
    let shown = page(&site, "assets/pc-1/index.html");
    assert!(shown.contains("mise en forme seulement"), "{shown}");
    let told = carnet(root, &["history", "pc-1"]);
    let told = String::from_utf8_lossy(&told.stdout);
    assert!(told.contains("Lyon Part-Dieu (écrit autrement)"), "{told}");
    assert!(!told.contains("→"), "{told}");
}
