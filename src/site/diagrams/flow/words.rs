//! The few words the picture adds to those of the workflow, in French and English.

use super::model::{Clock, Promise};
use crate::diagnostic::{Language, Text};
use crate::text;

/// Marks the state where the ticket stands.
pub fn here(language: Language) -> String {
    say(&text!("ici", "here"), language)
}

/// What a state does to the promised time.
pub fn clock(clock: Clock, language: Language) -> String {
    let text = match clock {
        Clock::Running => text!("délai en cours", "clock runs"),
        Clock::Paused => text!("délai en pause", "clock paused"),
        Clock::Stopped => text!("délai arrêté", "clock stopped"),
    };
    say(&text, language)
}

/// The badge of a promise: the contract's own term in both languages, explained below the picture.
pub fn badge(promise: Promise) -> &'static str {
    match promise {
        Promise::Gti => "GTI",
        Promise::Gtr => "GTR",
    }
}

/// What a badge stands for, with the promised time if it is known.
pub fn promise(promise: Promise, time: Option<&str>, language: Language) -> String {
    let meaning = match promise {
        Promise::Gti => text!("temps d’intervention garanti", "guaranteed response time"),
        Promise::Gtr => text!(
            "temps de rétablissement garanti",
            "guaranteed restoration time"
        ),
    };
    let meaning = say(&meaning, language);
    match time {
        Some(time) => {
            let time = bind(time);
            let text = text!("{meaning}\u{a0}: {time}", "{meaning}: {time}");
            say(&text, language)
        }
        None => meaning,
    }
}

/// How often the ticket took a transition.
pub fn taken(times: u32) -> String {
    format!("×{times}")
}

/// How many were too late; of one ticket, that it was.
pub fn late(times: u32, counts: bool, language: Language) -> String {
    if counts {
        say(&text!("{times} en retard", "{times} late"), language)
    } else {
        say(&text!("en retard", "late"), language)
    }
}

/// Explains lines as thick as tickets are many.
pub fn counts(language: Language) -> String {
    let text = text!(
        "d’autant plus épais que le passage est fréquent (×\u{a0}nombre de passages)",
        "the thicker, the more often taken (× times taken)"
    );
    say(&text, language)
}

/// Explains a dashed line.
pub fn returns(language: Language) -> String {
    say(
        &text!("retour à un état précédent", "return to an earlier state"),
        language,
    )
}

/// Explains a thick line.
pub fn path(language: Language) -> String {
    say(
        &text!(
            "chemin suivi par ce ticket (×\u{a0}nombre de passages)",
            "path of this ticket (× times taken)"
        ),
        language,
    )
}

/// Heads the band of levels.
pub fn escalation(language: Language) -> String {
    say(&text!("Escalade", "Escalation"), language)
}

/// A delay before the next level.
pub fn after(delay: &str, language: Language) -> String {
    let delay = bind(delay);
    say(&text!("après {delay}", "after {delay}"), language)
}

/// A time with its numbers bound to their units: `4 h` stays on one line.
fn bind(time: &str) -> String {
    let mut bound = String::with_capacity(time.len() + 4);
    for character in time.chars() {
        let after_digit = bound.ends_with(|last: char| last.is_ascii_digit());
        bound.push(if character == ' ' && after_digit {
            '\u{a0}'
        } else {
            character
        });
    }
    bound
}

fn say(text: &Text, language: Language) -> String {
    text.get(language).to_owned()
}
