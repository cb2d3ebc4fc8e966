//! `carnet doctor`: what Carnet finds around itself on this machine, and what to do where that would stand in its way.
//! One line a thing looked at; it reads, and changes nothing.

mod disk;
mod project;
mod repository;
mod surroundings;
mod watching;

use crate::cli::Cli;
use crate::commands::{CLEAN, FINDINGS, language_anywhere, output};
use crate::diagnostic::{Language, Text};
use crate::text;

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Health {
    Good,
    /// It works, and something will be missing or slow.
    Doubtful,
    /// A command of Carnet's would fail.
    Bad,
}

/// One thing that was looked at.
#[derive(Debug)]
struct Observation {
    health: Health,
    /// What was looked at, in a word or two.
    about: Text,
    /// How it stands.
    said: Text,
    /// What to do, where something is to be done.
    advice: Option<Text>,
}

impl Observation {
    fn good(about: Text, said: Text) -> Self {
        Self {
            health: Health::Good,
            about,
            said,
            advice: None,
        }
    }

    fn doubtful(about: Text, said: Text, advice: Text) -> Self {
        Self {
            health: Health::Doubtful,
            advice: Some(advice),
            ..Self::good(about, said)
        }
    }

    fn bad(about: Text, said: Text, advice: Text) -> Self {
        Self {
            health: Health::Bad,
            ..Self::doubtful(about, said, advice)
        }
    }
}

/// Looks around and tells.
pub(super) fn doctor(cli: &Cli) -> u8 {
    let language = language_anywhere(cli);
    let mut observations = vec![surroundings::program(), surroundings::language(cli)];
    observations.extend(surroundings::day());
    observations.extend(project::project(cli));
    observations.extend(repository::repository(&cli.root));
    observations.extend(disk::room(&cli.root));
    observations.extend(watching::watching(&cli.root));
    for observation in &observations {
        output::result(&lines(observation, language));
    }
    let count = |health| {
        let own = observations.iter().filter(|found| found.health == health);
        own.count()
    };
    let (bad, doubtful) = (count(Health::Bad), count(Health::Doubtful));
    let told = text!(
        "à corriger\u{a0}: {bad}\u{202f}; à savoir\u{a0}: {doubtful}",
        "to mend: {bad}; to know: {doubtful}"
    );
    output::line(told.get(language));
    if bad > 0 { FINDINGS } else { CLEAN }
}

/// An observation as it is printed: a mark, what it is about, how it stands, and below what to do.
fn lines(observation: &Observation, language: Language) -> String {
    let mark = match observation.health {
        Health::Good => text!("bien", "good"),
        Health::Doubtful => text!("à savoir", "to know"),
        Health::Bad => text!("à corriger", "to mend"),
    };
    let (mark, about) = (mark.get(language), observation.about.get(language));
    let said = observation.said.get(language);
    let advice = observation.advice.as_ref();
    let below = advice.map(|advice| format!("{:<24}→ {}\n", "", advice.get(language)));
    format!(
        "{mark:<10}  {about:<10}  {said}\n{}",
        below.unwrap_or_default()
    )
}
