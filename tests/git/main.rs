//! The history of real repositories, built commit by commit in temporary folders.

mod builder;
mod merges;
mod oracle;
mod past;
mod renames;
mod revisions;
mod snapshots;
mod states;
mod words;
