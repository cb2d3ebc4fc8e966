//! The built-in kinds hold together, and a site's files extend them.

use std::sync::Arc;

use super::*;
use crate::diagnostic::{Language, short};
use crate::source::SourceFile;

#[test]
fn built_in_kinds_refer_to_each_other() {
    let schema = built_in();
    for kind in schema.kinds() {
        assert!(kind.index_of(&kind.title).is_some(), "{}: title", kind.name);
        for field in kind
            .fields
            .iter()
            .flat_map(|field| field.fields().iter().chain([field]))
        {
            if let Type::Reference(kinds) = &field.value {
                assert!(!kinds.is_empty(), "{}.{}", kind.name, field.key);
                for target in kinds {
                    assert!(
                        schema.kind(target).is_some(),
                        "{}.{} → {target}",
                        kind.name,
                        field.key
                    );
                }
            }
            if let Some(section) = &field.section {
                let known = kind.sections.iter().any(|known| known.key == *section);
                assert!(known, "{}.{} in {section}", kind.name, field.key);
            }
        }
    }
}

#[test]
fn french_labels_are_keys_and_never_clash() {
    let schema = built_in();
    let asset = schema.kind("asset").expect("built in");
    assert_eq!(
        asset
            .field("Fin de garantie")
            .map(|(_, field)| field.key.as_str()),
        Some("warranty_end")
    );
    assert_eq!(
        asset
            .field("numero_d_inventaire")
            .map(|(_, field)| field.key.as_str()),
        Some("inventory_number")
    );
    for kind in schema.kinds() {
        for (index, field) in kind.fields.iter().enumerate() {
            for name in [&field.key, &field.labels.fr] {
                assert_eq!(
                    kind.field(name).map(|(found, _)| found),
                    Some(index),
                    "{}.{name}",
                    kind.name
                );
            }
        }
    }
}

fn extended(yaml: &str) -> (Schema, String) {
    let file = Arc::new(SourceFile::new("inventory/_kinds/x.yaml", yaml));
    let (schema, diagnostics) = extend(&built_in(), &[file]);
    (schema, short(&diagnostics, Language::En))
}

#[test]
fn a_site_adds_a_kind_and_fields() {
    let (schema, findings) = extended(
        "kind: badge\nfolder: badges\nlabels: {fr: Badge, en: Badge}\nfields:\n  - {key: name, type: text}\n  - {key: holder, type: reference, to: [person], required: true, labels: {fr: Titulaire, en: Holder}}\n",
    );
    assert_eq!(findings, "");
    assert!(
        schema
            .kind("badge")
            .is_some_and(|kind| kind.field("titulaire").is_some())
    );
    let (schema, findings) = extended(
        "kind: badge\nfolder: badges\nfields:\n  - {key: holder, type: reference, to: [person]}\n",
    );
    assert_eq!(findings, "", "a kind without a title field");
    assert!(schema.kind("badge").is_some());
    let (schema, findings) = extended(
        "extends: asset\nfields:\n  - {key: colour, type: text}\n  - {key: status, values: [{key: lent, labels: {fr: Prêté, en: Lent}, means: in-service}]}\n",
    );
    assert_eq!(findings, "");
    let asset = schema.kind("asset").expect("built in");
    assert!(
        asset
            .field("status")
            .is_some_and(|(_, field)| field.choices().iter().any(|choice| choice.key == "lent"))
    );
}

#[test]
fn the_manual_names_every_field() {
    let pages = [
        include_str!("../../content/manuel/genres.md"),
        include_str!("../../content/manuel/genres.en.md"),
    ];
    let mut missing = Vec::new();
    for kind in built_in().kinds() {
        let own = kind.fields.iter().flat_map(|field| {
            let parts = field.fields().iter().map(|part| part.key.as_str());
            parts.map(Some).chain([None]).map(|part| (&field.key, part))
        });
        let own: Vec<_> = own.collect();
        for page in pages {
            let mut sections = page.split("\n## ");
            let head = format!("`{}`", kind.name);
            let is_own = |section: &&str| {
                let title = section.lines().next().unwrap_or_default();
                title.ends_with(&head)
            };
            let section = sections.clone().find(is_own).unwrap_or_default();
            let common = sections.next().unwrap_or_default();
            for (key, part) in &own {
                let mut rows = section.lines();
                let row = rows.find(|row| row.contains(&format!("| `{key}` |")));
                let is_told = match (row, part) {
                    (Some(row), Some(part)) => row.contains(&format!("`{part}`")),
                    (row, _) => row.is_some() || common.contains(&format!("`{key}`")),
                };
                if !is_told {
                    missing.push(format!("{}.{key} {part:?}", kind.name));
                }
            }
        }
    }
    assert!(missing.is_empty(), "not in the manual: {missing:#?}");
}

#[test]
fn the_manual_says_which_fields_are_required() {
    let pages = [
        (
            include_str!("../../content/manuel/genres.md"),
            "**obligatoire**",
        ),
        (
            include_str!("../../content/manuel/genres.en.md"),
            "**required**",
        ),
    ];
    let mut wrong = Vec::new();
    let schema = built_in();
    let all = schema.kinds();
    for (kind, (page, word)) in all.flat_map(|kind| pages.map(|page| (kind, page))) {
        let head = format!("`{}`", kind.name);
        let mut sections = page.split("\n## ");
        let is_own = |section: &&str| {
            section
                .lines()
                .next()
                .is_some_and(|line| line.ends_with(&head))
        };
        let section = sections.find(is_own).unwrap_or_default();
        for field in &kind.fields {
            let key = format!("| `{}` |", field.key);
            let row = section.lines().find(|row| row.contains(&key));
            if row.is_some_and(|row| row.contains(word) != field.required) {
                wrong.push(format!("{}.{} {word}", kind.name, field.key));
            }
        }
    }
    assert!(wrong.is_empty(), "the schema says otherwise: {wrong:#?}");
}

#[test]
fn mistakes_in_schemas_are_placed() {
    let (_, findings) = extended("extends: asset\nfields:\n  - {key: status, type: text}\n");
    assert_eq!(
        findings,
        "inventory/_kinds/x.yaml:3:25: error[invalid-schema]: the type of field `status` cannot change\n"
    );
    let (_, findings) = extended("extends: assett\n");
    assert_eq!(
        findings,
        "inventory/_kinds/x.yaml:1:10: error[invalid-schema]: there is no kind `assett`\n"
    );
    let (_, findings) = extended("kind: a\nfolder: a\nfields:\n  - {key: name, type: txt}\n");
    assert!(
        findings.contains("there is no type `txt` here"),
        "{findings}"
    );
}
