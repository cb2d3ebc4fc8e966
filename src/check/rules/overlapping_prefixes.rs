//! Finds two prefixes of one organisation that have addresses in common, where the wider is no container.
//!
//! Two networks with the same addresses cannot be joined, by a router or by a tunnel. Guest networks are left
//! alone: each place may have the same, and nothing is routed between them. Mend it by correcting a mask, or by
//! giving the wider one the role `container`.

use std::collections::BTreeMap;

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::estate::network::{Addressing, Network, Prefix};
use crate::estate::{Estate, Record, RecordId};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "overlapping-prefixes",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let plan = estate.addressing();
    let mut seen: BTreeMap<(Option<RecordId>, Network), &Prefix> = BTreeMap::new();
    for prefix in plan.prefixes.values() {
        let twin = (!prefix.is_container).then(|| seen.get(&(prefix.owner, prefix.network)));
        let twin = twin.flatten().copied();
        let around = twin.or_else(|| around(plan, prefix));
        if !prefix.is_container {
            seen.entry((prefix.owner, prefix.network)).or_insert(prefix);
        }
        let is_guest = |it: &Prefix| is_of_guests(estate.record(it.record));
        let Some(around) = around.filter(|it| !is_guest(prefix) || !is_guest(it)) else {
            continue;
        };
        let (record, other) = (estate.record(prefix.record), estate.record(around.record));
        let id = &other.source.id;
        let message = if around.network == prefix.network {
            text!(
                "`{id}` a déjà les mêmes adresses",
                "`{id}` has the same addresses already"
            )
        } else {
            let network = around.network;
            text!(
                "ces adresses sont aussi dans {network}, de `{id}`",
                "these addresses are also in {network}, of `{id}`"
            )
        };
        let help = text!(
            "corrigez l’un des deux masques, ou donnez au plus large le rôle `container`",
            "correct one of the two masks, or give the wider one the role `container`"
        );
        let place = place_of(record, record.view(), "prefix");
        let there = place_of(other, other.view(), "prefix");
        let diagnostic = Diagnostic::at(report.rule, place, message)
            .note(there, text!("l’autre est ici", "the other is here"))
            .help(help);
        report.diagnostics.push(diagnostic);
    }
}

/// The prefix around another, where it is no container, or both are for the same addresses.
fn around<'a>(plan: &'a Addressing, prefix: &Prefix) -> Option<&'a Prefix> {
    let around = plan.prefixes.get(&prefix.parent?)?;
    let is_double = around.network == prefix.network && prefix.is_container;
    (!around.is_container || is_double).then_some(around)
}

fn is_of_guests(record: &Record) -> bool {
    record
        .view()
        .choice("role")
        .is_some_and(|role| role.key == "guest")
}
