//! A schema with more secrets than its files say: what another day's schema hides is hidden here.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::schema::{Field, Kind, Schema, Type, fold_key};

impl Schema {
    /// The same schema, in which the fields that `names` lists are secret too: kind, and key or label
    /// (`structure.part` for a part), compared as authors' keys are.
    #[must_use]
    pub fn hiding(&self, names: &BTreeSet<(String, String)>) -> Self {
        let mut schema = self.clone();
        for (name, kind) in &mut schema.kinds {
            let listed = names.iter().filter(|(kind, _)| kind == name);
            let listed: BTreeSet<String> = listed.map(|(_, key)| folded(key)).collect();
            if !listed.is_empty() {
                let mut fields = kind.fields.clone();
                hide(&mut fields, &[String::new()], &listed);
                *kind = Arc::new(Kind {
                    fields,
                    ..Kind::clone(kind)
                });
            }
        }
        schema
    }
}

/// Each part of `structure.part` is folded alone: a dot is none of the letters that count.
fn folded(name: &str) -> String {
    let parts: Vec<String> = name.split('.').map(fold_key).collect();
    parts.join(".")
}

/// Hides the fields that are listed under any of their names, within any name of their structure.
fn hide(fields: &mut [Field], within: &[String], listed: &BTreeSet<String>) {
    for field in fields {
        let names = [&field.key, &field.labels.fr, &field.labels.en];
        let names: BTreeSet<String> = names.iter().map(|name| fold_key(name)).collect();
        let mut places = within
            .iter()
            .flat_map(|outer| names.iter().map(move |name| format!("{outer}{name}")));
        field.secret |= places.any(|place| listed.contains(&place));
        if let Type::Structure(parts) = &mut field.value {
            let outer: Vec<String> = names.iter().map(|name| format!("{name}.")).collect();
            hide(parts, &outer, listed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{built_in, extend};
    use crate::source::SourceFile;

    #[test]
    fn fields_and_parts_are_hidden_by_any_of_their_names() {
        let text = "extends: asset\nfields:\n\
                    - {key: pin, type: text, labels: {fr: Code d’accès, en: Access code}}\n\
                    - key: door\n  type: structure\n  labels: {fr: Porte, en: Door}\n  fields:\n\
                    \x20   - {key: code, type: text, labels: {fr: Chiffres, en: Digits}}\n\
                    \x20   - {key: colour, type: text, labels: {fr: Couleur, en: Colour}}\n";
        let file = SourceFile::new("inventory/_kinds/asset.yaml", text);
        let (schema, found) = extend(&built_in(), &[Arc::new(file)]);
        assert!(found.is_empty(), "{found:?}");
        let secret = |schema: &Schema| -> Vec<String> {
            let kind = schema.kind("asset").expect("a kind");
            let all = kind
                .fields
                .iter()
                .flat_map(|field| std::iter::once(field).chain(field.fields()));
            let all = all.filter(|field| field.secret);
            all.map(|field| field.key.clone()).collect()
        };
        let before = secret(&schema);
        let names = [
            ("asset", "code d'acces"),
            ("asset", "Porte.code"),
            ("site", "colour"),
        ];
        let names = names.map(|(kind, key)| (kind.to_owned(), key.to_owned()));
        let mut after = secret(&schema.hiding(&BTreeSet::from(names)));
        after.retain(|key| !before.contains(key));
        assert_eq!(after, ["pin", "code"]);
        assert_eq!(schema.hiding(&BTreeSet::new()), schema);
    }
}
