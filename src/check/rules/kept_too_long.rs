//! Finds records with personal data that their kind's retention says should be gone.
//!
//! The law keeps personal data for a purpose and a time (GDPR, article 5). Nothing is deleted by the program: mend it by removing
//! the record or making it anonymous, and by forgetting the person.

use jiff::civil::Date;

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::Language::{En, Fr};
use crate::diagnostic::{Rule, Severity};
use crate::estate::{Estate, Record};
use crate::format::long_date;
use crate::project::View;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "kept-too-long",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for kind in estate.schema.kinds() {
        let Some(retention) = &kind.retention else {
            continue;
        };
        for record in estate.of_kind(&kind.name) {
            let day = day(record, &retention.after);
            let due = day.zip(retention.keep.span());
            let due = due.and_then(|(day, span)| day.checked_add(span).ok());
            let Some((day, due)) = day.zip(due).filter(|(_, due)| *due <= estate.as_of) else {
                continue;
            };
            if !is_personal(record.view()) {
                continue;
            }
            let [(fr_day, fr_due, fr_keep), (en_day, en_due, en_keep)] = [Fr, En].map(|it| {
                let [day, due] = [day, due].map(|day| long_date(day, it));
                (day, due, retention.keep.text(it))
            });
            let message = text!(
                "cette fiche a des données personnelles, à garder {fr_keep} après le {fr_day}\u{a0}: c’était jusqu’au {fr_due}",
                "this record has personal data, to be kept for {en_keep} after {en_day}: that was until {en_due}"
            );
            let help = text!(
                "retirez-la ou rendez-la anonyme, puis `carnet forget` fait taire son passé",
                "remove it or make it anonymous, then `carnet forget` silences its past"
            );
            let key = retention.after.split('.').next().unwrap_or_default();
            report.at(place_of(record, record.view(), key), message, Some(help));
        }
    }
}

/// The day from which a record is kept, once it is known.
fn day(record: &Record, after: &str) -> Option<Date> {
    let view = record.view();
    let Some((list, value)) = after.split_once('.') else {
        return view.date(after);
    };
    let items = view.structures(list).filter(|item| {
        let keys = item.fields().iter().map(|field| &field.key);
        let mut choices = keys.filter_map(|key| item.choice(key));
        choices.any(|choice| choice.key == value)
    });
    let days = items.filter_map(|item| {
        let mut keys = item.fields().iter().map(|field| &field.key);
        keys.find_map(|key| item.date(key))
    });
    days.max()
}

/// Whether something personal is written.
fn is_personal(view: View<'_>) -> bool {
    let fields = view.fields();
    fields.iter().any(|field| {
        field.personal && view.entry(&field.key).is_some()
            || view.structures(&field.key).any(is_personal)
    })
}
