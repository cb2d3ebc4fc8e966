//! Hours of service: what a text such as `lun-ven 8:00-12:00, 13:30-18:00` opens, which days are
//! public holidays, and how much open time lies between two moments.
//!
//! Knows no ticket. Civil dates, zones and daylight saving are jiff's, with the time-zone database
//! that is compiled in, so that the machine that builds never changes a due time.

mod calendar;
mod public_holidays;
mod reading;
mod tokens;
mod weekly;

pub use calendar::{Calendar, Closure, Promise, moment};
pub use public_holidays::{NAMES, PublicHolidays, easter_sunday, name_of};
pub use reading::{Unreadable, read};
pub use weekly::{DaySpan, WeeklyHours};
