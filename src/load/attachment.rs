//! Files to look at or download: pictures, documents. What a browser would run is refused.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Text};
use crate::load::files::{Files, Limit};
use crate::load::kept::Content;
use crate::project::drawing;
use crate::project::rules::REFUSED_ATTACHMENT;
use crate::schema::Schema;
use crate::secrets;
use crate::text;

const LIMIT: Limit = Limit {
    bytes: 100 << 20,
    help: elsewhere,
};

/// Files that a browser would run or follow, whoever wrote them.
const REFUSED: [&str; 9] = [
    "html", "htm", "xhtml", "js", "mjs", "wasm", "hta", "url", "lnk",
];

/// The bytes of a file, or why it is not published.
pub(super) fn read(files: &Files, path: &str, schema: &Schema) -> Result<Content, Box<Diagnostic>> {
    let extension = path
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    if REFUSED.contains(&extension.as_str()) {
        let message = text!(
            "`.{extension}` n’est pas publié : un navigateur l’exécuterait",
            "`.{extension}` is not published: a browser would run it"
        );
        return Err(refused(path, message));
    }
    let bytes = files.bytes(path, LIMIT)?;
    if extension == "svg" && drawing::is_active(&bytes) {
        let message = text!(
            "ce dessin n’est pas publié : il contient de quoi exécuter un programme",
            "this drawing is not published: it holds something to run"
        );
        return Err(refused(path, message));
    }
    match secrets::refused(path, &bytes, schema.allowed_secrets()) {
        (Some(refused), _) => Err(Box::new(refused)),
        (None, allowed) => Ok(Content::Bytes(Arc::from(bytes), allowed)),
    }
}

fn elsewhere() -> Text {
    text!(
        "déposez-le sur un serveur de fichiers et mettez un lien",
        "put it on a file server and link to it"
    )
}

fn refused(path: &str, message: Text) -> Box<Diagnostic> {
    let help = text!(
        "retirez le fichier, ou déposez-le dans une archive `.zip`",
        "remove the file, or put it in a `.zip` archive"
    );
    Box::new(Diagnostic::on_path(REFUSED_ATTACHMENT, path, message).help(help))
}
