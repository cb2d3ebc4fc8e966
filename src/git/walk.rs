//! One walk over the commits: what each touched, what that meant, and the logs that follow from it.

use git2::{Error, Oid, Repository};

use super::cache::{self, Known};
use super::commits::{self, Commit};
use super::disk;
use super::found::{self, Found};
use super::lineage::{self, Step};
use super::mailmap::Mailmap;
use super::marks::{self, Marks};
use super::meaning::Meaning;
use super::objects::{Lack, Objects, OnDisk};
use super::pairs::Side;
use super::secrets::{self, Secrets};
use super::selection::Selection;
use super::{Pulse, Request, head, key, records, requests, tags, told, wording};
use crate::history::semantic::Reader;
use crate::history::{Absence, Changes, Commit as Said, History, State, Tag};
use crate::project::Audiences;

/// What every part of a walk needs.
#[derive(Clone, Copy)]
pub(super) struct Walk<'w> {
    pub(super) repository: &'w Repository,
    pub(super) selection: &'w Selection,
    pub(super) request: &'w Request,
    pub(super) pulse: &'w Pulse,
}

impl Walk<'_> {
    /// The history of the commit that is checked out, and what the disk adds to it.
    pub(super) fn with_disk(&self) -> Result<History, Error> {
        let Walk {
            repository,
            selection,
            request,
            pulse,
        } = *self;
        // The disk is looked at while the commits are walked: neither waits for the other's locks.
        let place = repository.path();
        let (disk, walked) = std::thread::scope(|scope| {
            let disk = scope.spawn(|| {
                let repository = Repository::open(place)?;
                disk::disk(&repository, selection, &request.schema)
            });
            let walked = head(repository).and_then(|head| match head {
                None => Ok(Walked::nothing()),
                Some(head) => self.walk(head, &wording::names(repository, head)),
            });
            let disk = disk.join();
            let disk = disk.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (disk, walked)
        });
        let (walked, disk) = (walked?, disk?);
        let (mut history, secrets) = (walked.history, walked.secrets);
        if history.head.is_some() && !disk.differences.is_empty() {
            let store = repository.odb()?;
            let mut objects = Objects::new(&store, pulse).with(&disk.contents);
            let renames = super::renames::find(&mut objects, &disk.differences);
            let reader = Reader::new(request.schema.clone(), secrets);
            let side = Side {
                differences: &disk.differences,
                renames: &renames,
                age: 0,
            };
            let told = self.meaning(&reader, &disk.contents).tell(&[side])?;
            let mut told = told.into_iter().next().unwrap_or_default();
            marks::mark(&mut told.changes, &walked.newest);
            history.is_partial |= told.lack == Lack::Absent;
            let renames = renames.into_iter().map(|rename| (rename.old, rename.new));
            history = history.with_uncommitted(told.changes, renames.collect());
            history.hide(&told.became_secret);
        }
        history.modified = disk.modified;
        Ok(history)
    }

    /// The history that ends at a commit.
    pub(super) fn from(&self, commit: Oid) -> Result<History, Error> {
        let names = wording::names_of(self.repository, commit);
        self.walk(commit, &names).map(|walked| walked.history)
    }

    /// What reading and comparing versions needs.
    pub(super) fn meaning<'m>(&'m self, reader: &'m Reader, disk: &'m OnDisk) -> Meaning<'m> {
        Meaning {
            place: self.repository.path(),
            schema: &self.request.schema,
            reader,
            disk,
            pulse: self.pulse,
        }
    }

    fn walk(&self, start: Oid, names: &Mailmap) -> Result<Walked, Error> {
        let trees = key::of_trees(self.selection);
        let mut known = Known::read(self.request.cache.as_deref(), &trees);
        let reading = (self.pulse, known.order.as_slice());
        let mut commits = commits::list(self.repository, start, names, reading)?;
        requests::number(&mut commits);
        let store = self.repository.odb()?;
        let mut objects = Objects::new(&store, self.pulse);
        let mut found = found::all(self, &mut objects, &commits, &mut known)?;
        let secrets = secrets::of_history(self, &mut objects, &found)?;
        let meaning = key::of_meaning(&self.request.schema, &secrets);
        // What was hidden because of a commit that is not of this history is read again.
        let lost = known.redacted && !known.commits.is_empty();
        if known.meaning != meaning || lost {
            known = Known::default();
            if found.iter().any(|found| found.kept.is_some()) {
                found = found::all(self, &mut objects, &commits, &mut known)?;
            }
        }
        let tags = tags::list(self.repository, &commits, self.pulse)?;
        let steps = tags::steps(self, &mut objects, (&commits, &tags), &mut known)?;
        let marks = Marks::read(self, &mut objects, (&commits, &found))?;
        drop(objects);
        let reader = Reader::new(self.request.schema.clone(), secrets.clone());
        let mut told = told::tell(self, &reader, &commits, (&mut found, steps))?;
        if let (Some(folder), None) = (&self.request.cache, &self.request.from)
            && (told.fresh || !known.commits.is_empty() || !known.steps.is_empty())
        {
            cache::write(folder, (&trees, &meaning), &told.lines);
        }
        marks.on_commits(&commits, &mut told.commits);
        for (pair, changes) in tags.windows(2).zip(&mut told.steps) {
            marks.between((pair[1].place, pair[0].place), changes);
        }
        let mut history = assemble(commits, &found, told.commits);
        history.is_partial = told.absent;
        history.head = Some(start.to_string());
        let since = told.steps.into_iter().map(Some);
        let since = since.chain(std::iter::repeat(None));
        let tags = tags.into_iter().zip(since);
        history.tags = tags
            .map(|(tag, since)| Tag {
                name: tag.name,
                message: tag.message,
                commit: tag.place,
                since,
            })
            .collect();
        Ok(Walked {
            history,
            secrets,
            newest: marks.newest().cloned().unwrap_or_default(),
        })
    }
}

