//! Callouts: `> [!NOTE]` of forges, and Obsidian's with a title and folding, under English and
//! French names.

use crate::diagnostic::Text;

/// A kind of callout.
#[derive(Debug, Hash)]
pub(super) struct Kind {
    /// The end of its class: `callout-warning`.
    pub name: &'static str,
    fr: &'static str,
    en: &'static str,
    /// Other names of the same kind, in lower case.
    aliases: &'static [&'static str],
}

/// Names by GitHub, GitLab and Obsidian, and the words French authors use for them.
static KINDS: [Kind; 14] = [
    kind("note", "Note", "Note", &["remarque"]),
    kind("info", "Information", "Information", &["information"]),
    kind("tip", "Astuce", "Tip", &["hint", "astuce", "conseil"]),
    kind("important", "Important", "Important", &[]),
    kind(
        "warning",
        "Attention",
        "Warning",
        &["attention", "avertissement"],
    ),
    kind(
        "caution",
        "Danger",
        "Danger",
        &["danger", "error", "erreur"],
    ),
    kind(
        "success",
        "Réussite",
        "Success",
        &["check", "done", "succès", "succes", "réussite"],
    ),
    kind("question", "Question", "Question", &["help", "faq", "aide"]),
    kind(
        "failure",
        "Échec",
        "Failure",
        &["fail", "missing", "échec", "echec"],
    ),
    kind("bug", "Anomalie", "Bug", &["anomalie", "bogue"]),
    kind("example", "Exemple", "Example", &["exemple"]),
    kind("quote", "Citation", "Quote", &["cite", "citation"]),
    kind(
        "abstract",
        "Résumé",
        "Summary",
        &["summary", "tldr", "résumé", "resume"],
    ),
    kind("todo", "À faire", "To do", &["à faire", "a faire"]),
];

const fn kind(
    name: &'static str,
    fr: &'static str,
    en: &'static str,
    aliases: &'static [&'static str],
) -> Kind {
    Kind {
        name,
        fr,
        en,
        aliases,
    }
}

/// The titles in English, by which a language's file may translate them.
pub fn callout_titles() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|kind| kind.en)
}

impl Kind {
    /// The title where the author gave none.
    pub(super) fn title(&self) -> Text {
        Text {
            fr: self.fr.to_owned(),
            en: self.en.to_owned(),
        }
    }
}

/// Whether a callout folds, and how it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folding {
    /// It does not fold.
    None,
    /// `+`: unfolded at first.
    Open,
    /// `-`: folded at first.
    Closed,
}

/// The head of a callout.
#[derive(Debug)]
pub(super) struct Head {
    pub kind: &'static Kind,
    pub folding: Folding,
    /// A name that is no kind of ours; it is the title then, as in Obsidian.
    pub unknown: Option<String>,
    /// Bytes of the text up to the title.
    pub length: usize,
}

impl Head {
    /// Whether it is no callout but a group of tabs, which is written in the same form.
    pub(super) fn is_tabs(&self) -> bool {
        let name = self.unknown.as_deref().unwrap_or_default();
        ["tabs", "onglets"].contains(&name.to_lowercase().as_str())
    }
}

/// Reads `[!kind]`, `[!kind]-` or `[!kind]+` at the start of a quote's first line.
pub(super) fn head(line: &str) -> Option<Head> {
    let (name, after) = line.strip_prefix("[!")?.split_once(']')?;
    // Obsidian lets a theme's metadata follow: `[!note|wide]`.
    let name = name.split('|').next().unwrap_or(name).trim();
    let simple = |char: char| char.is_alphanumeric() || " -_".contains(char);
    if name.is_empty() || name.len() > 40 || !name.chars().all(simple) {
        return None;
    }
    let folding = match after.bytes().next() {
        Some(b'+') => Folding::Open,
        Some(b'-') => Folding::Closed,
        _ => Folding::None,
    };
    let rest = &after[usize::from(folding != Folding::None)..];
    let known = find(name);
    Some(Head {
        kind: known.unwrap_or(&KINDS[0]),
        folding,
        unknown: known.is_none().then(|| capitalised(name)),
        length: line.len() - rest.trim_start().len(),
    })
}

fn find(name: &str) -> Option<&'static Kind> {
    let name = name.to_lowercase();
    KINDS
        .iter()
        .find(|kind| kind.name == name || kind.aliases.contains(&name.as_str()))
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_in_both_languages() {
        let read = |line| head(line).map(|head| (head.kind.name, head.folding, head.length));
        assert_eq!(read("[!NOTE]"), Some(("note", Folding::None, 7)));
        assert_eq!(
            read("[!Attention]- Titre"),
            Some(("warning", Folding::Closed, 14))
        );
        assert_eq!(read("[!à faire]+"), Some(("todo", Folding::Open, 12)));
        assert_eq!(read("[!x](y)").map(|read| read.0), Some("note"));
        assert_eq!(read("[note]"), None);
        assert_eq!(
            head("[!réseau]").and_then(|head| head.unknown).as_deref(),
            Some("Réseau")
        );
    }
}
