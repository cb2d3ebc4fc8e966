//! The deadlines of the whole estate, as a list and by month.

use serde::Serialize;

use super::calendar::CalendarMonth;
use super::frame::Frame;
use super::list::{Column, Pager, Row, WholeList};
use super::value::{Badge, Link};

/// Received by `deadlines.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct DeadlinesContext {
    /// Around the page.
    pub frame: Frame,
    /// How many deadlines there are, on this and other pages of the list.
    pub count: usize,
    /// How many of each urgency, the most urgent first.
    pub urgencies: Vec<UrgencyCount>,
    /// The calendar by month.
    pub calendar: Option<Link>,
    /// The same as files: a table, a calendar for other programs.
    pub downloads: Vec<Link>,
    /// The Atom feed.
    pub feed: Option<Link>,
    /// Headings.
    pub columns: Vec<Column>,
    /// Deadlines, soonest first.
    pub rows: Vec<Row>,
    /// Pages of a long list.
    pub pager: Option<Pager>,
    /// The rows of all its pages as data; `None` for a list on one page.
    pub whole: Option<WholeList>,
}

/// How many deadlines are of an urgency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct UrgencyCount {
    /// Its name, with the list filtered by it as address where there are several pages to choose from.
    pub badge: Badge,
    /// How many.
    pub count: usize,
    /// The list of these alone; `None` when there are none.
    pub url: Option<String>,
}

/// Received by `deadline-calendar.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct DeadlineCalendarContext {
    /// Around the page.
    pub frame: Frame,
    /// The months that hold something, oldest first.
    pub months: Vec<CalendarMonth>,
    /// The same for calendar programs.
    pub download: Option<Link>,
    /// The list.
    pub list: Option<Link>,
}
