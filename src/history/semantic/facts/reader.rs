//! The values of one record, each told or hidden: read from the record and the tree side by side.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::{Fact, FactValue, Prose, Told, With, canonical};
use crate::history::Recorded;
use crate::project::{Entry, Placed, Record, Value};
use crate::schema::{Field, find_field, fold_key};
use crate::yaml::{Node, Shape, is_explicit_key};

/// Where keys unknown to the schema stand: after all fields.
const UNKNOWN: usize = usize::MAX;

/// The fields of a record that was read from `mapping`, sorted, and the values that are secret.
pub(super) fn read(
    record: &Record,
    mapping: &[(Node, Node)],
    with: &With,
) -> (Vec<Fact>, BTreeSet<String>) {
    let mut reader = FactReader {
        record,
        with,
        hidden: BTreeMap::new(),
        secrets: BTreeSet::new(),
    };
    let mut fields = reader.fields(mapping);
    fields.extend(reader.hidden.into_iter().map(|((rank, key), texts)| Fact {
        rank,
        key,
        value: FactValue::Hidden(texts.join("\n")),
    }));
    fields.sort_by(|a, b| (a.rank, &a.key).cmp(&(b.rank, &b.key)));
    (fields, reader.secrets)
}

struct FactReader<'a> {
    record: &'a Record,
    with: &'a With,
    /// Texts that are never told, by rank and key, in the order written.
    hidden: BTreeMap<(usize, String), Vec<String>>,
    secrets: BTreeSet<String>,
}

/// Where a value stands: its field's rank, and the keys from the record to it.
#[derive(Clone)]
struct Place {
    rank: usize,
    /// `field`, or `structure.part`.
    key: String,
    /// The same as written and folded, to find what was secret under another name.
    folded: [String; 2],
}

