//! `carnet collect`: agents' inventories received, and imported in quiet moments, until the process ends.

mod journal;
mod pace;
mod round;

use std::collections::BTreeMap;
use std::env::{self, VarError};
use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::cli::{Cli, CollectArguments};
use crate::collect::{Collector, Credentials, Fate, Room, SHORTEST_SECRET, Spool};
use crate::commands::{CLEAN, input, output};
use crate::diagnostic::{Language, Text};
use crate::http::Server;
use crate::import::place;
use crate::text;
use journal::Journal;
use pace::Pace;
use round::Round;

/// Where inventories wait, from the project's folder. Not in `.carnet/`, which anybody may empty: these were
/// answered for. A hidden folder is neither read as a part of the project nor published.
const SPOOL: &str = ".carnet-collect";

/// How much may wait: ten inventories each of a thousand machines.
const ROOM: Room = Room {
    files: 10_000,
    bytes: 2 << 30,
};

/// How often it is looked whether something is to be done.
const TICK: Duration = Duration::from_millis(250);

/// How often what was received is told, at most.
const TOLD_EVERY: Duration = Duration::from_mins(1);

/// Receives until the process is asked to end.
pub(super) fn collect(cli: &Cli, arguments: &CollectArguments) -> anyhow::Result<u8> {
    let project = input::light_project(cli, &Arc::default())?;
    let language = output::language(cli, project.config.language);
    drop(project);
    let credentials = credentials()?;
    if !arguments.bind.is_loopback() && credentials.is_open() {
        bail!(text!(
            "hors de cette machine, il faut un secret : donnez `CARNET_COLLECT_TOKEN`, ou `CARNET_COLLECT_USER` et `CARNET_COLLECT_PASSWORD`, dans l’environnement",
            "beyond this machine a secret is needed: give `CARNET_COLLECT_TOKEN`, or `CARNET_COLLECT_USER` and `CARNET_COLLECT_PASSWORD`, in the environment"
        ));
    }
    if arguments.no_import && arguments.commit.is_some() {
        bail!(text!(
            "`--no-import` n’écrit aucune fiche : `--commit` n’aurait rien à valider",
            "`--no-import` writes no record: `--commit` would have nothing to commit"
        ));
    }
    let folder = match &arguments.spool {
        Some(folder) => folder.clone(),
        None => place(&cli.root, SPOOL)?,
    };
    let spool = Spool::open(&folder, ROOM).with_context(|| {
        let folder = folder.display();
        text!(
            "le dossier d’attente `{folder}` ne s’ouvre pas (un autre `carnet collect` le tient peut-être)",
            "the spool `{folder}` cannot be opened (another `carnet collect` may hold it)"
        )
    })?;
    let journal = arguments.commit.as_deref();
    let journal = journal
        .map(|branch| Journal::open(&cli.root, branch, spool.folder()))
        .transpose()?;
    let (spool, start) = (Arc::new(spool), Instant::now());
    let is_open = credentials.is_open();
    let clock = Box::new(move || start.elapsed());
    let collector = Arc::new(Collector::new(Arc::clone(&spool), credentials, clock));
    let server = Server::bind(arguments.bind, arguments.port, &[]).with_context(|| {
        let address = SocketAddr::new(arguments.bind, arguments.port);
        address.to_string()
    })?;
    let address = server.address()?;
    let handle = server.receive(Arc::clone(&collector) as Arc<dyn crate::http::Service>)?;
    let (send, ends) = channel();
    handle.on_signal(move || {
        let _ = send.send(());
    })?;
    for line in ready(address, is_open, &spool) {
        output::line(line.get(language));
    }
    let watch = Watch {
        collector: &collector,
        spool: &spool,
        start,
        language,
    };
    watch.until(
        &ends,
        arguments,
        &Round {
            cli,
            spool: &spool,
            journal: journal.as_ref(),
        },
    )?;
    handle.stop();
    watch.tell();
    Ok(CLEAN)
}

/// What the environment asks of agents. Secrets have no option: command lines are everybody's to read.
fn credentials() -> anyhow::Result<Credentials> {
    let token = secret("CARNET_COLLECT_TOKEN")?;
    let user = variable("CARNET_COLLECT_USER")?;
    let password = secret("CARNET_COLLECT_PASSWORD")?;
    let user = match (&user, &password) {
        (Some(user), Some(password)) => Some((user.as_str(), password.as_str())),
        (None, None) => None,
        _ => bail!(text!(
            "`CARNET_COLLECT_USER` et `CARNET_COLLECT_PASSWORD` vont ensemble",
            "`CARNET_COLLECT_USER` and `CARNET_COLLECT_PASSWORD` go together"
        )),
    };
    Ok(Credentials::new(token.as_deref(), user))
}

