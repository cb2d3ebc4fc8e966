//! The file that a new language starts from: all conventions, all words of the interface and all texts of the
//! schema in English, each behind a `#` that goes once it is translated, so that nothing untranslated counts.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::locale::CONVENTIONS;
use crate::schema::Schema;
use crate::site::plan::texts;
use crate::site::templates::label_file;

/// The file of a language by its tag.
pub fn language_file(tag: &str, schema: &Schema) -> String {
    let mut out = format!(
        "# The words of the site in the language `{tag}`. Translate a line and take its `#` away; what stays\n\
         # behind a `#` is English on the site. Texts keep what stands between braces: {{n}}, {{used:one/many}}.\n\
         \n# --- The language itself ---\n"
    );
    for convention in CONVENTIONS {
        if !convention.purpose.is_empty() {
            let _ = writeln!(out, "# {}", convention.purpose);
        }
        let _ = writeln!(out, "#{}: {}", convention.key, quoted(convention.english));
    }
    out.push_str("\n# --- The words of the interface ---\n");
    for line in label_file("en").lines() {
        let mark = if line.is_empty() || line.starts_with('#') {
            ""
        } else {
            "#"
        };
        let _ = writeln!(out, "{mark}{line}");
    }
    out.push_str("\n# --- Kinds, fields and values: the English text, then its translation ---\n");
    let texts: BTreeSet<&str> = texts(schema).collect();
    for text in texts {
        let _ = writeln!(out, "#{0}: {0}", quoted(text));
    }
    out
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
