//! `audiences:` and `folders:` of `carnet.yaml`: who may read what. Whatever is wrong here closes, and never opens:
//! a name that nobody declared is one that nobody sees but `all`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::project::config::{Config, ConfigReader, config};
use crate::project::section::Section;
use crate::source::{SourceFile, Span};
use crate::text;
use crate::yaml::{Node, Shape};

/// A name that is none of the audiences of `carnet.yaml`.
pub const UNKNOWN_AUDIENCE: Rule = Rule {
    name: "unknown-audience",
    level: Severity::Error,
};

/// The audience that sees everything; it is always there, and nothing is marked with it.
pub const ALL: &str = "all";

/// The audiences of a site, and the folders that are for one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audiences {
    /// By name, all that it includes, itself among them.
    sets: BTreeMap<String, BTreeSet<String>>,
    /// By path from the root, without a final `/`.
    folders: BTreeMap<String, String>,
    /// The section is written, whatever stands in it.
    is_declared: bool,
    /// What it says cannot be known.
    is_unreadable: bool,
}

impl Audiences {
    /// Whether the site has audiences at all: then each build is for one of them.
    pub fn are_declared(&self) -> bool {
        self.is_declared
    }

    /// Whether the sections are written so wrongly that only the whole site can be built.
    pub fn are_unreadable(&self) -> bool {
        self.is_unreadable
    }

    /// The names that are declared, sorted; `all` is none of them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sets.keys().map(String::as_str)
    }

    /// What an audience includes, itself among it; `None` for a name that is not declared.
    pub fn includes(&self, name: &str) -> Option<&BTreeSet<String>> {
        self.sets.get(name)
    }

    /// The audiences of the folders that a file stands in.
    pub fn of_path<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a str> {
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        let folders = folders.chain([path]);
        folders.filter_map(|folder| self.folders.get(folder).map(String::as_str))
    }

    /// The folders with an audience, sorted.
    pub fn folders(&self) -> impl Iterator<Item = (&str, &str)> {
        let folders = self.folders.iter();
        folders.map(|(path, name)| (path.as_str(), name.as_str()))
    }

    /// The finding about a name that is marked on something and is no audience; `None` for one that is declared.
    pub fn unknown(&self, name: &str, span: Span) -> Option<Diagnostic> {
        if self.sets.contains_key(name) || self.is_unreadable {
            return None;
        }
        let (message, help) = self.no_audience(name);
        Some(Diagnostic::at(UNKNOWN_AUDIENCE, span, message).help(help))
    }

    fn no_audience(&self, name: &str) -> (Text, Text) {
        if name == ALL {
            let message = text!(
                "`all` voit tout\u{a0}: rien ne lui est réservé",
                "`all` sees everything: nothing is reserved for it"
            );
            let help = text!(
                "nommez un des publics de `audiences`, ou enlevez cette ligne pour que tout le monde lise ceci",
                "name one of `audiences`, or remove this line so that everybody reads this"
            );
            return (message, help);
        }
        let message = text!(
            "`{name}` n’est pas un public de `carnet.yaml`",
            "`{name}` is not an audience of `carnet.yaml`"
        );
        let nearest = did_you_mean(name, self.names());
        let declare = text!(
            "déclarez-le sous `audiences:`\u{202f}; d’ici là, personne ne voit ceci, sauf `all`",
            "declare it under `audiences:`; until then nobody sees this but `all`"
        );
        (message, nearest.unwrap_or(declare))
    }

    /// What a configuration of the past says, whose mistakes are nobody's any more.
    pub fn of_configuration(bytes: &[u8]) -> Self {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Self::unreadable();
        };
        let file = Arc::new(SourceFile::new("carnet.yaml", text));
        config(&file, &[]).0.audiences
    }

    /// Those of a configuration that could not be read.
    pub fn unreadable() -> Self {
        let mut audiences = Self::default();
        audiences.lose();
        audiences
    }

    /// Says that the file of the configuration could not be read, and may well have had audiences.
    pub(super) fn lose(&mut self) {
        (self.is_declared, self.is_unreadable) = (true, true);
    }

    /// Reads `audiences:`.
    pub(super) fn read(&mut self, node: &Node, section: &mut Section) {
        self.is_declared = true;
        let Shape::Mapping(entries) = &node.shape else {
            let message = text!(
                "`audiences` attend des noms, chacun avec ce qu’il comprend",
                "`audiences` expects names, each with what it includes"
            );
            section.report(node, message, Some(example()));
            return;
        };
        let mut written: BTreeMap<&str, Vec<&Node>> = BTreeMap::new();
        for (key, value) in entries {
            let name = key.text().unwrap_or_default();
            if is_name(name) {
                written.insert(name, included(value, section));
            } else {
                let message = text!(
                    "`{name}` ne peut pas nommer un public",
                    "`{name}` cannot name an audience"
                );
                let help = text!(
                    "des minuscules sans accent, des chiffres et `-`, et pas `all`, qui existe toujours",
                    "lower-case letters, digits and `-`, and not `all`, which is always there"
                );
                section.report(key, message, Some(help));
            }
        }
        for (name, included) in &written {
            let all = closure(name, included, &written, section);
            self.sets.insert((*name).to_owned(), all);
        }
    }

    /// Reads `folders:`, once the audiences are known.
    pub(super) fn read_folders(&mut self, node: &Node, section: &mut Section) {
        let example = text!(
            "écrivez `procedures/rh: {{audience: direction}}`",
            "write `procedures/hr: {{audience: direction}}`"
        );
        self.is_declared = true;
        let Shape::Mapping(entries) = &node.shape else {
            let message = text!(
                "`folders` attend des dossiers, chacun avec son public",
                "`folders` expects folders, each with its audience"
            );
            section.report(node, message, Some(example));
            // Which folders were meant is not known: nobody may see any of them.
            self.lose();
            return;
        };
        for (key, value) in entries {
            let path = key.text().unwrap_or_default().trim_matches('/');
            let of_records = ["content", "inventory", "procedures"];
            let first = path.split('/').next().unwrap_or_default();
            if !of_records.contains(&first) {
                let message = text!(
                    "`{path}` n’est pas un dossier de fiches ou de pages",
                    "`{path}` is no folder of records or pages"
                );
                let help = text!(
                    "le chemin part de `content/`, `inventory/` ou `procedures/`",
                    "the path starts at `content/`, `inventory/` or `procedures/`"
                );
                section.report(key, message, Some(help));
                self.lose();
                continue;
            }
            let name = self.audience_of(value, section, &example);
            self.folders.insert(path.to_owned(), name);
        }
    }

    /// The audience of a folder; `""`, which nobody is, where it says none.
    fn audience_of(&self, value: &Node, section: &mut Section, example: &Text) -> String {
        let mut audience = None;
        if let Shape::Mapping(entries) = &value.shape {
            for (key, value) in entries {
                if key.text() == Some("audience") {
                    audience = Some(value);
                } else {
                    let of = text!("de `folders`", "of `folders`");
                    section.unknown(key, &of, &["audience"]);
                }
            }
        }
        let written = audience.and_then(|node| Some((node, node.text()?.trim())));
        let Some((node, name)) = written.filter(|(_, name)| !name.is_empty()) else {
            let message = text!(
                "le public de ce dossier manque",
                "the audience of this folder is missing"
            );
            section.report(value, message, Some(example.clone()));
            return String::new();
        };
        if !self.sets.contains_key(name) {
            let (message, help) = self.no_audience(name);
            section.report(node, message, Some(help));
        }
        name.to_owned()
    }
}

