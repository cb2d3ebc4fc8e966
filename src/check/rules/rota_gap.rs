//! Finds covered time of a rota with nobody on call, between its first shift and its last.
//!
//! The customer pays for hours in which the phone rings for nobody. Mend it by a shift, or by moving
//! the ends of the two around it.

use crate::check::{Check, Report};
use crate::diagnostic::Language::{En, Fr};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::on_call::{holes, shifts};
use crate::format::{duration, moment_in_words};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "rota-gap",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for rota in estate.listed("rota") {
        for hole in holes(estate, rota, &shifts(estate, rota)) {
            let [from, to] =
                [hole.from, hole.to].map(|end| [Fr, En].map(|l| moment_in_words(end, l)));
            let ([from_fr, from_en], [to_fr, to_en]) = (from, to);
            let minutes = i32::try_from(hole.minutes).unwrap_or(i32::MAX);
            let message = if hole.is_partly_closed() {
                let [open_fr, open_en] = [Fr, En].map(|l| duration(0, 0, minutes, l));
                text!(
                    "personne n’est d’astreinte du {from_fr} au {to_fr}, après ce tour ({open_fr} à couvrir)",
                    "nobody is on call from {from_en} to {to_en}, after this shift ({open_en} to be covered)"
                )
            } else {
                text!(
                    "personne n’est d’astreinte du {from_fr} au {to_fr}, après ce tour",
                    "nobody is on call from {from_en} to {to_en}, after this shift"
                )
            };
            let help = text!(
                "ajoutez un tour, ou changez les heures de ceux qui l’entourent",
                "add a shift, or change the times of those around it"
            );
            report.at(rota.source.span(hole.after.range), message, Some(help));
        }
    }
}
