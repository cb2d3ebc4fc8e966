//! Who looks after the machines of a place: « technicien Grenoble » asks for a person on whose page neither word may stand.

use std::collections::BTreeMap;

use crate::diagnostic::Language;
use crate::estate::holdings::is_gone;
use crate::estate::{Estate, Record, RecordId, places};

/// The field of an asset that names its technician.
const FIELD: &str = "technician";

/// The places of each person who has most of a place's machines in charge.
#[derive(Debug, Default)]
pub struct Charges(BTreeMap<RecordId, Vec<RecordId>>);

impl Charges {
    /// By the assets that are still there, each counted for the widest place that it stands in.
    pub fn new(estate: &Estate) -> Self {
        let mut by_place: BTreeMap<RecordId, BTreeMap<RecordId, usize>> = BTreeMap::new();
        for asset in estate.listed("asset").filter(|asset| !is_gone(asset)) {
            let technician = estate.first(asset, FIELD);
            let place = places::places(estate, asset).pop();
            if let (Some(technician), Some(place)) = (technician, place) {
                let people = by_place.entry(place.id).or_default();
                *people.entry(technician.id).or_default() += 1;
            }
        }
        let mut charges: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
        for (place, people) in by_place {
            let most = people.values().max().copied();
            let first = people.iter().filter(|(_, count)| Some(**count) == most);
            for (person, _) in first {
                charges.entry(*person).or_default().push(place);
            }
        }
        Self(charges)
    }

    /// What a person is asked for by: the name of the field, and the places in charge.
    pub fn of(&self, estate: &Estate, person: &Record, language: Language) -> Vec<String> {
        let Some(own) = self.0.get(&person.id) else {
            return Vec::new();
        };
        let field = label(estate, language);
        let titles = own.iter().map(|place| {
            let place = estate.record(*place);
            estate.translated(place, language).title.clone()
        });
        field.into_iter().chain(titles).collect()
    }
}

/// The name of the field in a language.
fn label(estate: &Estate, language: Language) -> Option<String> {
    let asset = estate.schema.kind("asset")?;
    let field = asset.fields.iter().find(|field| field.key == FIELD)?;
    Some(field.labels.get(language).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::samples::estate;

    #[test]
    fn most_machines_of_a_place_make_its_technician() {
        let estate = estate(&[
            (
                "inventory/sites/s.yaml",
                "- {id: gre, name: Usine de Grenoble}\n- {id: quai, name: Quai, parent: gre}\n- {id: lyo, name: Lyon}\n",
            ),
            (
                "inventory/people/p.yaml",
                "- {id: nadia, name: Nadia}\n- {id: yann, name: Yann}\n",
            ),
            (
                "inventory/assets/a.yaml",
                "- {id: a, name: A, site: quai, technician: nadia}\n\
                 - {id: b, name: B, site: gre, technician: nadia}\n\
                 - {id: c, name: C, site: gre, technician: yann}\n\
                 - {id: d, name: D, site: lyo, technician: yann}\n\
                 - {id: e, name: E, site: lyo, technician: nadia, status: retired}\n\
                 - {id: f, name: F, technician: nadia}\n",
            ),
        ]);
        let charges = Charges::new(&estate);
        let of = |id| {
            let person = estate.find("person", id).expect("written");
            charges.of(&estate, person, Language::Fr)
        };
        assert_eq!(of("nadia"), ["Technicien responsable", "Usine de Grenoble"]);
        assert_eq!(of("yann"), ["Technicien responsable", "Lyon"]);
    }
}
