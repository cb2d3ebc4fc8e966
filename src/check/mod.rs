//! What is wrong with the whole: one rule a file, each silent on a sound estate.
//!
//! A rule reads the [`Estate`] and reports; it changes nothing. `pipeline::rule_names` adds
//! the rules about one file alone, so that `levels:` knows them all.

mod deadlines;
mod rules;

pub use deadlines::{DEADLINE, deadlines};

use rayon::prelude::*;

use crate::audience::Judge;
use crate::diagnostic::{Diagnostic, Mend, Rule, Text};
use crate::estate::Estate;
use crate::source::Span;

/// A rule about the whole: its name and level, and its code.
struct Check {
    rule: Rule,
    run: fn(&Estate, &mut Report<'_>),
}

/// The rules about the whole. A new one is a file and a line here.
const CHECKS: &[Check] = &[
    rules::account_past_expiry::CHECK,
    rules::address_in_dhcp_range::CHECK,
    rules::address_in_other_vlan::CHECK,
    rules::address_outside_prefix::CHECK,
    rules::ambiguous_reference::CHECK,
    rules::applies_to_nothing::CHECK,
    rules::broken_query::CHECK,
    rules::budget_lines_over_amount::CHECK,
    rules::budget_overrun::CHECK,
    rules::cap_without_monthly_cost::CHECK,
    rules::change_in_freeze::CHECK,
    rules::circular_dependency::CHECK,
    rules::circular_embed::CHECK,
    rules::circular_parent::CHECK,
    rules::circular_relations::CHECK,
    rules::clashing_changes::CHECK,
    rules::conflicting_rights::CHECK,
    rules::contradictory_facts::CHECK,
    rules::contradictory_link::CHECK,
    rules::dangling_reference::CHECK,
    rules::dead_anchor::CHECK,
    rules::dead_end_state::CHECK,
    rules::dead_link::CHECK,
    rules::disordered_events::CHECK,
    rules::disposal_without_erasure::CHECK,
    rules::duplicate_address::CHECK,
    rules::duplicate_host_name::CHECK,
    rules::duplicate_id::CHECK,
    rules::duplicate_mac::CHECK,
    rules::duplicate_serial::CHECK,
    rules::duplicate_value::CHECK,
    rules::forbidden_transition::CHECK,
    rules::future_time::CHECK,
    rules::incomplete_approved_change::CHECK,
    rules::incomplete_change::CHECK,
    rules::closed_problem_without_cause::CHECK,
    rules::incomplete_history::CHECK,
    rules::installed_without_licence::CHECK,
    rules::invalid_range::CHECK,
    rules::invalid_redirect::CHECK,
    rules::invalid_vlan_number::CHECK,
    rules::kept_too_long::CHECK,
    rules::late_backup::CHECK,
    rules::late_escalation::CHECK,
    rules::leaver_still_enabled::CHECK,
    rules::licence_over_use::CHECK,
    rules::missing_back_out_plan::CHECK,
    rules::missing_file::CHECK,
    rules::missing_image::CHECK,
    rules::never_open_hours::CHECK,
    rules::nonexistent_time::CHECK,
    rules::outdated_software::CHECK,
    rules::overdue_rights_review::CHECK,
    rules::overlapping_prefixes::CHECK,
    rules::past_secret::CHECK,
    rules::path_collision::CHECK,
    rules::placeholder_serial::CHECK,
    rules::privileged_without_mfa::CHECK,
    rules::rack_overlap::CHECK,
    rules::rota_gap::CHECK,
    rules::rota_overlap::CHECK,
    rules::shallow_history::CHECK,
    rules::shared_account_without_owner::CHECK,
    rules::shift_ends_before_start::CHECK,
    rules::unencrypted_laptop::CHECK,
    rules::unknown_audience::CHECK,
    rules::unknown_budget_line::CHECK,
    rules::unknown_holiday_region::CHECK,
    rules::unknown_placeholder::CHECK,
    rules::unknown_state::CHECK,
    rules::unknown_time_zone::CHECK,
    rules::tag_collision::CHECK,
    rules::unprotected_data::CHECK,
    rules::unreachable_state::CHECK,
    rules::unreadable_hours::CHECK,
    rules::unsupported_system::CHECK,
    rules::untested_restore::CHECK,
    rules::unusable_address::CHECK,
    rules::weak_wireless::CHECK,
    rules::window_ends_before_start::CHECK,
];

/// The rules that follow names alone: they ask nothing of the whole that would first have to be worked out.
const OF_NAMES: &[Check] = &[
    rules::ambiguous_reference::CHECK,
    rules::dangling_reference::CHECK,
    rules::dead_anchor::CHECK,
    rules::dead_link::CHECK,
    rules::missing_file::CHECK,
    rules::missing_image::CHECK,
    rules::unknown_placeholder::CHECK,
];

/// Where a rule leaves its findings.
struct Report<'a> {
    rule: Rule,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Report<'_> {
    fn at(&mut self, span: Span, message: Text, help: Option<Text>) {
        self.diagnostics
            .push(Diagnostic::at(self.rule, span, message).maybe_help(help));
    }

    /// A name that leads nowhere; where one candidate alone is meant, writing that one mends it.
    fn mistyped(
        &mut self,
        (span, name): (Span, &str),
        meant: Option<&str>,
        (message, help): (Text, Option<Text>),
    ) {
        let mend = meant.and_then(|meant| Mend::of_word(&span, name, meant));
        let diagnostic = Diagnostic::at(self.rule, span, message).maybe_help(help);
        self.diagnostics.push(diagnostic.mended_by(mend));
    }
}

/// Runs every rule, side by side; findings come in the order of the rules.
pub fn check(estate: &Estate) -> Vec<Diagnostic> {
    ask(CHECKS, estate)
}

/// Runs the rules that follow names, for somebody who is typing one.
pub fn check_names(estate: &Estate) -> Vec<Diagnostic> {
    ask(OF_NAMES, estate)
}

/// Whether [`check_names`] leaves a rule out, and [`check`] does not.
pub fn waits(rule: &str) -> bool {
    let named = |check: &Check| check.rule.name == rule;
    CHECKS.iter().any(named) && !OF_NAMES.iter().any(named)
}

fn ask(checks: &[Check], estate: &Estate) -> Vec<Diagnostic> {
    let run = |check: &Check| {
        let mut diagnostics = Vec::new();
        let mut report = Report {
            rule: check.rule,
            diagnostics: &mut diagnostics,
        };
        (check.run)(estate, &mut report);
        diagnostics
    };
    // One rule a task: most are done at once, and a few read every record.
    let found: Vec<Vec<Diagnostic>> = checks.par_iter().with_max_len(1).map(run).collect();
    found.concat()
}

/// References that lead an audience nowhere, because what they lead to is hidden from it.
pub fn hidden_references(whole: &Estate, judge: &Judge<'_>) -> Vec<Diagnostic> {
    rules::hidden_reference::find(whole, judge)
}

/// The names of the rules about the whole, that of deadlines among them.
pub fn rule_names() -> Vec<&'static str> {
    let names = CHECKS.iter().map(|check| check.rule.name);
    names
        .chain([DEADLINE, rules::hidden_reference::RULE.name])
        .collect()
}