impl FactReader<'_> {
    fn fields(&mut self, mapping: &[(Node, Node)]) -> Vec<Fact> {
        let (fields, entries) = (&self.record.kind.fields, &self.record.entries);
        let mut facts = Vec::new();
        for (key, node) in mapping {
            if key.text() == Some("id") {
                continue;
            }
            let Some((field, entry, place)) = self.known(key, node, (fields, entries), None) else {
                continue;
            };
            let prose = match entry.value.value {
                Value::Markdown(_) => {
                    let text = node.text();
                    text.map(|text| Prose::new(text.to_owned(), &self.with.meanings))
                }
                _ => None,
            };
            if let Some(recorded) = self.recorded(field, &entry.value, node, &place) {
                facts.push(Fact {
                    rank: place.rank,
                    key: place.key,
                    value: FactValue::Told(Told {
                        recorded,
                        prose,
                        list: field.list,
                        volatile: field.volatile,
                        identifier: field.identifier || field.unique,
                    }),
                });
            }
        }
        facts
    }

    /// The field and entry of a key whose value may be told. What may not is hidden: unknown keys,
    /// secrets, values of no form that the field can have.
    fn known<'r>(
        &mut self,
        key: &Node,
        node: &Node,
        (fields, entries): (&'r [Field], &'r [Entry]),
        within: Option<&Place>,
    ) -> Option<(&'r Field, &'r Entry, Place)> {
        let written = key.text().unwrap_or_default();
        let known = find_field(fields, written).filter(|_| !written.is_empty());
        let Some((index, field)) = known else {
            // `? text` may be anything, so it is no name.
            let explicit = is_explicit_key(&self.record.file.text, key);
            let name = if written.is_empty() || explicit {
                "?"
            } else {
                written
            };
            self.hide(&place(UNKNOWN, name, name, within), node, false);
            return None;
        };
        let place = place(index, &field.key, written, within);
        let same = entries.iter().find(|entry| entry.field == index);
        let entry = same.filter(|entry| entry.key == key.range);
        let once = place
            .folded
            .iter()
            .any(|key| self.with.secret.contains(key));
        if field.secret || once {
            self.hide(&place, node, true);
            return None;
        }
        // Without any entry the value has no form that fits; with another, it was written twice.
        if entry.is_none() && same.is_none() && !node.is_empty() {
            self.hide(&place, node, false);
        }
        entry.map(|entry| (field, entry, place))
    }

    /// Keeps a value for comparison only.
    fn hide(&mut self, place: &Place, node: &Node, secret: bool) {
        if node.is_empty() {
            return;
        }
        let mut text = String::new();
        flatten(node, &mut text, &mut |leaf| {
            if secret {
                self.secrets.insert(leaf.trim().to_owned());
            }
        });
        let name = (place.rank, place.key.clone());
        self.hidden.entry(name).or_default().push(text);
    }

    /// The canonical form of a value; `None` where none of it may be told.
    fn recorded(
        &mut self,
        field: &Field,
        placed: &Placed,
        node: &Node,
        place: &Place,
    ) -> Option<Recorded> {
        match &placed.value {
            Value::List(items) => {
                let alone = std::slice::from_ref(node);
                let nodes = match &node.shape {
                    Shape::Sequence(nodes) if field.list => nodes.as_slice(),
                    _ => alone,
                };
                let mut typed = items.iter().peekable();
                let mut list = Vec::new();
                for node in nodes.iter().filter(|node| !node.is_empty()) {
                    match typed.next_if(|item| item.range == node.range) {
                        Some(item) => list.extend(self.recorded(field, item, node, place)),
                        None => self.hide(place, node, false),
                    }
                }
                Some(Recorded::List(list))
            }
            Value::Structure(entries) => {
                let Shape::Mapping(written) = &node.shape else {
                    return None;
                };
                Some(self.structure(field, entries, written, place))
            }
            Value::Markdown(_) => {
                let text = node.text().unwrap_or_default();
                Some(Recorded::Text(text.trim().to_owned()))
            }
            Value::Secret => {
                self.hide(place, node, true);
                None
            }
            // A structure that was written as a text may hold its secret part.
            Value::Invalid(_) if self.has_secret(field, place) => {
                self.hide(place, node, true);
                None
            }
            value => Some(Recorded::Text(canonical::text(value, field, self.record))),
        }
    }

    /// Whether a part of a structure is secret, or was once.
    fn has_secret(&self, field: &Field, place: &Place) -> bool {
        let within = format!("{}.", place.folded[0]);
        field.fields().iter().any(|part| part.secret)
            || self.with.secret.iter().any(|key| key.starts_with(&within))
    }

    fn structure(
        &mut self,
        field: &Field,
        entries: &[Entry],
        written: &[(Node, Node)],
        place: &Place,
    ) -> Recorded {
        let fields = field.fields();
        let mut parts = BTreeMap::new();
        for (key, node) in written {
            let Some((part, entry, inner)) = self.known(key, node, (fields, entries), Some(place))
            else {
                continue;
            };
            if part.volatile {
                continue;
            }
            if let Some(recorded) = self.recorded(part, &entry.value, node, &inner) {
                parts.insert(part.key.clone(), recorded);
            }
        }
        Recorded::Structure(parts)
    }
}

fn place(index: usize, key: &str, written: &str, within: Option<&Place>) -> Place {
    let folded = [key, written].map(fold_key);
    match within {
        None => Place {
            rank: index,
            key: key.to_owned(),
            folded,
        },
        Some(outer) => Place {
            rank: if index == UNKNOWN {
                UNKNOWN
            } else {
                outer.rank
            },
            key: format!("{}.{key}", outer.key),
            folded: folded.map(|part| format!("{}.{part}", outer.folded[0])),
        },
    }
}

/// Writes a node without its places, and gives each of its scalars to `leaf`.
fn flatten(node: &Node, out: &mut String, leaf: &mut dyn FnMut(&str)) {
    match &node.shape {
        Shape::Scalar { text, .. } => {
            leaf(text);
            let _ = write!(out, "{:?}", text.trim());
        }
        Shape::Sequence(items) => {
            out.push('[');
            for item in items {
                flatten(item, out, leaf);
                out.push(',');
            }
            out.push(']');
        }
        Shape::Mapping(entries) => {
            out.push('{');
            for (key, value) in entries {
                flatten(key, out, &mut |_| {});
                out.push(':');
                flatten(value, out, leaf);
                out.push(',');
            }
            out.push('}');
        }
    }
}
