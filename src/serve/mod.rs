//! The site in the browser while it is being written: watch, build again, render on request, reload.
//!
//! The same pipeline as `build`, after each change; nothing is written to disk. Whatever goes wrong, the last
//! good site stays, with the errors shown over it.

mod background;
mod changes;
mod indexes;
mod kept;
mod overlay;
mod session;
mod showing;
mod told;
mod watch;

use std::io;
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use anyhow::{Context, bail};
use jiff::civil::Date;

use crate::audience::Audience;
use crate::diagnostic::{Diagnostic, Language, Text};
use crate::history::History;
use crate::http::Server;
use crate::project::Config;
use crate::schema::Schema;
use crate::text;
use session::Session;
use showing::Showing;

/// How `serve` was asked to run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The project's folder.
    pub root: PathBuf,
    /// The address to listen on.
    pub bind: IpAddr,
    /// The port; 0 takes a free one.
    pub port: u16,
    /// Further names of this server.
    pub allowed_hosts: Vec<String>,
    /// Compare files every second instead of waiting for events.
    pub poll: bool,
}

/// What the shell does for `serve`: reading what another module owns, and talking to people.
pub trait Surroundings: Send + Sync + 'static {
    /// Reads the history of the project, its records by a schema; may take seconds.
    fn history(&self, schema: &Arc<Schema>) -> Arc<History>;

    /// The day that the site is true of.
    fn as_of(&self, config: &Config) -> anyhow::Result<Date>;

    /// Who reads the site.
    fn audience(&self, config: &Config) -> anyhow::Result<Audience>;

    /// The language of messages, given the site's.
    fn language(&self, site: Language) -> Language;

    /// Something happened.
    fn report(&self, event: Event<'_>);
}

/// What happens while serving.
#[derive(Debug)]
pub enum Event<'a> {
    /// The site is there, at this address.
    Ready {
        /// As typed into a browser, with a final slash.
        address: String,
        /// Whether other machines can read the site.
        open_to_network: bool,
    },
    /// The site was built again.
    Built {
        /// How long it took.
        elapsed: Duration,
        /// How many files had changed; `None` when all were read.
        files: Option<usize>,
        /// What is wrong now.
        diagnostics: &'a [Diagnostic],
        /// What of it was not wrong before.
        fresh: &'a [Diagnostic],
    },
    /// The site could not be built; the last one stays.
    Failed(&'a Text),
    /// The system has no more watches to give: files are compared every second from here on.
    WatchLimit,
}

/// Serves until the system asks the process to end. Fails when the port is taken or the project cannot be read at
/// the start.
pub fn serve(settings: &Settings, surroundings: &Arc<dyn Surroundings>) -> anyhow::Result<()> {
    let server = bind(settings)?;
    let address = server.address()?;
    let (send, receive) = channel();
    let mut session = Session::new(settings, Arc::clone(surroundings), send);
    let build = session.first_build(&receive)?;
    let showing = Arc::new(Showing::new(build, surroundings.as_ref()));
    let handle = server.start(Arc::clone(&showing) as _)?;
    let (end, ended) = channel();
    let asked = end.clone();
    handle.on_signal(move || {
        let _ = asked.send(None);
    })?;
    surroundings.report(Event::Ready {
        address: format!("http://{address}/"),
        open_to_network: !settings.bind.is_loopback(),
    });
    // On a thread of its own: nobody who asks us to end waits for a build.
    std::thread::spawn(move || {
        let followed = catch_unwind(AssertUnwindSafe(|| session.follow(&receive, &showing)));
        let _ = end.send(Some(followed));
    });
    let why = ended.recv();
    handle.stop();
    match why {
        Ok(Some(Ok(Err(failure)))) => Err(failure),
        Ok(Some(Err(panic))) => resume_unwind(panic),
        Ok(Some(Ok(Ok(never)))) => match never {},
        Ok(None) | Err(_) => Ok(()),
    }
}

fn bind(settings: &Settings) -> anyhow::Result<Server> {
    let Settings { bind, port, .. } = settings;
    match Server::bind(*bind, *port, &settings.allowed_hosts) {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            let free = (port.saturating_add(1)..=port.saturating_add(50))
                .find(|port| std::net::TcpListener::bind((*bind, *port)).is_ok());
            let proposal = free.map_or_else(Text::default, |free| {
                text!(" ; `--port {free}` est libre", "; `--port {free}` is free")
            });
            let (fr, en) = (proposal.fr, proposal.en);
            bail!(text!(
                "{bind} : le port {port} est déjà pris{fr}",
                "{bind}: port {port} is taken{en}"
            ))
        }
        other => other.with_context(|| format!("{bind}:{port}")),
    }
}
