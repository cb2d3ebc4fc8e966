//! The picture that stands for the site's name: a file of the project, found once all files are read.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Text};
use crate::estate::Estate;
use crate::project::{INVALID_CONFIG, drawing};
use crate::site::assets::Logo;
use crate::text;

/// The endings of pictures that every browser shows sharp enough in a header.
const EXTENSIONS: [&str; 2] = ["svg", "png"];

/// Each page carries it: no picture of this place needs more bytes.
const HEAVIEST: usize = 512 << 10;

/// How every PNG begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What may stand before the first element of an SVG, by its start and end.
const BEFORE: [(&str, &str); 3] = [("<?", "?>"), ("<!--", "-->"), ("<!", ">")];

/// The logo that `carnet.yaml` names: a picture of the project's folders, or of the theme's.
pub(super) fn logo(
    estate: &Estate,
    theme: &BTreeMap<String, Arc<[u8]>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Logo> {
    let (path, span) = estate.config.appearance.logo.as_ref()?;
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let mut known = EXTENSIONS.into_iter();
    let Some(extension) = known.find(|known| ending.eq_ignore_ascii_case(known)) else {
        let message = text!(
            "`{path}` n’est ni un SVG ni un PNG",
            "`{path}` is neither an SVG nor a PNG"
        );
        let help = text!(
            "écrivez le chemin d’une image, comme `content/logo.svg`",
            "write the path of a picture, such as `content/logo.svg`"
        );
        diagnostics.push(Diagnostic::at(INVALID_CONFIG, span.clone(), message).help(help));
        return None;
    };
    let folder = format!("themes/{}/", estate.config.theme);
    let own = path.strip_prefix(&folder).and_then(|name| theme.get(name));
    let Some(bytes) = own.or_else(|| estate.attachments.get(path)) else {
        let message = text!(
            "l’image `{path}` n’existe pas, ou n’est pas publiée",
            "the picture `{path}` does not exist, or is not published"
        );
        let near = did_you_mean(path, estate.attachments.keys().map(String::as_str));
        let help = text!(
            "le chemin part de la racine du projet ; rangez l’image dans `content/` ou dans votre thème",
            "the path starts at the project’s root; keep the picture in `content/` or in your theme"
        );
        let at = Diagnostic::at(INVALID_CONFIG, span.clone(), message);
        diagnostics.push(at.help(near.unwrap_or(help)));
        return None;
    };
    if let Some((message, help)) = unfit(path, extension, bytes) {
        diagnostics.push(Diagnostic::at(INVALID_CONFIG, span.clone(), message).help(help));
        return None;
    }
    Some(Logo {
        extension,
        bytes: Arc::clone(bytes),
    })
}

/// Why a picture can be no logo, and what to do: too heavy for every page, not what its ending says, or more than a
/// drawing. A browser shows nothing in the place of the site's name, or would run it where it is opened alone.
fn unfit(path: &str, extension: &str, bytes: &[u8]) -> Option<(Text, Text)> {
    if bytes.len() > HEAVIEST {
        let (size, most) = (bytes.len().div_ceil(1024), HEAVIEST / 1024);
        return Some((
            text!(
                "`{path}` pèse {size}\u{a0}Kio\u{a0}; un logo en pèse au plus {most}",
                "`{path}` weighs {size} KiB; a logo weighs at most {most}"
            ),
            text!(
                "enregistrez l’image en plus petit\u{a0}: elle est affichée sur chaque page, haute de 34 pixels",
                "save the picture smaller: each page shows it 34 pixels high"
            ),
        ));
    }
    let is_named_right = match extension {
        "svg" => is_svg(bytes),
        _ => bytes.starts_with(PNG),
    };
    if !is_named_right {
        let name = extension.to_uppercase();
        return Some((
            text!(
                "`{path}` n’est pas un {name}, malgré son nom",
                "`{path}` is not a real {name}, whatever its name says"
            ),
            text!(
                "exportez l’image de nouveau en SVG ou en PNG",
                "export the picture again as an SVG or a PNG"
            ),
        ));
    }
    (extension == "svg" && drawing::is_active(bytes)).then(|| {
        (
            text!(
                "`{path}` contient de quoi exécuter un programme",
                "`{path}` holds something to run"
            ),
            text!(
                "retirez du dessin scripts, événements (`onload`), animations et `foreignObject`",
                "take scripts, events (`onload`), animations and `foreignObject` out of the drawing"
            ),
        )
    })
}

/// Whether the first element of a text is `svg`.
fn is_svg(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    // A declaration, comments and a document type may stand before it.
    while let Some((_, end)) = BEFORE.iter().find(|(start, _)| rest.starts_with(start)) {
        let Some((_, next)) = rest.split_once(end) else {
            return false;
        };
        rest = next.trim_start();
    }
    let name = rest.strip_prefix('<').unwrap_or_default();
    let name = name.split(|letter: char| letter.is_whitespace() || "/>".contains(letter));
    name.take(1)
        .any(|name| name.rsplit(':').next() == Some("svg"))
}
