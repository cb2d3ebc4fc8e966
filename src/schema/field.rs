//! One field of a schema file: its type, its flags, its values.

use crate::diagnostic::Text;
use crate::diagnostic::nearest::did_you_mean;
use crate::schema::read::{SchemaReader, both};
use crate::schema::{Choice, Field, Tone, Type};
use crate::source::Span;
use crate::text;
use crate::yaml::{Node, Shape};

pub(super) const FIELD_KEYS: [&str; 24] = [
    "key",
    "type",
    "labels",
    "help",
    "section",
    "required",
    "unique",
    "list",
    "secret",
    "personal",
    "searchable",
    "identifier",
    "column",
    "facet",
    "volatile",
    "not_negative",
    "positive",
    "past",
    "year",
    "expected",
    "alternatives",
    "audience",
    "to",
    "values",
];
/// Those that are true or false: they stand side by side.
pub(super) fn flags() -> &'static [&'static str] {
    let place = |key| FIELD_KEYS.iter().position(|known| *known == key);
    let (first, last) = (place("required"), place("year"));
    first
        .zip(last)
        .map_or(&[], |(first, last)| &FIELD_KEYS[first..=last])
}
/// The keys of one value of an enumeration; a section has the first two.
pub(super) const CHOICE_KEYS: [&str; 6] = ["key", "labels", "means", "phase", "tone", "holds_data"];
/// Where a status stands in its workflow.
pub(super) const PHASES: [&str; 5] = ["new", "assigned", "pending", "resolved", "closed"];
/// How a value is coloured.
pub(super) const TONES: [&str; 5] = ["neutral", "success", "warning", "danger", "info"];
pub(super) const TYPES: [&str; 18] = [
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

    pub fn known_field_keys(&mut self, node: &Node) {
        let mut known = FIELD_KEYS.to_vec();
        known.push("fields");
        self.known_keys(node, &known);
    }

    pub fn field(&mut self, node: &Node, structures: bool) -> Option<Field> {
        self.known_field_keys(node);
        let key = self.required(node, "key")?;
        let value = self.value_type(node, structures)?;
        let labels = node
            .get("labels")
            .map_or_else(|| both(&key), |labels| self.labels(labels));
        let help = node.get("help").map(|help| self.labels(help));
        let not_negative = self.number_flag(node, "not_negative", &value);
        let positive = self.number_flag(node, "positive", &value);
        let past = self.past(node, &value);
        let year = self.year(node, &value);
        if !structures {
            self.no_expectation(node);
        }
        let expected = self.expected(node).filter(|_| structures);
        let alternatives = self.alternatives(node).filter(|_| structures);
        let audience = self.audience(node);
        let mut flag = |name: &str| self.flag(node, name);
        Some(Field {
            labels,
            help,
            section: node.get("section").and_then(Node::text).map(str::to_owned),
            value,
            list: flag("list"),
            required: flag("required"),
            unique: flag("unique"),
            secret: flag("secret"),
            personal: flag("personal"),
            searchable: flag("searchable"),
            identifier: flag("identifier"),
            column: flag("column"),
            facet: flag("facet"),
            volatile: flag("volatile"),
            not_negative,
            positive,
            past,
            year,
            expected: expected.unwrap_or_default(),
            alternatives: alternatives.unwrap_or_default(),
            audience,
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
            "enumeration" => {
                let values = self.part(node, "values")?;
                Type::Enumeration(self.choices(values))
            }
            "reference" => {
                let to = self.part(node, "to")?;
                Type::Reference(self.kinds(to))
            }
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

    /// What a type cannot do without.
    fn part<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n Node> {
        let part = node.get(key).filter(|part| !part.is_empty());
        if part.is_none() {
            let message = text!("il manque `{key}`", "`{key}` is missing");
            self.report(node.range, message, None);
        }
        part
    }

    /// The kinds a reference may lead to: a list, or the one.
    fn kinds(&mut self, to: &Node) -> Vec<String> {
        let items = match &to.shape {
            Shape::Sequence(items) => items.as_slice(),
            _ => std::slice::from_ref(to),
        };
        let mut names = Vec::new();
        for item in items {
            let Some(name) = item.text() else {
                let message = text!(
                    "un nom de genre est attendu ici",
                    "a kind's name is expected here"
                );
                self.report(item.range, message, None);
                continue;
            };
            self.named
                .push((Span::new(self.file, item.range), name.to_owned()));
            names.push(name.to_owned());
        }
        names
    }

    /// A yes or no of a schema; absent is no.
    pub fn flag(&mut self, node: &Node, name: &str) -> bool {
        let Some(value) = node.get(name) else {
            return false;
        };
        match value.text().unwrap_or_default().to_lowercase().as_str() {
            "true" | "yes" | "oui" | "vrai" => true,
            "false" | "no" | "non" | "faux" => false,
            _ => {
                let message = text!("`{name}` attend oui ou non", "`{name}` expects yes or no");
                self.report(value.range, message, None);
                false
            }
        }
    }

    /// A yes or no of fields that hold numbers alone: where their numbers begin.
    pub fn number_flag(&mut self, node: &Node, name: &str, value: &Type) -> bool {
        let is_wanted = self.flag(node, name);
        if is_wanted && !matches!(value, Type::Integer | Type::Decimal | Type::Money) {
            let message = text!(
                "`{name}` ne vaut que pour un nombre ou un montant",
                "`{name}` is for numbers and amounts alone"
            );
            self.report_flag(node, name, message);
            return false;
        }
        is_wanted
    }

    /// Whether a field's days tell what happened; a flag of fields that hold days or moments alone.
    pub fn past(&mut self, node: &Node, value: &Type) -> bool {
        let is_wanted = self.flag(node, "past");
        if is_wanted && !matches!(value, Type::Date | Type::DateTime) {
            let message = text!(
                "`past` ne vaut que pour une date",
                "`past` is for dates alone"
            );
            self.report_flag(node, "past", message);
            return false;
        }
        is_wanted
    }

    /// Whether a field's numbers are years; a flag of fields that hold whole numbers alone.
    pub fn year(&mut self, node: &Node, value: &Type) -> bool {
        let is_wanted = self.flag(node, "year");
        if is_wanted && *value != Type::Integer {
            let message = text!(
                "`year` ne vaut que pour un nombre entier",
                "`year` is for whole numbers alone"
            );
            self.report_flag(node, "year", message);
            return false;
        }
        is_wanted
    }

    /// Tells of a flag that the type of its field has no use for.
    fn report_flag(&mut self, node: &Node, name: &str, message: Text) {
        let place = node.get(name).map_or(node.range, |it| it.range);
        let help = text!("enlevez `{name}`", "remove `{name}`");
        self.report(place, message, Some(help));
    }

    /// The value of a key that takes one of a few words.
    fn word<'n>(&mut self, node: &'n Node, key: &str, words: &[&str]) -> Option<&'n str> {
        let value = node.get(key)?;
        let text = value.text().unwrap_or_default();
        if words.contains(&text) {
            return Some(text);
        }
        let message = text!(
            "`{key}` ne peut pas valoir `{text}`",
            "`{key}` cannot be `{text}`"
        );
        let words = words.iter().map(|word| format!("`{word}`"));
        let words = words.collect::<Vec<_>>().join(", ");
        let help = text!("valeurs possibles : {words}", "possible values: {words}");
        self.report(value.range, message, Some(help));
        None
    }

    pub fn choices(&mut self, node: &Node) -> Vec<Choice> {
        let mut choices = Vec::new();
        for item in self.items(node) {
            self.known_keys(item, &CHOICE_KEYS);
            let Some(key) = self.required(item, "key") else {
                continue;
            };
            let labels = item
                .get("labels")
                .map_or_else(|| both(&key), |node| self.labels(node));
            let means = item.get("means").and_then(Node::text).map(str::to_owned);
            let phase = self.word(item, "phase", &PHASES).map(str::to_owned);
            let tone = match self.word(item, "tone", &TONES) {
                Some("success") => Tone::Success,
                Some("warning") => Tone::Warning,
                Some("danger") => Tone::Danger,
                Some("info") => Tone::Info,
                _ => Tone::Neutral,
            };
            choices.push(Choice {
                key,
                labels,
                means,
                phase,
                holds_data: self.flag(item, "holds_data"),
                tone,
            });
        }
        choices
    }
}
