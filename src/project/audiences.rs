//! `audiences:` and `folders:` of `carnet.yaml`: who may read what. Whatever is wrong here closes, and never opens:
//! a name that nobody declared is one that nobody sees but `all`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::fold::case_fold;
use crate::project::audience_includes::{closure, included};
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

/// The folders whose files are records or pages.
const OF_RECORDS: [&str; 3] = ["content", "inventory", "procedures"];

/// The audiences of a site, and the folders that are for one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audiences {
    /// By name, all that it includes, itself among them.
    sets: BTreeMap<String, BTreeSet<String>>,
    /// By path from the root as [`place`] compares it: the path as it is written, and its audience.
    folders: BTreeMap<String, (String, String)>,
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

    /// The audiences of the folders that a file stands in, from the root on. Letters of either case name the same folder:
    /// they do on the disks of Windows and macOS, and a folder that two names may mean is closed by both.
    pub fn of_path(&self, path: &str) -> Vec<&str> {
        if self.folders.is_empty() {
            return Vec::new();
        }
        let path = place(path);
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        let folders = folders.chain([path.as_str()]);
        let marks = folders.filter_map(|folder| self.folders.get(folder));
        marks.map(|(_, name)| name.as_str()).collect()
    }

    /// The paths of the folders with an audience, as they are written, in the order of their places.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.folders.values().map(|(path, _)| path.as_str())
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
            let path = key.text().unwrap_or_default().trim().trim_matches('/');
            if let Some((message, help)) = no_place(path) {
                section.report(key, message, Some(help));
                self.lose();
                continue;
            }
            let name = self.audience_of(value, section, &example);
            let named = (path.to_owned(), name);
            self.folders.insert(place(path), named);
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

/// How audiences are written.
pub(super) fn example() -> Text {
    text!(
        "écrivez `techniciens: {{}}`, puis `direction: {{includes: [techniciens]}}`",
        "write `technicians: {{}}`, then `managers: {{includes: [technicians]}}`"
    )
}

/// A path as folders are compared: composed, in lower case, without spaces around its parts.
pub fn place(path: &str) -> String {
    let parts = path.split('/').map(|part| case_fold(part.trim()));
    parts.collect::<Vec<_>>().join("/")
}

/// Why a path can name no folder of records or pages, and what to write.
fn no_place(path: &str) -> Option<(Text, Text)> {
    if path.contains(['*', '?', '[', '\\']) {
        let message = text!(
            "`{path}` nomme des dossiers par un motif, ou avec `\\`",
            "`{path}` names folders by a pattern, or with `\\`"
        );
        let help = text!(
            "écrivez une ligne par dossier, ses parties séparées par `/`",
            "write a line for each folder, its parts separated by `/`"
        );
        return Some((message, help));
    }
    let parts: Vec<&str> = path.split('/').collect();
    let is_whole = parts.iter().all(|part| !matches!(*part, "" | "." | ".."));
    if is_whole && OF_RECORDS.contains(&case_fold(parts[0]).as_str()) {
        return None;
    }
    let message = text!(
        "`{path}` n’est pas un dossier de fiches ou de pages",
        "`{path}` is no folder of records or pages"
    );
    let help = text!(
        "le chemin part de `content/`, `inventory/` ou `procedures/`",
        "the path starts at `content/`, `inventory/` or `procedures/`"
    );
    Some((message, help))
}

/// Whether a setting that Carnet does not know may have meant who reads what: by its name, or by what stands below it.
pub(super) fn may_be_meant(name: &str, value: &Node) -> bool {
    if did_you_mean(name, ["audiences", "folders"].into_iter()).is_some() {
        return true;
    }
    let Shape::Mapping(entries) = &value.shape else {
        return false;
    };
    entries.iter().any(|(key, value)| {
        let path = key.text().unwrap_or_default();
        let first = case_fold(path.split('/').next().unwrap_or_default());
        let is_marked = ["audience", "includes"].map(|key| value.get(key).is_some());
        OF_RECORDS.contains(&first.as_str()) || is_marked.contains(&true)
    })
}

fn is_name(name: &str) -> bool {
    let plain = |letter: u8| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'-');
    !name.is_empty() && name != ALL && name.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::project::config;
    use crate::source::SourceFile;

    #[test]
    fn a_broken_configuration_is_no_site_for_everybody() {
        for text in [
            "audiences: [a]\n",
            "title: \"x\naudiences: {a: {}}\n",
            "a: b: c\naudiences: {a: {}}\n",
            "folders: [x]\n",
            "folders: {procedures/h*: {audience: a}}\n",
            "folders: {'procedures\\hr': {audience: a}}\n",
            "folders: {./procedures/hr: {audience: a}}\n",
            "folders: {procedures//hr: {audience: a}}\n",
            "folder: {x: 1}\n",
            "Folders: {x: 1}\n",
            "dossiers: {procedures/hr: direction}\n",
            "publics: {a: {includes: [b]}}\n",
        ] {
            let file = Arc::new(SourceFile::new("carnet.yaml", text));
            let (config, found) = config(&file, &[]);
            assert!(!found.is_empty(), "{text}");
            assert!(config.audiences.are_declared(), "{text}");
        }
    }

    #[test]
    fn a_folder_is_closed_however_its_letters_are_written() {
        for key in ["procedures/HR", "\"procedures/hr \"", "/Procedures/Hr/"] {
            let text = format!(
                "audiences: {{a: {}}}\nfolders: {{{key}: {{audience: a}}}}\n",
                "{}"
            );
            let file = Arc::new(SourceFile::new("carnet.yaml", text));
            let (config, found) = config(&file, &[]);
            assert!(found.is_empty(), "{key}: {found:?}");
            for path in ["procedures/hr/x.md", "procedures/HR/y/x.md"] {
                assert_eq!(config.audiences.of_path(path), ["a"], "{key} {path}");
            }
            assert!(config.audiences.of_path("procedures/hrx.md").is_empty());
        }
    }
}
