//! Finds two people on call at once for the same level of a rota.
//!
//! Each believes that the other answers. Mend it by shortening a shift, by giving the two their levels,
//! or by writing one of them as the `backup` of the other.

use crate::check::{Check, Report};
use crate::diagnostic::{Language, Rule, Severity};
use crate::estate::{Estate, on_call};
use crate::format;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "rota-overlap",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for rota in estate.listed("rota") {
        for overlap in on_call::overlaps(&on_call::shifts(estate, rota)) {
            let people = overlap.first.person.zip(overlap.second.person);
            let Some((entry, (one, other))) = overlap.second.view.entry("from").zip(people) else {
                continue;
            };
            let (one, other) = (&one.title, &other.title);
            let (start, end) = (overlap.window.start, overlap.window.end);
            let [du, au] = format::bounds(start, end, Language::Fr);
            let [from, to] = format::bounds(start, end, Language::En);
            let message = text!(
                "deux personnes sont d’astreinte à la fois, {one} et {other}, du {du} au {au}",
                "two people are on call at once, {one} and {other}, from {from} to {to}"
            );
            let help = text!(
                "corrigez un des deux tours, donnez-leur des niveaux (`level`), ou faites de l’un le suppléant (`backup`)",
                "correct one of the shifts, give them levels (`level`), or make one the `backup`"
            );
            report.at(rota.source.span(entry.value.range), message, Some(help));
        }
    }
}
