//! Keeping the estate in order: what is behind its approved version, past its support, unprotected or overdue,
//! who is trained, what is needed.

use crate::estate::deadlines::days_between;
use crate::estate::upkeep::systems::System;
use crate::site::context::{Badge, Tone};
use crate::site::page::Page;

/// An end of support within so many days is to be prepared.
const SOON: i32 = 365;

/// Where the support of a system stands.
pub(super) fn support(page: &Page<'_>, system: &System) -> Badge {
    let Some(end) = system.end else {
        return Badge::new(page.word("support-unknown"), Tone::Neutral);
    };
    match days_between(page.estate().as_of, end) {
        days if days < 0 => Badge::new(page.word("support-ended"), Tone::Danger),
        days if days <= SOON => Badge::new(page.word("support-ending"), Tone::Warning),
        _ => Badge::new(page.word("support-running"), Tone::Success),
    }
}
