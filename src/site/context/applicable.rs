//! The procedures that apply to a record, on its page.

use serde::Serialize;

use super::value::Link;

/// Received by `applicable-procedures.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ApplicableProcedures {
    /// The first ones, the narrowest condition first, each with why it is there.
    pub procedures: Vec<(Link, String)>,
    /// The others, linked to the list.
    pub more: Option<Link>,
}
