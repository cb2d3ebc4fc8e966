//! The procedures that apply to a record, on its page, and what a procedure asks of an asset.

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

/// Received by `placeholders.html`, above the steps of a procedure that has holes for an asset's values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Placeholders {
    /// What the page expects, in a sentence.
    pub expects: String,
    /// The address of an asset's page, `-asset-` for the asset.
    pub asset: String,
    /// The same page with the values of each of the first assets that it is for.
    pub choices: Vec<Link>,
    /// How many more there are, in words.
    pub more: Option<String>,
}
