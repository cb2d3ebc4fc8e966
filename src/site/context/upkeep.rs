//! What a record's page tells of its upkeep.

use serde::Serialize;

use super::value::{Badge, Link};

/// Received by `upkeep-block.html`, on the page of what is kept in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct UpkeepBlock {
    /// The support of its system, what is wrong with its protection, how many machines have an old version.
    pub badges: Vec<Badge>,
    /// Old versions, tasks, manuals.
    pub lists: Vec<UpkeepList>,
    /// The upkeep of the whole estate.
    pub all: Link,
}

/// A list of the block.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct UpkeepList {
    /// What is listed.
    pub title: String,
    /// The first ones, each with a verdict where there is one.
    pub items: Vec<(Link, Option<Badge>)>,
    /// How many there are.
    pub count: usize,
    /// How many more, in words.
    pub more: Option<String>,
}
