//! Deadlines as findings, for `check --deadlines`: past ones are errors, near ones warnings.
//!
//! No part of a plain check: days go by without anybody touching a file, and a build that was sound
//! yesterday is sound today. Each finding stands at the field to mend.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Language, Rule, Severity, Text};
use crate::estate::Estate;
use crate::estate::deadlines::{Deadline, Reason, due_until, within};
use crate::format;
use crate::text;

/// The name of the rule.
pub const DEADLINE: &str = "deadline";

/// The deadlines that are past and can still be mended, and those up to a day.
pub fn deadlines(estate: &Estate, until: Date) -> Vec<Diagnostic> {
    let due = due_until(estate, until);
    due.iter().map(finding).collect()
}

fn finding(deadline: &Deadline<'_>) -> Diagnostic {
    let level = if deadline.days < 0 {
        Severity::Error
    } else {
        Severity::Warning
    };
    let rule = Rule {
        name: DEADLINE,
        level,
    };
    let label = deadline.label();
    let when = |language| {
        let (day, far) = (
            format::long_date(deadline.date, language),
            format::distance(deadline.days, language),
        );
        format!("{day}, {far}")
    };
    let (label_fr, fr) = (within(&label.fr), when(Language::Fr));
    let (label_en, en) = (within(&label.en), when(Language::En));
    let title = deadline.title();
    let message = text!(
        "{label_fr} pour «\u{a0}{title}\u{a0}»\u{a0}: {fr}",
        "{label_en} for “{title}”: {en}"
    );
    let span = deadline.record.source.span(deadline.place);
    Diagnostic::at(rule, span, message).help(remedy(deadline))
}

/// What to write once it is done.
fn remedy(deadline: &Deadline<'_>) -> Text {
    let key = deadline.key;
    match deadline.reason {
        Reason::ContractNotice => text!(
            "`ends` moins `notice`\u{a0}: écrivez `terminated` si le contrat est dénoncé, sinon la nouvelle date `ends` une fois reconduit",
            "`ends` minus `notice`: write `terminated` once notice is given, else the new date `ends` once renewed"
        ),
        Reason::Contract => text!(
            "écrivez la nouvelle date `ends`, ou `terminated`",
            "write the new date `ends`, or `terminated`"
        ),
        Reason::Maintenance if deadline.is_written => text!(
            "une fois faite, écrivez `last_done` et la prochaine date `next_due`",
            "once done, write `last_done` and the next date `next_due`"
        ),
        Reason::Delivery => text!(
            "écrivez `delivered` à la réception, ou repoussez `expected`",
            "write `delivered` on arrival, or move `expected`"
        ),
        Reason::Training => text!(
            "écrivez le nombre de présents `attended`, ou la nouvelle date",
            "write how many attended (`attended`), or the new date"
        ),
        Reason::Review => text!(
            "relisez la fiche, puis repoussez `review_by`",
            "read the record again, then move `review_by`"
        ),
        Reason::Warranty => text!(
            "prolongez la garantie, ou prévoyez le remplacement",
            "extend the guarantee, or plan the replacement"
        ),
        Reason::SoftwareSupport if !deadline.is_written => text!(
            "des machines utilisent cette version\u{a0}: prévoyez leur mise à niveau, ou le support payant et sa date `end_of_support`",
            "machines run this version: plan their upgrade, or paid support and its date `end_of_support`"
        ),
        Reason::ModelSupport | Reason::SoftwareSupport => text!(
            "prévoyez le remplacement, ou le support payant et sa date `{key}`",
            "plan the replacement, or paid support and its date `{key}`"
        ),
        _ if deadline.is_written => text!(
            "renouvelez et écrivez la nouvelle date `{key}`, ou le statut qui y met fin",
            "renew and write the new date `{key}`, or the status that ends it"
        ),
        _ => text!(
            "compté depuis `{key}`\u{a0}: une fois fait, écrivez-y la nouvelle date",
            "counted from `{key}`: once done, write the new date there"
        ),
    }
}
