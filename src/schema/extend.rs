//! A site's own kinds and fields: `inventory/_kinds/*.yaml` over the built-in ones.
//!
//! A site may add kinds, fields and enumeration values, relabel and tighten; it never removes or
//! retypes what is built in, because pages, imports and rules rely on it.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest::did_you_mean;
use crate::schema::expected::KindWord;
use crate::schema::read::{INVALID_SCHEMA, SchemaReader, both, schema_file};
use crate::schema::{Choice, Field, Kind, Schema, Type};
use crate::source::SourceFile;
use crate::text;
use crate::yaml::{self, Node};

/// The schema of a project: `base` with the site's schema files, and what is wrong in them.
/// References to kinds that do not exist are reported once all files are read.
pub fn extend(base: &Schema, files: &[Arc<SourceFile>]) -> (Schema, Vec<Diagnostic>) {
    let mut schema = base.clone();
    let mut diagnostics = Vec::new();
    let mut named = Vec::new();
    // A kind may be extended by a file whose name comes before its own.
    let (extensions, kinds): (Vec<_>, Vec<_>) = files.iter().partition(|file| is_extension(file));
    for file in kinds.into_iter().chain(extensions) {
        named.push(schema_file(file, &mut schema, &mut diagnostics));
    }
    for (span, name) in named.iter_mut().flat_map(|file| file.kinds.drain(..)) {
        if schema.kind(&name).is_none() {
            let message = text!(
                "le genre `{name}` n’existe pas",
                "there is no kind `{name}`"
            );
            let help = did_you_mean(&name, schema.kinds().map(|kind| kind.name.as_str()));
            diagnostics.push(Diagnostic::at(INVALID_SCHEMA, span, message).maybe_help(help));
        }
    }
    for file in named {
        if let Some(kind) = schema.kind(&file.kind) {
            diagnostics.extend(file.words.iter().filter_map(|word| unknown(kind, word)));
        }
    }
    (schema, diagnostics)
}

/// A type or a field that completeness names and the kind does not have.
pub(super) fn unknown(kind: &Kind, word: &KindWord) -> Option<Diagnostic> {
    let choices = || kind.field("type").map_or(&[][..], |(_, it)| it.choices());
    let known: Vec<&str> = if word.is_field {
        kind.fields.iter().map(|field| field.key.as_str()).collect()
    } else {
        choices().iter().map(|choice| choice.key.as_str()).collect()
    };
    let (name, written) = (&kind.name, &word.word);
    if known.contains(&written.as_str()) {
        return None;
    }
    let message = if word.is_field {
        text!(
            "le genre `{name}` n’a pas de champ `{written}`",
            "kind `{name}` has no field `{written}`"
        )
    } else {
        text!(
            "le champ `type` du genre `{name}` n’a pas de valeur `{written}`",
            "field `type` of kind `{name}` has no value `{written}`"
        )
    };
    let help = did_you_mean(written, known.into_iter());
    Some(Diagnostic::at(INVALID_SCHEMA, word.span.clone(), message).maybe_help(help))
}

fn is_extension(file: &Arc<SourceFile>) -> bool {
    let (root, _) = yaml::parse(file, file.whole());
    root.is_some_and(|root| root.get("extends").is_some())
}

/// The keys of a file that extends a kind.
pub(super) const EXTENSION_KEYS: [&str; 8] = [
    "extends",
    "labels",
    "plural",
    "summary",
    "sections",
    "fields",
    "audience",
    "retention",
];

