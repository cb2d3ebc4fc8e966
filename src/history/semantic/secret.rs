//! Which fields were ever secret: a value that was never to be shown stays hidden in the history
//! when its field is declared anew, or its kind renamed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::schema::{Field, Schema};
use crate::source::SourceFile;
use crate::yaml::{self, Node, Shape};

/// The fields that are `secret` in `built_in` or in any of the texts of `inventory/_kinds/*.yaml`,
/// then or now: kind and key (`structure.part` for a part). Labels stand for keys too, because
/// authors may write them; a kind that ever had the folder of another is protected like that one.
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
        if let Some(folder) = name("folder") {
            found.folder(folder, kind);
        }
        found.written(kind, root.get("fields"), "");
    }
    found.spread()
}

#[derive(Default)]
struct Found {
    secret: BTreeSet<(String, String)>,
    /// The kinds that each folder ever held.
    folders: BTreeMap<String, BTreeSet<String>>,
}

impl Found {
    fn folder(&mut self, folder: &str, kind: &str) {
        let kinds = self.folders.entry(folder.to_owned()).or_default();
        kinds.insert(kind.to_owned());
    }

    fn add(&mut self, kind: &str, within: &str, names: &[&str]) {
        for name in names {
            self.secret
                .insert((kind.to_owned(), format!("{within}{name}")));
        }
    }

    fn known(&mut self, kind: &str, fields: &[Field], within: &str) {
        for field in fields {
            if field.secret {
                self.add(
                    kind,
                    within,
                    &[&field.key, &field.labels.fr, &field.labels.en],
                );
            }
            self.known(kind, field.fields(), &format!("{within}{}.", field.key));
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
            if flag.is_some_and(|flag| !no(&flag)) {
                let labels = item.get("labels");
                let labels = ["fr", "en"].map(|code| labels.and_then(|labels| labels.get(code)));
                let labels: Vec<&str> = labels
                    .iter()
                    .flatten()
                    .filter_map(|label| label.text())
                    .collect();
                self.add(kind, within, &[key]);
                self.add(kind, within, &labels);
            }
            self.written(kind, item.get("fields"), &format!("{within}{key}."));
        }
    }

    /// What is secret in a kind is so in every kind that shared a folder with it.
    fn spread(self) -> BTreeSet<(String, String)> {
        let mut all = self.secret.clone();
        for kinds in self.folders.values().filter(|kinds| kinds.len() > 1) {
            for (_, key) in self.secret.iter().filter(|(kind, _)| kinds.contains(kind)) {
                all.extend(kinds.iter().map(|kind| (kind.clone(), key.clone())));
            }
        }
        all
    }
}
