//! What readers get: the pages and pictures of the site.

pub mod diagrams;
