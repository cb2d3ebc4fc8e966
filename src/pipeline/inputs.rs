//! One hash of all that a site is made from, so that parts that were built on several machines are joined only
//! when they belong together.

use std::fmt::{self, Debug, Write};

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::history::History;
use crate::project::Project;

/// The hash of everything that decides the bytes of a site: the program, the project, its history, the day.
pub fn inputs(project: &Project, history: &History, as_of: Date) -> String {
    let mut hashed = Hashed(Sha256::new());
    let program = (env!("CARGO_PKG_VERSION"), cfg!(feature = "mermaid"));
    // The form for debugging names every field, those that are added later too; all maps in it are sorted.
    hashed.add(&(
        program,
        as_of,
        &project.config,
        &project.schema,
        &project.past,
    ));
    for file in &project.files {
        hashed.add(&(&file.source.path, &file.source.text));
    }
    for (path, bytes) in project.attachments.iter().chain(&project.theme) {
        hashed.add(&(path, bytes.len()));
        hashed.0.update(bytes);
    }
    hashed.add(history);
    let mut digits = String::with_capacity(64);
    for byte in hashed.0.finalize() {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// What is hashed while it is written.
struct Hashed(Sha256);

impl Hashed {
    fn add(&mut self, value: &impl Debug) {
        writeln!(self, "{value:?}").expect("hashing does not fail");
    }
}

impl Write for Hashed {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text);
        Ok(())
    }
}
