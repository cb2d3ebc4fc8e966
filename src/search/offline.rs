//! The files of an index as scripts, for a site that is opened without a server: there a page may run
//! scripts of its own folder, but not read its files.

/// The name of the script that stands for a file of the index.
pub fn script_name(name: &str) -> String {
    format!("{name}.js")
}

/// The file as a script, which hands its name and text to the theme's `search-offline.js`.
pub fn script(name: &str, text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(text);
    let quoted = |text: &str| serde_json::to_string(text).expect("a text is always JSON");
    format!("carnetShard({},{})\n", quoted(name), quoted(&text)).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_says_its_name_and_its_text() {
        assert_eq!(
            String::from_utf8(script("fr/a.txt", "« l\"été »\n\t".as_bytes())).unwrap(),
            "carnetShard(\"fr/a.txt\",\"« l\\\"été »\\n\\t\")\n"
        );
        assert_eq!(script_name("fr/a.txt"), "fr/a.txt.js");
    }
}
