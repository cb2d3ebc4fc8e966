//! Where a record stands: its own place, and those that hold it (room, building, town); and what a place is called.

use std::collections::BTreeMap;

use crate::estate::{Estate, Found, Record, RecordId};

/// Places deeper than this are not followed; a circle is a finding of its own.
const DEEPEST: usize = 8;

/// Types of places that hold buildings and rooms, that figures are told by, and whose names say enough alone.
const WHOLE: [&str; 3] = ["site", "campus", "remote"];

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

/// The whole place of a record: the nearest site or campus that it is or stands in, else the place above all.
pub fn whole<'a>(estate: &'a Estate, record: &'a Record) -> Option<&'a Record> {
    let all = places(estate, record);
    let is_whole = |place: &&&Record| {
        let choice = place.view().choice("type");
        choice.is_some_and(|choice| WHOLE.contains(&&*choice.key))
    };
    all.iter().find(is_whole).or(all.last()).copied()
}

/// What a record is called away from the page of what holds it: its title, and for a place in another one first the
/// site around it, since every site may have a server room: `Lyon › Salle serveurs`. Where two places would still be
/// called the same, the nearest place that tells them apart stands too, else the id.
pub fn told(estate: &Estate, record: &Record) -> String {
    let name = estate.place_names().get(&record.id);
    name.unwrap_or(&record.title).clone()
}

impl Estate {
    /// What places are called, where that is more than their titles.
    fn place_names(&self) -> &BTreeMap<RecordId, String> {
        self.place_names.get_or_init(|| names(self))
    }
}

fn names(estate: &Estate) -> BTreeMap<RecordId, String> {
    let mut namesakes: BTreeMap<Vec<&str>, Vec<Place<'_>>> = BTreeMap::new();
    for record in estate.listed("site") {
        let place = Place::new(estate, record);
        namesakes.entry(place.shown(None)).or_default().push(place);
    }
    let mut names = BTreeMap::new();
    for (name, places) in namesakes {
        for place in &places {
            let name = match places.len() {
                1 => name.join(BETWEEN),
                _ => place.apart(&places),
            };
            if name != place.record().title {
                names.insert(place.record().id, name);
            }
        }
    }
    names
}

/// Stands between a place and what lies in it.
pub const BETWEEN: &str = " › ";

/// A place on its way to a name.
struct Place<'a> {
    /// Itself and the places above, the nearest first, each once.
    all: Vec<&'a Record>,
    /// The whole place that holds it; itself where none does.
    whole: RecordId,
}

impl<'a> Place<'a> {
    fn new(estate: &'a Estate, record: &'a Record) -> Self {
        let mut all: Vec<&Record> = Vec::new();
        for place in with_those_above(estate, record) {
            if all.iter().all(|known| known.id != place.id) {
                all.push(place);
            }
        }
        let whole = whole(estate, record).map_or(record.id, |whole| whole.id);
        Self { all, whole }
    }

    fn record(&self) -> &'a Record {
        self.all[0]
    }

    /// The titles that it is called by, the outermost first.
    fn shown(&self, apart: Option<RecordId>) -> Vec<&'a str> {
        let shown = [Some(self.record().id), Some(self.whole), apart];
        let all = self.all.iter().rev();
        let all = all.filter(|place| shown.contains(&Some(place.id)));
        all.map(|place| place.title.as_str()).collect()
    }

    /// Its name among those that would be called the same.
    fn apart(&self, namesakes: &[Self]) -> String {
        let holds = |place: &Self, title: &str| place.all[1..].iter().any(|it| it.title == title);
        let is_own = |above: &&&Record| {
            let mut others = namesakes
                .iter()
                .filter(|other| other.record().id != self.record().id);
            others.all(|other| !holds(other, &above.title))
        };
        match self.all[1..].iter().find(is_own) {
            Some(apart) => self.shown(Some(apart.id)).join(BETWEEN),
            None => format!(
                "{} ({})",
                self.shown(None).join(BETWEEN),
                self.record().source.id
            ),
        }
    }
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
    fn a_place_in_another_is_called_with_the_site_around_it() {
        let estate = estate(&[(
            "inventory/sites/all.yaml",
            "- {id: lyon, name: Lyon, type: site, parent: rhone}\n- {id: rhone, name: Rhône, type: region}\n\
             - {id: l-a, name: Bâtiment A, type: building, parent: lyon}\n\
             - {id: l-b, name: Bâtiment B, type: building, parent: lyon}\n\
             - {id: a-1, name: Salle 1, type: room, parent: l-a}\n\
             - {id: b-1, name: Salle 1, type: room, parent: l-b}\n\
             - {id: a-2, name: Salle 2, type: room, parent: l-a}\n\
             - {id: m-1, name: Salle 1, type: room, parent: macon}\n- {id: macon, name: Mâcon}\n\
             - {id: x-1, name: Accueil}\n- {id: x-2, name: Accueil}\n\
             - {id: a, name: A, parent: b}\n- {id: b, name: B, parent: a}\n",
        )]);
        let of = |id: &str| told(&estate, estate.find("site", id).expect("a place"));
        assert_eq!(of("lyon"), "Lyon", "a site is known by its name");
        assert_eq!(of("rhone"), "Rhône");
        assert_eq!(of("l-a"), "Lyon › Bâtiment A");
        assert_eq!(of("a-2"), "Lyon › Salle 2");
        assert_eq!(of("b-1"), "Lyon › Bâtiment B › Salle 1");
        assert_eq!(
            of("m-1"),
            "Mâcon › Salle 1",
            "the outermost, where none is a site"
        );
        assert_eq!(of("x-2"), "Accueil (x-2)");
        assert_eq!(of("a"), "B › A", "a circle ends");
    }

    #[test]
    fn towns_of_one_name_are_told_apart() {
        let estate = estate(&[(
            "inventory/sites/all.yaml",
            "- {id: r-1, name: Nord, type: region}\n- {id: r-2, name: Sud, type: region}\n\
             - {id: t-1, name: Dépôt, type: site, parent: r-1}\n- {id: t-2, name: Dépôt, type: site, parent: r-2}\n\
             - {id: q-1, name: Quai, parent: t-1}\n- {id: q-2, name: Quai, parent: t-2}\n",
        )]);
        let of = |id: &str| told(&estate, estate.find("site", id).expect("a place"));
        assert_eq!(of("t-1"), "Nord › Dépôt");
        assert_eq!(of("q-2"), "Sud › Dépôt › Quai");
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
