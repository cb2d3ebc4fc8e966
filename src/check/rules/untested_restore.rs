//! Finds backup jobs at work whose restore was never tested, or longer ago than `restore_test_every`.
//!
//! A backup that nobody ever read back is a hope. Mend it by restoring a part of it aside, and writing the
//! day and the result.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::Language::{En, Fr};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::backups::RestoreTest;
use crate::format::long_date;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "untested-restore",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let jobs = estate.backups().jobs.values();
    for job in jobs.filter(|job| job.is_untested()) {
        let record = estate.record(job.record);
        let message = if let RestoreTest::Late(due) = job.restore {
            let [due_fr, due_en] = [Fr, En].map(|language| long_date(due, language));
            text!(
                "un nouveau test de restauration était attendu au plus tard le {due_fr}",
                "another restore test was due by {due_en}"
            )
        } else {
            text!(
                "la restauration de cette sauvegarde n’a jamais été testée",
                "the restore of this backup was never tested"
            )
        };
        let help = text!(
            "restaurez-en une partie à l’écart, puis écrivez le jour dans `last_restore_test`",
            "restore a part of it aside, then write the day in `last_restore_test`"
        );
        let place = place_of(record, record.view(), "last_restore_test");
        report.at(place, message, Some(help));
    }
}
