//! The loop: changes come in, the site is built again, the open pages learn of it.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crate::diagnostic::{Diagnostic, Text};
use crate::history::{Absence, History};
use crate::http;
use crate::load::Loader;
use crate::pipeline::{self, Build};
use crate::project::Project;
use crate::schema::Schema;
use crate::serve::changes::{Batch, Change, GIT_PATIENCE, Places};
use crate::serve::showing::Showing;
use crate::serve::watch::{Blind, Watch};
use crate::serve::{Event, Settings, Surroundings};
use crate::text;

/// Saving a file is several events within a millisecond or two; the first build waits for those.
const BURST: Duration = Duration::from_millis(4);

/// After this much quiet, what came in during a build is built.
const QUIET: Duration = Duration::from_millis(30);

/// How long the first page waits for the history; a longer one is shown when it is there.
const HISTORY_PATIENCE: Duration = Duration::from_millis(250);

/// How often to look for a project folder that went away.
const TICK: Duration = Duration::from_secs(1);

/// With more files than this in a batch, comparing them costs more than building.
const FEW: usize = 64;

/// Everything the loop remembers.
pub(super) struct Session {
    root: PathBuf,
    surroundings: Arc<dyn Surroundings>,
    send: Sender<Change>,
    loader: Loader,
    history: Arc<History>,
    /// Whether the history is being read, and whether it changed since that began.
    reading_history: Option<bool>,
    /// The schema of the last project that was read, by which the history is.
    schema: Option<Arc<Schema>>,
    places: Places,
    poll: bool,
    watch: Option<Watch>,
    /// The files of the last build's batch as they were just before it, to tell an echo from a change.
    seen: BTreeMap<String, Option<String>>,
    reported: Vec<Diagnostic>,
    /// The version whose search index was asked for.
    indexed: u64,
}

impl Session {
    pub(super) fn new(
        settings: &Settings,
        surroundings: Arc<dyn Surroundings>,
        send: Sender<Change>,
    ) -> Self {
        Self {
            root: settings.root.clone(),
            surroundings,
            send,
            loader: Loader::new(&settings.root, pipeline::rule_names()),
            history: Arc::new(History::absent(Absence::TurnedOff)),
            reading_history: None,
            schema: None,
            places: Places::find(&settings.root),
            poll: settings.poll,
            watch: None,
            seen: BTreeMap::new(),
            reported: Vec::new(),
            indexed: 0,
        }
    }

    /// Builds for the first time. Watching starts before reading, so that no change falls between.
    pub(super) fn first_build(&mut self, receive: &Receiver<Change>) -> anyhow::Result<Arc<Build>> {
        self.start_watch();
        let project = self.load(&BTreeSet::new())?;
        let as_of = self.surroundings.as_of(&project.config)?;
        let patience = Instant::now() + HISTORY_PATIENCE;
        let mut early = Vec::new();
        while self.reading_history.is_some() {
            let left = patience.saturating_duration_since(Instant::now());
            match receive.recv_timeout(left) {
                Ok(Change::History(history)) => {
                    self.history = history;
                    self.reading_history = None;
                }
                Ok(change) => early.push(change),
                Err(_) => break,
            }
        }
        for change in early {
            let _ = self.send.send(change);
        }
        let history = Arc::clone(&self.history);
        Ok(Arc::new(pipeline::build(&project, history, as_of)))
    }

    /// Follows changes until the process ends.
    pub(super) fn follow(
        mut self,
        receive: &Receiver<Change>,
        showing: &Showing,
    ) -> anyhow::Result<Infallible> {
        loop {
            match receive.recv_timeout(TICK) {
                Ok(first) => {
                    let mut batch = Batch::default();
                    batch.add(first);
                    self.gather(receive, &mut batch, BURST);
                    self.apply(batch, showing);
                    let mut rest = Batch::default();
                    self.gather(receive, &mut rest, QUIET);
                    if !self.is_echo(&rest) {
                        self.apply(rest, showing);
                    }
                }
                Err(RecvTimeoutError::Timeout) => self.rest(showing),
                Err(RecvTimeoutError::Disconnected) => {
                    anyhow::bail!("the session holds a sender itself")
                }
            }
        }
    }

    /// Takes what comes until nothing did for `quiet` and no Git command is at work.
    fn gather(&self, receive: &Receiver<Change>, batch: &mut Batch, quiet: Duration) {
        let end = Instant::now() + GIT_PATIENCE;
        loop {
            match receive.recv_timeout(quiet) {
                Ok(change) => batch.add(change),
                Err(_) if self.places.git_at_work() && Instant::now() < end => {}
                Err(_) => return,
            }
            if Instant::now() >= end {
                return;
            }
        }
    }

    /// Whether a batch only repeats what the last build has already read.
    fn is_echo(&self, batch: &Batch) -> bool {
        let known = |path: &String| {
            self.seen
                .get(path)
                .is_some_and(|seen| *seen == self.mark(path))
        };
        batch.is_files_only() && batch.files.len() <= FEW && batch.files.iter().all(known)
    }

    /// The hash of a file's content; `None` when it cannot be read.
    fn mark(&self, path: &str) -> Option<String> {
        let path = self.root.join(path);
        // A pipe would never end.
        path.symlink_metadata()
            .ok()
            .filter(std::fs::Metadata::is_file)?;
        let bytes = std::fs::read(path).ok()?;
        Some(http::tag(&bytes))
    }

