//! Schema files: YAML → [`Kind`]. Unknown keys, missing labels and unknown types are diagnostics.

use std::sync::Arc;

use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::schema::expected::KindWord;
use crate::schema::{Field, Kind, Menu, Schema, Section, built_in, extend};
use crate::source::{SourceFile, Span, TextRange};
use crate::text;
use crate::yaml::{self, Node, Shape};

/// A schema file says something that no kind can mean.
pub const INVALID_SCHEMA: Rule = Rule {
    name: "invalid-schema",
    level: Severity::Error,
};

pub(super) const KIND_KEYS: [&str; 11] = [
    "kind",
    "folder",
    "menu",
    "labels",
    "plural",
    "title",
    "summary",
    "sections",
    "fields",
    "audience",
    "retention",
];

/// The languages of labels.
pub(super) const LANGUAGES: [&str; 2] = ["fr", "en"];

/// What a schema file names that other files may describe.
#[derive(Default)]
pub struct Named {
    /// Kinds that fields refer to, and where.
    pub kinds: Vec<(Span, String)>,
    /// Types and fields of its own kind.
    pub words: Vec<KindWord>,
    /// The name of its kind.
    pub kind: String,
}

/// Reads one schema file into `schema`: a new kind, or (with `extends:`) more of a known one. Gives
/// what its fields name, which other files may describe.
pub fn schema_file(
    file: &Arc<SourceFile>,
    schema: &mut Schema,
    diagnostics: &mut Vec<Diagnostic>,
) -> Named {
    let (root, mut found) = yaml::parse(file, file.whole());
    diagnostics.append(&mut found);
    let Some(root) = root else {
        return Named::default();
    };
    let mut reader = SchemaReader::new(file, diagnostics);
    if root.get("extends").is_some() {
        extend::extend_kind(&mut reader, &root, schema);
    } else if let Some(kind) = reader.kind(&root) {
        if let Some(taken) = schema
            .kind(&kind.name)
            .or(schema.kind_of_folder(&kind.folder))
        {
            let name = taken.name.clone();
            let message = text!(
                "le genre `{name}` existe déjà",
                "kind `{name}` already exists"
            );
            let help = text!(
                "ajoutez-lui des champs avec `extends: {name}`",
                "add fields to it with `extends: {name}`"
            );
            let place = ["folder", "kind"].iter().find_map(|key| root.get(key));
            let place = place.map_or(root.range, |node| node.range);
            reader.report(place, message, Some(help));
            return Named::default();
        }
        schema.kinds.insert(kind.name.clone(), Arc::new(kind));
    }
    let name = ["extends", "kind"].iter().find_map(|key| root.get(key));
    Named {
        kind: name.and_then(Node::text).unwrap_or_default().to_owned(),
        kinds: reader.named,
        words: reader.kind_words,
    }
}

/// The fields every kind has.
fn common_fields() -> Vec<Field> {
    let file = built_in::common();
    let mut diagnostics = Vec::new();
    let (root, _) = yaml::parse(&file, file.whole());
    let mut reader = SchemaReader::new(&file, &mut diagnostics);
    reader.fields(&root.expect("the common fields are YAML"), true)
}

pub(super) struct SchemaReader<'a> {
    pub file: &'a Arc<SourceFile>,
    pub diagnostics: &'a mut Vec<Diagnostic>,
    /// The kinds that fields refer to.
    pub named: Vec<(Span, String)>,
    /// The types and fields that what is expected names.
    pub kind_words: Vec<KindWord>,
}

/// Whether the fields of a kind hold one with this key, as written.
fn is_described(root: &Node, key: &str) -> bool {
    let Some(Shape::Sequence(items)) = root.get("fields").map(|fields| &fields.shape) else {
        return false;
    };
    items
        .iter()
        .any(|item| item.get("key").and_then(Node::text) == Some(key))
}

impl<'a> SchemaReader<'a> {
    pub fn new(file: &'a Arc<SourceFile>, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Self {
            file,
            diagnostics,
            named: Vec::new(),
            kind_words: Vec::new(),
        }
    }
}

