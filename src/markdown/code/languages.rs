//! Names of languages, and the syntaxes they stand for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// What is known about a language's name.
pub(in crate::markdown) enum Known {
    /// It is coloured.
    Syntax(&'static SyntaxReference),
    /// It is known to be shown as it is.
    Plain,
    /// Nobody knows it.
    No,
}

/// Names shown without colours: no name, what terminals print, and languages no grammar is at hand for.
const PLAIN: [&str; 18] = [
    "",
    "text",
    "txt",
    "plain",
    "plaintext",
    "none",
    "console",
    "output",
    "log",
    "terminal",
    "mermaid",
    "cisco",
    "promql",
    "logql",
    "kql",
    "ldif",
    "cron",
    "dns",
];

/// Names writers use, and the token the syntax set knows.
const ALIASES: [(&str, &str); 21] = [
    ("shell", "sh"),
    ("shell-session", "sh"),
    ("sh-session", "sh"),
    ("powershell", "ps1"),
    ("pwsh", "ps1"),
    ("ps", "ps1"),
    ("posh", "ps1"),
    ("cmd", "bat"),
    ("batch", "bat"),
    ("dos", "bat"),
    ("docker", "dockerfile"),
    ("apache", "htaccess"),
    ("apacheconf", "htaccess"),
    ("conf", "ini"),
    ("cfg", "ini"),
    ("systemd", "ini"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("patch", "diff"),
    ("hcl", "tf"),
    ("registry", "ini"),
];

/// All syntaxes; their grammars are read when first used.
pub(super) fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(two_face::syntax::extra_newlines)
}

/// Looks a language up by the name of a fence, in lower case.
pub(in crate::markdown) fn known(name: &str) -> Known {
    if PLAIN.contains(&name) {
        return Known::Plain;
    }
    let alias = ALIASES.iter().find(|(alias, _)| *alias == name);
    let token = alias.map_or(name, |(_, token)| token);
    by_token()
        .get(token)
        .copied()
        .map_or(Known::No, Known::Syntax)
}

/// Syntaxes by their extensions and names in lower case; of two with one name the last counts, as
/// sets are made to be read.
fn by_token() -> &'static BTreeMap<String, &'static SyntaxReference> {
    static TOKENS: OnceLock<BTreeMap<String, &'static SyntaxReference>> = OnceLock::new();
    TOKENS.get_or_init(|| {
        let mut tokens = BTreeMap::new();
        for syntax in syntaxes().syntaxes().iter().filter(|syntax| !syntax.hidden) {
            tokens.insert(syntax.name.to_lowercase(), syntax);
        }
        for syntax in syntaxes().syntaxes().iter().filter(|syntax| !syntax.hidden) {
            for extension in &syntax.file_extensions {
                tokens.insert(extension.to_lowercase(), syntax);
            }
        }
        tokens
    })
}

/// All names a fence may have, sorted, for proposals.
pub(in crate::markdown) fn names() -> &'static BTreeSet<String> {
    static NAMES: OnceLock<BTreeSet<String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let usual = |name: &str| name.chars().all(|char| char.is_ascii_alphanumeric());
        let aliases = ALIASES.iter().map(|(alias, _)| *alias);
        let plain = PLAIN.into_iter().filter(|name| !name.is_empty());
        let syntaxes = by_token()
            .keys()
            .map(String::as_str)
            .filter(|name| usual(name));
        syntaxes
            .chain(aliases)
            .chain(plain)
            .map(str::to_owned)
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_it_departments_are_known() {
        for name in [
            "bash",
            "sh",
            "shell",
            "powershell",
            "ps1",
            "yaml",
            "yml",
            "json",
            "ini",
            "nginx",
            "sql",
            "dockerfile",
            "toml",
            "xml",
            "html",
            "css",
            "js",
            "javascript",
            "python",
            "py",
            "diff",
            "apache",
            "batch",
            "cmd",
            "bat",
            "terraform",
            "hcl",
            "ruby",
            "go",
            "rust",
            "java",
            "c",
            "cpp",
            "php",
            "makefile",
            "markdown",
            "md",
            "conf",
            "jsonc",
        ] {
            assert!(matches!(known(name), Known::Syntax(_)), "{name}");
        }
        assert!(matches!(known("console"), Known::Plain));
        assert!(matches!(known("powershel"), Known::No));
    }
}