    fn apply(&mut self, mut batch: Batch, showing: &Showing) {
        if batch.is_empty() {
            return;
        }
        let mut everything = batch.has(&Change::Everything);
        if batch.has(&Change::WatchLimit) && !self.poll {
            self.fall_back_to_polling();
            everything = true;
        }
        if batch.has(&Change::Layout) {
            self.start_watch();
            everything = true;
        }
        let mut read = batch.has(&Change::Git) || batch.has(&Change::Layout);
        if read {
            self.read_history();
        }
        let saved = everything || !batch.files.is_empty();
        let mut build = saved;
        if let Some(history) = batch.history.take() {
            if self.reading_history.take() == Some(true) {
                self.read_history();
            }
            build |= history != self.history;
            self.history = history;
        }
        if build {
            let reading = self.reading_history.is_some();
            self.rebuild(&batch.files, everything, showing);
            read |= !reading && self.reading_history.is_some();
        }
        // What is in no commit changed with the files; they are shown before that is looked up.
        if saved && !read {
            self.read_history();
        }
    }

    fn rebuild(&mut self, files: &BTreeSet<String>, everything: bool, showing: &Showing) {
        let started = Instant::now();
        self.seen = if files.len() <= FEW {
            let marks = files.iter().map(|path| (path.clone(), self.mark(path)));
            marks.collect()
        } else {
            BTreeMap::new()
        };
        if everything {
            self.loader = Loader::new(&self.root, pipeline::rule_names());
        }
        // Whatever the panic left behind is thrown away below.
        match catch_unwind(AssertUnwindSafe(|| self.build(files))) {
            Ok(Ok(build)) => {
                showing.show(Arc::clone(&build), self.surroundings.as_ref());
                let read = (!everything).then_some(files.len());
                self.report_built(&build, started.elapsed(), read);
            }
            Ok(Err(error)) => self.fail(&text!("{error:#}", "{error:#}"), showing),
            Err(panic) => {
                self.loader = Loader::new(&self.root, pipeline::rule_names());
                let said = panic_text(&*panic);
                let failure = text!(
                    "Carnet a rencontré une erreur interne : {said}",
                    "Carnet met an internal error: {said}"
                );
                self.fail(&failure, showing);
            }
        }
    }

    /// Reads the project, and the history anew when the schema by which it is told changed.
    fn load(&mut self, files: &BTreeSet<String>) -> anyhow::Result<Project> {
        let project = self.loader.load(files)?;
        if self.schema.as_ref() != Some(&project.schema) {
            self.schema = Some(Arc::clone(&project.schema));
            self.read_history();
        }
        Ok(project)
    }

    fn build(&mut self, files: &BTreeSet<String>) -> anyhow::Result<Arc<Build>> {
        let project = self.load(files)?;
        let as_of = self.surroundings.as_of(&project.config)?;
        let history = Arc::clone(&self.history);
        Ok(Arc::new(pipeline::build(&project, history, as_of)))
    }

    fn fail(&self, failure: &Text, showing: &Showing) {
        showing.fail(failure);
        self.surroundings.report(Event::Failed(failure));
    }

    /// Tells of a build, and which of its findings are new. One that only moved to another line is not.
    pub(super) fn report_built(&mut self, build: &Build, elapsed: Duration, files: Option<usize>) {
        let known: BTreeSet<_> = self.reported.iter().map(name).collect();
        let all = build.diagnostics.iter();
        let fresh: Vec<Diagnostic> = all
            .filter(|diagnostic| !known.contains(&name(diagnostic)))
            .cloned()
            .collect();
        self.surroundings.report(Event::Built {
            elapsed,
            files,
            diagnostics: &build.diagnostics,
            fresh: &fresh,
        });
        self.reported.clone_from(&build.diagnostics);
    }

    /// Nothing happens: look for what no event tells, and prepare the search.
    fn rest(&mut self, showing: &Showing) {
        if self.watch.is_none() && self.start_watch() {
            // Whatever changed while nobody watched.
            let _ = self.send.send(Change::Everything);
        }
        let now = showing.now();
        if now.version != self.indexed {
            self.indexed = now.version;
            std::thread::spawn(move || {
                now.build.index();
            });
        }
    }

    /// Watches anew what is there now. Returns whether it could.
    fn start_watch(&mut self) -> bool {
        self.watch = None;
        self.places = Places::find(&self.root);
        match Watch::start(&self.places, self.poll, &self.send) {
            Ok(watch) => self.watch = Some(watch),
            Err(Blind::Limit) if !self.poll => self.fall_back_to_polling(),
            Err(Blind::Limit | Blind::Unreachable) => {}
        }
        self.watch.is_some()
    }

    fn fall_back_to_polling(&mut self) {
        self.poll = true;
        self.surroundings.report(Event::WatchLimit);
        self.start_watch();
    }

    /// Reads the history in the background; if that is under way, once more after it.
    fn read_history(&mut self) {
        let Some(schema) = self.schema.clone() else {
            return;
        };
        if self.reading_history.is_some() {
            self.reading_history = Some(true);
            return;
        }
        self.reading_history = Some(false);
        let (surroundings, send) = (Arc::clone(&self.surroundings), self.send.clone());
        std::thread::spawn(move || {
            let read = catch_unwind(AssertUnwindSafe(|| surroundings.history(&schema)));
            let history = read.unwrap_or_else(|panic| {
                let reason = panic_text(&*panic);
                Arc::new(History::absent(Absence::Broken { reason }))
            });
            let _ = send.send(Change::History(history));
        });
    }
}

/// What a finding says, wherever in its file.
fn name(diagnostic: &Diagnostic) -> (&str, &str, &Text) {
    let rule = diagnostic.rule.name;
    (&diagnostic.path, rule, &diagnostic.message)
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("?").to_owned()
}
