//! What people are told when the history is cut or missing, with the fix to type.

use super::{Absence, History, State};
use crate::diagnostic::Text;
use crate::text;

impl History {
    /// Says what is missing and how to get it; `None` where nothing is, or nothing was wanted.
    pub fn message_for(state: &State) -> Option<Text> {
        match state {
            State::Complete | State::Absent(Absence::TurnedOff) => None,
            State::Shallow => Some(shallow()),
            State::Absent(absence) => Some(absent(absence)),
        }
    }

    /// Says that older contents are not in this clone, and how to get them.
    pub fn partial_message() -> Text {
        text!(
            "le clone est partiel : des versions antérieures de fichiers n’y sont pas, et les journaux \
             les disent illisibles ; `git fetch --refetch --no-filter` les apporte, comme un clone \
             refait sans `--filter`",
            "the clone is partial: older versions of files are not in it, and change logs call them \
             unreadable; `git fetch --refetch --no-filter` brings them, as does a new clone without \
             `--filter`"
        )
    }
}

fn shallow() -> Text {
    text!(
        "le clone est superficiel : les commits antérieurs à la coupure manquent, les dates qui en \
         dépendent ne sont pas affichées ; pour l’historique entier, `GIT_DEPTH: 0` sous \
         `variables:` (GitLab), `fetch-depth: 0` sous `with:` de `actions/checkout` (GitHub, \
         Gitea), décocher « Shallow clone » ou `CloneOption` avec `shallow: false` (Jenkins), ou \
         `git fetch --unshallow`",
        "the clone is shallow: the commits before the cut are missing, and the dates that depend \
         on them are not shown; for the whole history, `GIT_DEPTH: 0` under `variables:` (GitLab), \
         `fetch-depth: 0` under `with:` of `actions/checkout` (GitHub, Gitea), untick “Shallow \
         clone” or `CloneOption` with `shallow: false` (Jenkins), or `git fetch --unshallow`"
    )
}

fn absent(absence: &Absence) -> Text {
    match absence {
        Absence::NoRepository => text!(
            "ce dossier n’est dans aucun dépôt Git : le site n’a ni dates ni journaux ; \
             `git init` en crée un",
            "this folder is in no Git repository: the site has neither dates nor change logs; \
             `git init` creates one"
        ),
        Absence::NoCommit => text!(
            "le dépôt Git n’a encore aucun commit : le site n’a ni dates ni journaux ; \
             `git add .` puis `git commit` enregistrent le premier",
            "the Git repository has no commit yet: the site has neither dates nor change logs; \
             `git add .` then `git commit` record the first one"
        ),
        Absence::Distrusted { path } => text!(
            "Git refuse le dépôt `{path}` parce qu’il appartient à un autre utilisateur ; s’il est \
             de confiance : `git config --global --add safe.directory '{path}'`",
            "Git refuses the repository `{path}` because it belongs to another user; if it can be \
             trusted: `git config --global --add safe.directory '{path}'`"
        ),
        Absence::Broken { reason } => text!(
            "le dépôt Git est illisible ({reason}) : le site n’a ni dates ni journaux ; `git fsck` \
             dit ce qui manque, et un clone partiel (`--filter`) est à refaire en entier",
            "the Git repository is unreadable ({reason}): the site has neither dates nor change \
             logs; `git fsck` says what is missing, and a partial clone (`--filter`) has to be \
             cloned again in full"
        ),
        Absence::TurnedOff => Text::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fix_is_named() {
        let shallow = History::message_for(&State::Shallow).expect("a message");
        for text in [&shallow.fr, &shallow.en] {
            for fix in [
                "GIT_DEPTH: 0",
                "fetch-depth: 0",
                "shallow: false",
                "git fetch --unshallow",
            ] {
                assert!(text.contains(fix), "{text}");
            }
        }
        let path = "/srv/site".to_owned();
        let distrusted = History::message_for(&State::Absent(Absence::Distrusted { path }));
        let en = distrusted.expect("a message").en;
        assert!(en.contains("--add safe.directory '/srv/site'"), "{en}");
        assert_eq!(History::message_for(&State::Complete), None);
        assert_eq!(
            History::message_for(&State::Absent(Absence::TurnedOff)),
            None
        );
    }

    #[test]
    fn french_high_punctuation_has_its_spaces() {
        let broken = Absence::Broken { reason: "x".into() };
        let all = [Absence::NoRepository, Absence::NoCommit, broken].map(State::Absent);
        for state in all.iter().chain([&State::Shallow]) {
            let fr = History::message_for(state).expect("a message").fr;
            assert!(!fr.contains(" ;") && !fr.contains(" :"), "{fr}");
            assert!(fr.contains("\u{202f};"), "{fr}");
        }
    }
}
