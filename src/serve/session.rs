//! The loop: changes come in, the site is built again, the open pages learn of it.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crate::diagnostic::Text;
use crate::history::{Absence, History};
use crate::http;
use crate::load::Loader;
use crate::pipeline::{self, Build};
use crate::project::Project;
use crate::schema::Schema;
use crate::serve::background::{self, drop_later, panic_text};
use crate::serve::changes::{Batch, Change, FEW, Found, GIT_PATIENCE, Places};
use crate::serve::showing::Showing;
use crate::serve::told::Told;
use crate::serve::watch::{Blind, Watch};
use crate::serve::{Event, Settings, Surroundings};
use crate::text;

/// Saving a file is several events within a millisecond or two; a build waits for those.
const BURST: Duration = Duration::from_millis(4);

/// When many files change, they are waited for until as much time passed without another one.
const QUIET: Duration = Duration::from_millis(30);

/// After this much quiet the rules about the whole are asked: the page that somebody waits for comes first.
const PAUSE: Duration = Duration::from_millis(20);

/// How long the first page waits for the history; a longer one is shown when it is there.
const HISTORY_PATIENCE: Duration = Duration::from_millis(250);

/// How often to look for a project folder that went away, and how long nothing happens before the search index is made.
const TICK: Duration = Duration::from_secs(1);

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
    /// The last build, and what it was made from.
    last: Option<(Project, Arc<Build>)>,
    told: Told,
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
            loader: Loader::new(&settings.root, pipeline::rule_names()).masking(),
            history: Arc::new(History::absent(Absence::TurnedOff)),
            reading_history: None,
            schema: None,
            places: Places::find(&settings.root),
            poll: settings.poll,
            watch: None,
            seen: BTreeMap::new(),
            last: None,
            told: Told::default(),
        }
    }

    /// Builds for the first time. Watching starts before reading, so that no change falls between.
    pub(super) fn first_build(&mut self, receive: &Receiver<Change>) -> anyhow::Result<Arc<Build>> {
        let started = Instant::now();
        self.start_watch();
        let project = self.load(&BTreeSet::new(), false)?;
        let as_of = self.surroundings.as_of(&project.config)?;
        let audience = self.surroundings.audience(&project.config)?;
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
        let build = Arc::new(pipeline::draft_for(
            &audience, &project, history, as_of, None,
        ));
        self.last = Some((project, Arc::clone(&build)));
        self.told.begin(started, None);
        Ok(build)
    }

    /// Follows changes until the process ends.
    pub(super) fn follow(
        mut self,
        receive: &Receiver<Change>,
        showing: &Arc<Showing>,
    ) -> anyhow::Result<Infallible> {
        loop {
            let asks = self.told.is_unasked();
            match receive.recv_timeout(if asks { PAUSE } else { TICK }) {
                Ok(first) => {
                    let mut batch = Batch::default();
                    batch.add(first);
                    self.gather(receive, &mut batch);
                    if self.is_echo(&batch) {
                        self.loader.confirm(&batch.files);
                    } else {
                        self.apply(batch, showing);
                    }
                }
                Err(RecvTimeoutError::Timeout) if asks => self.ask(showing),
                Err(RecvTimeoutError::Timeout) => self.rest(showing),
                Err(RecvTimeoutError::Disconnected) => {
                    anyhow::bail!("the session holds a sender itself")
                }
            }
        }
    }

    /// Takes what comes until nothing did for a while and no Git command is at work.
    fn gather(&self, receive: &Receiver<Change>, batch: &mut Batch) {
        let end = Instant::now() + GIT_PATIENCE;
        loop {
            let quiet = if batch.is_long() { QUIET } else { BURST };
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
            let seen = self.seen.get(path);
            seen.is_some_and(|seen| *seen == self.mark(path)) && !self.root.join(path).is_dir()
        };
        batch.is_files_only() && !batch.is_long() && batch.files.iter().all(known)
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
        if let Some(found) = batch.found.take() {
            self.judge(&found, showing);
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
            // After most saves it says what it said, and what was made of it holds.
            if history != self.history {
                build = true;
                self.history = history;
            }
        }
        if build {
            let reading = self.reading_history.is_some();
            let trusted = batch.has_no_others();
            self.rebuild(&batch.files, (everything, trusted), showing);
            read |= !reading && self.reading_history.is_some();
        }
        // What is in no commit changed with the files; they are shown before that is looked up.
        if saved && !read {
            self.read_history();
        }
    }

    /// Builds again: after these files changed, after `everything` may have, or after what is `trusted` to be all.
    fn rebuild(
        &mut self,
        files: &BTreeSet<String>,
        (everything, trusted): (bool, bool),
        showing: &Showing,
    ) {
        let started = Instant::now();
        let marks = files.iter().map(|path| (path.clone(), self.mark(path)));
        self.seen = marks.take(FEW).collect();
        if everything {
            self.loader = Loader::new(&self.root, pipeline::rule_names()).masking();
        }
        // Whatever the panic left behind is thrown away below.
        match catch_unwind(AssertUnwindSafe(|| self.build(files, trusted))) {
            Ok(Ok((project, build))) => {
                let before = showing.now();
                showing.show(Arc::clone(&build), self.surroundings.as_ref());
                // The one before was shown too, and its rules will not be asked any more.
                let surroundings = self.surroundings.as_ref();
                self.told.tell(&before.diagnostics, surroundings);
                drop_later(self.last.replace((project, build)));
                self.told
                    .begin(started, (!everything).then_some(files.len()));
            }
            Ok(Err(error)) => self.fail(&text!("{error:#}", "{error:#}"), showing),
            Err(panic) => {
                self.loader = Loader::new(&self.root, pipeline::rule_names()).masking();
                self.fail(&internal(&panic_text(&*panic)), showing);
            }
        }
    }

    /// Reads the project, and the history anew when the schema by which it is told changed.
    fn load(&mut self, files: &BTreeSet<String>, trusted: bool) -> anyhow::Result<Project> {
        let project = if trusted {
            self.loader.load_changed(files)?
        } else {
            self.loader.load(files)?
        };
        if self.schema.as_ref() != Some(&project.schema) {
            self.schema = Some(Arc::clone(&project.schema));
            self.read_history();
        }
        Ok(project)
    }

    fn build(
        &mut self,
        files: &BTreeSet<String>,
        trusted: bool,
    ) -> anyhow::Result<(Project, Arc<Build>)> {
        let project = self.load(files, trusted)?;
        let as_of = self.surroundings.as_of(&project.config)?;
        let audience = self.surroundings.audience(&project.config)?;
        let history = Arc::clone(&self.history);
        let before = self.last.as_ref();
        let before = before.map(|(project, build)| (project, &**build));
        let build = Arc::new(pipeline::draft_for(
            &audience, &project, history, as_of, before,
        ));
        Ok((project, build))
    }

    /// Asks the rules about the whole, while nobody waits.
    fn ask(&mut self, showing: &Showing) {
        self.told.ask();
        let now = showing.now();
        background::check(now.number, &now.build, &self.send);
    }

    /// Takes what the rules say, unless a newer build is shown already.
    fn judge(&mut self, found: &Found, showing: &Showing) {
        match &found.findings {
            Ok(findings) if showing.checked(found.number, findings) => {
                self.told.tell(findings, self.surroundings.as_ref());
            }
            Ok(_) => {}
            Err(said) => self.fail(&internal(said), showing),
        }
    }

    fn fail(&self, failure: &Text, showing: &Showing) {
        showing.fail(failure);
        self.surroundings.report(Event::Failed(failure));
    }

    /// Nothing happens: look for what no event tells, and prepare the search.
    fn rest(&mut self, showing: &Arc<Showing>) {
        if self.watch.is_none() && self.start_watch() {
            // Whatever changed while nobody watched.
            let _ = self.send.send(Change::Everything);
        }
        if self.watch.is_some() && !self.loader.is_current() {
            self.rebuild(&BTreeSet::new(), (false, false), showing);
        }
        background::index(showing);
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

fn internal(said: &str) -> Text {
    text!(
        "Carnet a rencontré une erreur interne\u{a0}: {said}",
        "Carnet met an internal error: {said}"
    )
}
