//! Carnet compiles a Git repository of YAML inventory and Markdown procedures into a searchable
//! intranet site. `pipeline` shows the whole on one screen; `tests/tidy.rs` holds the layers.

pub mod address;
pub mod audience;
pub mod changelog;
pub mod check;
pub mod cli;
pub mod client;
pub mod collect;
mod commands;
pub mod database;
pub mod diagnostic;
pub mod digest;
pub mod edit;
pub mod estate;
pub mod fold;
pub mod forgotten;
pub mod format;
pub mod git;
pub mod history;
pub mod http;
pub mod import;
pub mod load;
pub mod locale;
pub mod lsp;
pub mod markdown;
pub mod pipeline;
pub mod project;
pub mod publish;
pub mod pull;
pub mod remembered;
pub mod schema;
pub mod search;
pub mod secrets;
pub mod send;
pub mod serve;
pub mod site;
pub mod source;
pub mod spelling;
pub mod typography;
pub mod yaml;

pub use commands::run;
