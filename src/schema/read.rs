//! Schema files: YAML → [`Kind`]. Unknown keys, missing labels and unknown types are diagnostics.

use std::sync::Arc;

use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::schema::{Choice, Field, Kind, Menu, Schema, Section, Tone, Type, built_in, extend};
use crate::source::{SourceFile, Span, TextRange};
use crate::text;
use crate::yaml::{self, Node, Shape};

/// A schema file says something that no kind can mean.
pub const INVALID_SCHEMA: Rule = Rule {
    name: "invalid-schema",
    level: Severity::Error,
};

const KIND_KEYS: [&str; 8] = [
    "kind", "folder", "menu", "labels", "plural", "title", "sections", "fields",
];
const FIELD_KEYS: [&str; 16] = [
    "key",
    "type",
    "labels",
    "help",
    "section",
    "required",
    "unique",
    "list",
    "secret",
    "searchable",
    "identifier",
    "column",
    "facet",
    "volatile",
    "to",
    "values",
];
const TYPES: [&str; 18] = [
    "text",
    "markdown",
    "integer",
    "decimal",
    "money",
    "boolean",
    "date",
    "date-time",
    "duration",
    "enumeration",
    "reference",
    "ip-address",
    "network",
    "mac-address",
    "url",
    "email",
    "file",
    "structure",
];

/// Reads one schema file into `schema`: a new kind, or (with `extends:`) more of a known one.
pub fn schema_file(file: &Arc<SourceFile>, schema: &mut Schema, diagnostics: &mut Vec<Diagnostic>) {
    let (root, mut found) = yaml::parse(file, file.whole());
    diagnostics.append(&mut found);
    let Some(root) = root else { return };
    let mut reader = SchemaReader { file, diagnostics };
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
            reader.report(root.range, message, Some(help));
            return;
        }
        schema.kinds.insert(kind.name.clone(), Arc::new(kind));
    }
}

/// The fields every kind has.
fn common_fields() -> Vec<Field> {
    let file = built_in::common();
    let mut diagnostics = Vec::new();
    let (root, _) = yaml::parse(&file, file.whole());
    let mut reader = SchemaReader {
        file: &file,
        diagnostics: &mut diagnostics,
    };
    reader.fields(&root.expect("the common fields are YAML"), true)
}

pub(super) struct SchemaReader<'a> {
    pub file: &'a Arc<SourceFile>,
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

impl SchemaReader<'_> {
    fn kind(&mut self, root: &Node) -> Option<Kind> {
        self.known_keys(root, &KIND_KEYS);
        let name = self.required(root, "kind")?;
        let folder = self
            .required(root, "folder")
            .unwrap_or_else(|| name.clone());
        for word in [&name, &folder] {
            if !word
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            {
                let message = text!(
                    "`{word}` doit être en minuscules sans accent, avec `-`",
                    "`{word}` must be lower-case letters, digits and `-`"
                );
                self.report(root.range, message, None);
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
            let message = text!(
                "le champ de titre `{title}` n’est pas décrit",
                "the title field `{title}` is not described"
            );
            self.report(root.range, message, None);
            return None;
        }
        fields.extend(common_fields());
        Some(Kind {
            name,
            folder,
            menu,
            labels,
            plural,
            title,
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

    pub fn fields(&mut self, node: &Node, structures: bool) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for item in self.items(node) {
            let Some(field) = self.field(item, structures) else {
                continue;
            };
            if fields.iter().any(|other| other.key == field.key) {
                let key = &field.key;
                let message = text!(
                    "le champ `{key}` est décrit deux fois",
                    "field `{key}` is described twice"
                );
                self.report(item.range, message, None);
                continue;
            }
            fields.push(field);
        }
        fields
    }

    pub fn field(&mut self, node: &Node, structures: bool) -> Option<Field> {
        let mut known = FIELD_KEYS.to_vec();
        known.push("fields");
        self.known_keys(node, &known);
        let key = self.required(node, "key")?;
        let value = self.value_type(node, structures)?;
        let labels = node
            .get("labels")
            .map_or_else(|| both(&key), |labels| self.labels(labels));
        let help = node.get("help").map(|help| self.labels(help));
        let flag = |name: &str| matches!(node.get(name).and_then(Node::text), Some("true" | "oui"));
        Some(Field {
            labels,
            help,
            section: node.get("section").and_then(Node::text).map(str::to_owned),
            value,
            list: flag("list"),
            required: flag("required"),
            unique: flag("unique"),
            secret: flag("secret"),
            searchable: flag("searchable"),
            identifier: flag("identifier"),
            column: flag("column"),
            facet: flag("facet"),
            volatile: flag("volatile"),
            key,
        })
    }

    fn value_type(&mut self, node: &Node, structures: bool) -> Option<Type> {
        let name = self.required(node, "type")?;
        Some(match name.as_str() {
            "text" => Type::Text,
            "markdown" => Type::Markdown,
            "integer" => Type::Integer,
            "decimal" => Type::Decimal,
            "money" => Type::Money,
            "boolean" => Type::Boolean,
            "date" => Type::Date,
            "date-time" => Type::DateTime,
            "duration" => Type::Duration,
            "ip-address" => Type::IpAddress,
            "network" => Type::Network,
            "mac-address" => Type::MacAddress,
            "url" => Type::Url,
            "email" => Type::Email,
            "file" => Type::File,
            "enumeration" => Type::Enumeration(
                node.get("values")
                    .map_or_else(Vec::new, |node| self.choices(node)),
            ),
            "reference" => Type::Reference(texts(node.get("to"))),
            "structure" if structures => Type::Structure(
                node.get("fields")
                    .map_or_else(Vec::new, |node| self.fields(node, false)),
            ),
            other => {
                let message = text!(
                    "le type `{other}` n’existe pas ici",
                    "there is no type `{other}` here"
                );
                let help = did_you_mean(other, TYPES.into_iter());
                self.report(
                    node.get("type").map_or(node.range, |node| node.range),
                    message,
                    help,
                );
                return None;
            }
        })
    }

    pub fn choices(&mut self, node: &Node) -> Vec<Choice> {
        let mut choices = Vec::new();
        for item in self.items(node) {
            self.known_keys(item, &["key", "labels", "means", "phase", "tone"]);
            let Some(key) = self.required(item, "key") else {
                continue;
            };
            let labels = item
                .get("labels")
                .map_or_else(|| both(&key), |node| self.labels(node));
            let word = |name: &str| item.get(name).and_then(Node::text).map(str::to_owned);
            let tone = match word("tone").as_deref() {
                Some("success") => Tone::Success,
                Some("warning") => Tone::Warning,
                Some("danger") => Tone::Danger,
                Some("info") => Tone::Info,
                _ => Tone::Neutral,
            };
            choices.push(Choice {
                key,
                labels,
                means: word("means"),
                phase: word("phase"),
                tone,
            });
        }
        choices
    }

    pub fn labels(&mut self, node: &Node) -> Text {
        if let Some(one) = node.text() {
            return both(one);
        }
        self.known_keys(node, &["fr", "en"]);
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
fn both(word: &str) -> Text {
    Text {
        fr: word.to_owned(),
        en: word.to_owned(),
    }
}

/// The texts of a list, or the one text.
fn texts(node: Option<&Node>) -> Vec<String> {
    let Some(node) = node else { return Vec::new() };
    match &node.shape {
        Shape::Scalar { text, .. } => vec![text.clone()],
        Shape::Sequence(items) => items
            .iter()
            .filter_map(|item| item.text().map(str::to_owned))
            .collect(),
        Shape::Mapping(_) => Vec::new(),
    }
}