impl ConfigReader<'_> {
    /// Who may read what: the folders after the audiences, in whatever order they are written.
    pub(super) fn audiences(&mut self, config: &mut Config, root: &Node) {
        if let Some(node) = root.get("audiences") {
            let mut section = Section::new("audiences", self.file);
            config.audiences.read(node, &mut section);
            self.diagnostics.extend(section.faults);
        }
        if let Some(node) = root.get("folders").filter(|node| !node.is_empty()) {
            let mut section = Section::new("folders", self.file);
            config.audiences.read_folders(node, &mut section);
            self.diagnostics.extend(section.faults);
        }
    }
}

fn example() -> Text {
    text!(
        "écrivez `techniciens: {{}}`, puis `direction: {{includes: [techniciens]}}`",
        "write `technicians: {{}}`, then `managers: {{includes: [technicians]}}`"
    )
}

fn is_name(name: &str) -> bool {
    let plain = |letter: u8| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'-');
    !name.is_empty() && name != ALL && name.bytes().all(plain)
}

/// The names after `includes`, as they are written.
fn included<'n>(node: &'n Node, section: &mut Section) -> Vec<&'n Node> {
    if node.is_empty() {
        return Vec::new();
    }
    let Shape::Mapping(entries) = &node.shape else {
        let message = text!(
            "ce que ce public comprend s’écrit `{{includes: […]}}`",
            "what this audience includes is written `{{includes: […]}}`"
        );
        section.report(node, message, Some(example()));
        return Vec::new();
    };
    let mut names = Vec::new();
    for (key, value) in entries {
        if key.text() != Some("includes") {
            section.unknown(key, &text!("d’un public", "of an audience"), &["includes"]);
            continue;
        }
        match &value.shape {
            Shape::Sequence(items) if !items.is_empty() => names.extend(items),
            Shape::Scalar { .. } if !value.is_empty() => names.push(value),
            _ => {
                let message = text!(
                    "`includes` attend au moins un nom de public",
                    "`includes` expects the name of one audience or more"
                );
                let help = text!(
                    "enlevez `includes` d’un public qui n’en comprend pas d’autre",
                    "remove `includes` of an audience that includes no other"
                );
                section.report(value, message, Some(help));
            }
        }
    }
    names
}

