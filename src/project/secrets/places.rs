//! Where a record holds secrets, read as YAML: values of secret fields however they are laid out, and texts that say one over
//! several lines. Lines alone would show what stands below a comment, or on the second line of a value.

use super::Names;
use crate::project::free_text;
use crate::schema::{Field, find_field};
use crate::source::TextRange;
use crate::yaml::{Node, Shape};

/// The values below a node that must not be shown, in the order of the file.
pub(super) fn places(node: &Node, fields: &[Field], names: &Names) -> Vec<TextRange> {
    let mut found = Vec::new();
    walk(node, fields, names, &mut found);
    found
}

fn walk(node: &Node, fields: &[Field], names: &Names, found: &mut Vec<TextRange>) {
    match &node.shape {
        Shape::Scalar { .. } => {
            if names.texts && !free_text::find(node.text().unwrap_or_default()).is_empty() {
                found.push(node.range);
            }
        }
        Shape::Sequence(items) => {
            for item in items {
                walk(item, fields, names, found);
            }
        }
        Shape::Mapping(entries) => {
            for (key, value) in entries {
                let key = key.text();
                let field = key.and_then(|key| find_field(fields, key));
                let is_secret = match (field, key) {
                    (Some((_, field)), _) => field.secret,
                    (None, Some(key)) => names.hide(key),
                    (None, None) => true,
                };
                if is_secret {
                    found.push(value.range);
                } else {
                    let within = field.map_or(&[][..], |(_, field)| field.fields());
                    walk(value, within, names, found);
                }
            }
        }
    }
}
