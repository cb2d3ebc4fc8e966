//! Why a file is not read, in words: links, pipes, sizes, submodules, and what the system says.

use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Severity, Text};
use crate::project::rules::{
    INVALID_ENCODING, OVERSIZED_FILE, SYMBOLIC_LINK, UNKNOWN_KIND_FOLDER, UNREADABLE,
};
use crate::schema::Schema;
use crate::text;

/// A link, which is never followed.
pub(super) fn symbolic_link(path: &str) -> Diagnostic {
    let message = text!(
        "un lien symbolique n’est jamais suivi",
        "a symbolic link is never followed"
    );
    let help = text!(
        "remplacez-le par le fichier lui-même",
        "replace it with the file itself"
    );
    Diagnostic::on_path(SYMBOLIC_LINK, path, message).help(help)
}

/// A pipe, a socket, a device.
pub(super) fn not_regular(path: &str) -> Diagnostic {
    let message = text!(
        "ce n’est pas un fichier ordinaire",
        "this is not a regular file"
    );
    Diagnostic::on_path(UNREADABLE, path, message)
}

/// A file over its limit, both in bytes.
pub(super) fn oversized(path: &str, length: u64, limit: u64) -> Diagnostic {
    // Rounded up: a file just over the limit must not seem to have its size.
    let (size, most) = (length.div_ceil(1 << 20), limit >> 20);
    let message = text!(
        "ce fichier fait {size} Mio, la limite est de {most} Mio",
        "this file is {size} MiB, the limit is {most} MiB"
    );
    Diagnostic::on_path(OVERSIZED_FILE, path, message)
}

/// Another repository in a folder of this one. Git keeps its commit and none of its files.
pub(super) fn submodule(path: &str) -> Diagnostic {
    let message = text!(
        "un sous-module n’est pas lu : ce dépôt ne contient pas ses fichiers",
        "a submodule is not read: this repository does not hold its files"
    );
    let mut diagnostic = Diagnostic::on_path(UNREADABLE, path, message);
    diagnostic.severity = Severity::Warning;
    diagnostic
}

/// A name that is not UTF-8; `lossy` is what can be shown of its path.
pub(super) fn foreign_name(lossy: &str) -> Diagnostic {
    let message = text!(
        "le nom de ce fichier n’est pas en UTF-8",
        "this file's name is not UTF-8"
    );
    let help = text!(
        "renommez-le avec des lettres, des chiffres et `-`",
        "rename it with letters, digits and `-`"
    );
    Diagnostic::on_path(INVALID_ENCODING, lossy, message).help(help)
}

/// What the system or the Git library said when it was asked for the file.
pub(super) fn unreadable(path: &str, why: &Text) -> Box<Diagnostic> {
    let Text { fr, en } = why;
    let message = text!("illisible\u{a0}: {fr}", "cannot be read: {en}");
    Box::new(Diagnostic::on_path(UNREADABLE, path, message))
}

/// A file with records in the folder of no kind.
pub(super) fn unknown_folder(path: &str, folder: &str, schema: &Schema) -> Diagnostic {
    if folder.is_empty() {
        let message = text!(
            "ce fichier n’est dans le dossier d’aucun genre",
            "this file is in no kind's folder"
        );
        let help = text!(
            "rangez-le dans un dossier comme `inventory/assets/`",
            "move it to a folder such as `inventory/assets/`"
        );
        return Diagnostic::on_path(UNKNOWN_KIND_FOLDER, path, message).help(help);
    }
    let message = text!(
        "aucun genre n’a le dossier `{folder}`",
        "no kind has the folder `{folder}`"
    );
    let near = did_you_mean(folder, schema.kinds().map(|kind| kind.folder.as_str()));
    let help = text!(
        "décrivez ce genre dans `inventory/_kinds/`",
        "describe this kind in `inventory/_kinds/`"
    );
    Diagnostic::on_path(UNKNOWN_KIND_FOLDER, path, message).help(near.unwrap_or(help))
}