/// All that an audience includes, itself among it. Names that are none and circles are told once each, and open nothing.
fn closure(
    name: &str,
    included: &[&Node],
    written: &BTreeMap<&str, Vec<&Node>>,
    section: &mut Section,
) -> BTreeSet<String> {
    let mut all = BTreeSet::from([name.to_owned()]);
    let mut open: Vec<&Node> = Vec::new();
    for node in included {
        let other = node.text().unwrap_or_default().trim();
        if !written.contains_key(other) {
            let message = text!(
                "`{other}` n’est pas un public déclaré ici",
                "`{other}` is not an audience declared here"
            );
            let help = did_you_mean(other, written.keys().copied());
            section.report(node, message, help);
        } else if leads_to(other, name, written) {
            let message = text!(
                "`{name}` se comprend lui-même par `{other}`",
                "`{name}` includes itself by `{other}`"
            );
            let help = text!(
                "enlevez un des deux `includes`",
                "remove one of the two `includes`"
            );
            section.report(node, message, Some(help));
        } else {
            open.push(node);
        }
    }
    while let Some(node) = open.pop() {
        let other = node.text().unwrap_or_default().trim();
        let Some(more) = written.get(other) else {
            continue;
        };
        if leads_to_itself(other, written) {
            all.insert(other.to_owned());
        } else if all.insert(other.to_owned()) {
            open.extend(more);
        }
    }
    all
}

fn leads_to_itself(name: &str, written: &BTreeMap<&str, Vec<&Node>>) -> bool {
    let next = written.get(name).into_iter().flatten();
    let mut names = next.filter_map(|node| node.text());
    names.any(|next| leads_to(next.trim(), name, written))
}

/// Whether one audience includes another, by however many others.
fn leads_to(from: &str, to: &str, written: &BTreeMap<&str, Vec<&Node>>) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            let next = written.get(name).into_iter().flatten();
            open.extend(next.filter_map(|node| node.text()).map(str::trim));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::project::config;
    use crate::source::SourceFile;

    fn sees(text: &str, name: &str) -> Vec<String> {
        let file = Arc::new(SourceFile::new("carnet.yaml", text));
        let (config, _) = config(&file, &[]);
        let all = config.audiences.includes(name);
        all.into_iter().flatten().cloned().collect()
    }

    #[test]
    fn what_is_included_is_included_by_many_steps() {
        let text = "audiences:\n  a: {}\n  b: {includes: [a]}\n  c: {includes: b}\n  d:\n";
        assert_eq!(sees(text, "a"), ["a"]);
        assert_eq!(sees(text, "c"), ["a", "b", "c"]);
        assert_eq!(sees(text, "d"), ["d"]);
        assert!(sees(text, "e").is_empty());
    }

    #[test]
    fn circles_open_nothing() {
        let text = "audiences:\n  a: {includes: [b]}\n  b: {includes: [a]}\n  c: {includes: [a]}\n";
        assert_eq!(sees(text, "a"), ["a"]);
        assert_eq!(sees(text, "b"), ["b"]);
        assert_eq!(sees(text, "c"), ["a", "c"]);
    }

    #[test]
    fn a_broken_configuration_is_no_site_for_everybody() {
        for text in [
            "audiences: [a]\n",
            "title: \"x\naudiences: {a: {}}\n",
            "a: b: c\naudiences: {a: {}}\n",
            "folders: [x]\n",
        ] {
            let file = Arc::new(SourceFile::new("carnet.yaml", text));
            let (config, found) = config(&file, &[]);
            assert!(!found.is_empty(), "{text}");
            assert!(config.audiences.are_declared(), "{text}");
        }
    }
}
