//! One field of a schema file: its type, its flags, its values.

use crate::diagnostic::nearest::did_you_mean;
use crate::schema::read::{SchemaReader, both};
use crate::schema::{Choice, Field, Tone, Type};
use crate::text;
use crate::yaml::{Node, Shape};

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

impl SchemaReader<'_> {
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
