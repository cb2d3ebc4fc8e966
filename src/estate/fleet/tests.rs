//! The fleet counted by hand; on 20 November 2026.

use super::{Dimension, Subject, Tally, Warranty, since};
use crate::estate::Estate;
use crate::estate::samples::estate;

fn sample() -> Estate {
    estate(&[
        (
            "inventory/assets/all.yaml",
            "- {id: a, name: A, model: m, site: room, in_service: 2023-11-20, warranty_end: 2026-11-20, os: Vieux, os_version: \"1\"}\n\
             - {id: b, name: B, type: laptop, manufacturer: Autre, in_service: 2023-11-21, warranty_end: 2027-02-18, os: Vieux, os_version: \"2\"}\n\
             - {id: c, name: C, type: laptop, model: m, site: town, purchased: 2010-01-01, warranty_end: 2027-02-19}\n\
             - {id: d, name: D, type: laptop, status: retired, in_service: 2001-01-01}\n\
             - {id: e, name: E, type: laptop, status: planned}\n\
             - {id: f, name: F, type: monitor, status: in-stock, warranty_end: 2026-11-19}\n",
        ),
        (
            "inventory/models/all.yaml",
            "- {id: m, name: M, type: desktop, manufacturer: Exalto}\n",
        ),
        (
            "inventory/sites/all.yaml",
            "- {id: town, name: Ville}\n- {id: room, name: Salle, parent: town}\n",
        ),
        (
            "inventory/software/all.yaml",
            "- id: old\n  name: Vieux\n  type: operating-system\n  versions:\n    - {version: \"1\", end_of_support: 2026-11-19}\n    - {version: \"2\", end_of_support: 2026-11-20}\n",
        ),
    ])
}

fn counts(estate: &Estate, dimension: Dimension) -> Vec<(String, usize)> {
    let lines = estate.fleet().by(dimension).iter();
    let counted = lines.map(|(subject, tally)| {
        let name = match subject {
            Subject::Choice(key) | Subject::Text(key) => key.clone(),
            Subject::Record(id) => estate.record(*id).source.id.clone(),
            Subject::System(place) => {
                let system = &estate.systems().all[*place];
                format!(
                    "{} {}",
                    system.name,
                    system.version.clone().unwrap_or_default()
                )
            }
            other => format!("{other:?}"),
        };
        (name, tally.assets)
    });
    counted.collect()
}

#[test]
fn what_is_planned_or_gone_is_not_counted() {
    let estate = sample();
    let whole = &estate.fleet().whole;
    assert_eq!(
        *whole,
        Tally {
            assets: 4,
            days: 1096 + 1095 + 6167,
            dated: 3,
            out_of_warranty: 1,
            unsupported: 1,
        }
    );
    assert_eq!(whole.mean_age().unwrap().to_string(), "7.6");
    assert_eq!(since(&estate, estate.find("asset", "f").unwrap()), None);
}

#[test]
fn the_model_stands_in_and_a_place_counts_with_its_rooms() {
    let estate = sample();
    let of = |dimension| counts(&estate, dimension);
    let owned = |pairs: &[(&str, usize)]| -> Vec<(String, usize)> {
        let pairs = pairs.iter();
        pairs
            .map(|(name, count)| ((*name).to_owned(), *count))
            .collect()
    };
    assert_eq!(
        of(Dimension::Type),
        owned(&[("laptop", 2), ("desktop", 1), ("monitor", 1)])
    );
    assert_eq!(
        of(Dimension::Manufacturer),
        owned(&[("Exalto", 2), ("Autre", 1), ("None", 1)])
    );
    assert_eq!(of(Dimension::Site), owned(&[("town", 2), ("None", 2)]));
    assert_eq!(
        of(Dimension::System),
        owned(&[("Vieux 1", 1), ("Vieux 2", 1)])
    );
    assert_eq!(
        of(Dimension::Age),
        owned(&[
            ("Years(2)", 1),
            ("Years(3)", 1),
            ("Years(10)", 1),
            ("None", 1)
        ])
    );
}

#[test]
fn a_guarantee_ends_with_its_last_day() {
    let estate = sample();
    let lines = estate.fleet().by(Dimension::Warranty);
    let of = |warranty| {
        let mut lines = lines.iter();
        let found = lines.find(|(subject, _)| *subject == Subject::Warranty(warranty));
        found.map_or(0, |(_, tally)| tally.assets)
    };
    assert_eq!(of(Warranty::Ended), 1, "19 November is past");
    assert_eq!(of(Warranty::Ending), 2, "today, and in ninety days");
    assert_eq!(of(Warranty::Running), 1, "in ninety-one days");
}
