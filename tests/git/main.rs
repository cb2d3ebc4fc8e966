//! The history of real repositories, built commit by commit in temporary folders.

mod around;
mod broken;
mod builder;
mod cache;
mod fields;
mod merges;
mod oracle;
mod partial;
mod past;
mod record_oracle;
mod renames;
mod revisions;
mod secrets;
mod snapshots;
mod states;
mod telling;
mod words;
