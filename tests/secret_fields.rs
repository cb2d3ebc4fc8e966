//! A field that a site makes secret stays so everywhere: whatever topic compares, counts or draws it, its value
//! is in no file of the site and in no message.

#[allow(dead_code, reason = "other tests use the rest of the module")]
mod building;

use std::fs;
use std::path::Path;

use carnet::diagnostic::{Language, human};

/// Fields of assets that topics read, with a value that nothing else in the project has.
const SECRETS: [(&str, &str); 14] = [
    ("serial", "SECRETSERIAL"),
    ("uuid", "5EC2E7AA-0000-4000-8000-00000000CA5E"),
    ("imei", "356938035643809"),
    ("inventory_number", "SECRETTAG-77"),
    ("hostname", "secret-host-77"),
    ("ip", "[198.51.100.177]"),
    ("mac", "[02:00:5E:CA:FE:77]"),
    ("phone_number", "01 99 00 77 66"),
    ("alternate_user", "Secret User"),
    ("room", "Secret Room"),
    ("rack_position", "U77"),
    ("os", "SecretOS"),
    ("os_version", "77.66.55"),
    ("price", "7766.55"),
];

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
    fs::write(path, text).expect("it is written");
}

fn project(root: &Path) {
    let fields: String = SECRETS
        .map(|(key, _)| format!("  - {{key: {key}, secret: true}}\n"))
        .concat();
    let values: String = SECRETS
        .map(|(key, value)| format!("  {key}: {value}\n"))
        .concat();
    let asset = |id: &str| {
        format!(
            "- id: {id}\n  name: {id}\n  type: laptop\n  status: in-service\n  site: lyon\n  rack: baie\n\
             \x20 installed_software: [{{name: Tableur, version: 1.0}}]\n{values}"
        )
    };
    write(root, "carnet.yaml", "as_of: 2026-11-20\n");
    write(
        root,
        "inventory/_kinds/asset.yaml",
        &format!("extends: asset\nfields:\n{fields}"),
    );
    let rack = "- {id: baie, name: Baie, type: rack, status: in-service, site: lyon}\n";
    // Two of each, so that whatever looks for doubles finds some.
    let assets = format!("{rack}{}{}", asset("pc-1"), asset("pc-2"));
    write(root, "inventory/assets/all.yaml", &assets);
    write(
        root,
        "inventory/sites/all.yaml",
        "- {id: lyon, name: Lyon, type: site}\n",
    );
    let prefix = "- {id: lan, prefix: 198.51.100.0/24, site: lyon}\n";
    write(root, "inventory/prefixes/all.yaml", prefix);
}

fn holds(bytes: &[u8], value: &str) -> bool {
    let value = value.trim_matches(['[', ']']).as_bytes();
    bytes
        .windows(value.len())
        .any(|window| window.eq_ignore_ascii_case(value))
}

#[test]
fn no_file_of_the_site_and_no_message_holds_one() {
    let folder = tempfile::tempdir().expect("a folder");
    project(folder.path());
    let build = building::build(folder.path());
    let files = building::files(&build);
    assert!(
        files.contains_key("assets/pc-1/index.html"),
        "the project is read"
    );
    let mut told = Vec::new();
    for (key, value) in SECRETS {
        let found = files.iter().filter(|(_, bytes)| holds(bytes, value));
        told.extend(found.map(|(path, _)| format!("{key} in {path}")));
        let messages = human(&build.diagnostics, Language::En, false);
        assert!(!holds(messages.as_bytes(), value), "{key}: {messages}");
    }
    assert_eq!(told, Vec::<String>::new());
}

/// Heads that nobody reads: what is wrong with them is told, and nothing of them is in any file.
#[test]
fn a_head_that_is_not_read_is_not_published() {
    const KEY: &str = "CANARY123456";
    let fields = format!("name: PC 1\nbitlocker_key: {KEY}\n");
    let heads = [
        format!(" ---\n{fields}---\nTexte\n"),
        format!("{fields}---\nTexte\n"),
        format!("-----\n{fields}---\nTexte\n"),
        format!("\u{2014}-\n{fields}---\nTexte\n"),
        format!("<!-- poste -->\n---\n{fields}---\nTexte\n"),
        format!("{{\"name\": \"PC 1\", \"bitlocker_key\": \"{KEY}\"}}\nTexte\n"),
        format!("---\nname: PC 1\n---\nTexte\n\n---\n{fields}---\n"),
        format!("---\n{fields}\nTexte\n"),
        format!("---\n{fields} --- \nTexte\n"),
        format!("+++\nname = \"PC 1\"\nbitlocker_key = \"{KEY}\"\n+++\nTexte\n"),
        format!("Clé de récupération BitLocker : {KEY}\n\n# PC 1\n"),
    ];
    for head in heads {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "carnet.yaml", "as_of: 2026-11-20\n");
        write(folder.path(), "inventory/assets/pc1.md", &head);
        let build = building::build(folder.path());
        let messages = human(&build.diagnostics, Language::Fr, false);
        assert!(messages.contains("front-matter]"), "{head}\n{messages}");
        assert!(!messages.contains(KEY), "{messages}");
        for (path, bytes) in building::files(&build) {
            assert!(!holds(&bytes, KEY), "{head} is in {path}");
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "carnet.yaml", "as_of: 2026-11-20\n");
    let twice = format!("\u{feff}\u{feff}---\n{fields}---\nTexte\n");
    write(folder.path(), "inventory/assets/pc1.md", &twice);
    let build = building::build(folder.path());
    let files = building::files(&build);
    assert!(
        holds(&files["assets/pc1/index.html"], "Texte"),
        "two marks are no text"
    );
    assert!(files.values().all(|bytes| !holds(bytes, KEY)));
}

/// What a secret field shares with others by an alias of YAML is secret in all of them.
#[test]
fn an_alias_of_a_secret_is_secret() {
    const KEY: &str = "CANARY123456";
    let common = "type: laptop, status: in-service";
    let assets = format!(
        "- {{id: pc-1, name: PC 1, {common}, bitlocker_key: &a {KEY}, notes: *a}}\n\
         - {{id: pc-2, name: PC 2, {common}, notes: &b {KEY}, bitlocker_key: *b}}\n\
         - {{id: pc-3, name: *a, {common}, serial: *b, ip: [*b]}}\n\
         - {{id: *a, name: PC 4, {common}, *b : 1}}\n\
         - &base {{id: pc-5, name: PC 5, {common}, bitlocker_key: {KEY}}}\n\
         - {{id: pc-6, name: PC 6, <<: *base}}\n"
    );
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "carnet.yaml", "as_of: 2026-11-20\n");
    write(folder.path(), "inventory/assets/all.yaml", &assets);
    let build = building::build(folder.path());
    let messages = human(&build.diagnostics, Language::Fr, false);
    assert!(messages.contains("partage cette valeur"), "{messages}");
    assert!(!messages.contains(KEY), "{messages}");
    for (path, bytes) in building::files(&build) {
        assert!(!holds(&bytes, KEY), "it is in {path}");
    }
}
