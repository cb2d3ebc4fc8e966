//! One file → its records: keys looked up in the schema, scalars typed, references and Markdown kept
//! with their places. Entry: [`parse_file`].

use std::sync::Arc;

use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Rule, Text};
use crate::fold::slug;
use crate::markdown;
use crate::project::location::Location;
use crate::project::record::{FieldReference, Record};
use crate::project::rules::{EMPTY_FILE, INVALID_ID, MISSING_FIELD, UNKNOWN_FIELD, WRONG_TYPE};
use crate::project::scalar::{describe, scalar};
use crate::project::value::{Entry, Placed, Value};
use crate::project::{ParsedFile, front_matter};
use crate::schema::{Field, Type, find_field};
use crate::source::{SourceFile, Span, TextRange};
use crate::text;
use crate::yaml::{self, DUPLICATE_KEY, Node, Shape};

/// Parses one file of records. Pure: the result depends on the text, the path and the schema.
pub fn parse_file(source: Arc<SourceFile>, location: &Location) -> ParsedFile {
    let mut diagnostics = Vec::new();
    let records = if source.text.trim().is_empty() {
        let message = text!("ce fichier est vide", "this file is empty");
        let help = text!(
            "écrivez-y une fiche, ou supprimez-le",
            "write a record in it, or delete it"
        );
        diagnostics.push(
            Diagnostic::at(EMPTY_FILE, Span::new(&source, TextRange::at(0)), message).help(help),
        );
        Vec::new()
    } else if location.markdown {
        markdown_record(&source, location, &mut diagnostics)
            .into_iter()
            .collect()
    } else {
        yaml_records(&source, location, &mut diagnostics)
    };
    let records = records.into_iter().map(Arc::new).collect();
    ParsedFile {
        source,
        records,
        diagnostics,
    }
}

