//! Recorded values back into the reader's language, by today's schema and today's titles: what a
//! change log shows of a value that may be years old.
//!
//! What today's schema does not know, or calls secret, is told by its name and never by its value.

mod items;

use std::collections::BTreeMap;

pub use items::{ItemChange, alike_items};

use crate::diagnostic::Language;
use crate::estate::{Estate, Found, display, places};
use crate::format::{NARROW, NBSP};
use crate::history::{Recorded, from_canonical};
use crate::schema::{Field, Kind, Type};

/// The text of a recorded value of a field. A value that does not fit the field is shown as it was
/// written; a secret has none.
pub fn recorded(estate: &Estate, field: &Field, value: &Recorded, language: Language) -> String {
    if field.secret {
        return String::new();
    }
    match value {
        Recorded::Text(text) => one(estate, field, text, language),
        Recorded::List(items) => {
            let of_structures = items
                .iter()
                .any(|item| matches!(item, Recorded::Structure(_)));
            let texts = items
                .iter()
                .map(|item| recorded(estate, field, item, language));
            let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
            match (of_structures, language) {
                (false, _) => texts.join(", "),
                (true, Language::Fr) => texts.join(&format!("{NARROW}; ")),
                (true, Language::En | Language::Other(_)) => texts.join("; "),
            }
        }
        Recorded::Structure(parts) => structure(estate, field, parts, language),
    }
}

/// The field of a kind by the key that a change names it by; `structure.part` for a part.
pub fn field_of<'k>(kind: &'k Kind, key: &str) -> Option<&'k Field> {
    let named = |fields: &'k [Field], key: &str| fields.iter().find(|field| field.key == key);
    named(&kind.fields, key).or_else(|| {
        let (whole, part) = key.split_once('.')?;
        named(named(&kind.fields, whole)?.fields(), part)
    })
}

/// What a field is called in a language: its label, those of a structure and its part for
/// `structure.part`; the key as written when today's schema does not know it.
pub fn field_label(kind: &Kind, key: &str, language: Language) -> String {
    let Some(field) = field_of(kind, key) else {
        return key.to_owned();
    };
    let label = field.labels.get(language);
    let whole = key.split_once('.').filter(|_| field.key != key);
    match whole.and_then(|(whole, _)| field_of(kind, whole)) {
        Some(whole) => format!("{} › {label}", whole.labels.get(language)),
        None => label.to_owned(),
    }
}

fn one(estate: &Estate, field: &Field, text: &str, language: Language) -> String {
    if let Type::Reference(kinds) = &field.value {
        return match estate.named(text, kinds) {
            Found::One(id) => places::told(estate, estate.record(id)),
            Found::Several(_) | Found::Nothing => text.to_owned(),
        };
    }
    from_canonical(&field.value, text)
        .and_then(|value| display::simple(field, &value, language))
        .unwrap_or_else(|| text.to_owned())
}

