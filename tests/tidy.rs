//! The house rules that no compiler holds: which module may use which, where each package is named,
//! how long files are, and how French is set. Every judge here is shown a fault it must find.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules, lowest layer first. A module uses its own layer's and those below it.
#[rustfmt::skip]
const LAYERS: [(&str, &[&str]); 7] = [
    ("text", &["address", "source", "diagnostic", "digest", "fold", "format", "locale", "remembered", "spelling", "typography", "yaml"]),
    ("written", &["audience", "forgotten", "secrets", "schema", "project", "markdown", "history"]),
    ("meant", &["estate"]),
    ("made", &["check", "site", "search", "changelog", "database"]),
    ("whole", &["pipeline"]),
    ("edge", &["load", "git", "http", "publish", "serve", "edit", "import", "collect", "client", "pull", "send", "lsp"]),
    ("shell", &["commands", "cli", "main", "lib"]),
];

/// What a layer's modules may use of their own layer, where that is not everything.
#[rustfmt::skip]
const NEIGHBOURS: [(&str, &[&str]); 17] = [
    ("changelog", &[]),
    ("check", &["database"]),
    ("database", &[]),
    ("site", &["database"]),
    ("search", &[]),
    ("load", &["git"]),
    ("git", &[]), ("http", &[]), ("publish", &[]), ("client", &[]),
    ("edit", &[]),
    ("import", &["edit"]),
    ("collect", &["http", "import"]),
    ("pull", &["client", "import"]),
    ("send", &["client", "http", "publish"]),
    ("serve", &["load", "http", "git"]), ("lsp", &["load", "edit"]),
];

/// Packages and parts of the standard library, each with the only places that may name it.
#[rustfmt::skip]
const HOMES: &[(&str, &[&str])] = &[
    ("pulldown_cmark", &["markdown"]),
    ("syntect", &["markdown"]),
    ("two_face", &["markdown"]), ("merman", &["markdown/diagram/draw"]),
    ("ammonia", &["markdown"]),
    ("tera", &["site/templates"]), ("sha2", &["digest"]),
    ("git2", &["git"]),
    ("granit_parser", &["yaml"]),
    ("similar", &["history/semantic", "import/difference"]),
    ("walkdir", &["load", "publish", "send/folder"]),
    ("notify", &["serve"]),
    ("hyper", &["http"]),
    ("tokio", &["http"]),
    ("ureq", &["client"]), ("rustls", &["client"]), ("ring", &["client", "send/store/signature"]),
    ("annotate_snippets", &["diagnostic"]),
    ("clap", &["cli"]), ("clap_complete", &["cli/completions"]), ("clap_mangen", &["cli/man"]), ("lsp_server", &["lsp"]), ("lsp_types", &["lsp"]),
    ("rusqlite", &["database"]),
    ("qrcode", &["site/qr"]),
    ("println!", &["commands"]),
    ("eprintln!", &["commands"]),
    ("print!", &["commands"]),
    ("eprint!", &["commands"]),
    ("quick_xml", &["import", "send/store/listing"]),
    ("flate2", &["import/glpi/ocs", "import/table/workbook", "collect/compression", "publish/audit", "send/source"]),
    ("std::fs", &["load", "publish", "git", "commands", "serve", "import", "collect/spool", "pull/spool", "send/folder", "send/source"]),
];

/// Names that say nothing of what is inside.
const EMPTY_NAMES: [&str; 8] = [
    "utils", "util", "helpers", "helper", "manager", "data", "info", "misc",
];
const LONGEST_FILE: usize = 400;
/// Files that are longer all the same, with the lines they may have. Shorten them; add none.
const LONG_FILES: [(&str, usize); 0] = [];
const LONGEST_OPENING: usize = 8;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files under some folders: path from the root, text.
fn sources(folders: &[&str]) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name = path.strip_prefix(root()).expect("under the root");
                let text = fs::read_to_string(&path).expect("Rust files are UTF-8");
                files.insert(name.to_string_lossy().replace('\\', "/"), text);
            }
        }
    }
    files
}

/// The faults of all files, one a line.
fn faults(folders: &[&str], judge: impl Fn(&str, &str) -> Vec<String>) -> String {
    let mut all = Vec::new();
    for (path, text) in sources(folders) {
        let found = judge(&path, &text);
        all.extend(found.into_iter().map(|fault| format!("{path}: {fault}")));
    }
    all.join("\n")
}

/// The lines of a text that are no comment.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim_start);
    lines.filter(|line| !line.starts_with("//"))
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Where a word stands in a line, not as a part of a longer one.
fn word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let after = line[at + word.len()..].chars().next();
        !line[..at].ends_with(is_word) && (word.ends_with('!') || !after.is_some_and(is_word))
    })
}

