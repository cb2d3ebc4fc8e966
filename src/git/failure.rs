//! Failures of Git in the reader's language: its library says them in English alone. What it said stands behind, for
//! whoever looks it up.

use git2::{Error, ErrorClass, ErrorCode};

use crate::diagnostic::Text;
use crate::text;

/// A failure, in words where it is one of Git.
pub(super) fn in_words(error: anyhow::Error) -> anyhow::Error {
    match error.downcast::<Error>() {
        Ok(error) => words(&error).into(),
        Err(other) => other,
    }
}

/// What happened, and what Git's library said.
pub(super) fn words(error: &Error) -> Text {
    let (what, said) = (what(error), error.message());
    text!("{what} (Git\u{a0}: «\u{a0}{said}\u{a0}»)", "{said}")
}

fn what(error: &Error) -> &'static str {
    match error.code() {
        ErrorCode::Locked => "un autre programme travaille dans ce dépôt",
        ErrorCode::Owner => {
            "ce dossier appartient à un autre compte de la machine\u{202f}; s’il est sûr, déclarez-le par `git config --global --add safe.directory`"
        }
        ErrorCode::Modified | ErrorCode::NotFastForward => {
            "la branche a changé entre-temps\u{a0}: recommencez"
        }
        ErrorCode::Conflict | ErrorCode::Unmerged | ErrorCode::MergeConflict => {
            "un conflit attend d’être résolu dans ce dépôt"
        }
        ErrorCode::InvalidSpec => "ce nom n’est pas possible pour Git",
        ErrorCode::UnbornBranch => "cette branche n’a encore aucun commit",
        ErrorCode::BareRepo => "ce dépôt n’a pas de fichiers",
        ErrorCode::Directory => "un dossier est à la place d’un fichier",
        ErrorCode::NotFound if error.class() == ErrorClass::Repository => {
            "il n’y a pas de dépôt Git ici"
        }
        ErrorCode::NotFound if error.class() == ErrorClass::Reference => {
            "cette branche n’est pas dans le dépôt"
        }
        _ => of_class(error.class()),
    }
}

fn of_class(class: ErrorClass) -> &'static str {
    match class {
        ErrorClass::Os | ErrorClass::Filesystem => {
            "le disque a refusé une lecture ou une écriture du dépôt"
        }
        ErrorClass::Repository => "le dépôt Git ne s’ouvre pas",
        ErrorClass::Index => "l’index du dépôt ne se lit ou ne s’écrit pas",
        ErrorClass::Odb | ErrorClass::Object | ErrorClass::Zlib | ErrorClass::Tree => {
            "un objet du dépôt manque ou est abîmé"
        }
        ErrorClass::Reference => "la branche ne se lit ou ne s’écrit pas",
        ErrorClass::Config => "la configuration de Git ne se lit pas",
        _ => "Git a échoué",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_comes_first_and_what_git_said_stays() {
        let locked = Error::new(ErrorCode::Locked, ErrorClass::Index, "failed to lock");
        let told = words(&locked);
        assert_eq!(
            told.fr,
            "un autre programme travaille dans ce dépôt (Git\u{a0}: «\u{a0}failed to lock\u{a0}»)"
        );
        assert_eq!(told.en, "failed to lock");
        let classes = [
            (ErrorClass::Os, "le disque"),
            (ErrorClass::Odb, "un objet"),
            (ErrorClass::Thread, "Git a échoué"),
        ];
        for (class, begins) in classes {
            let error = Error::new(ErrorCode::GenericError, class, "x");
            assert!(words(&error).fr.starts_with(begins), "{class:?}");
        }
        let other = in_words(anyhow::anyhow!("plain"));
        assert_eq!(other.to_string(), "plain");
    }
}
