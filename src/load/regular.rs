//! Files read with care: no link is followed, nothing but a regular file is opened (a pipe would
//! never end), and no more is read than a file of its kind may hold.

use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::project;
use crate::project::rules::{OVERSIZED_FILE, SYMBOLIC_LINK, UNREADABLE};
use crate::source::SourceFile;
use crate::text;

/// The text of a file by its path from the root, or why it cannot be used; `limit` is in bytes.
pub(super) fn text(
    root: &Path,
    path: &str,
    limit: u64,
) -> Result<Arc<SourceFile>, Box<Diagnostic>> {
    let full = root.join(path);
    let metadata = full
        .symlink_metadata()
        .map_err(|error| unreadable(path, &error))?;
    if metadata.is_symlink() {
        return Err(Box::new(symbolic_link(path)));
    }
    if !metadata.is_file() {
        return Err(Box::new(not_regular(path)));
    }
    if metadata.len() > limit {
        let help = text!(
            "découpez-le en plusieurs fichiers",
            "split it into several files"
        );
        return Err(Box::new(oversized(path, metadata.len(), limit).help(help)));
    }
    let bytes = std::fs::read(full).map_err(|error| unreadable(path, &error))?;
    project::decode(path, bytes)
}

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

/// What the system said when it was asked for the file.
pub(super) fn unreadable(path: &str, error: &std::io::Error) -> Box<Diagnostic> {
    let message = text!("illisible : {error}", "cannot be read: {error}");
    Box::new(Diagnostic::on_path(UNREADABLE, path, message))
}
