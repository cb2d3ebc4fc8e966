//! Failures of the system and of libraries in the reader's language: they say themselves in English alone, and
//! half a French message helps nobody. An English text keeps their own words.

use std::error::Error;
use std::io::{self, ErrorKind};

use crate::diagnostic::Text;

/// An error in words.
pub fn words(error: &(dyn Error + 'static)) -> Text {
    if let Some(text) = error.downcast_ref::<Text>() {
        return text.clone();
    }
    let en = error.to_string();
    let fr = if let Some(error) = error.downcast_ref::<io::Error>() {
        of_system(error)
    } else if let Some(error) = error.downcast_ref::<serde_json::Error>() {
        of_json(error)
    } else {
        en.clone()
    };
    Text { fr, en }
}

/// Whether the system said that nothing is there. Any other failure leaves open what is: a folder that a disk or a share
/// could not show is not an empty one.
pub fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// What the system says, in French.
fn of_system(error: &io::Error) -> String {
    let inner = error.get_ref();
    if let Some(text) = inner.and_then(|inner| inner.downcast_ref::<Text>()) {
        return text.fr.clone();
    }
    let known = match error.kind() {
        ErrorKind::NotFound => "fichier ou dossier introuvable",
        ErrorKind::PermissionDenied => "accès refusé",
        ErrorKind::AlreadyExists => "ce fichier existe déjà",
        ErrorKind::NotADirectory => "ce n’est pas un dossier",
        ErrorKind::IsADirectory => "c’est un dossier",
        ErrorKind::DirectoryNotEmpty => "ce dossier n’est pas vide",
        ErrorKind::ReadOnlyFilesystem => "le disque est en lecture seule",
        ErrorKind::StorageFull => "le disque est plein",
        ErrorKind::QuotaExceeded => "le quota de disque est atteint",
        ErrorKind::FileTooLarge => "le fichier est trop grand",
        ErrorKind::InvalidFilename => "ce nom de fichier n’est pas possible",
        ErrorKind::ResourceBusy => "la ressource est occupée",
        ErrorKind::TooManyLinks => "trop de liens",
        ErrorKind::InvalidData => "le contenu n’est pas celui attendu",
        ErrorKind::InvalidInput => "le système refuse cette demande",
        ErrorKind::UnexpectedEof => "la fin est venue trop tôt",
        ErrorKind::TimedOut => "le délai est dépassé",
        ErrorKind::Interrupted => "l’opération a été interrompue",
        ErrorKind::OutOfMemory => "la mémoire ne suffit pas",
        ErrorKind::AddrInUse => "cette adresse est déjà prise",
        ErrorKind::AddrNotAvailable => "cette adresse n’est pas celle de cette machine",
        ErrorKind::ConnectionRefused => "connexion refusée",
        ErrorKind::ConnectionReset => "connexion rompue",
        ErrorKind::ConnectionAborted => "connexion abandonnée",
        ErrorKind::NotConnected => "il n’y a pas de connexion",
        ErrorKind::BrokenPipe => "la lecture s’est arrêtée de l’autre côté",
        ErrorKind::HostUnreachable => "machine injoignable",
        ErrorKind::NetworkUnreachable => "réseau injoignable",
        ErrorKind::NetworkDown => "le réseau est coupé",
        ErrorKind::Unsupported => "le système ne sait pas le faire",
        _ => "",
    };
    match (known, error.raw_os_error()) {
        ("", None) if inner.is_some() => error.to_string(),
        ("", Some(number)) => format!("erreur n°\u{a0}{number} du système"),
        ("", None) => "erreur du système".to_owned(),
        (known, _) => known.to_owned(),
    }
}

/// What is wrong with JSON, in French.
fn of_json(error: &serde_json::Error) -> String {
    use serde_json::error::Category;
    let what = match error.classify() {
        Category::Eof => "le texte s’arrête trop tôt",
        Category::Syntax if error.to_string().starts_with("recursion limit") => {
            "les listes et objets sont imbriqués trop profondément"
        }
        Category::Syntax => "un signe est de trop ou manque",
        Category::Data => "une valeur n’est pas de la sorte attendue",
        Category::Io => "la lecture s’est interrompue",
    };
    match (error.line(), error.column()) {
        (0, _) => what.to_owned(),
        (line, column) => format!("{what}, ligne {line}, colonne {column}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn nothing_is_there_where_the_system_says_so_alone() {
        let is_absence = |number| is_absence(&io::Error::from_raw_os_error(number));
        assert!(is_absence(2));
        assert!(!is_absence(5));
        assert!(!is_absence(13));
    }

    #[test]
    fn french_has_no_english_tail_and_english_keeps_its_own() {
        let missing = io::Error::from_raw_os_error(2);
        assert_eq!(
            words(&missing),
            Text {
                fr: "fichier ou dossier introuvable".to_owned(),
                en: missing.to_string(),
            }
        );
        let rare = io::Error::from_raw_os_error(62);
        assert_eq!(words(&rare).fr, "erreur n°\u{a0}62 du système");
        let own = io::Error::other(text!("trop tard", "too late"));
        assert_eq!(words(&own).fr, "trop tard");
        let json = |text: &str| {
            let error = serde_json::from_str::<Vec<u8>>(text).expect_err("no list of numbers");
            words(&error).fr
        };
        assert_eq!(
            json("[1,"),
            "le texte s’arrête trop tôt, ligne 1, colonne 3"
        );
        assert_eq!(
            json("[1;2]"),
            "un signe est de trop ou manque, ligne 1, colonne 3"
        );
        assert_eq!(
            json("[\"a\"]"),
            "une valeur n’est pas de la sorte attendue, ligne 1, colonne 4"
        );
    }
}
