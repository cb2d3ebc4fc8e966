//! On call: a rota's card and calendar, and the shifts of a person.

use serde::Serialize;

use super::value::{Link, Moment};

/// Received by `on-call.html`: a rota.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RotaBoard {
    /// The card and the calendar as read by the browser's clock.
    pub clock: OnCallClock,
    /// The day that the card is for.
    pub day: Moment,
    /// The rota's own number.
    pub phone: Option<Link>,
    /// What else whoever is called must know: label and text.
    pub facts: Vec<(String, String)>,
    /// Who decides, and their number.
    pub supervisor: Option<(Link, Option<Link>)>,
    /// What to do, in the rota's own words.
    pub instructions: Option<String>,
    /// When nobody is, though somebody should be, one sentence each.
    pub uncovered: Vec<String>,
    /// The shifts of the day.
    pub today: Vec<Duty>,
    /// Shifts of the rest of the week.
    pub week: Vec<Duty>,
    /// The weeks that are over.
    pub past_weeks: Vec<RotaWeek>,
    /// The shifts from this week on, week by week.
    pub weeks: Vec<RotaWeek>,
    /// The rota for other programs.
    pub calendar: Link,
}

/// What `on-call.js` needs and says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OnCallClock {
    /// The script's file name under `_carnet/`.
    pub script: String,
}

/// A shift, or the part of it that lies within a week.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Duty {
    /// The rota, where it is not the page's own.
    pub rota: Option<Link>,
    /// Who.
    pub person: Link,
    /// Their number.
    pub phone: Option<Link>,
    /// Who is called next.
    pub backup: Option<Link>,
    /// The number of the next.
    pub backup_phone: Option<Link>,
    /// The level of support, as read.
    pub level: Option<String>,
    /// Its times in words: « jusqu’au ven. 20 nov. 18:00 ».
    pub when: String,
    /// What is to be known of it.
    pub note: Option<String>,
    /// Start and end in seconds since 1970, for the browser's clock: `1795194000 1795798800`.
    pub span: String,
    /// Whether it touches the day that the site is true of.
    pub current: bool,
    /// Nobody is on call: a hole of the rota.
    pub nobody: bool,
}

/// A week of a rota.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RotaWeek {
    /// « Semaine 47 ».
    pub title: String,
    /// Its days, as read.
    pub days: String,
    /// Whether it holds the day that the site is true of.
    pub current: bool,
    /// Who is on call in it, and its holes.
    pub duties: Vec<Duty>,
}

/// The shifts of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PersonDuties {
    /// The shifts by the browser's clock.
    pub clock: OnCallClock,
    /// Those to come, the next one first.
    pub duties: Vec<Duty>,
    /// All of them for other programs.
    pub calendar: Link,
}
