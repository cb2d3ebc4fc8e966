//! Files to look at or download: pictures, documents. What a browser would run is refused.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Text};
use crate::load::files::{Files, Limit};
use crate::project::rules::REFUSED_ATTACHMENT;
use crate::text;

const LIMIT: Limit = Limit {
    bytes: 100 << 20,
    help: elsewhere,
};

/// Files that a browser would run or follow, whoever wrote them.
const REFUSED: [&str; 9] = [
    "html", "htm", "xhtml", "js", "mjs", "wasm", "hta", "url", "lnk",
];

/// What makes a drawing more than a drawing: scripts, foreign documents, animated addresses.
const ACTIVE_SVG: [&str; 7] = [
    "<script",
    "<foreignobject",
    "<iframe",
    "javascript:",
    "<!entity",
    "<set",
    "<animate",
];

/// The bytes of a file, or why it is not published.
pub(super) fn read(files: &Files, path: &str) -> Result<Arc<[u8]>, Box<Diagnostic>> {
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
    if extension == "svg" && is_active(&bytes) {
        let message = text!(
            "ce dessin n’est pas publié : il contient de quoi exécuter un programme",
            "this drawing is not published: it holds something to run"
        );
        return Err(refused(path, message));
    }
    Ok(Arc::from(bytes))
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

/// Whether an SVG could run something: an active element, a script's address, or an event's
/// attribute (`onload=`). A text that is not UTF-8 is not looked into, and so counts as active.
fn is_active(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return true;
    };
    let text = text.to_ascii_lowercase();
    let holds_event = || {
        text.match_indices(" on")
            .chain(text.match_indices("\non"))
            .any(|(at, _)| {
                let name: String = text[at + 1..]
                    .chars()
                    .take_while(char::is_ascii_alphanumeric)
                    .collect();
                text[at + 1 + name.len()..].trim_start().starts_with('=')
            })
    };
    ACTIVE_SVG.iter().any(|sign| text.contains(sign)) || holds_event()
}

#[cfg(test)]
mod tests {
    use super::is_active;

    #[test]
    fn drawings_are_drawings() {
        assert!(!is_active(
            "<svg><title>Plan on one page</title><path d='M0 0'/></svg>".as_bytes()
        ));
        for active in [
            "<svg><script>1</script></svg>",
            "<svg onload=\"x()\"/>",
            "<svg\nONLOAD = 'x()'/>",
            "<svg><a href='javascript:1'/></svg>",
            "<svg><set attributeName='href' to='x'/></svg>",
        ] {
            assert!(is_active(active.as_bytes()), "{active}");
        }
    }
}