/// The module of a path under `src`: its first folder or file.
fn module(path: &str) -> &str {
    let inner = path.strip_prefix("src/").unwrap_or(path);
    inner.split(['/', '.']).next().unwrap_or(inner)
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/") || path.ends_with("/samples.rs")
}

fn layer(module: &str) -> Option<usize> {
    LAYERS
        .iter()
        .position(|(_, modules)| modules.contains(&module))
}

/// The modules named after `crate::` in a text; the macro `text!` is a part of `diagnostic`.
fn used(text: &str) -> Vec<String> {
    let mut used = Vec::new();
    let whole = code(text).collect::<Vec<_>>().join("\n");
    for (at, _) in whole.match_indices("crate::") {
        let rest = &whole[at + "crate::".len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => {
                let list = list.split('}').next().unwrap_or_default();
                list.split(',').map(str::trim).collect()
            }
            None => vec![rest],
        };
        for name in names {
            let name: String = name.chars().take_while(|letter| is_word(*letter)).collect();
            match name.as_str() {
                "text" => used.push("diagnostic".to_owned()),
                "" => {}
                _ => used.push(name),
            }
        }
    }
    used
}

fn layer_faults(path: &str, text: &str) -> Vec<String> {
    let own = module(path);
    let Some(height) = layer(own) else {
        return vec![format!("`{own}` has no layer")];
    };
    let neighbours = NEIGHBOURS.iter().find(|(name, _)| *name == own);
    let mut faults = Vec::new();
    for name in used(text) {
        let allowed = match layer(&name) {
            _ if name == own => true,
            Some(other) if other == height => {
                neighbours.is_none_or(|(_, names)| names.contains(&name.as_str()))
            }
            Some(other) => other < height,
            // A name that is no module: a macro or a re-export of the root.
            None => name == "run",
        };
        if !allowed {
            faults.push(format!("`{own}` uses `{name}`"));
        }
    }
    faults
}

fn home_faults(path: &str, text: &str) -> Vec<String> {
    if is_test(path) {
        return Vec::new();
    }
    let inner = path.strip_prefix("src/").unwrap_or(path);
    let mut faults = Vec::new();
    // The tests at a file's end may set up what they like.
    let tested = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    for (name, homes) in HOMES {
        let at_home = homes.iter().any(|home| {
            inner
                .strip_prefix(home)
                .is_some_and(|rest| rest.starts_with(['/', '.']))
        });
        if !at_home && code(tested).any(|line| word(line, name)) {
            faults.push(format!("names `{name}`"));
        }
    }
    faults
}

fn opening_faults(path: &str, text: &str) -> Vec<String> {
    let opening = text.lines().take_while(|line| line.starts_with("//!"));
    let mut faults = Vec::new();
    match opening.count() {
        0 => faults.push("does not say why it exists (`//!`)".to_owned()),
        lines if lines > LONGEST_OPENING => {
            faults.push(format!("opens with {lines} lines of `//!`"));
        }
        _ => {}
    }
    let lines = text.lines().count();
    let known = LONG_FILES.iter().find(|(name, _)| *name == path);
    if lines > known.map_or(LONGEST_FILE, |(_, most)| *most) {
        faults.push(format!("has {lines} lines"));
    }
    if known.is_some() && lines <= LONGEST_FILE {
        faults.push("is no long file any more".to_owned());
    }
    faults
}

fn name_faults(path: &str, _: &str) -> Vec<String> {
    let parts = path.split(['/', '.']);
    let empty = parts.filter(|part| EMPTY_NAMES.contains(part));
    empty.map(|part| format!("is named `{part}`")).collect()
}

fn left_over_faults(_: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let left = ["todo!", "dbg!", "unimplemented!"];
    let lines: Vec<&str> = code(text).collect();
    for (index, line) in lines.iter().enumerate() {
        let found = left.iter().filter(|name| word(line, name));
        faults.extend(found.map(|name| format!("holds `{name}`")));
        let opens = ["#[allow(", "#[expect(", "#![allow(", "#![expect("];
        if opens.iter().any(|open| line.starts_with(open)) {
            let rest = lines[index..].join("\n");
            let attribute = rest.split(")]").next().unwrap_or_default();
            if !attribute.contains("reason = ") {
                faults.push(format!("gives no reason: `{line}`"));
            }
        }
    }
    faults
}

/// The French of every `text!("…", "…")`.
fn french(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("text!(") {
        let rest = text[at + "text!(".len()..].trim_start();
        let Some(rest) = rest.strip_prefix('"') else {
            continue;
        };
        let mut escaped = false;
        let end = rest.find(|letter| {
            let ends = letter == '"' && !escaped;
            escaped = letter == '\\' && !escaped;
            ends
        });
        found.push(&rest[..end.unwrap_or(rest.len())]);
    }
    found
}

