//! The Git repository: whether it is there, trusted and whole, and whether the clock agrees with it.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use crate::commands::doctor::Observation;
use crate::diagnostic::Text;
use crate::git::{self, Standing};
use crate::history::{Absence, History, State};
use crate::text;

/// Two machines' clocks differ; more than this (hours) is a clock that was never set.
const DRIFT: i64 = 24;

fn about() -> Text {
    text!("Git", "Git")
}

/// The repository around a folder.
pub(super) fn repository(root: &Path) -> Vec<Observation> {
    let Standing {
        state,
        head,
        has_author,
    } = git::standing(root);
    let mut all = vec![match History::message_for(&state) {
        None => whole(head.as_ref()),
        Some(message) => missing(&state, &message),
    }];
    all.extend((!has_author).then(nobody));
    all.extend(head.and_then(|(_, made)| clock(made, Timestamp::now())));
    all
}

fn whole(head: Option<&(String, i64)>) -> Observation {
    let commit = head.map_or_else(String::new, |(id, _)| id.chars().take(10).collect());
    Observation::good(
        about(),
        text!(
            "historique entier, commit courant `{commit}`",
            "the whole history, current commit `{commit}`"
        ),
    )
}

/// Git does not know who would commit, and refuses to.
fn nobody() -> Observation {
    Observation::doubtful(
        text!("auteur", "author"),
        text!(
            "Git ne sait pas qui commite ici\u{a0}: `git commit` refusera",
            "Git does not know who commits here: `git commit` will refuse"
        ),
        text!(
            "`git config --global user.name \"Prénom Nom\"` et `git config --global user.email adresse`",
            "`git config --global user.name \"First Last\"` and `git config --global user.email address`"
        ),
    )
}

/// What is missing; the message says after its `;` what to do.
fn missing(state: &State, message: &Text) -> Observation {
    let (said, advice) = (part(message, 0), part(message, 1));
    match state {
        State::Absent(Absence::Distrusted { .. } | Absence::Broken { .. }) => {
            Observation::bad(about(), said, advice)
        }
        _ => Observation::doubtful(about(), said, advice),
    }
}

/// The half of a message before or after its first semicolon.
fn part(message: &Text, half: usize) -> Text {
    let of = |text: &str| {
        let mut halves = text.splitn(2, ';');
        halves.nth(half).unwrap_or_default().trim().to_owned()
    };
    Text {
        fr: of(&message.fr),
        en: of(&message.en),
    }
}

/// A clock that is behind the last commit: dates and deadlines would be wrong.
fn clock(made: i64, now: Timestamp) -> Option<Observation> {
    let made = Timestamp::from_second(made).ok()?;
    let ahead = made.duration_since(now);
    (ahead > SignedDuration::from_hours(DRIFT)).then(|| {
        let (day, today) = (made.strftime("%Y-%m-%d"), now.strftime("%Y-%m-%d"));
        Observation::bad(
            text!("horloge", "clock"),
            text!(
                "le dernier commit est du {day}, et cette machine se croit le {today}",
                "the last commit is of {day}, and this machine thinks that it is {today}"
            ),
            text!(
                "mettez-la à l’heure (`timedatectl`)",
                "set its clock (`timedatectl`)"
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_doubted_a_day_before_the_last_commit() {
        let now = Timestamp::from_second(1_800_000_000).expect("a time");
        let day = DRIFT * 3600;
        assert!(clock(1_800_000_000 + day, now).is_none());
        let told = clock(1_800_000_001 + day, now).expect("a doubt");
        assert_eq!(
            told.said.fr,
            "le dernier commit est du 2027-01-16, et cette machine se croit le 2027-01-15"
        );
    }

    #[test]
    fn a_message_is_cut_where_the_mend_begins() {
        let message = History::message_for(&State::Absent(Absence::NoCommit)).expect("a message");
        assert!(part(&message, 0).fr.ends_with("ni dates ni journaux"));
        assert!(part(&message, 1).en.starts_with("`git add .`"));
    }
}
