//! Whose a file is, by signs that no other program writes: what one source refuses, the message hands to the
//! source that reads it. Only the beginning is looked at.

use crate::import::table::decode;
use crate::import::{Refusal, first_letter};
use crate::text;

/// How much of a file is looked at, in bytes.
const BEGINNING: usize = 64 << 10;

/// Keys of JSON by source: all of one line stand in the files of that source, and together in no other's.
const KEYS: [(&str, &[&str]); 14] = [
    ("glpi", &["\"deviceid\"", "\"content\""]),
    ("glpi", &["models_id\""]),
    ("jira", &["\"issues\"", "\"fields\""]),
    ("jira", &["\"key\"", "\"fields\"", "\"issuetype\""]),
    ("snipeit", &["\"asset_tag\""]),
    ("snipeit", &["\"free_seats_count\""]),
    ("entra", &["graph.microsoft.com"]),
    ("entra", &["\"userPrincipalName\""]),
    ("entra", &["\"UserPrincipalName\""]),
    ("ninjaone", &["\"nodeClass\""]),
    ("ninjaone", &["\"systemName\""]),
    ("ninjaone", &["\"organizationId\""]),
    ("restic", &["\"short_id\"", "\"tree\""]),
    ("borg", &["\"archives\"", "\"repository\""]),
];

/// The source whose files look like this one; nothing when none is known, or it is a table, of which
/// `profile` knows more.
pub fn source_of(bytes: &[u8]) -> Option<&'static str> {
    let beginning = &bytes[..bytes.len().min(BEGINNING)];
    let text = decode(beginning).ok()?;
    match first_letter(bytes)? {
        b'{' | b'[' => {
            let has_all = |keys: &&[&str]| keys.iter().all(|key| text.contains(key));
            let found = KEYS.iter().find(|(_, keys)| has_all(keys));
            found.map(|(source, _)| *source)
        }
        b'<' if text.contains("<REQUEST>") => Some(if is_ocs(&text) { "ocs" } else { "glpi" }),
        _ => {
            let line = text.lines().find(|line| {
                let line = line.trim_start_matches('\u{feff}');
                !line.trim().is_empty() && !line.starts_with(['#', ' '])
            });
            let line = line?.trim_start_matches('\u{feff}');
            let is_ldif = ["dn: ", "dn:: ", "version: 1"]
                .iter()
                .any(|start| line.starts_with(start));
            is_ldif.then_some("ldif")
        }
    }
}

/// Whether the XML of an agent is of OCS Inventory, which says so in the name of its client.
fn is_ocs(text: &str) -> bool {
    let client = text
        .split_once("<VERSIONCLIENT>")
        .and_then(|(_, rest)| rest.split_once('<'));
    client.is_some_and(|(client, _)| client.starts_with("OCS"))
}

/// That a file is of another source.
pub fn other(source: &str) -> Refusal {
    Refusal::new(text!(
        "ce fichier vient d’une autre source\u{a0}: importez-le par `carnet import {source}`",
        "this file is of another source: import it by `carnet import {source}`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_apart_by_what_is_in_them() {
        let cases: [(&str, Option<&str>); 11] = [
            ("{\"deviceid\": \"pc\", \"content\": {}}", Some("glpi")),
            ("[{\"id\": 1, \"computermodels_id\": 2}]", Some("glpi")),
            (
                "{\"issues\": [{\"key\": \"S-1\", \"fields\": {}}]}",
                Some("jira"),
            ),
            (
                "{\"total\": 1, \"rows\": [{\"asset_tag\": \"1\"}]}",
                Some("snipeit"),
            ),
            (
                "\u{feff}{\"value\": [{\"userPrincipalName\": \"a\"}]}",
                Some("entra"),
            ),
            ("[{\"systemName\": \"pc\"}]", Some("ninjaone")),
            ("{\"archives\": [], \"repository\": {}}", Some("borg")),
            (
                "<?xml?><REQUEST><VERSIONCLIENT>OCS-NG_v2</VERSIONCLIENT>",
                Some("ocs"),
            ),
            (
                "<REQUEST><VERSIONCLIENT>GLPI-Agent_v1</VERSIONCLIENT>",
                Some("glpi"),
            ),
            ("# annuaire\n\ndn: cn=a,dc=example\n", Some("ldif")),
            ("{\"autre\": 1}", None),
        ];
        for (text, expected) in cases {
            assert_eq!(source_of(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(source_of(b""), None);
    }
}
