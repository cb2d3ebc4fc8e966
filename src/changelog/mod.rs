//! Change logs for people and programs, outside the site: what differs between two states, and what
//! happened to one record. Told in a language, with today's labels and titles.
//!
//! A report is typed first ([`Differences`], [`RecordLog`]) and printed then: for a terminal, as
//! JSON, or as Markdown for a merge request.

mod differences;
mod find;
mod human;
mod inert;
mod json;
mod log;
mod markdown;
mod request;
mod words;
mod written;

pub use differences::{Differences, KindCount, Side};
pub use find::{Sought, find};
pub use log::{CommitTold, LogEntry, RecordLog};
pub use request::RequestSummary;
pub use written::{FieldTold, RecordTold, ValueChangeTold, ValueTold};

#[cfg(test)]
mod tests;
