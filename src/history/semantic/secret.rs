//! Which fields were ever secret: a value that was never to be shown stays hidden in the history
//! when its field is declared anew, or its kind renamed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::schema::{Field, Schema};
use crate::source::SourceFile;
use crate::yaml::{self, Node, Shape};

/// The fields that are `secret` in `built_in` or in any of the texts of `inventory/_kinds/*.yaml`,
/// then or now: kind and key (`structure.part` for a part). Every label that the field or its
/// structure ever had stands for its key too, because authors may write it; a kind that ever had the folder of another is protected like that one.
/// Texts that cannot be read say nothing.
pub fn once_secret(
    built_in: &Arc<Schema>,
    schema_texts: &[(String, String)],
) -> BTreeSet<(String, String)> {
    let mut found = Found::default();
    for kind in built_in.kinds() {
        found.folder(&kind.folder, &kind.name);
        found.known(&kind.name, &kind.fields, "");
    }
    for (path, text) in schema_texts {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let file = Arc::new(SourceFile::new(path.as_str(), text));
        let Some(root) = yaml::parse(&file, file.whole()).0 else {
            continue;
        };
        let name = |key| root.get(key).and_then(Node::text).map(str::trim);
        let Some(kind) = name("kind").or_else(|| name("extends")) else {
            continue;
        };
        // A kind without a folder of its own has that of its name; one that extends another, its folder.
        let own = name("kind").map(|kind| name("folder").unwrap_or(kind));
        if let Some(folder) = own {
            found.folder(folder, kind);
        }
        found.written(kind, root.get("fields"), "");
    }
    found.spread()
}

/// A field by kind, structure (`""` for a field of the record itself) and key.
type Place = (String, String, String);

#[derive(Default)]
struct Found {
    secret: BTreeSet<Place>,
    /// Whatever a field was ever called: its key and its labels, in any file that speaks of its kind.
    names: BTreeMap<Place, BTreeSet<String>>,
    /// The kinds that each folder ever held.
    folders: BTreeMap<String, BTreeSet<String>>,
}

impl Found {
    fn folder(&mut self, folder: &str, kind: &str) {
        let kinds = self.folders.entry(folder.to_owned()).or_default();
        kinds.insert(kind.to_owned());
    }

    fn field(&mut self, place: (&str, &str, &str), labels: &[&str], secret: bool) {
        let (kind, within, key) = place;
        let place = (kind.to_owned(), within.to_owned(), key.to_owned());
        if secret {
            self.secret.insert(place.clone());
        }
        let names = self.names.entry(place).or_default();
        names.insert(key.to_owned());
        names.extend(labels.iter().map(|label| (*label).to_owned()));
    }

    fn known(&mut self, kind: &str, fields: &[Field], within: &str) {
        for field in fields {
            let labels = [field.labels.fr.as_str(), field.labels.en.as_str()];
            self.field((kind, within, &field.key), &labels, field.secret);
            self.known(kind, field.fields(), &field.key);
        }
    }

    fn written(&mut self, kind: &str, fields: Option<&Node>, within: &str) {
        let Some(Shape::Sequence(items)) = fields.map(|fields| &fields.shape) else {
            return;
        };
        for item in items {
            let Some(key) = item.get("key").and_then(Node::text).map(str::trim) else {
                continue;
            };
            // Whatever is not a clear no was meant to hide something.
            let no = |text: &str| matches!(text, "" | "false" | "no" | "non" | "faux");
            let flag = item.get("secret").filter(|flag| !flag.is_empty());
            let flag = flag.map(|flag| flag.text().unwrap_or("true").trim().to_lowercase());
            let secret = flag.is_some_and(|flag| !no(&flag));
            let labels = item.get("labels").map_or_else(Vec::new, |labels| {
                let both = ["fr", "en"].into_iter().filter_map(|code| labels.get(code));
                let all = std::iter::once(labels).chain(both);
                all.filter_map(Node::text).collect()
            });
            self.field((kind, within, key), &labels, secret);
            self.written(kind, item.get("fields"), key);
        }
    }

    /// What is secret in a kind is so in every kind that shared a folder with it, under every name
    /// that it or its structure ever had.
    fn spread(self) -> BTreeSet<(String, String)> {
        let mut all = BTreeSet::new();
        for (kind, within, key) in &self.secret {
            let shared = self.folders.values().filter(|kinds| kinds.contains(kind));
            let mut kinds: BTreeSet<&String> = shared.flatten().collect();
            kinds.insert(kind);
            let keys = self.names_of(&kinds, within, key);
            let structures = if within.is_empty() {
                BTreeSet::from([String::new()])
            } else {
                let names = self.names_of(&kinds, "", within);
                names.into_iter().map(|name| format!("{name}.")).collect()
            };
            for structure in &structures {
                for key in &keys {
                    let of_kind = |kind: &&String| ((*kind).clone(), format!("{structure}{key}"));
                    all.extend(kinds.iter().map(of_kind));
                }
            }
        }
        all
    }

    fn names_of(&self, kinds: &BTreeSet<&String>, within: &str, key: &str) -> BTreeSet<String> {
        let mut names = BTreeSet::from([key.to_owned()]);
        for kind in kinds {
            let place = ((*kind).clone(), within.to_owned(), key.to_owned());
            names.extend(self.names.get(&place).into_iter().flatten().cloned());
        }
        names
    }
}
