//! The page where a reader chooses what stays readable without the network.

use serde::Serialize;

use super::frame::Frame;

/// Received by `offline.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct OfflineContext {
    /// Around the page.
    pub frame: Frame,
    /// Where the sizes of the sections stand, made when the site is published.
    pub index: String,
    /// What can be chosen, in the order shown.
    pub sections: Vec<OfflineSection>,
}

/// A section of the site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OfflineSection {
    /// Its name in the list of sizes: `assets`.
    pub name: String,
    /// Its name for readers.
    pub title: String,
}
