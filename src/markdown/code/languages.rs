//! Names of languages, and the syntaxes they stand for.

use std::collections::BTreeSet;
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

/// Names that stand for plain text: no name, and what terminals print.
const PLAIN: [&str; 12] = [
    "",
    "text",
    "txt",
    "plain",
    "plaintext",
    "none",
    "console",
    "output",
    "log",
    "mermaid",
    "terminal",
    "cisco",
];

/// Names writers use, and the token the syntax set knows.
const ALIASES: [(&str, &str); 22] = [
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
    ("dockerfile", "Dockerfile"),
    ("docker", "Dockerfile"),
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
    match syntaxes().find_syntax_by_token(token) {
        Some(syntax) => Known::Syntax(syntax),
        None => Known::No,
    }
}

/// All names a fence may have, sorted, for proposals.
pub(in crate::markdown) fn names() -> &'static BTreeSet<String> {
    static NAMES: OnceLock<BTreeSet<String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let syntaxes = syntaxes().syntaxes().iter().filter(|syntax| !syntax.hidden);
        let names = syntaxes.flat_map(|syntax| {
            let extensions = syntax.file_extensions.iter().cloned();
            extensions.chain(std::iter::once(syntax.name.to_lowercase()))
        });
        let usual = |name: &String| name.chars().all(|char| char.is_ascii_alphanumeric());
        names
            .filter(usual)
            .chain(ALIASES.iter().map(|(alias, _)| (*alias).to_owned()))
            .chain(
                PLAIN
                    .iter()
                    .filter(|name| !name.is_empty())
                    .map(|name| (*name).to_owned()),
            )
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
