//! Finds references that an audience reads and whose record is hidden from it.
//!
//! On its site they lead nowhere, as if the record did not exist, and are not named. That may well be meant; who builds should
//! know, since readers will ask. Mend it by hiding the field or the text too, or by showing the record.

use crate::audience::Judge;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::estate::{Estate, Link, Record, Target};
use crate::source::Span;
use crate::text;

pub(in crate::check) const RULE: Rule = Rule {
    name: "hidden-reference",
    level: Severity::Warning,
};

/// The findings of an audience.
pub(in crate::check) fn find(estate: &Estate, judge: &Judge<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for record in estate.records() {
        let source = &record.source;
        if !judge.sees_record(source) {
            continue;
        }
        let hidden = |to: &Record| !judge.sees_record(&to.source);
        for (reference, link) in source.references.iter().zip(&record.links) {
            let field = &source.kind.fields[reference.field];
            let is_read = judge.sees_field(field) && judge.sees_field(source.field_of(reference));
            if let Link::Record(to) = link
                && is_read
                && hidden(estate.record(*to))
            {
                found.push(diagnostic(source.span(reference.range), &reference.text));
            }
        }
        for (document, targets) in source.documents.iter().zip(&record.mentions) {
            for (reference, target) in document.references.iter().zip(targets) {
                if let Target::Record { id, .. } | Target::DeadAnchor { id } = target
                    && hidden(estate.record(*id))
                {
                    found.push(diagnostic(source.span(reference.range), &reference.target));
                }
            }
        }
    }
    found
}

fn diagnostic(span: Span, name: &str) -> Diagnostic {
    let message = text!(
        "`{name}` est caché au public de ce site\u{a0}: ce lien n’y mène nulle part",
        "`{name}` is hidden from the audience of this site: there this link leads nowhere"
    );
    Diagnostic::at(RULE, span, message).help(text!(
        "réservez aussi ce champ ou ce texte, ou ouvrez la fiche",
        "hide this field or text too, or show the record"
    ))
}