pub(super) fn extend_kind(reader: &mut SchemaReader<'_>, root: &Node, schema: &mut Schema) {
    reader.known_keys(root, &EXTENSION_KEYS);
    let Some(name) = reader.required(root, "extends") else {
        return;
    };
    let Some(kind) = schema.kind(&name) else {
        let message = text!(
            "le genre `{name}` n’existe pas",
            "there is no kind `{name}`"
        );
        let help = did_you_mean(&name, schema.kinds().map(|kind| kind.name.as_str()));
        reader.report(
            root.get("extends").map_or(root.range, |node| node.range),
            message,
            help,
        );
        return;
    };
    let mut kind = Kind::clone(kind);
    if let Some(audience) = reader.audience(root) {
        kind.audience = Some(audience);
    }
    if let Some(labels) = root.get("labels") {
        kind.labels = reader.labels(labels);
    }
    if let Some(plural) = root.get("plural") {
        kind.plural = reader.labels(plural);
    }
    if let Some(summary) = reader.summary(root) {
        kind.summary = summary;
    }
    if let Some(sections) = root.get("sections") {
        kind.sections.extend(reader.sections(sections));
    }
    if let Some(fields) = root.get("fields") {
        for item in reader.items(fields) {
            extend_field(reader, item, &mut kind.fields, true);
        }
    }
    if root.get("retention").is_some() {
        kind.retention = reader.retention(root, &kind.fields);
    }
    schema.kinds.insert(name, Arc::new(kind));
}

/// Adds a field, or to a field; to a part of a structure, too.
fn extend_field(
    reader: &mut SchemaReader<'_>,
    node: &Node,
    fields: &mut Vec<Field>,
    structures: bool,
) {
    let Some(key) = reader.required(node, "key") else {
        return;
    };
    let Some(field) = fields.iter_mut().find(|field| field.key == key) else {
        fields.extend(reader.field(node, structures));
        return;
    };
    reader.known_field_keys(node);
    if let Some(parts) = node.get("fields") {
        extend_parts(reader, parts, field);
    }
    if let Some(given) = node.get("type") {
        let message = text!(
            "le type du champ `{key}` ne peut pas changer",
            "the type of field `{key}` cannot change"
        );
        reader.report(
            given.range,
            message,
            Some(text!("enlevez `type`", "remove `type`")),
        );
    }
    if let Some(labels) = node.get("labels") {
        field.labels = reader.labels(labels);
    }
    if let Some(help) = node.get("help") {
        field.help = Some(reader.labels(help));
    }
    if let Some(section) = node.get("section").and_then(Node::text) {
        field.section = Some(section.to_owned());
    }
    if let Some(audience) = reader.audience(node) {
        field.audience = Some(audience);
    }
    let mut flag = |name: &str| reader.flag(node, name);
    field.required |= flag("required");
    field.unique |= flag("unique");
    field.secret |= flag("secret");
    field.personal |= flag("personal");
    field.identifier |= flag("identifier");
    field.volatile |= flag("volatile");
    field.column |= flag("column");
    field.facet |= flag("facet");
    field.searchable |= flag("searchable");
    field.not_negative |= reader.number_flag(node, "not_negative", &field.value);
    field.positive |= reader.number_flag(node, "positive", &field.value);
    field.past |= reader.past(node, &field.value);
    field.year |= reader.year(node, &field.value);
    if let Some(expected) = reader.expected(node) {
        field.expected = expected;
    }
    if let Some(alternatives) = reader.alternatives(node) {
        field.alternatives = alternatives;
    }
    if let (Some(values), Type::Enumeration(choices)) = (node.get("values"), &mut field.value) {
        let more = reader.choices(values);
        extend_choices(choices, more);
    }
}

fn extend_choices(choices: &mut Vec<Choice>, more: Vec<Choice>) {
    for choice in more {
        match choices.iter_mut().find(|known| known.key == choice.key) {
            Some(known) => {
                known.holds_data |= choice.holds_data;
                if choice.labels != both(&choice.key) {
                    known.labels = choice.labels;
                }
            }
            None => choices.push(choice),
        }
    }
}

/// A mark that nobody reads would open what it closes: where there are no parts, that is told.
fn extend_parts(reader: &mut SchemaReader<'_>, node: &Node, field: &mut Field) {
    let Type::Structure(parts) = &mut field.value else {
        let key = &field.key;
        let message = text!(
            "le champ `{key}` n’a pas de parties",
            "field `{key}` has no parts"
        );
        let help = text!("enlevez `fields`", "remove `fields`");
        reader.report(node.range, message, Some(help));
        return;
    };
    for item in reader.items(node) {
        extend_field(reader, item, parts, false);
    }
}
