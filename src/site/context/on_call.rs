//! Whom to call: the card of a rota, and the shifts that a person has before them.

use serde::Serialize;

use super::record::Field;
use super::value::{Link, Moment};

/// The card of a rota, of the site's day.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct OnCallCard {
    /// The number of the rota, linked with `tel:`.
    pub phone: Option<Link>,
    /// The day that the card is of.
    pub day: Moment,
    /// Who is on call on that day: two on the day of a handover, or one a level.
    pub today: Vec<Duty>,
    /// The shifts that start in the six days after.
    pub week: Vec<Duty>,
    /// Supervisor, call-back time, hours covered and instructions, where written.
    pub facts: Vec<Field>,
    /// The shifts for calendar programs.
    pub calendar: Link,
}

/// A shift as its reader needs it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Duty {
    /// The rota, where the page is not the rota's own.
    pub rota: Option<Link>,
    /// Who is called first.
    pub person: Option<Link>,
    /// Their own number, where the rota has none; linked with `tel:`.
    pub phone: Option<Link>,
    /// Who is called when the first does not answer.
    pub backup: Option<Link>,
    /// The backup's own number, linked with `tel:`.
    pub backup_phone: Option<Link>,
    /// The level of support, as read (`N2`).
    pub level: Option<String>,
    /// From when; left out of today's where the shift began before that day.
    pub from: Option<Moment>,
    /// Until when.
    pub until: Moment,
    /// What is particular about it (an exchange, a holiday).
    pub note: Option<String>,
}

/// The shifts that a person has before them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ShiftsToCome {
    /// By their start.
    pub shifts: Vec<Duty>,
    /// How many more there are, in words.
    pub more: Option<String>,
}