/// What a walk found.
struct Walked {
    history: History,
    secrets: Secrets,
    /// For whom the folders are at the newest commit.
    newest: Audiences,
}

impl Walked {
    /// What is found before the first commit.
    fn nothing() -> Self {
        Self {
            history: History::absent(Absence::NoCommit),
            secrets: Secrets::new(),
            newest: Audiences::default(),
        }
    }
}

/// The history of commits, from what each touched and changed.
fn assemble(commits: Vec<Commit>, found: &[Found], changes: Vec<Changes>) -> History {
    let by_path = lineage::follow(&commits, |place| {
        let touched = &found[place].touched;
        let paths = touched.paths.iter().map(|path| (path.as_str(), 0));
        let renames = touched.renames.iter().map(|side| {
            let names = side.iter();
            names
                .map(|rename| (rename.old.as_str(), rename.new.as_str()))
                .collect()
        });
        Step {
            touched: paths.collect(),
            renames: renames.collect(),
        }
    });
    let by_path = by_path.into_iter().map(|(path, log)| {
        let places = log.into_iter().map(|(place, _)| place);
        (path.to_owned(), places.collect())
    });
    let by_path = by_path.collect();
    let by_record = records::logs(&commits, found, &changes);
    let state = if commits.iter().any(|commit| commit.cut) {
        State::Shallow
    } else {
        State::Complete
    };
    let said = commits.into_iter().zip(found).zip(changes);
    let said = said.map(|((commit, found), changes)| {
        // Both sides' edits of one file, put together, differ from each side and say nothing new.
        let says_nothing = commit.parents.len() > 1 && changes == Changes::default();
        let files = if says_nothing {
            0
        } else {
            u32::try_from(found.touched.paths.len()).unwrap_or(u32::MAX)
        };
        Said {
            files,
            changes,
            ..commit.said
        }
    });
    History::new(state, said.collect(), by_path).with_records(by_record)
}