fn markdown_record(
    source: &Arc<SourceFile>,
    location: &Location,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Record> {
    let parts = front_matter::split(source, diagnostics);
    let mut root = None;
    if let Some(range) = parts.front_matter {
        let (node, mut found) = yaml::parse(source, range);
        diagnostics.append(&mut found);
        root = node;
    }
    let start = parts.front_matter.unwrap_or_default();
    let mut reader = RecordReader::new(source, location, diagnostics);
    let body = reader.document(parts.body);
    let mut record = match &root {
        Some(root) => reader.record(root, Some(&location.id))?,
        None => reader.finish(
            Vec::new(),
            (location.id.clone(), TextRange::at(start.start as usize)),
            start,
        ),
    };
    record.body = Some(body);
    Some(record)
}

fn yaml_records(
    source: &Arc<SourceFile>,
    location: &Location,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Record> {
    let (root, mut found) = yaml::parse(source, source.whole());
    diagnostics.append(&mut found);
    let Some(root) = root else { return Vec::new() };
    match &root.shape {
        Shape::Sequence(items) => items
            .iter()
            .filter_map(|item| RecordReader::new(source, location, diagnostics).record(item, None))
            .collect(),
        _ => RecordReader::new(source, location, diagnostics)
            .record(&root, Some(&location.id))
            .into_iter()
            .collect(),
    }
}

struct RecordReader<'a> {
    source: &'a Arc<SourceFile>,
    location: &'a Location,
    diagnostics: &'a mut Vec<Diagnostic>,
    references: Vec<FieldReference>,
    documents: Vec<Arc<markdown::Document>>,
}

impl<'a> RecordReader<'a> {
    fn new(
        source: &'a Arc<SourceFile>,
        location: &'a Location,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            source,
            location,
            diagnostics,
            references: Vec::new(),
            documents: Vec::new(),
        }
    }

    fn record(mut self, node: &Node, path_id: Option<&str>) -> Option<Record> {
        let Shape::Mapping(entries) = &node.shape else {
            let message = text!(
                "une fiche est faite de lignes `clé: valeur`",
                "a record is made of `key: value` lines"
            );
            self.report(WRONG_TYPE, node.range, message, None);
            return None;
        };
        let written = node
            .get("id")
            .and_then(|id| Some((id.text()?.trim().to_owned(), id.range)));
        let start = TextRange {
            start: node.range.start,
            end: entries
                .first()
                .map_or(node.range.start, |(key, _)| key.range.end),
        };
        let Some(id) = written.or_else(|| path_id.map(|id| (id.to_owned(), start))) else {
            let help = text!(
                "ajoutez `id: …` à cette fiche de la liste",
                "add `id: …` to this record of the list"
            );
            self.report(
                MISSING_FIELD,
                start,
                text!("il manque `id`", "`id` is missing"),
                Some(help),
            );
            return None;
        };
        self.check_id(&id);
        let kind = Arc::clone(&self.location.kind);
        let rest: Vec<&(Node, Node)> = entries
            .iter()
            .filter(|(key, _)| key.text() != Some("id"))
            .collect();
        let entries = self.entries(&rest, &kind.fields, None, start);
        Some(self.finish(entries, id, node.range))
    }

    fn finish(self, entries: Vec<Entry>, id: (String, TextRange), range: TextRange) -> Record {
        Record {
            kind: Arc::clone(&self.location.kind),
            id: id.0,
            id_range: id.1,
            range,
            file: Arc::clone(self.source),
            area: self.location.area,
            language: self.location.language,
            entries,
            references: self.references,
            documents: self.documents,
            body: None,
        }
    }

    fn check_id(&mut self, (id, range): &(String, TextRange)) {
        let usable = id.is_empty() || id.split('/').all(|part| !slug(part).is_empty());
        let plain = !id.contains(['#', '|', '[', ']', '\n', '\\']);
        if !usable || !plain {
            let message = text!(
                "`{id}` ne peut pas servir d’identifiant",
                "`{id}` cannot be an id"
            );
            let help = text!(
                "lettres, chiffres, `-`, `_`, `.` et `/` suffisent",
                "letters, digits, `-`, `_`, `.` and `/` are enough"
            );
            self.report(INVALID_ID, *range, message, Some(help));
        }
    }

    /// The fields of a mapping. `within` is the position of the structure's field in the kind.
    fn entries(
        &mut self,
        written: &[&(Node, Node)],
        fields: &[Field],
        within: Option<usize>,
        start: TextRange,
    ) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for (key, node) in written {
            let name = key.text().unwrap_or_default();
            let Some((index, field)) = find_field(fields, name) else {
                self.report_unknown(key.range, name, fields, within.is_some());
                continue;
            };
            if let Some(first) = entries
                .iter()
                .find(|entry| entry.field == index)
                .map(|entry| entry.key)
            {
                self.report_twice(field, first, key.range);
                continue;
            }
            if node.is_empty() {
                continue;
            }
            let path = (within.unwrap_or(index), within.map(|_| index));
            if let Some(value) = self.value(node, field, path) {
                entries.push(Entry {
                    field: index,
                    key: key.range,
                    value,
                });
            }
        }
        entries.sort_by_key(|entry| entry.field);
        self.check_required(written, fields, &entries, start);
        entries
    }

    fn check_required(
        &mut self,
        written: &[&(Node, Node)],
        fields: &[Field],
        entries: &[Entry],
        start: TextRange,
    ) {
        for (index, field) in fields
            .iter()
            .enumerate()
            .filter(|(_, field)| field.required)
        {
            let is_written = |(key, node): &&(Node, Node)| {
                !node.is_empty()
                    && find_field(fields, key.text().unwrap_or_default())
                        .is_some_and(|(found, _)| found == index)
            };
            let given = entries.iter().any(|entry| entry.field == index)
                || written.iter().any(|pair| is_written(pair));
            // The title of a Markdown file may be its first heading or its name.
            let derived = self.location.markdown && field.key == self.location.kind.title;
            if !given && !derived {
                let key = &field.key;
                let message = text!("il manque `{key}`", "`{key}` is missing");
                let help = field.help.clone().unwrap_or_else(|| {
                    let (fr, en) = (&field.labels.fr, &field.labels.en);
                    text!("ajoutez `{key}: …` ({fr})", "add `{key}: …` ({en})")
                });
                self.report(MISSING_FIELD, start, message, Some(help));
            }
        }
    }

    fn value(
        &mut self,
        node: &Node,
        field: &Field,
        path: (usize, Option<usize>),
    ) -> Option<Placed> {
        if field.secret {
            return Some(Placed {
                range: node.range,
                value: Value::Secret,
            });
        }
        match &node.shape {
            Shape::Sequence(items) if field.list => {
                let values = items.iter().filter(|item| !item.is_empty());
                let values: Vec<Placed> = values
                    .filter_map(|item| self.one(item, field, path))
                    .collect();
                Some(Placed {
                    range: node.range,
                    value: Value::List(values),
                })
            }
            _ => {
                let one = self.one(node, field, path)?;
                let range = one.range;
                let value = if field.list {
                    Value::List(vec![one])
                } else {
                    one.value
                };
                Some(Placed { range, value })
            }
        }
    }

    fn one(&mut self, node: &Node, field: &Field, path: (usize, Option<usize>)) -> Option<Placed> {
        let range = node.range;
        let value = match (&field.value, &node.shape) {
            (Type::Structure(fields), Shape::Mapping(entries)) => {
                let written: Vec<&(Node, Node)> = entries.iter().collect();
                let start = entries.first().map_or(range, |(key, _)| key.range);
                Some(Value::Structure(self.entries(
                    &written,
                    fields,
                    Some(path.0),
                    start,
                )))
            }
            (Type::Reference(_), Shape::Scalar { text, .. }) => {
                let text = text.trim().to_owned();
                self.references.push(FieldReference {
                    text,
                    range,
                    field: path.0,
                    part: path.1,
                });
                Some(Value::Reference(self.references.len() - 1))
            }
            (Type::Markdown, Shape::Scalar { text, .. }) => {
                let document = Arc::new(markdown::parse_inline(self.source, text, range));
                self.diagnostics
                    .extend(document.diagnostics.iter().cloned());
                self.documents.push(document);
                Some(Value::Markdown(self.documents.len() - 1))
            }
            (value_type, Shape::Scalar { text, .. }) => scalar(value_type, text),
            _ => None,
        };
        if value.is_none() {
            self.report_wrong_type(node, field);
        }
        value.map(|value| Placed { range, value })
    }

    fn document(&mut self, body: TextRange) -> usize {
        let document = Arc::new(markdown::parse(self.source, body));
        self.diagnostics
            .extend(document.diagnostics.iter().cloned());
        self.documents.push(document);
        self.documents.len() - 1
    }

    fn report_wrong_type(&mut self, node: &Node, field: &Field) {
        let (expected, mut help) = describe(&field.value);
        let (fr, en) = (&expected.fr, &expected.en);
        let key = &field.key;
        let message = match &node.shape {
            Shape::Scalar { text, .. } => {
                let shown: String = text.chars().take(60).collect();
                if let Type::Enumeration(choices) = &field.value
                    && let Some(near) =
                        did_you_mean(text, choices.iter().map(|choice| choice.key.as_str()))
                {
                    help = near;
                }
                text!(
                    "`{key}` attend {fr}, pas `{shown}`",
                    "`{key}` expects {en}, not `{shown}`"
                )
            }
            Shape::Sequence(_) if !field.list => {
                text!(
                    "`{key}` attend {fr}, pas une liste",
                    "`{key}` expects {en}, not a list"
                )
            }
            Shape::Sequence(_) => text!(
                "`{key}` attend {fr}, pas une liste de listes",
                "`{key}` expects {en}, not a list of lists"
            ),
            Shape::Mapping(_) => {
                text!(
                    "`{key}` attend {fr}, pas des clés",
                    "`{key}` expects {en}, not keys"
                )
            }
        };
        // A value over several lines is pointed at by its first.
        let place = self.source.place(node.range.start);
        let line_end =
            self.source.line_start(place.line) as usize + self.source.line(place.line).len();
        let range = TextRange {
            start: node.range.start,
            end: node
                .range
                .end
                .min(u32::try_from(line_end).unwrap_or(u32::MAX)),
        };
        self.report(WRONG_TYPE, range, message, Some(help));
    }

    fn report_unknown(&mut self, range: TextRange, name: &str, fields: &[Field], part: bool) {
        let (fr, en) = (
            &self.location.kind.labels.fr.to_lowercase(),
            &self.location.kind.labels.en.to_lowercase(),
        );
        let message = if part {
            text!(
                "il n’y a pas de champ `{name}` ici",
                "there is no field `{name}` here"
            )
        } else {
            text!(
                "le genre « {fr} » n’a pas de champ `{name}`",
                "{en} has no field `{name}`"
            )
        };
        let names = fields
            .iter()
            .flat_map(|field| [field.key.as_str(), &field.labels.fr]);
        self.report(UNKNOWN_FIELD, range, message, did_you_mean(name, names));
    }

    fn report_twice(&mut self, field: &Field, first: TextRange, second: TextRange) {
        if self.source.slice(first) == self.source.slice(second) {
            return; // The reader of YAML has said so.
        }
        let key = &field.key;
        let message = text!(
            "le champ `{key}` est écrit deux fois",
            "field `{key}` is written twice"
        );
        let diagnostic = Diagnostic::at(DUPLICATE_KEY, Span::new(self.source, second), message)
            .note(
                Span::new(self.source, first),
                text!("déjà écrit ici", "first written here"),
            );
        self.diagnostics.push(diagnostic);
    }

    fn report(&mut self, rule: Rule, range: TextRange, message: Text, help: Option<Text>) {
        let span = Span::new(self.source, range);
        self.diagnostics
            .push(Diagnostic::at(rule, span, message).maybe_help(help));
    }
}
