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
