//! The language server: an editor says what is typed, and is told what is wrong, what may follow, and what a name means.
//!
//! The same pipeline as everywhere, with unsaved texts over the files. One thread reads what the editor sends; one
//! answers, and what was typed meanwhile goes before what is still to be found out about older letters. Each answer is
//! a function from the draft and a place to it, in a file of its own.

mod actions;
mod capabilities;
mod completion;
mod definition;
mod draft;
mod findings;
mod folder;
mod formatting;
mod hover;
mod positions;
mod renaming;
mod requests;
mod session;
mod spot;
mod symbols;
mod transport;
mod workspace;

use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::sync::mpsc::channel;

use jiff::civil::Date;

use crate::diagnostic::Language;
use crate::project::Config;
use session::Session;

/// Says which day a configuration is read for.
pub type AsOf = dyn Fn(&Config) -> anyhow::Result<Date>;

/// How the server was asked to run.
pub struct Settings {
    /// The project's folder; `None` for the one that the editor opens.
    pub root: Option<PathBuf>,
    /// The language asked for; `None` for the site's.
    pub language: Option<Language>,
    /// The day that the project is true of.
    pub as_of: Box<AsOf>,
}

/// Serves one editor until it leaves. Returns whether it took its leave properly.
pub fn serve(
    settings: &Settings,
    input: impl BufRead + Send + 'static,
    output: &mut dyn Write,
) -> anyhow::Result<bool> {
    let (send, receive) = channel();
    std::thread::spawn(move || transport::read_all(input, &send));
    Session::new(settings, receive, output).run()
}
