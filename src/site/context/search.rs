//! The search page, and the lists from A to Z that stand beside it for those without a script.

use serde::Serialize;

use super::frame::Frame;
use super::home::KindCount;
use super::list::Pager;
use super::value::Link;

/// Received by `search.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SearchContext {
    /// Around the page.
    pub frame: Frame,
    /// Every kind that has records, by name.
    pub kinds: Vec<KindCount>,
    /// The lists from A to Z.
    pub letters: Vec<Link>,
}

/// Received by `letter.html`: everything whose title begins with one letter.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LetterContext {
    /// Around the page.
    pub frame: Frame,
    /// How many titles there are, on this and other pages of the letter.
    pub count: usize,
    /// The titles in order, their kind as hint.
    pub entries: Vec<Link>,
    /// The lists from A to Z; the one shown has no address.
    pub letters: Vec<Link>,
    /// Pages of a long letter.
    pub pager: Option<Pager>,
}
