//! Finds backup jobs whose last good run is older than their `max_age`, on the site's day.
//!
//! What changed since that run is lost on the day it is needed. Mend it by finding out why the job fails; the
//! date itself is best written by the tool that runs it. A site knows no hour: ages are those at noon.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::Language::{En, Fr};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::backups::Age;
use crate::format::moment_in_words;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "late-backup",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let jobs = estate.backups().jobs.values();
    for job in jobs.filter(|job| job.is_late()) {
        let record = estate.record(job.record);
        let view = record.view();
        let most = view.duration("max_age").unwrap_or_default();
        let [most_fr, most_en] = [Fr, En].map(|language| most.text(language));
        let (key, message) = if let Age::Late(due) = job.age {
            let [due_fr, due_en] = [Fr, En].map(|language| moment_in_words(due, language));
            let message = text!(
                "la dernière réussite a plus de {most_fr}\u{a0}: une autre était attendue au plus tard le {due_fr}",
                "the last good run is older than {most_en}: another was due by {due_en}"
            );
            ("last_success", message)
        } else {
            let message = text!(
                "aucune réussite n’est écrite, et elle ne doit pas avoir plus de {most_fr}",
                "no good run is written, and it must not be older than {most_en}"
            );
            ("max_age", message)
        };
        let help = text!(
            "cherchez pourquoi le travail n’aboutit pas, puis mettez `last_success` à jour",
            "find out why the job does not end well, then bring `last_success` up to date"
        );
        report.at(place_of(record, view, key), message, Some(help));
    }
}
