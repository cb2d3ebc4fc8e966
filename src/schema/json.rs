//! A kind as a JSON Schema, for editors that know YAML but not Carnet: fields, values and ids are proposed, and explained
//! in both languages.
//!
//! It proposes and never refuses what Carnet reads: keys may be labels, numbers texts, ids former names.

use serde_json::{Map, Value, json};

use crate::diagnostic::Text;
use crate::schema::{Field, Kind, Type};

/// The version of JSON Schema that editors read.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// The schema of the files of a kind; `ids` gives the ids that there are of some kinds.
pub fn json_schema(kind: &Kind, ids: &dyn Fn(&[String]) -> Vec<String>) -> Value {
    let id = json!({"description": "id", "type": ["string", "number"]});
    let mut record = object(&kind.fields, ids);
    record["properties"]["id"] = id;
    json!({
        "$schema": DRAFT,
        "title": both(&kind.labels),
        "anyOf": [
            {"$ref": "#/definitions/record"},
            {"type": "array", "items": {"$ref": "#/definitions/record"}},
        ],
        "definitions": {"record": record},
    })
}

/// The fields of a record or of a structure.
fn object(fields: &[Field], ids: &dyn Fn(&[String]) -> Vec<String>) -> Value {
    let properties = fields.iter().map(|field| {
        let one = value(&field.value, ids);
        let mut schema = if field.list {
            json!({"anyOf": [{"type": "array", "items": one}, one]})
        } else {
            one
        };
        schema["title"] = both(&field.labels).into();
        if let Some(help) = &field.help {
            schema["description"] = both(help).into();
        }
        if field.personal {
            // No word of JSON Schema says it; editors pass over what they do not know.
            schema["x-personal"] = true.into();
        }
        (field.key.clone(), schema)
    });
    let properties: Map<String, Value> = properties.collect();
    json!({"type": "object", "properties": properties})
}

/// One value of a type.
fn value(kind: &Type, ids: &dyn Fn(&[String]) -> Vec<String>) -> Value {
    let scalar = json!({"type": ["string", "number", "boolean"]});
    match kind {
        Type::Integer | Type::Decimal | Type::Money => json!({"type": ["number", "string"]}),
        Type::Boolean => json!({"enum": [true, false, "oui", "non", "yes", "no", "vrai", "faux"]}),
        Type::Enumeration(choices) => {
            let choices = choices.iter().map(|choice| {
                let label = both(&choice.labels);
                json!({"const": choice.key, "title": label, "description": label})
            });
            json!({"anyOf": choices.chain([scalar]).collect::<Vec<_>>()})
        }
        Type::Reference(kinds) => json!({"anyOf": [{"enum": ids(kinds)}, scalar]}),
        Type::Structure(fields) => object(fields, ids),
        Type::Text
        | Type::Markdown
        | Type::Date
        | Type::DateTime
        | Type::Duration
        | Type::IpAddress
        | Type::Network
        | Type::MacAddress
        | Type::Url
        | Type::Email
        | Type::File => scalar,
    }
}

/// A text in both languages; once where they are alike.
fn both(text: &Text) -> String {
    if text.fr == text.en {
        return text.fr.clone();
    }
    format!("{} · {}", text.fr, text.en)
}
