//! Pictures made at build time as inline SVG: text that can be selected and read aloud, classes
//! and no `style`, so that a strict content security policy holds and the theme decides colours.

mod block;
pub mod chart;
pub mod flow;
pub mod impact;
mod measure;
pub mod network;
pub mod rack;
pub mod relations;
pub mod subnet;
pub(super) mod svg;
pub mod time_bar;

pub use flow::{Flow, flow, rows};
