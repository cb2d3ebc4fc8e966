//! Finds serial numbers that are none: what firmware or people write where there is no identifier.
//!
//! « To Be Filled By O.E.M. » is on half of the assembled machines: two of them look like one, and an import joins
//! them. Mend it by writing the number on the case, or by leaving the field empty. Addresses and host names are
//! not told here; the page on the quality of data shows them.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::{Estate, Record};
use crate::project::Value;
use crate::source::TextRange;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "placeholder-serial",
        level: Severity::Warning,
    },
    run,
};

/// The fields that are told.
const KEYS: [&str; 4] = ["serial", "uuid", "imei", "inventory_number"];

fn run(estate: &Estate, report: &mut Report<'_>) {
    let fakes = estate.quality().fakes.iter();
    for fake in fakes.filter(|fake| KEYS.contains(&fake.key)) {
        let (key, written) = (fake.key, &fake.written);
        let message = text!(
            "`{written}` n’identifie aucun équipement\u{a0}: bien d’autres portent la même valeur",
            "`{written}` identifies no device: many others bear the same value"
        );
        let help = text!(
            "écrivez ce que dit l’étiquette, ou enlevez `{key}`",
            "write what the label says, or remove `{key}`"
        );
        let record = estate.record(fake.record);
        report.at(record.source.span(fake.range), message, Some(help));
    }
    for asset in estate.of_kind("asset") {
        for key in KEYS {
            for placed in asset.view().values(key) {
                let written = asset.source.file.slice(placed.range);
                let written = written.trim_matches(['"', '\'']);
                if placed.value != Value::Secret && is_rounded(written) {
                    rounded(asset, (key, written), placed.range, report);
                }
            }
        }
    }
}

/// Whether a spreadsheet took digits for a number and rounded them: `1.23E+12`, `1,23E+12`.
fn is_rounded(written: &str) -> bool {
    let Some((number, power)) = written.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number_is = |(whole, rest): (&str, &str)| whole.len() == 1 && digits(whole) && digits(rest);
    let has_point = number.split_once(['.', ',']).is_some_and(number_is);
    let is_whole = number.len() == 1 && digits(number);
    (has_point || is_whole) && power.strip_prefix('+').is_some_and(digits)
}

fn rounded(
    asset: &Record,
    (key, written): (&str, &str),
    range: TextRange,
    report: &mut Report<'_>,
) {
    let message = text!(
        "`{written}` est un numéro arrondi par un tableur\u{a0}: ses derniers chiffres sont perdus",
        "`{written}` is a number that a spreadsheet rounded: its last digits are lost"
    );
    let help = text!(
        "reprenez `{key}` sur l’étiquette, et mettez la colonne du tableur en texte",
        "take `{key}` from the label, and make the spreadsheet’s column text"
    );
    report.at(asset.source.span(range), message, Some(help));
}
