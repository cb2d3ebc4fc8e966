//! Seats against machines, with figures worked out by hand.

use super::*;
use crate::estate::samples::estate;

fn fleet() -> Estate {
    estate(&[
        (
            "inventory/software/all.yaml",
            "- {id: suite, name: Suite, licence_required: true, inventory_names: ['Suité Bureau*'], \
             inventory_publishers: ['nord*']}\n- {id: libre, name: Libre}\n",
        ),
        (
            "inventory/licences/all.yaml",
            "- {id: l1, name: L1, software: suite, model: per-device, seats: 3, cost: 100, cost_period: yearly, \
             version_bought: '2.9', version_in_use: '2.10', maintenance_end: 2026-11-19, assignments: \
             [{to: pc-1}, {to: pc-2}, {to: lea}, {to: noe}]}\n",
        ),
        (
            "inventory/people/all.yaml",
            "- {id: lea, name: Léa}\n- {id: noe, name: Noé}\n- {id: max, name: Max}\n",
        ),
        (
            "inventory/assets/all.yaml",
            "- {id: pc-1, name: pc-1, installed_software: [{name: SUITE BUREAU 12, publisher: Nord SA, version: 12}]}\n\
             - {id: pc-2, name: pc-2, installed_software: [{name: libre}]}\n\
             - {id: pc-3, name: pc-3, user: lea, installed_software: [{name: Suite bureau, publisher: Sud}]}\n\
             - {id: pc-4, name: pc-4, user: noe}\n\
             - {id: pc-5, name: pc-5, user: max, installed_software: [{software: suite}, {software: suite}]}\n",
        ),
    ])
}

/// Found on pc-1 and pc-5; pc-2 and Léa (pc-3: another publisher) do not use theirs, of Noé no inventory tells. A
/// seat costs 33.33. Four are assigned of three: one too many. Nobody covers pc-5, and no seat is left.
#[test]
fn seats_are_held_against_machines() {
    let estate = fleet();
    let all = conformity(&estate);
    let titles: Vec<&str> = all.iter().map(|it| it.software.title.as_str()).collect();
    assert_eq!(titles, ["Libre", "Suite"]);
    let suite = &all[1];
    assert_eq!(suite.found.len(), 2, "twice on one machine is once");
    assert_eq!(suite.found[0].version.as_deref(), Some("12"));
    let holders: Vec<&str> = suite
        .unused
        .iter()
        .map(|it| it.holder.source.id.as_str())
        .collect();
    assert_eq!(holders, ["pc-2", "lea"]);
    let euros = |text: &str| text.parse::<Decimal>().expect("an amount");
    assert_eq!(suite.unused_cost(), euros("66.66"));
    assert_eq!(suite.over_cost(), euros("33.33"));
    assert_eq!((suite.uncovered.len(), suite.lacking()), (1, 1));
    assert_eq!(all[0].lacking(), 0, "no licence is required");
}

#[test]
fn versions_need_maintenance_or_a_right_of_downgrade() {
    let estate = fleet();
    let licence = estate.find("licence", "l1").expect("a licence");
    assert_eq!(versions(&estate, licence), Versions::Unmaintained);
    assert!(numbers("2.10") > numbers("v2.9"));
    assert_eq!(numbers("2019"), [2019]);
}
