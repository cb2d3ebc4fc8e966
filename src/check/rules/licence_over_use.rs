//! Finds licences of which more seats are assigned than may be used today.
//!
//! Each seat too many is owed at the next audit, at the publisher's price. Mend it by taking seats back or by
//! buying; a purchase asked for or ordered that brings the missing seats to the same client is enough, and so is
//! `allow_over_use` where the contract admits it.

use std::collections::BTreeSet;

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::finance::purchases::{Stage, stage};
use crate::estate::licences::position;
use crate::estate::{Estate, Record, RecordId};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "licence-over-use",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for licence in estate.listed("licence") {
        let position = position(estate, licence);
        let over = position.over();
        if over == 0 || position.over_use_allowed || on_order(estate, licence) >= over {
            continue;
        }
        let assigned = position.assigned;
        let usable = assigned - over;
        let message = text!(
            "licences affectées : {assigned}, utilisables : {usable}",
            "seats assigned: {assigned}, usable: {usable}"
        );
        let help = text!(
            "retirez des affectations ou commandez ce qui manque ({over})",
            "take assignments back or order what is missing ({over})"
        );
        let place = place_of(licence, licence.view(), "assignments");
        report.at(place, message, Some(help));
    }
}

/// Seats of the licence's software that are on their way to its client.
fn on_order(estate: &Estate, licence: &Record) -> i64 {
    let Some(software) = estate.first(licence, "software") else {
        return 0;
    };
    let clients = estate.clients();
    // A purchase that names the software twice refers to it once.
    let from: BTreeSet<RecordId> = software.back_links.iter().map(|link| link.from).collect();
    let purchases = from.iter().map(|id| estate.record(*id)).filter(|record| {
        record.kind().name == "purchase"
            && matches!(stage(record), Some(Stage::Asked | Stage::Ordered))
            && clients.owner(record) == clients.owner(licence)
    });
    let of_software = |purchase: &Record| -> i64 {
        let lines = purchase.view().structures("lines");
        let own = lines.filter(|line| {
            let mut named = estate.linked_in(purchase, *line, "model");
            named.any(|record| record.id == software.id)
        });
        own.map(|line| line.integer("quantity").unwrap_or(1)).sum()
    };
    purchases.map(of_software).sum()
}
