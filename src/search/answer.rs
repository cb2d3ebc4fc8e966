//! What a query found.

use super::excerpt::Piece;

/// The answer to a query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The best documents, best first.
    pub hits: Vec<Hit>,
    /// How many documents match.
    pub total: u32,
    /// Whether `total` is only a lower bound or an estimate: something frequent was not read to its end.
    pub more: bool,
    /// The query with better spellings, when some words had to be corrected; the hits are those of the correction.
    pub suggestion: Option<String>,
    /// What may be asked instead when there are no hits: the words without quotes, filters and what must not be
    /// there; empty when that would be the same question, or find nothing either.
    pub plain: String,
    /// The words that nothing matches, folded; the others were searched without them.
    pub unknown: Vec<String>,
    /// Whether no document holds all known words, so that those with the most of them are shown.
    pub partial: bool,
}

/// One document found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where it opens, from the site's root.
    pub url: String,
    /// The page's title.
    pub title: String,
    /// The section's heading.
    pub heading: Option<String>,
    /// The kind's key.
    pub kind: String,
    /// The kind's label.
    pub kind_label: String,
    /// The record's id.
    pub id: String,
    /// Short facts.
    pub subtitle: String,
    /// Where in the text the words stand, the words marked; empty when the other fields show them all.
    pub excerpt: Vec<Piece>,
    /// Words asked for that it does not hold, folded.
    pub missing: Vec<String>,
    /// Comparable within one answer only.
    pub score: u64,
}