fn secret(name: &str) -> anyhow::Result<Option<String>> {
    let value = variable(name)?;
    let is_short = |value: &String| value.chars().count() < SHORTEST_SECRET;
    if value.as_ref().is_some_and(is_short) {
        bail!(text!(
            "`{name}` a moins de {SHORTEST_SECRET} caractères",
            "`{name}` has fewer than {SHORTEST_SECRET} characters"
        ));
    }
    Ok(value)
}

/// A variable of the environment; nothing when it is empty.
fn variable(name: &str) -> anyhow::Result<Option<String>> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        // The value itself is not to be shown.
        Err(VarError::NotUnicode(_)) => bail!(text!(
            "`{name}` n’est pas en UTF-8",
            "`{name}` is not UTF-8"
        )),
    }
}

fn ready(address: SocketAddr, is_open: bool, spool: &Spool) -> Vec<Text> {
    let folder = spool.folder().display();
    let mut lines = vec![text!(
        "Carnet reçoit les inventaires sur http://{address}/ (Ctrl+C pour arrêter) ; ils attendent dans `{folder}`",
        "Carnet receives inventories at http://{address}/ (Ctrl+C to stop); they wait in `{folder}`"
    )];
    if is_open {
        lines.push(text!(
            "attention : sans secret, tout programme de cette machine peut en déposer",
            "warning: without a secret any program of this machine can hand some in"
        ));
    } else if !address.ip().is_loopback() {
        lines.push(text!(
            "attention : sans reverse proxy en TLS, secrets et inventaires passent en clair",
            "warning: without a reverse proxy with TLS, secrets and inventories travel in the clear"
        ));
    }
    lines
}

/// Who sees to it that what arrives is imported and told.
struct Watch<'a> {
    collector: &'a Collector,
    spool: &'a Spool,
    start: Instant,
    language: Language,
}

impl Watch<'_> {
    /// Imports in quiet moments, until the process is asked to end.
    fn until(
        &self,
        ends: &Receiver<()>,
        arguments: &CollectArguments,
        round: &Round<'_>,
    ) -> anyhow::Result<()> {
        let quiet = Duration::from_secs(arguments.quiet.into());
        let within = Duration::from_secs(60 * u64::from(arguments.within));
        let is_open = round.journal.is_some_and(Journal::is_open);
        let waits = is_open || !self.spool.waiting()?.is_empty();
        let mut pace = Pace::new(quiet, within, waits);
        let mut told = self.start;
        while matches!(ends.recv_timeout(TICK), Err(RecvTimeoutError::Timeout)) {
            if told.elapsed() >= TOLD_EVERY {
                self.tell();
                told = Instant::now();
            }
            if arguments.no_import || !pace.is_time(self.spool.stored(), self.start.elapsed()) {
                continue;
            }
            self.tell();
            if let Err(error) = round.run() {
                output::error(self.language, &error);
                pace.again(self.start.elapsed());
            }
        }
        Ok(())
    }

    /// Says what was received since this was said last.
    fn tell(&self) {
        let counts = self.collector.counts();
        if let Some(line) = received(&counts) {
            let now = jiff::Zoned::now().strftime("%H:%M:%S").to_string();
            output::line(&format!("{now} {}", line.get(self.language)));
        }
    }
}

/// `reçu : 12 inventaires, 12 contacts ; 3 sans droit`.
fn received(counts: &BTreeMap<Fate, u64>) -> Option<Text> {
    if counts.is_empty() {
        return None;
    }
    let (mut fr, mut en) = (String::new(), String::new());
    for (fate, count) in counts {
        let (french, english) = match fate {
            Fate::Contact => ("prises de contact", "contacts"),
            Fate::Stored => ("inventaires", "inventories"),
            Fate::Asked => ("sans identifiants", "without credentials"),
            Fate::NotAdmitted => ("identifiants faux", "wrong credentials"),
            Fate::TooOften => ("trop fréquents", "too often"),
            Fate::Refused => ("illisibles ou refusés", "unreadable or refused"),
            Fate::Failed => ("sans place", "without room"),
        };
        let comma = if fr.is_empty() { "" } else { ", " };
        let _ = write!(fr, "{comma}{french}\u{a0}: {count}");
        let _ = write!(en, "{comma}{english}: {count}");
    }
    Some(text!("{fr}", "{en}"))
}
