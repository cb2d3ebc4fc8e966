//! `audience:` of schema files: who reads the records of a kind, or a field.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::schema::read::SchemaReader;
use crate::schema::{Expected, Field, Kind, Schema, Type, built_in};
use crate::source::{SourceFile, Span};
use crate::text;
use crate::yaml::{self, Node, Shape};

const KEY: &str = "audience";

impl SchemaReader<'_> {
    /// The audience of a kind or field; `""`, which nobody is, for what is no name. `None` where none is written.
    pub fn audience(&mut self, node: &Node) -> Option<String> {
        let value = node.get(KEY)?;
        let name = name(value);
        if name.is_empty() {
            let message = text!(
                "`audience` attend le nom d’un public de `carnet.yaml`",
                "`audience` expects the name of an audience of `carnet.yaml`"
            );
            let help = text!(
                "enlevez cette ligne pour que tout le monde lise ceci",
                "remove this line so that everybody reads this"
            );
            self.report(value.range, message, Some(help));
        }
        Some(name)
    }
}

fn name(value: &Node) -> String {
    let text = value.text().filter(|_| !value.is_empty());
    text.unwrap_or_default().trim().to_owned()
}

/// Every audience that schema files name, with its place. Whether it is one is known to `carnet.yaml` alone.
pub fn audiences_named(files: &[Arc<SourceFile>]) -> Vec<(Span, String)> {
    let mut named = Vec::new();
    for file in files {
        let (root, _) = yaml::parse(file, file.whole());
        let mut open: Vec<&Node> = root.iter().collect();
        while let Some(node) = open.pop() {
            if let Some(value) = node.get(KEY) {
                let name = name(value);
                if !name.is_empty() {
                    named.push((Span::new(file, value.range), name));
                }
            }
            if let Some(Shape::Sequence(items)) = node.get("fields").map(|fields| &fields.shape) {
                open.extend(items);
            }
        }
    }
    named
}

impl Schema {
    /// The schema of somebody who sees what these marks say: kinds and fields of the site that are not are gone, as if they had
    /// never been described. Those that come with Carnet stay, because pages and questions know them, and nothing is expected of
    /// them nor shown.
    #[must_use]
    pub fn seen_by(&self, sees: &dyn Fn(Option<&str>) -> bool) -> Self {
        let known = built_in();
        let mut schema = self.clone();
        schema
            .kinds
            .retain(|name, kind| sees(kind.audience.as_deref()) || known.kind(name).is_some());
        let names: BTreeSet<String> = schema.kinds.keys().cloned().collect();
        for (name, kind) in &mut schema.kinds {
            let of_carnet = known.kind(name).map_or(&[][..], |kind| &kind.fields);
            let readable = Left {
                sees,
                names: &names,
            };
            let fields = readable.fields(&kind.fields, of_carnet);
            let keys: BTreeSet<&str> = fields.iter().map(|field| field.key.as_str()).collect();
            let is_left = |key: &String| keys.contains(key.as_str());
            let mut summary = kind.summary.clone();
            summary.retain(is_left);
            let stands_in = |key: &str, fields: &[Field]| {
                let mut sections = fields.iter().filter_map(|field| field.section.as_deref());
                sections.any(|section| section == key)
            };
            let mut sections = kind.sections.clone();
            sections.retain(|it| stands_in(&it.key, &fields) || !stands_in(&it.key, &kind.fields));
            let mut fields = fields.clone();
            for field in &mut fields {
                field.alternatives.retain(is_left);
            }
            let left = Kind {
                fields,
                summary,
                sections,
                audience: None,
                ..Kind::clone(kind)
            };
            if left != **kind {
                *kind = Arc::new(left);
            }
        }
        schema
    }
}

/// What is left for somebody.
struct Left<'a> {
    sees: &'a dyn Fn(Option<&str>) -> bool,
    /// The kinds.
    names: &'a BTreeSet<String>,
}

impl Left<'_> {
    fn fields(&self, fields: &[Field], of_carnet: &[Field]) -> Vec<Field> {
        let left = fields.iter().filter_map(|field| {
            let known = of_carnet.iter().find(|known| known.key == field.key);
            self.field(field, known)
        });
        left.collect()
    }

    fn field(&self, field: &Field, known: Option<&Field>) -> Option<Field> {
        let is_seen = (self.sees)(field.audience.as_deref());
        if !is_seen && known.is_none() {
            return None;
        }
        let mut left = field.clone();
        left.audience = None;
        match &mut left.value {
            Type::Reference(kinds) => {
                kinds.retain(|kind| self.names.contains(kind));
                if kinds.is_empty() {
                    return None;
                }
            }
            Type::Structure(parts) => {
                let parts_known = known.map_or(&[][..], Field::fields);
                *parts = self.fields(parts, parts_known);
            }
            _ => {}
        }
        if !is_seen {
            (left.required, left.column, left.facet) = (false, false, false);
            left.expected = Expected::Never;
        }
        Some(left)
    }
}

impl Kind {
    /// Whether it is marked for some readers, or a field of it.
    pub fn is_marked(&self) -> bool {
        let mut fields = self.fields.iter();
        let is_marked = |field: &Field| field.audience.is_some();
        self.audience.is_some()
            || fields.any(|field| is_marked(field) || field.fields().iter().any(is_marked))
    }
}
