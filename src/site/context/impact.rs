//! What stops with what: the page of services, and the block on the page of an asset or a service.

use serde::Serialize;

use super::frame::Frame;
use super::pages::TableSection;
use super::value::{Html, Link};

/// Received by `impact.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ImpactContext {
    /// Around the page.
    pub frame: Frame,
    /// How many services must not stop, and how many of them one thing alone stops.
    pub lead: String,
    /// The picture of one element's page.
    pub picture: Option<Html>,
    /// Services by criticality, then what alone stops those that must not stop.
    pub tables: Vec<TableSection>,
    /// How the page comes about.
    pub method: String,
    /// The same for a spreadsheet, and for programs.
    pub files: Vec<Link>,
}

/// Received by `impact-block.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ImpactBlock {
    /// What stops with it, counted.
    pub sentence: String,
    /// Those who take over when it stops.
    pub relief: Vec<Link>,
    /// What alone stops it, for a service.
    pub single_points: Option<SinglePoints>,
    /// The contracts that promise to restore it or what stops with it, each with the time.
    pub contracts: Vec<(Link, String)>,
    /// The picture.
    pub picture: Option<Html>,
    /// The same in words: services, then machines.
    pub lists: Vec<Stopping>,
    /// That a service of which only a part stops counts whole.
    pub caveat: Option<String>,
    /// The page that has all of it.
    pub whole: Option<Link>,
    /// The page of all services, where there are any.
    pub all: Option<Link>,
}

/// What alone stops a service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SinglePoints {
    /// How many, or that there is none.
    pub sentence: String,
    /// Which.
    pub links: Vec<Link>,
    /// How many more.
    pub more: Option<String>,
}

/// Records of one kind that stop.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Stopping {
    /// The kind in the plural.
    pub title: String,
    /// How many.
    pub count: usize,
    /// The first ones, each with what takes it down as a hint.
    pub links: Vec<Link>,
    /// How many more.
    pub more: Option<String>,
}
