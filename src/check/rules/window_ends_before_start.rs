//! Finds changes whose window ends before it starts, and freeze periods that do.
//!
//! Such a window is on no calendar and meets no other, so nobody is warned. Mend it by correcting the
//! date or the hour that was mistyped.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::{Estate, Record};
use crate::source::TextRange;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "window-ends-before-start",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for change in estate.listed("change") {
        let view = change.view();
        let ends = view.date_time("planned_end");
        if let Some((start, end)) = view.date_time("planned_start").zip(ends)
            && end < start
            && let Some(entry) = view.entry("planned_end")
        {
            tell(change, entry.value.range, "planned_start", report);
        }
    }
    for organisation in estate.listed("organisation") {
        for line in organisation.view().structures("freezes") {
            if let Some((from, to)) = line.date("from").zip(line.date("to"))
                && to < from
                && let Some(entry) = line.entry("to")
            {
                tell(organisation, entry.value.range, "from", report);
            }
        }
    }
}

fn tell(record: &Record, range: TextRange, start: &str, report: &mut Report<'_>) {
    let message = text!(
        "cette fin précède le début",
        "this end comes before the start"
    );
    let help = text!("corrigez-la, ou `{start}`", "correct it, or `{start}`");
    report.at(record.source.span(range), message, Some(help));
}