fn french_faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for text in french(text) {
        for words in text.split('`').step_by(2) {
            let marks = [" ;", " :", " !", " ?", "« ", " »"];
            let plain = marks.iter().any(|mark| words.contains(mark));
            if words.contains('\'') || plain {
                faults.push(format!("typography of “{text}”"));
            }
        }
    }
    if path.ends_with("tidy.rs") {
        faults.clear();
    }
    faults
}

#[test]
fn modules_use_only_what_is_below_them() {
    assert_eq!(faults(&["src"], layer_faults), "");
}

#[test]
fn packages_are_named_in_their_one_home() {
    assert_eq!(faults(&["src"], home_faults), "");
}

#[test]
fn files_say_why_they_exist_and_are_short() {
    assert_eq!(faults(&["src", "tests", "benches"], opening_faults), "");
}

#[test]
fn names_mean_something() {
    assert_eq!(faults(&["src", "tests"], name_faults), "");
}

#[test]
fn nothing_is_left_over_or_silenced_without_a_reason() {
    let judged = |path: &str, text: &str| {
        if path == "tests/tidy.rs" {
            return Vec::new();
        }
        left_over_faults(path, text)
    };
    assert_eq!(faults(&["src", "tests", "benches"], judged), "");
}

#[test]
fn french_is_set_as_french() {
    assert_eq!(faults(&["src"], french_faults), "");
}

#[test]
fn paths_in_the_architecture_exist() {
    let Ok(text) = fs::read_to_string(root().join("ARCHITECTURE.md")) else {
        return;
    };
    let missing: Vec<&str> = named_paths(&text)
        .into_iter()
        .filter(|path| !root().join(path).exists())
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The paths that a text names between backticks.
fn named_paths(text: &str) -> Vec<&str> {
    let tops = "src/ tests/ benches/ themes/ inventory/ .ci/";
    let quoted = text.split('`').skip(1).step_by(2);
    quoted
        .filter(|word| tops.split(' ').any(|top| word.starts_with(top)))
        .filter(|word| !word.contains(['<', '*', '{', '…', ' ', '\n']))
        .collect()
}

#[test]
fn judges_find_faults() {
    let layers = layer_faults(
        "src/estate/a.rs",
        "use crate::check;\nuse crate::{fold, serve};",
    );
    assert_eq!(layers, ["`estate` uses `check`", "`estate` uses `serve`"]);
    assert_eq!(
        layer_faults("src/site/a.rs", "crate::search::index()").len(),
        1
    );
    assert!(layer_faults("src/serve/a.rs", "use crate::{load, text};").is_empty());
    assert_eq!(layer_faults("src/thing.rs", "").len(), 1);
    assert!(layer_faults("src/fold.rs", "//! See crate::serve.").is_empty());

    assert_eq!(
        home_faults("src/site/page.rs", "use tera::Tera;"),
        ["names `tera`"]
    );
    assert!(home_faults("src/site/templates.rs", "use tera::Tera;").is_empty());
    assert!(home_faults("src/site/page.rs", "let literate = materata();").is_empty());
    assert_eq!(home_faults("src/fold.rs", "eprintln!(\"a\")").len(), 1);
    assert_eq!(
        home_faults("src/estate/mod.rs", "std::fs::read(a)").len(),
        1
    );

    assert_eq!(opening_faults("a.rs", "fn main() {}").len(), 1);
    assert_eq!(opening_faults("a.rs", &"//! a\n".repeat(9)).len(), 1);
    assert_eq!(
        opening_faults("a.rs", &format!("//! a\n{}", "\n".repeat(400))).len(),
        1
    );
    assert_eq!(name_faults("src/estate/utils.rs", "").len(), 1);
    assert_eq!(left_over_faults("a.rs", "    todo!()").len(), 1);
    assert_eq!(left_over_faults("a.rs", "#[allow(dead_code)]").len(), 1);
    assert!(left_over_faults("a.rs", "#[expect(\n  dead_code,\n  reason = \"x\"\n)]").is_empty());
    assert_eq!(french_faults("a.rs", "text!(\"l'image\", \"\")").len(), 1);
    assert_eq!(
        french_faults("a.rs", "text!(\n \"voici : `a`\",\n \"\")").len(),
        1
    );
    assert!(french_faults("a.rs", "text!(\"voici `a : 'b'`\", \"it's\")").is_empty());
    assert_eq!(
        named_paths("`src/a.rs`, `src/<rule>.rs` and `x`"),
        ["src/a.rs"]
    );
}
