//! The calendar of changes, and what is told of a change wherever it is planned.

use serde::Serialize;

use super::changes::SiteChange;
use super::frame::Frame;
use super::value::{Badge, Link, Moment};

/// Received by `change-calendar.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ChangeCalendarContext {
    /// Around the page.
    pub frame: Frame,
    /// The months that hold something, from that of the site's day on.
    pub months: Vec<CalendarMonth>,
    /// A few before it, oldest first.
    pub past: Vec<CalendarMonth>,
    /// The same for calendar programs.
    pub download: Option<Link>,
    /// All changes, older ones too.
    pub list: Option<Link>,
}

/// A month.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CalendarMonth {
    /// Anchor.
    pub id: String,
    /// Month and year.
    pub title: String,
    /// By their first moment.
    pub rows: Vec<CalendarRow>,
}

/// A change, a freeze or a public holiday.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CalendarRow {
    /// `change`, `freeze` or `holiday`.
    pub kind: &'static str,
    /// When it begins.
    pub from: Moment,
    /// When it ends, where that is another moment or day.
    pub to: Option<Moment>,
    /// What it is called; a change is called by its link.
    pub title: Option<String>,
    /// The change, or the organisation of the freeze.
    pub link: Option<Link>,
    /// Its state.
    pub badges: Vec<Badge>,
    /// Type, whose, where; the reason of a freeze; the regions of a public holiday.
    pub facts: Vec<String>,
    /// What stands against the window.
    pub notes: Vec<ChangeNote>,
}

/// Something that stands against the window of a change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ChangeNote {
    /// Freeze, clash, public holiday.
    pub badge: Badge,
    /// Which freeze, which day; what both changes touch.
    pub text: String,
    /// Whose freeze; the other change.
    pub link: Option<Link>,
}

/// The commits that say they carried a change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CarriedBy {
    /// Newest first.
    pub entries: Vec<SiteChange>,
    /// How many older ones there are.
    pub more: usize,
}
