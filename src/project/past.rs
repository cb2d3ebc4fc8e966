//! Which commit a project was read from, when that is not the present.

use jiff::civil::Date;

use crate::history::CommitId;

/// A state of the project that is not the present one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Past {
    /// The commit it was read from.
    pub commit: CommitId,
    /// The day of that commit.
    pub day: Date,
    /// What the commit was called by whoever asked for it.
    pub label: Option<Label>,
}

/// A name that Git gives to a commit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Label {
    /// A tag: it stays where it is.
    Tag(String),
    /// A branch: it moves on.
    Branch(String),
}

impl Label {
    /// The name.
    pub fn name(&self) -> &str {
        match self {
            Self::Tag(name) | Self::Branch(name) => name,
        }
    }
}
