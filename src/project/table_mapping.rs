//! `import:` of `carnet.yaml`: what the columns of a table of one's own are.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Text};
use crate::project::config::INVALID_CONFIG;
use crate::schema::Schema;
use crate::source::{SourceFile, Span, TextRange};
use crate::text;
use crate::yaml::{Node, Shape};

/// What `import: {csv: {kind: …, columns: {…}}}` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableMapping {
    /// The kind of all rows.
    pub kind: String,
    /// For a header as it is written, the key or label of a field.
    pub columns: BTreeMap<String, String>,
    /// Where the kind and the field of each column are written, in the order of the file.
    places: Places,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Places {
    kind: Option<Span>,
    columns: Vec<(String, String, Span)>,
}

impl TableMapping {
    /// Reads the section. What is wrong is told with its place, and nothing is kept then.
    pub(super) fn read(
        node: &Node,
        file: &Arc<SourceFile>,
    ) -> Result<Option<Self>, (TextRange, Text, Text)> {
        let help = || {
            text!(
                "écrivez `import: {{csv: {{kind: asset, columns: {{\"N° parc\": inventory_number}}}}}}`",
                "write `import: {{csv: {{kind: asset, columns: {{\"Tag\": inventory_number}}}}}}`"
            )
        };
        if node.is_empty() {
            return Ok(None);
        }
        let expected = |range| {
            let message = text!(
                "`import` attend le genre et les colonnes d’un tableau `csv`",
                "`import` expects the kind and the columns of a table `csv`"
            );
            (range, message, help())
        };
        let known = |node: &Node, keys: &[&str]| match &node.shape {
            Shape::Mapping(entries) => {
                let mut all = entries.iter();
                match all.find(|(key, _)| !keys.contains(&key.text().unwrap_or_default())) {
                    Some((key, _)) => Err(expected(key.range)),
                    None => Ok(()),
                }
            }
            _ => Err(expected(node.range)),
        };
        known(node, &["csv"])?;
        let csv = node.get("csv").ok_or_else(|| expected(node.range))?;
        known(csv, &["kind", "columns"])?;
        let place = csv.get("kind").ok_or_else(|| expected(csv.range))?;
        let kind = place.text().ok_or_else(|| expected(csv.range))?;
        let mut mapping = Self {
            kind: kind.to_owned(),
            ..Self::default()
        };
        mapping.places.kind = Some(Span::new(file, place.range));
        if let Some(columns) = csv.get("columns").filter(|columns| !columns.is_empty()) {
            let Shape::Mapping(entries) = &columns.shape else {
                return Err(expected(columns.range));
            };
            for (header, field) in entries {
                let place = Span::new(file, field.range);
                let (Some(header), Some(field)) = (header.text(), field.text()) else {
                    return Err(expected(header.range));
                };
                let column = (header.to_owned(), field.to_owned(), place);
                mapping.places.columns.push(column);
                mapping.columns.insert(header.to_owned(), field.to_owned());
            }
        }
        Ok(Some(mapping))
    }

    /// What the schema does not know, and columns of which only one can count.
    pub fn check(&self, schema: &Schema) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut report = |place: &Span, message: Text, help: Option<Text>| {
            let diagnostic = Diagnostic::at(INVALID_CONFIG, place.clone(), message);
            found.push(diagnostic.maybe_help(help));
        };
        let Some(kind) = schema.kind(&self.kind) else {
            if let Some(place) = &self.places.kind {
                let name = &self.kind;
                let message = text!(
                    "le genre de fiche `{name}` n’existe pas",
                    "there is no kind of record `{name}`"
                );
                let names = schema.kinds().map(|kind| kind.name.as_str());
                report(place, message, did_you_mean(name, names));
            }
            return found;
        };
        let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
        for (header, written, place) in &self.places.columns {
            let Some((_, field)) = kind.field(written) else {
                let name = &kind.name;
                let message = text!(
                    "`{name}` n’a pas de champ `{written}`",
                    "`{name}` has no field `{written}`"
                );
                let fields = kind.fields.iter();
                let names = fields.flat_map(|field| {
                    let labels = &field.labels;
                    [field.key.as_str(), labels.fr.as_str(), labels.en.as_str()]
                });
                report(place, message, did_you_mean(written, names));
                continue;
            };
            if field.secret || !field.fields().is_empty() {
                let message = text!(
                    "une colonne ne peut pas remplir `{written}`",
                    "a column cannot fill `{written}`"
                );
                report(place, message, None);
                continue;
            }
            match taken.get(field.key.as_str()) {
                // The values of several columns add up in a list.
                Some(first) if !field.list => {
                    let message = text!(
                        "les colonnes `{first}` et `{header}` vont toutes deux dans `{written}`",
                        "the columns `{first}` and `{header}` both go into `{written}`"
                    );
                    let help = text!("n’en gardez qu’une", "keep one of them");
                    report(place, message, Some(help));
                }
                _ => drop(taken.insert(&field.key, header)),
            }
        }
        found
    }
}
