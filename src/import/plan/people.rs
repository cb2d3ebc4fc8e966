//! The names by which sources call a person: GLPI and many directories put the family name first.

use crate::history::Recorded;
use crate::history::semantic::value_of;
use crate::import::Sighting;
use crate::project::Record;

/// The kind whose records these are.
const PERSON: &str = "person";

/// The two orders of a record's names; none unless it is a person's and they are two.
pub(super) fn of_record(record: &Record) -> Vec<String> {
    if record.kind.name != PERSON {
        return Vec::new();
    }
    let part = |key: &str| match value_of(record, key) {
        Some(Recorded::Text(text)) => text,
        _ => String::new(),
    };
    of_names(&part("first_name"), &part("last_name"), &record.title())
}

/// The two orders of the names of a person that an import makes.
pub(super) fn of_sighting(sighting: &Sighting) -> Vec<String> {
    if sighting.kind != PERSON {
        return Vec::new();
    }
    let part = |key: &str| match sighting.fields.get(key) {
        Some(Recorded::Text(text)) => text.as_str(),
        _ => "",
    };
    of_names(part("first_name"), part("last_name"), part("name"))
}

/// The two orders of a first and a last name, or of a name of two words where those are not told apart.
fn of_names(first: &str, last: &str, name: &str) -> Vec<String> {
    let all = both(first, last);
    let words: Vec<&str> = name.split_whitespace().collect();
    match words[..] {
        [one, other] if all.is_empty() => both(one, other),
        _ => all,
    }
}

fn both(first: &str, last: &str) -> Vec<String> {
    let (first, last) = (first.trim(), last.trim());
    if first.is_empty() || last.is_empty() {
        return Vec::new();
    }
    vec![format!("{first} {last}"), format!("{last} {first}")]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(kind: &'static str, first: &str, last: &str) -> Vec<String> {
        let mut sighting = Sighting {
            kind,
            ..Sighting::default()
        };
        sighting.set("first_name", first);
        sighting.set("last_name", last);
        of_sighting(&sighting)
    }

    #[test]
    fn only_people_with_both_names_have_two_orders() {
        let both = ["Léa Garnier", "Garnier Léa"];
        assert_eq!(named("person", "Léa", "Garnier"), both);
        assert!(named("person", "Léa", "").is_empty());
        let orders = |name| of_names("", "", name);
        assert_eq!(orders("Léa Garnier"), both);
        assert!(orders("Léa").is_empty() && orders("Jean Marie Roy").is_empty());
        assert!(named("account", "Léa", "Garnier").is_empty());
    }
}
