<<<<<<< HEAD
//! What readers get: the pages and pictures of the site.

pub mod diagrams;
=======
//! What readers get: pages made from templates and typed contexts.

pub mod context;
pub mod labels;
pub mod templates;

#[cfg(test)]
mod samples;
>>>>>>> theme
