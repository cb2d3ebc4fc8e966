//! Finds former addresses that are none: another site's, or what no page can be called.
//!
//! `redirect_from` says where a page stood on this site before. Mend it by writing the path alone, as it was
//! in the browser after the name of the site.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::{Estate, redirects};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "invalid-redirect",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for written in redirects::written(estate) {
        if redirects::path(written.text).is_some() {
            continue;
        }
        let text = written.text;
        let message = text!(
            "`{text}` n’est pas l’adresse d’une page de ce site",
            "`{text}` is not the address of a page of this site"
        );
        let help = text!(
            "écrivez le chemin de l’ancienne page, par exemple `/procedures/vpn/`",
            "write the path of the former page, for example `/procedures/vpn/`"
        );
        report.at(
            written.record.source.span(written.range),
            message,
            Some(help),
        );
    }
}