impl SchemaReader<'_> {
    fn kind(&mut self, root: &Node) -> Option<Kind> {
        self.known_keys(root, &KIND_KEYS);
        let name = self.required(root, "kind")?;
        let folder = root
            .get("folder")
            .and_then(Node::text)
            .unwrap_or(&name)
            .to_owned();
        for (word, key) in [(&name, "kind"), (&folder, "folder")] {
            if !word
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            {
                let message = text!(
                    "`{word}` doit être en minuscules sans accent, avec `-`",
                    "`{word}` must be lower-case letters, digits and `-`"
                );
                let place = root.get(key).map_or(root.range, |node| node.range);
                self.report(place, message, None);
            }
        }
        let labels = root
            .get("labels")
            .map_or_else(|| both(&name), |node| self.labels(node));
        let plural = root
            .get("plural")
            .map_or_else(|| labels.clone(), |node| self.labels(node));
        let menu = root
            .get("menu")
            .and_then(|node| self.menu(node))
            .unwrap_or(Menu::Fleet);
        let sections = root
            .get("sections")
            .map_or_else(Vec::new, |node| self.sections(node));
        let mut fields = root
            .get("fields")
            .map_or_else(Vec::new, |node| self.fields(node, true));
        let title = root
            .get("title")
            .and_then(Node::text)
            .unwrap_or("name")
            .to_owned();
        if !fields.iter().any(|field| field.key == title) {
            // A field that is described and wrong has been reported.
            if is_described(root, &title) {
                return None;
            }
        }
        // Without a title field, records are called by their id.
        if root.get("title").is_some() && !fields.iter().any(|field| field.key == title) {
            let message = text!(
                "le champ de titre `{title}` n’est pas décrit",
                "the title field `{title}` is not described"
            );
            self.report(root.range, message, None);
            return None;
        }
        fields.extend(common_fields());
        let summary = self.summary(root).unwrap_or_default();
        Some(Kind {
            audience: self.audience(root),
            retention: self.retention(root, &fields),
            name,
            folder,
            menu,
            labels,
            plural,
            title,
            summary,
            sections,
            fields,
        })
    }

    fn menu(&mut self, node: &Node) -> Option<Menu> {
        let menu = match node.text().unwrap_or_default() {
            "fleet" => Menu::Fleet,
            "software" => Menu::Software,
            "network" => Menu::Network,
            "service-desk" => Menu::ServiceDesk,
            "purchasing" => Menu::Purchasing,
            "people" => Menu::People,
            "security" => Menu::Security,
            "knowledge" => Menu::Knowledge,
            other => {
                let message = text!("`{other}` n’est pas un menu", "`{other}` is not a menu");
                self.report(node.range, message, None);
                return None;
            }
        };
        Some(menu)
    }

    pub fn sections(&mut self, node: &Node) -> Vec<Section> {
        let mut sections = Vec::new();
        for item in self.items(node) {
            let Some(key) = self.required(item, "key") else {
                continue;
            };
            let labels = item
                .get("labels")
                .map_or_else(|| both(&key), |node| self.labels(node));
            sections.push(Section { key, labels });
        }
        sections
    }

    pub fn labels(&mut self, node: &Node) -> Text {
        if let Some(one) = node.text() {
            return both(one);
        }
        self.known_keys(node, &LANGUAGES);
        let get = |code: &str| node.get(code).and_then(Node::text).map(str::to_owned);
        let (fr, en) = (get("fr"), get("en"));
        let either = fr.clone().or(en.clone()).unwrap_or_default();
        Text {
            fr: fr.unwrap_or_else(|| either.clone()),
            en: en.unwrap_or(either),
        }
    }

    pub fn items<'n>(&mut self, node: &'n Node) -> &'n [Node] {
        if let Shape::Sequence(items) = &node.shape {
            return items;
        }
        self.report(
            node.range,
            text!("une liste est attendue ici", "a list is expected here"),
            None,
        );
        &[]
    }

    pub fn required(&mut self, node: &Node, key: &str) -> Option<String> {
        let text = node.get(key).and_then(Node::text).map(str::to_owned);
        if text.is_none() {
            let message = text!("il manque `{key}`", "`{key}` is missing");
            self.report(node.range, message, None);
        }
        text
    }

    pub fn known_keys(&mut self, node: &Node, known: &[&str]) {
        let Shape::Mapping(entries) = &node.shape else {
            let message = text!(
                "des clés et des valeurs sont attendues ici",
                "keys and values are expected here"
            );
            self.report(node.range, message, None);
            return;
        };
        for (key, _) in entries {
            let name = key.text().unwrap_or_default();
            if !known.contains(&name) {
                let message = text!(
                    "la clé `{name}` n’existe pas ici",
                    "there is no key `{name}` here"
                );
                self.report(
                    key.range,
                    message,
                    did_you_mean(name, known.iter().copied()),
                );
            }
        }
    }

    pub fn report(&mut self, range: TextRange, message: Text, help: Option<Text>) {
        let diagnostic = Diagnostic::at(INVALID_SCHEMA, Span::new(self.file, range), message);
        self.diagnostics.push(diagnostic.maybe_help(help));
    }
}

/// The same word in both languages.
pub(super) fn both(word: &str) -> Text {
    Text {
        fr: word.to_owned(),
        en: word.to_owned(),
    }
}
