//! Files to look at or download: pictures, documents. What a browser would run is refused.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Text};
use crate::forgotten::{self, Forgotten};
use crate::load::files::{Files, Limit};
use crate::load::kept::Content;
use crate::project::drawing;
use crate::project::rules::REFUSED_ATTACHMENT;
use crate::schema::Schema;
use crate::secrets;
use crate::source::SourceFile;
use crate::text;

const LIMIT: Limit = Limit {
    bytes: 100 << 20,
    help: elsewhere,
};

/// Files that a browser would run or follow, or a server run, whoever wrote them.
const REFUSED: [&str; 38] = [
    "appcache", "ascx", "ashx", "asmx", "asp", "aspx", "cfm", "cgi", "es", "fcgi", "hta", "htc",
    "htm", "html", "jar", "js", "jsp", "jspx", "lnk", "mht", "mhtml", "mjs", "phar", "php", "pht",
    "phtml", "shtm", "shtml", "stm", "svgz", "swf", "url", "wasm", "xht", "xhtm", "xhtml", "xsl",
    "xslt",
];

/// Files of which no server takes an ending before theirs for the kind: `es.png` is a picture. Of all others it may:
/// Apache takes `a.html.en` and `a.js.old` for what stands before.
const INERT: [&str; 26] = [
    "avif", "bmp", "csv", "doc", "docx", "gif", "ico", "jpeg", "jpg", "json", "md", "mp3", "mp4",
    "odp", "ods", "odt", "pdf", "png", "ppt", "pptx", "txt", "webm", "webp", "xls", "xlsx", "zip",
];

/// Texts that a browser shows as a page if they say so.
const OF_XML: [&str; 5] = ["atom", "mml", "rdf", "rss", "xml"];

/// By one of these, in small letters, they say so, or may say it hidden.
const PAGES_OF_XML: [&str; 6] = [
    "w3.org/1999/xhtml",
    "w3.org/2000/svg",
    "w3.org/1998/math",
    "w3.org/1999/xsl",
    "xml-stylesheet",
    "<!entity",
];

/// Files by which a server is set up, in small letters.
const OF_SERVERS: [&str; 4] = ["web.config", ".htaccess", ".htpasswd", ".user.ini"];

/// The bytes of a file, or why it is not published.
pub(super) fn read(files: &Files, path: &str, schema: &Schema) -> Result<Content, Box<Diagnostic>> {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    if OF_SERVERS.contains(&name.as_str()) {
        let message = text!(
            "`{name}` n’est pas publié\u{a0}: un serveur se réglerait d’après lui",
            "`{name}` is not published: a server would be set up by it"
        );
        return Err(refused(path, message));
    }
    if let Some(extension) = run(&name) {
        let message = text!(
            "`.{extension}` n’est pas publié\u{a0}: un navigateur ou un serveur l’exécuterait",
            "`.{extension}` is not published: a browser or a server would run it"
        );
        return Err(refused(path, message));
    }
    let bytes = files.bytes(path, LIMIT)?;
    let extension = name.rsplit('.').next().unwrap_or_default();
    if extension == "svg" && drawing::is_active(&bytes)
        || OF_XML.contains(&extension) && is_page(&bytes)
    {
        let message = text!(
            "`.{extension}` n’est pas publié\u{a0}: il contient de quoi exécuter un programme",
            "`.{extension}` is not published: it holds something to run"
        );
        return Err(refused(path, message));
    }
    match secrets::refused(path, &bytes, schema.allowed_secrets()) {
        (Some(refused), _) => Err(Box::new(refused)),
        (None, allowed) => Ok(Content::Bytes(Arc::from(bytes), allowed)),
    }
}

/// A file to download, and where it has the words of forgotten people: in its name, and in what it says if it is a text. One
/// of a past state, which nobody can change, is without them.
pub(super) fn told(
    path: &str,
    bytes: &Arc<[u8]>,
    forgotten: &Forgotten,
    today: bool,
) -> (Arc<[u8]>, Vec<Diagnostic>) {
    if forgotten.is_empty() {
        return (Arc::clone(bytes), Vec::new());
    }
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    if today {
        let file = Arc::new(SourceFile::new(path, text));
        return (Arc::clone(bytes), forgotten::standing(forgotten, &file));
    }
    match forgotten.text(text) {
        Cow::Borrowed(_) => (Arc::clone(bytes), Vec::new()),
        Cow::Owned(text) => (Arc::from(text.into_bytes()), Vec::new()),
    }
}

/// The ending of a name, in small letters, by which it would be run.
fn run(name: &str) -> Option<&str> {
    let endings = name.rsplit('.').take(name.matches('.').count());
    let mut endings = endings.take_while(|ending| !INERT.contains(ending));
    endings.find(|ending| REFUSED.contains(ending))
}

/// Whether XML is a page, or cannot be told from one.
fn is_page(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return true;
    };
    let text = text.to_lowercase();
    let names_in_numbers = text.contains("xmlns") && text.contains("&#");
    names_in_numbers || PAGES_OF_XML.iter().any(|sign| text.contains(sign))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_run_is_known_by_its_endings() {
        for (name, found) in [
            ("a.html", Some("html")),
            ("a.shtml", Some("shtml")),
            ("a.html.en", Some("html")),
            ("a.js.old", Some("js")),
            ("a.svgz", Some("svgz")),
            ("a.php", Some("php")),
            ("photo.es.png", None),
            ("html.pdf", None),
            ("html", None),
            ("a.conf", None),
        ] {
            assert_eq!(run(name), found, "{name}");
        }
    }

    #[test]
    fn xml_that_is_a_page_is_told_from_settings() {
        let settings = "<unattend xmlns=\"urn:schemas-microsoft-com:unattend\"><a>b</a></unattend>";
        assert!(!is_page(settings.as_bytes()));
        for page in [
            "<x xmlns=\"http://www.w3.org/1999/xhtml\"/>",
            "<x xmlns=\"HTTP://WWW.W3.ORG/2000/SVG\"/>",
            "<x xmlns=\"&#104;ttp://www.w3.example/\"/>",
            "<?xml-stylesheet href=\"a.xsl\"?><x/>",
            "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>",
        ] {
            assert!(is_page(page.as_bytes()), "{page}");
        }
        assert!(is_page(b"\xff\xfe<\0x\0/\0>\0"));
    }
}
