//! Carnet compiles a Git repository of YAML inventory and Markdown procedures into a searchable
//! intranet site. The modules stand in reading order; `tests/tidy.rs` holds their layers.

pub mod diagnostic;
pub mod site;
pub mod source;
