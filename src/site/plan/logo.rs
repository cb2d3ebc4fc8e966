//! The picture that stands for the site's name: a file of the project, found once all files are read.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest::did_you_mean;
use crate::estate::Estate;
use crate::project::INVALID_CONFIG;
use crate::site::assets::Logo;
use crate::text;

/// The endings of pictures that every browser shows sharp enough in a header.
const EXTENSIONS: [&str; 2] = ["svg", "png"];

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
            "l’image `{path}` n’existe pas",
            "the picture `{path}` does not exist"
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
    Some(Logo {
        extension,
        bytes: Arc::clone(bytes),
    })
}
