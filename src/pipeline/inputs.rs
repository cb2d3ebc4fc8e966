//! One hash of all that a site is made from, so that parts that were built on several machines are joined only
//! when they belong together.

use std::fmt::Write;
use std::hash::Hash;

use jiff::civil::Date;

use crate::audience::Audience;
use crate::digest::Digesting;
use crate::history::History;
use crate::project::Project;

/// The hash of everything that decides the bytes of a site: the program, the project, its
/// history, the day, who reads it.
pub fn inputs(audience: &Audience, project: &Project, history: &History, as_of: Date) -> String {
    let mut hash = Digesting::default();
    (env!("CARGO_PKG_VERSION"), cfg!(feature = "mermaid")).hash(&mut hash);
    audience.name().hash(&mut hash);
    (as_of, &*project.schema, &project.past).hash(&mut hash);
    // The form for debugging names every field, those that are added later too; all maps in it are sorted.
    write!(hash, "{:?}", project.config).expect("hashing does not fail");
    for file in &project.files {
        (&file.source.path, &file.source.text).hash(&mut hash);
    }
    project.attachments.hash(&mut hash);
    project.theme.hash(&mut hash);
    history.hash(&mut hash);
    hash.hex()
}
