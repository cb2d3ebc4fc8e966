//! Where a record stands: its own place, and those that hold it (room, building, town).

use crate::estate::{Estate, Found, Record};

/// Places deeper than this are not followed; a circle is a finding of its own.
const DEEPEST: usize = 8;

/// The places of a record, the nearest first: what its field `site` names, with the places above; for
/// a place, itself and those above.
pub fn places<'a>(estate: &'a Estate, record: &'a Record) -> Vec<&'a Record> {
    let own = if record.kind().name == "site" {
        Some(record)
    } else {
        estate.first(record, "site")
    };
    own.map_or_else(Vec::new, |place| with_those_above(estate, place))
}

/// The places that a name means, as a field `site` holds it.
pub fn named<'a>(estate: &'a Estate, name: &str) -> Vec<&'a Record> {
    match estate.named(name, &["site".to_owned()]) {
        Found::One(id) => with_those_above(estate, estate.record(id)),
        Found::Several(_) | Found::Nothing => Vec::new(),
    }
}

/// What a record is called where it stands alone in a sentence: its title, and for a place whose title
/// others bear too the nearest place above that tells them apart: `Bâtiment A (Lyon)`. Its id where
/// none does.
pub fn told(estate: &Estate, record: &Record) -> String {
    let title = &record.title;
    if record.kind().name != "site" {
        return title.clone();
    }
    let others = estate.listed("site");
    let others = others.filter(|other| other.id != record.id && other.title == *title);
    let others: Vec<Vec<&Record>> = others
        .map(|other| with_those_above(estate, other))
        .collect();
    if others.is_empty() {
        return title.clone();
    }
    let above = with_those_above(estate, record);
    let is_own = |place: &&&Record| {
        let mut all = others.iter().flatten();
        all.all(|other| other.title != place.title)
    };
    let apart = above.iter().skip(1).find(is_own);
    let apart = apart.map_or(&record.source.id, |place| &place.title);
    format!("{title} ({apart})")
}

fn with_those_above<'a>(estate: &'a Estate, place: &'a Record) -> Vec<&'a Record> {
    let above = |place: &&'a Record| estate.first(place, "parent");
    std::iter::successors(Some(place), above)
        .take(DEEPEST)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::samples::estate;

    #[test]
    fn places_of_one_name_are_told_apart() {
        let estate = estate(&[(
            "inventory/sites/all.yaml",
            "- {id: lyon, name: Lyon}\n- {id: bron, name: Bron}\n\
             - {id: l-a, name: Bâtiment A, parent: lyon}\n- {id: b-a, name: Bâtiment A, parent: bron}\n\
             - {id: l-1, name: Salle 1, parent: l-a}\n- {id: b-1, name: Salle 1, parent: b-a}\n\
             - {id: x-1, name: Accueil}\n- {id: x-2, name: Accueil}\n",
        )]);
        let of = |id: &str| told(&estate, estate.find("site", id).expect("a place"));
        assert_eq!(of("lyon"), "Lyon");
        assert_eq!(of("l-a"), "Bâtiment A (Lyon)");
        assert_eq!(of("b-1"), "Salle 1 (Bron)", "the building says nothing");
        assert_eq!(of("x-2"), "Accueil (x-2)");
    }

    #[test]
    fn a_machine_stands_in_its_room_and_in_the_town() {
        let estate = estate(&[
            (
                "inventory/sites/all.yaml",
                "- {id: lyon, name: Lyon}\n- {id: baie, name: Baie, parent: lyon}\n\
                 - {id: a, name: A, parent: b}\n- {id: b, name: B, parent: a}\n",
            ),
            (
                "inventory/assets/all.yaml",
                "- {id: pc-01, name: pc-01, site: baie}\n- {id: pc-02, name: pc-02}\n",
            ),
        ]);
        let of = |kind: &str, id: &str| -> Vec<&str> {
            let record = estate.find(kind, id).expect("a record");
            let places = places(&estate, record).into_iter();
            places.map(|place| place.source.id.as_str()).collect()
        };
        assert_eq!(of("asset", "pc-01"), ["baie", "lyon"]);
        assert!(of("asset", "pc-02").is_empty());
        assert_eq!(of("site", "lyon"), ["lyon"]);
        assert_eq!(of("site", "a").len(), DEEPEST, "a circle ends");
        assert_eq!(named(&estate, "BAIE").len(), 2);
        assert!(named(&estate, "ailleurs").is_empty());
    }
}
