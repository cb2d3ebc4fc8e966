//! Finds assets that cannot stand where their position in a rack says: two in one unit, one above the rack, or a
//! position that is no unit.
//!
//! Who reserves a place by the elevation finds it taken. Mend it at the rack: `rack_position` is the lowest unit
//! (`U12`), or both (`U12-U13`); the height is that of the model. What is mounted at the back says so (`U40 arrière`).

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::topology::Fault;
use crate::estate::{Estate, RecordId};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "rack-overlap",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let id = |record: &RecordId| &estate.record(*record).source.id;
    for (rack, elevation) in &estate.topology().racks {
        let (name, height) = (id(rack), elevation.height);
        for fault in &elevation.faults {
            let (asset, message) = match fault {
                Fault::Unreadable(asset) => {
                    let own = id(asset);
                    let message = text!(
                        "la position de `{own}` dans la baie `{name}` n’est pas une unité",
                        "the position of `{own}` in the rack `{name}` is no unit"
                    );
                    (asset, message)
                }
                Fault::TooHigh(asset, top) => {
                    let own = id(asset);
                    let message = text!(
                        "`{own}` monterait jusqu’à U{top}, et la baie `{name}` s’arrête à U{height}",
                        "`{own}` would reach U{top}, and the rack `{name}` ends at U{height}"
                    );
                    (asset, message)
                }
                Fault::Overlap(below, asset, unit) => {
                    let (own, other) = (id(asset), id(below));
                    let message = text!(
                        "`{own}` et `{other}` occupent tous deux U{unit} de la baie `{name}`",
                        "`{own}` and `{other}` both stand in U{unit} of the rack `{name}`"
                    );
                    (asset, message)
                }
            };
            let help = text!(
                "écrivez l’unité la plus basse (`U12`), ou la plus basse et la plus haute (`U12-U13`) ; \
                 la hauteur vient du modèle (`u_height`)",
                "write the lowest unit (`U12`), or the lowest and the highest (`U12-U13`); \
                 the height is that of the model (`u_height`)"
            );
            let record = estate.record(*asset);
            let place = place_of(record, record.view(), "rack_position");
            report.at(place, message, Some(help));
        }
    }
}
