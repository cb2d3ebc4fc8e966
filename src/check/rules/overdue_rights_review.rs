//! Finds rights in force whose day of review is past.
//!
//! A right that nobody looks at again outlives the work it was given for. Mend it by asking who granted it:
//! write the new day in `review_by` and today's in `reviewed`, or revoke the right.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::Language::{En, Fr};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::rights::Issue;
use crate::format::long_date;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "overdue-rights-review",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for found in estate.rights().with(Issue::ReviewOverdue) {
        let right = estate.record(found.record);
        let view = right.view();
        let Some(day) = view.date("review_by") else {
            continue;
        };
        let [fr, en] = [Fr, En].map(|language| long_date(day, language));
        let message = text!(
            "ce droit devait être revu avant le {fr}",
            "this right was to be reviewed by {en}"
        );
        let help = text!(
            "revoyez-le et écrivez `reviewed` et la prochaine `review_by`, ou retirez-le (`status: revoked`)",
            "review it and write `reviewed` and the next `review_by`, or revoke it (`status: revoked`)"
        );
        report.at(place_of(right, view, "review_by"), message, Some(help));
    }
}
