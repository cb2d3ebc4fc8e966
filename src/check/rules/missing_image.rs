//! Finds pictures that are not there.
//!
//! Screenshots pasted in an editor often stay outside the repository. Mend it by adding the file
//! beside the page, or by correcting its name (case counts).

use crate::check::{Check, Report};
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Rule, Severity};
use crate::estate::{Estate, Target};
use crate::markdown::{Reference, ReferenceKind};
use crate::text;

use super::{mentions, place};

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "missing-image",
        level: Severity::Error,
    },
    run,
};

/// Extensions by which an Obsidian embed is a picture or file rather than a note.
const FILES: [&str; 9] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "pdf",
];

fn run(estate: &Estate, report: &mut Report<'_>) {
    for (record, reference, target) in mentions(estate) {
        if *target != Target::Missing || !is_picture(reference) {
            continue;
        }
        let name = &reference.target;
        let last = name.rsplit('/').next().unwrap_or(name);
        let names = estate
            .attachments
            .keys()
            .filter_map(|path| path.rsplit('/').next());
        let add = text!(
            "ajoutez le fichier au dépôt, à côté de la page",
            "add the file to the repository, beside the page"
        );
        let help = did_you_mean(last, names).unwrap_or(add);
        let message = text!(
            "l’image `{name}` n’existe pas",
            "the picture `{name}` does not exist"
        );
        report.at(place(record, reference), message, Some(help));
    }
}

/// Whether a reference wants a picture: `![](…)`, or an embed with a picture's extension.
pub(super) fn is_picture(reference: &Reference) -> bool {
    match reference.kind {
        ReferenceKind::Image => true,
        ReferenceKind::Embed => {
            let extension = reference.target.rsplit('.').next().unwrap_or_default();
            FILES.contains(&extension.to_ascii_lowercase().as_str())
        }
        _ => false,
    }
}
