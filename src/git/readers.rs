//! Threads that read one repository, each with its own handle: git2's is for one thread, and a
//! thread that an object holds for ever must not be the one that builds the site.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{anyhow, bail};
use git2::Repository;

use super::patience::wait;
use super::revision::standstill;
use super::{Pulse, broken, revision};

type Job = Box<dyn FnOnce(&Repository, &Pulse) + Send>;

/// The threads; they end when this is dropped.
#[derive(Debug)]
pub(super) struct Readers {
    jobs: Mutex<Sender<Job>>,
    pulse: Pulse,
    patience: Duration,
    /// A reading never ended: no other is begun.
    stuck: AtomicBool,
}

impl Readers {
    /// Opens the repository at `place` as often as there are processors.
    pub(super) fn start(place: &Path, patience: Duration) -> anyhow::Result<Self> {
        let (send, receive) = channel::<Job>();
        let receive = Arc::new(Mutex::new(receive));
        let pulse = Pulse::default();
        let count = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..count {
            let repository = Repository::open(place)
                .map_err(|error| anyhow!(revision::unreachable_text(broken(&error))))?;
            let (receive, pulse) = (Arc::clone(&receive), pulse.clone());
            std::thread::spawn(move || work(&repository, &receive, &pulse));
        }
        Ok(Self {
            jobs: Mutex::new(send),
            pulse,
            patience,
            stuck: AtomicBool::new(false),
        })
    }

    /// Has one thread do a job, and waits for what it gives. Fails when reading stood still.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Repository, &Pulse) -> T + Send + 'static,
    ) -> anyhow::Result<T> {
        if self.stuck.load(Ordering::Relaxed) {
            bail!(standstill());
        }
        let (answer, receive) = channel();
        let job: Job = Box::new(move |repository, pulse| {
            // Nobody listens any more once the patience is over.
            let _ = answer.send(job(repository, pulse));
            pulse.beat();
        });
        let line = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let sent = line.send(job);
        drop(line);
        let answered = sent
            .ok()
            .and_then(|()| wait(&receive, &self.pulse, self.patience));
        answered.ok_or_else(|| {
            self.stuck.store(true, Ordering::Relaxed);
            anyhow!(standstill())
        })
    }
}

fn work(repository: &Repository, jobs: &Mutex<Receiver<Job>>, pulse: &Pulse) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match next {
            Ok(job) => job(repository, pulse),
            Err(_) => return,
        }
    }
}
