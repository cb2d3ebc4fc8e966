//! `import:` of `carnet.yaml`: what the columns of a table of one's own are.

use std::collections::BTreeMap;

use crate::diagnostic::Text;
use crate::source::TextRange;
use crate::text;
use crate::yaml::{Node, Shape};

/// What `import: {csv: {kind: …, columns: {…}}}` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableMapping {
    /// The kind of all rows.
    pub kind: String,
    /// For a header as it is written, the key or label of a field.
    pub columns: BTreeMap<String, String>,
}

impl TableMapping {
    /// Reads the section. What is wrong is told with its place, and nothing is kept then.
    pub(super) fn read(node: &Node) -> Result<Option<Self>, (TextRange, Text, Text)> {
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
        let kind = csv.get("kind").and_then(Node::text);
        let kind = kind.ok_or_else(|| expected(csv.range))?;
        let mut mapping = Self {
            kind: kind.to_owned(),
            columns: BTreeMap::new(),
        };
        if let Some(columns) = csv.get("columns").filter(|columns| !columns.is_empty()) {
            let Shape::Mapping(entries) = &columns.shape else {
                return Err(expected(columns.range));
            };
            for (header, field) in entries {
                let (Some(header), Some(field)) = (header.text(), field.text()) else {
                    return Err(expected(header.range));
                };
                mapping.columns.insert(header.to_owned(), field.to_owned());
            }
        }
        Ok(Some(mapping))
    }
}
