//! Finds changes that work on the same asset or service at the same time.
//!
//! When it breaks, nobody knows which of the two did it, and one's way back may undo the other. Mend it by
//! moving one window, or by making both one change. An asset clashes with the services that depend on it.
//! Each pair is told once, at the change that starts later.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::changes::{Clash, clashes, window};
use crate::estate::{Estate, Record};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "clashing-changes",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let order = |change: &Record| (window(change), change.id);
    for change in estate.listed("change") {
        let Some(entry) = change.view().entry("planned_start") else {
            continue;
        };
        for clash in clashes(estate, change) {
            if order(change) < order(clash.with) {
                continue;
            }
            let over = clash.over.iter().map(|id| estate.record(*id));
            let over: Vec<String> = over
                .map(|record| format!("`{}`", record.source.id))
                .collect();
            let (other, over) = (&clash.with.source.id, over.join(", "));
            let (why_fr, why_en) = (
                through(estate, &clash, "dépend de"),
                through(estate, &clash, "depends on"),
            );
            let message = text!(
                "ce changement et `{other}` touchent {over} en même temps{why_fr}",
                "this change and `{other}` touch {over} at the same time{why_en}"
            );
            let help = text!(
                "déplacez l’une des deux fenêtres",
                "move one of the two windows"
            );
            report.at(change.source.span(entry.value.range), message, Some(help));
        }
    }
}

/// By what ways the two meet that do not touch the same: ` (`a` depends on `b`)`; empty without any.
fn through(estate: &Estate, clash: &Clash<'_>, depends_on: &str) -> String {
    let name = |id| &estate.record(id).source.id;
    let all = clash.through.iter();
    let told = all.map(|[from, on]| format!("`{}` {depends_on} `{}`", name(*from), name(*on)));
    let told: Vec<String> = told.collect();
    if told.is_empty() {
        String::new()
    } else {
        format!(" ({})", told.join(", "))
    }
}
