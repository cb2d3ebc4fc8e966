//! The history of real repositories, built commit by commit in temporary folders.

mod builder;
mod merges;
mod oracle;
mod renames;
mod states;
mod words;
