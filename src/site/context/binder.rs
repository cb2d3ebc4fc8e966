//! A binder: the procedures of a folder on one page.

use serde::Serialize;

use super::frame::Frame;
use super::record::Before;
use super::value::{Badge, Html, Link, Value};

/// Received by `binder.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct BinderContext {
    /// Around the page.
    pub frame: Frame,
    /// The folder's own words.
    pub introduction: Option<Html>,
    /// The procedures in reading order.
    pub parts: Vec<BinderPart>,
}

/// A procedure in a binder.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct BinderPart {
    /// Its anchor.
    pub id: String,
    /// Its title, linked to its page.
    pub title: Link,
    /// « brouillon ».
    pub badge: Option<Badge>,
    /// Level, duration, owner, review: label and value.
    pub facts: Vec<(String, Value)>,
    /// A sentence about it.
    pub lead: Option<String>,
    /// What must be at hand, and known, before the first step.
    pub before: Vec<Before>,
    /// How many boxes to tick it has.
    pub tasks: usize,
    /// The steps.
    pub body: Html,
}
