//! One file a rule: what it finds, why that matters, and how to mend it.

pub(super) mod account_past_expiry;
pub(super) mod address_in_dhcp_range;
pub(super) mod address_in_other_vlan;
pub(super) mod address_outside_prefix;
pub(super) mod ambiguous_reference;
pub(super) mod applies_to_nothing;
pub(super) mod broken_query;
pub(super) mod budget_lines_over_amount;
pub(super) mod budget_overrun;
pub(super) mod cap_without_monthly_cost;
pub(super) mod change_in_freeze;
pub(super) mod circular_dependency;
pub(super) mod circular_embed;
pub(super) mod circular_parent;
pub(super) mod circular_relations;
pub(super) mod clashing_changes;
pub(super) mod closed_problem_without_cause;
pub(super) mod conflicting_rights;
pub(super) mod contradictory_facts;
pub(super) mod contradictory_link;
pub(super) mod dangling_reference;
pub(super) mod dead_anchor;
pub(super) mod dead_end_state;
pub(super) mod dead_link;
pub(super) mod disordered_events;
pub(super) mod disposal_without_erasure;
pub(super) mod duplicate_address;
pub(super) mod duplicate_host_name;
pub(super) mod duplicate_id;
pub(super) mod duplicate_mac;
pub(super) mod duplicate_serial;
pub(super) mod duplicate_value;
pub(super) mod forbidden_transition;
pub(super) mod future_time;
pub(super) mod hidden_reference;
pub(super) mod incomplete_approved_change;
pub(super) mod incomplete_change;
pub(super) mod incomplete_history;
pub(super) mod installed_without_licence;
pub(super) mod invalid_range;
pub(super) mod invalid_redirect;
pub(super) mod invalid_vlan_number;
pub(super) mod kept_too_long;
pub(super) mod late_backup;
pub(super) mod late_escalation;
pub(super) mod leaver_still_enabled;
pub(super) mod licence_over_use;
pub(super) mod missing_back_out_plan;
pub(super) mod missing_file;
pub(super) mod missing_image;
pub(super) mod never_open_hours;
pub(super) mod nonexistent_time;
pub(super) mod outdated_software;
pub(super) mod overdue_rights_review;
pub(super) mod overlapping_prefixes;
pub(super) mod past_secret;
pub(super) mod path_collision;
pub(super) mod placeholder_serial;
pub(super) mod privileged_without_mfa;
pub(super) mod rack_overlap;
pub(super) mod rota_gap;
pub(super) mod rota_overlap;
pub(super) mod shallow_history;
pub(super) mod shared_account_without_owner;
pub(super) mod shift_ends_before_start;
pub(super) mod tag_collision;
pub(super) mod unencrypted_laptop;
pub(super) mod unknown_audience;
pub(super) mod unknown_budget_line;
pub(super) mod unknown_holiday_region;
pub(super) mod unknown_placeholder;
pub(super) mod unknown_state;
pub(super) mod unknown_time_zone;
pub(super) mod unprotected_data;
pub(super) mod unreachable_state;
pub(super) mod unreadable_hours;
pub(super) mod unsupported_system;
pub(super) mod untested_restore;
pub(super) mod unusable_address;
pub(super) mod weak_wireless;
pub(super) mod window_ends_before_start;

use jiff::civil::DateTime;

use crate::check::Report;
use crate::diagnostic::{Diagnostic, Text};
use crate::estate::network::repeats::Repeat;
use crate::estate::{Estate, Record, Target, changes};
use crate::markdown::Reference;
use crate::project::View;
use crate::source::{Span, TextRange};
use crate::text;

/// Every reference in every text, with what it means.
fn mentions(estate: &Estate) -> impl Iterator<Item = (&Record, &Reference, &Target)> {
    estate.records().iter().flat_map(|record| {
        let documents = record.source.documents.iter().zip(&record.mentions);
        documents.flat_map(move |(document, targets)| {
            document
                .references
                .iter()
                .zip(targets)
                .map(move |(reference, target)| (record, reference, target))
        })
    })
}

/// The place of a reference.
fn place(record: &Record, reference: &Reference) -> Span {
    record.source.span(reference.range)
}

/// The fields that hold hours of service: kind and key.
const HOURS: [(&str, &str); 3] = [
    ("contract", "service_hours"),
    ("contract", "on_call_hours"),
    ("workflow", "service_hours"),
];

/// The texts of some fields (kind and key), each with its place.
fn texts<'a>(
    estate: &'a Estate,
    fields: &'a [(&'a str, &'a str)],
) -> impl Iterator<Item = (&'a Record, TextRange, &'a str)> {
    fields.iter().flat_map(|(kind, key)| {
        estate.listed(kind).filter_map(|record| {
            let view = record.view();
            Some((record, view.entry(key)?.value.range, view.text(key)?))
        })
    })
}

/// The events of a ticket in the order written: when, and the place of that time.
fn events(ticket: &Record) -> impl Iterator<Item = (DateTime, TextRange)> {
    let structures = ticket.view().structures("timeline");
    structures.filter_map(|event| Some((event.date_time("at")?, event.entry("at")?.value.range)))
}

/// The place of a structure's value; that of the record where it is not written.
fn place_of(record: &Record, view: View<'_>, key: &str) -> Span {
    let range = view.entry(key).map(|entry| entry.value.range);
    record.source.span(range.unwrap_or(record.source.id_range))
}

/// Keys in backquotes, one after the other.
fn keys<'a>(keys: impl Iterator<Item = &'a str>) -> String {
    keys.map(|key| format!("`{key}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A change that leaves some of the seven R without an answer, told where its id is.
fn unanswered(change: &Record, report: &mut Report<'_>) {
    let missing: Vec<_> = changes::unanswered(change).collect();
    if missing.is_empty() {
        return;
    }
    let keys = missing
        .iter()
        .map(|field| format!("`{}`", field.key))
        .collect::<Vec<_>>()
        .join(", ");
    let count = missing.len();
    let message = if count == 1 {
        text!(
            "un des 7 R reste sans réponse",
            "one of the 7 R has no answer"
        )
    } else {
        text!(
            "{count} des 7 R restent sans réponse",
            "{count} of the 7 R have no answer"
        )
    };
    let help = text!("remplissez {keys}", "fill in {keys}");
    report.at(
        change.source.span(change.source.id_range),
        message,
        Some(help),
    );
}

/// What a second asset has that only one can have, with the place of the first.
fn repeated(
    estate: &Estate,
    report: &mut Report<'_>,
    repeat: &Repeat,
    (message, help): (Text, Text),
) {
    let [asset, first] = [repeat.asset, repeat.first].map(|id| estate.record(id));
    let there = first.source.span(repeat.first_range);
    let diagnostic = Diagnostic::at(report.rule, asset.source.span(repeat.range), message)
        .note(there, text!("la première fois ici", "first written here"))
        .help(help);
    report.diagnostics.push(diagnostic);
}