/// `label : value · label : value`, in the schema's order; unknown keys last.
fn structure(
    estate: &Estate,
    field: &Field,
    parts: &BTreeMap<String, Recorded>,
    language: Language,
) -> String {
    let colon = match language {
        Language::Fr => format!("{NBSP}: "),
        Language::En => ": ".to_owned(),
        Language::Other(locale) => format!("{} ", locale.own("colon").unwrap_or(":")),
    };
    let known = field.fields().iter().filter_map(|part| {
        let value = recorded(estate, part, parts.get(&part.key)?, language);
        let label = part.labels.get(language);
        (!value.is_empty()).then(|| format!("{label}{colon}{value}"))
    });
    let is_known = |key: &str| field.fields().iter().any(|part| part.key == key);
    let unknown = parts.keys().filter(|key| !is_known(key));
    let unknown = unknown.map(|key| format!("{key}{colon}…"));
    known.chain(unknown).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language::{En, Fr};
    use crate::estate::samples::estate;
    use crate::history::ValueChange;
    use crate::history::semantic::Reader;
    use std::collections::BTreeSet;
    use std::sync::Arc;

    fn text(text: &str) -> Recorded {
        Recorded::Text(text.to_owned())
    }

    fn lyon() -> Estate {
        estate(&[(
            "inventory/sites/all.yaml",
            "- {id: lyon, name: Lyon Part-Dieu}\n",
        )])
    }

    fn shown(estate: &Estate, place: (&str, &str), value: &Recorded, language: Language) -> String {
        let kind = estate.schema.kind(place.0).expect("a kind");
        let field = field_of(kind, place.1).expect("a field");
        recorded(estate, field, value, language)
    }

    #[test]
    fn values_are_shown_as_their_field_means_them() {
        let estate = lyon();
        let check = |place, value: &str, fr: &str, en: &str| {
            assert_eq!(shown(&estate, place, &text(value), Fr), fr, "{value}");
            assert_eq!(shown(&estate, place, &text(value), En), en, "{value}");
        };
        check(
            ("asset", "warranty_end"),
            "2026-12-31",
            "31/12/2026",
            "2026-12-31",
        );
        check(
            ("ticket", "opened"),
            "2026-12-31T09:30:00",
            "31/12/2026 09:30",
            "2026-12-31 09:30",
        );
        check(
            ("asset", "price"),
            "1249.90",
            "1\u{202f}249,90\u{a0}€",
            "€1,249.90",
        );
        check(
            ("asset", "site"),
            "LYON",
            "Lyon Part-Dieu",
            "Lyon Part-Dieu",
        );
        check(("asset", "site"), "grenoble", "grenoble", "grenoble");
        check(("asset", "warranty_end"), "bientôt", "bientôt", "bientôt");
        check(
            ("asset", "status"),
            "in-service",
            "En service",
            "In service",
        );
    }

    #[test]
    fn lists_are_joined() {
        let value = Recorded::List(vec![text("lyon"), text("annecy")]);
        assert_eq!(
            shown(&lyon(), ("asset", "site"), &value, Fr),
            "Lyon Part-Dieu, annecy"
        );
    }

    #[test]
    fn unknown_parts_are_named_and_secrets_are_silent() {
        let estate = lyon();
        let mut field = Field {
            key: "card".into(),
            labels: crate::text!("Carte", "Card"),
            value: Type::Structure(vec![
                part("speed", "Débit", "Speed", false),
                part("code", "Code", "Code", true),
            ]),
            ..part("card", "Carte", "Card", false)
        };
        let value = Recorded::Structure(BTreeMap::from([
            ("speed".to_owned(), text("1000")),
            ("code".to_owned(), text("1234")),
            ("ancien".to_owned(), text("5678")),
        ]));
        let list = Recorded::List(vec![value.clone(), value.clone()]);
        let said = "Débit\u{a0}: 1\u{202f}000 · ancien\u{a0}: …";
        assert_eq!(recorded(&estate, &field, &value, Fr), said);
        assert_eq!(
            recorded(&estate, &field, &list, Fr),
            format!("{said}\u{202f}; {said}")
        );
        field.secret = true;
        assert_eq!(recorded(&estate, &field, &list, Fr), "");
        // A structure where today's schema wants none: nothing of it is known.
        let plain = part("speed", "Débit", "Speed", false);
        assert_eq!(
            recorded(&estate, &plain, &value, En),
            "ancien: … · code: … · speed: …"
        );
    }

    fn part(key: &str, fr: &str, en: &str, secret: bool) -> Field {
        Field {
            key: key.into(),
            labels: crate::text!("{fr}", "{en}"),
            help: None,
            section: None,
            value: Type::Integer,
            list: false,
            required: false,
            unique: false,
            secret,
            personal: false,
            searchable: false,
            identifier: false,
            column: false,
            facet: false,
            volatile: false,
            not_negative: false,
            positive: false,
            past: false,
            year: false,
            expected: crate::schema::Expected::Never,
            alternatives: Vec::new(),
            audience: None,
        }
    }

    #[test]
    fn parts_of_structures_are_found_by_their_key() {
        let estate = lyon();
        for kind in estate.schema.kinds() {
            for whole in &kind.fields {
                assert_eq!(
                    field_label(kind, &whole.key, Fr),
                    whole.labels.fr,
                    "{} {}",
                    kind.name,
                    whole.key
                );
                for part in whole.fields() {
                    let key = format!("{}.{}", whole.key, part.key);
                    assert_eq!(field_of(kind, &key), Some(part), "{} {key}", kind.name);
                    let label = format!("{} › {}", whole.labels.fr, part.labels.fr);
                    assert_eq!(field_label(kind, &key, Fr), label);
                }
            }
            assert_eq!(field_label(kind, "ancien.champ", Fr), "ancien.champ");
        }
    }

    /// Every type in the forms that authors write: what the history keeps of it reads as the page does.
    #[test]
    fn a_value_reads_the_same_from_the_history_as_from_its_file() {
        let mut read = 0;
        for (path, empty, fields) in [
            (
                "inventory/assets/a.yaml",
                "id: a\nname: A\n",
                "type: Serveur\nstatus: en réparation\nsite: LYON\nip: 2001:DB8::1\n\
                 mac: 52-54-00-AB-12-00\nadmin_url: https://a.example\ndepreciation_years: 1 000\n\
                 price: 1 249,90 €\nwarranty_end: 31/12/2026\n",
            ),
            (
                "inventory/backups/b.yaml",
                "id: b\nname: B\n",
                "rpo: 1h30\nrto: 1 an 2 j\noffsite: oui\noffline: no\n",
            ),
            (
                "inventory/models/m.yaml",
                "id: m\nname: M\n",
                "u_height: 1,50\n",
            ),
            (
                "inventory/prefixes/p.yaml",
                "id: p\n",
                "prefix: 192.0.2.0/24\n",
            ),
            (
                "inventory/tickets/t.yaml",
                "id: t\ntitle: T\nrequester: zoe\n",
                "opened: 31/12/2026 9h05\n",
            ),
        ] {
            let whole = format!("{empty}{fields}");
            let estate = estate(&[("inventory/sites/l.yaml", SITE), (path, &whole)]);
            let reader = Reader::new(Arc::clone(&estate.schema), BTreeSet::new());
            let (old, new) = (
                reader.version(path, empty.as_bytes()),
                reader.version(path, whole.as_bytes()),
            );
            let difference = reader.compare(Some(&old), Some(&new), true);
            let changes = reader.settle(vec![difference], &[]);
            let record = estate.records().iter();
            let mut record = record.filter(|record| record.source.file.path == path);
            let record = record.next().expect("the record");
            for change in &changes.records[0].fields {
                let new = match &change.value {
                    ValueChange::Replaced { new: Some(new), .. } => new,
                    ValueChange::Items { added, .. } => &added[0],
                    other => panic!("{other:?}"),
                };
                let field = field_of(record.kind(), &change.key).expect("a field");
                let written = &record.view().values(&change.key)[0].value;
                for language in [Fr, En] {
                    assert_eq!(
                        recorded(&estate, field, new, language),
                        display::plain(&estate, record, field, written, language),
                        "{}",
                        change.key
                    );
                }
                read += 1;
            }
        }
        assert_eq!(read, 16);
    }

    const SITE: &str = "id: lyon\nname: Lyon Part-Dieu\n";
}
