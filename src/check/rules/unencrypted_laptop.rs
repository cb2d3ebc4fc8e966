//! Finds laptops and tablets in use whose disk is not encrypted.
//!
//! Whoever finds or steals one reads all it holds; a personal data breach must then be notified. Only what is
//! written counts: `disk_encryption: none`. A machine that says nothing of it is not judged.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::upkeep::protection::Gap;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "unencrypted-laptop",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for protection in &estate.upkeep().protections {
        if !protection.gaps.contains(&Gap::Unencrypted) {
            continue;
        }
        let asset = estate.record(protection.asset);
        let message = text!(
            "cette machine se transporte, et son disque n’est pas chiffré",
            "this machine is carried about, and its disk is not encrypted"
        );
        let help = text!(
            "chiffrez son disque, gardez la clé de récupération ailleurs, et écrivez `disk_encryption`",
            "encrypt its disk, keep the recovery key elsewhere, and write `disk_encryption`"
        );
        report.at(
            place_of(asset, asset.view(), "disk_encryption"),
            message,
            Some(help),
        );
    }
}
