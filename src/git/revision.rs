//! What people call a commit → the commit: a hash, a tag, a branch, `HEAD~3`, or a day.
//!
//! Days are those of the committer's clock, in the committer's own offset: when a state entered
//! the branch, as the order of the history has it. The author's clock, which change logs show, may
//! be years older than the state that a rebase put the commit on.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use git2::{ErrorCode, ObjectType, Oid, Repository};
use jiff::civil::Date;

use super::commits::Bare;
use super::days::Limit;
use super::patience;
use super::steps::{Step, split};
use super::{PATIENCE, Pulse, commits, head, open, wording};
use crate::diagnostic::Language;
use crate::diagnostic::nearest::did_you_mean;
use crate::format;
use crate::history::{Absence, History, State};
use crate::project::Label;
use crate::text;

/// A commit that somebody named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Full name, 40 hexadecimal digits.
    pub id: String,
    /// The committer's clock, in the committer's own offset from UTC.
    pub when: jiff::Zoned,
    /// Whether it is the commit that is checked out.
    pub is_head: bool,
    /// As asked: `v1.2`, `2026-03-01`.
    pub name: String,
    /// The tag or branch that `name` is.
    pub label: Option<Label>,
    /// The day that `name` is, when it is one.
    pub day: Option<Date>,
    /// Whether the repository has no working tree.
    pub is_bare: bool,
}

impl Revision {
    /// What to say of a day that no commit is as new as: which one was taken.
    pub fn note(&self) -> Option<crate::diagnostic::Text> {
        let asked = self.day.filter(|_| self.is_head)?;
        let day = self.when.date();
        let words = |language| {
            let [asked, day] = [asked, day].map(|day| format::long_date(day, language));
            (asked, day)
        };
        let ((asked_fr, day_fr), (asked_en, day_en)) = (words(Language::Fr), words(Language::En));
        let short = &self.id[..8];
        (day < asked).then(|| {
            text!(
                "aucun commit après le {day_fr} : pour le {asked_fr}, l’état lu est le dernier, `{short}`",
                "no commit after {day_en}: for {asked_en}, the last one is read, `{short}`"
            )
        })
    }
}

/// Finds the commit that a text names in the repository around `root`: full or short hash, tag,
/// branch, any of them with steps (`~3`, `^2`), or a day or moment (`2026-03-01`, `01/03/2026`,
/// `2026-03-01T18:00`): the last commit at or before its end on the first-parent line of `HEAD`.
/// As in Git, a tag is meant before a branch of the same name, and both before a short hash.
pub fn revision(root: &Path, text: &str) -> anyhow::Result<Revision> {
    revision_within(root, text, PATIENCE)
}

/// As [`revision`], giving up when nothing moved for `patience`.
pub fn revision_within(root: &Path, text: &str, patience: Duration) -> anyhow::Result<Revision> {
    let (folder, name) = (root.to_path_buf(), text.trim().to_owned());
    let found = patience::within(patience, move |pulse| {
        let repository = open(&folder).map_err(|absence| anyhow!(unreachable_text(absence)))?;
        Finder {
            repository: &repository,
            pulse,
        }
        .find(&name)
    });
    found.unwrap_or_else(|| Err(anyhow!(standstill())))
}

/// What is said when an object's reading never ends.
pub(super) fn standstill() -> crate::diagnostic::Text {
    text!(
        "le dépôt Git est illisible : la lecture d’un objet n’en finit pas ; `git fsck` dit lequel",
        "the Git repository is unreadable: reading an object never ended; `git fsck` says which"
    )
}

/// Why no commit can be read at all.
pub(super) fn unreachable_text(absence: Absence) -> crate::diagnostic::Text {
    match absence {
        Absence::NoRepository => text!(
            "ce dossier n’est dans aucun dépôt Git : il n’a pas d’états passés",
            "this folder is in no Git repository: it has no past states"
        ),
        Absence::NoCommit => text!(
            "le dépôt Git n’a encore aucun commit : il n’a pas d’états passés",
            "the Git repository has no commit yet: it has no past states"
        ),
        Absence::Broken { reason } => text!(
            "le dépôt Git est illisible ({reason}) ; `git fsck` dit ce qui manque",
            "the Git repository is unreadable ({reason}); `git fsck` says what is missing"
        ),
        other => History::message_for(&State::Absent(other)).unwrap_or_default(),
    }
}

struct Finder<'r> {
    repository: &'r Repository,
    pulse: &'r Pulse,
}

impl Finder<'_> {
    fn find(&self, name: &str) -> anyhow::Result<Revision> {
        let head = head(self.repository)?;
        let head = head.ok_or_else(|| anyhow!(unreachable_text(Absence::NoCommit)))?;
        let (base, steps) = split(name).ok_or_else(|| self.refused(name))?;
        let (mut commit, label, day) = self.base(base, head)?;
        for step in &steps {
            commit = self.step(commit, *step, name)?;
        }
        Ok(Revision {
            id: commit.id.to_string(),
            when: wording::when(commit.when),
            is_head: commit.id == head,
            name: name.to_owned(),
            label: label.filter(|_| steps.is_empty()),
            day: day.filter(|_| steps.is_empty()),
            is_bare: self.repository.is_bare(),
        })
    }

    /// The commit without its steps, with the tag or branch, or the day, that its name is.
    fn base(&self, base: &str, head: Oid) -> anyhow::Result<(Bare, Option<Label>, Option<Date>)> {
        if matches!(base, "HEAD" | "@") {
            return Ok((self.commit(head)?, None, None));
        }
        let limit = Limit::read(base);
        let is_hash = base.len() == 40 && base.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_hash && let Some((commit, label)) = self.reference(base)? {
            return Ok((commit, label, None));
        }
        if let Some(limit) = limit {
            return Ok((self.at(&limit, head)?, None, Some(limit.day())));
        }
        if Limit::has_form(base) {
            bail!(text!(
                "`{base}` n’existe pas : ce jour ou cette heure n’est sur aucun calendrier",
                "there is no `{base}`: no calendar has that day or time"
            ));
        }
        let digits = base.bytes().all(|byte| byte.is_ascii_hexdigit());
        if digits && (4..=40).contains(&base.len()) {
            return Ok((self.by_hash(base)?, None, None));
        }
        Err(self.unknown(base))
    }

    fn commit(&self, id: Oid) -> anyhow::Result<Bare> {
        self.pulse.beat();
        let found = commits::bare(self.repository, id);
        found.map_err(|error| {
            let reason = error.message().to_owned();
            anyhow!(unreachable_text(Absence::Broken { reason }))
        })
    }

    /// The commit of a tag or branch, in the order in which Git looks for one.
    fn reference(&self, name: &str) -> anyhow::Result<Option<(Bare, Option<Label>)>> {
        let whole = name.starts_with("refs/").then(|| name.to_owned());
        let places = ["refs/", "refs/tags/", "refs/heads/", "refs/remotes/"];
        let places = places.map(|place| format!("{place}{name}"));
        for place in whole.into_iter().chain(places) {
            let found = match self.repository.find_reference(&place) {
                Ok(found) => found,
                Err(error) if absent(&error) => continue,
                Err(error) => return Err(error).with_context(|| place),
            };
            let label = |prefix: &str| {
                let name = place.strip_prefix(prefix)?;
                Some(wording::printable(name, wording::SUMMARY))
            };
            let label = label("refs/tags/").map(Label::Tag).or_else(|| {
                let branch = label("refs/heads/").or_else(|| label("refs/remotes/"));
                branch.map(Label::Branch)
            });
            let direct = found.resolve().ok().and_then(|found| found.target());
            let direct = direct.and_then(|id| commits::bare(self.repository, id).ok());
            if let Some(commit) = direct {
                return Ok(Some((commit, label)));
            }
            let peeled = found
                .peel_to_commit()
                .and_then(|commit| commits::bare(self.repository, commit.id()));
            let commit = peeled.map_err(|error| match error.code() {
                ErrorCode::InvalidSpec | ErrorCode::Peel => no_commit(name),
                _ => {
                    let reason = error.message().to_owned();
                    anyhow!(unreachable_text(Absence::Broken { reason }))
                }
            })?;
            return Ok(Some((commit, label)));
        }
        Ok(None)
    }

    fn by_hash(&self, digits: &str) -> anyhow::Result<Bare> {
        self.pulse.beat();
        // Named first and read by our own reader: libgit2's refuses a commit whose author is malformed.
        let store = self.repository.odb()?;
        let named =
            Oid::from_str(digits).and_then(|short| store.exists_prefix(short, digits.len()));
        match named {
            Ok(id) if store.read_header(id)?.1 == ObjectType::Commit => self.commit(id),
            Ok(id) => {
                let object = self.repository.find_object(id, None)?;
                let commit = object.peel_to_commit().map_err(|_| no_commit(digits))?;
                self.commit(commit.id())
            }
            Err(error) if error.code() == ErrorCode::Ambiguous => self.only_commit(digits),
            Err(error) if absent(&error) => Err(self.unknown(digits)),
            Err(error) => Err(error).with_context(|| digits.to_owned()),
        }
    }

    /// Of all objects whose names begin alike, the only commit; files and folders are not meant.
    fn only_commit(&self, digits: &str) -> anyhow::Result<Bare> {
        let digits = digits.to_ascii_lowercase();
        let store = self.repository.odb()?;
        let mut commits = Vec::new();
        store.foreach(|id| {
            self.pulse.beat();
            if id.to_string().starts_with(&digits)
                && let Ok(commit) = commits::bare(self.repository, *id)
            {
                commits.push(commit);
            }
            true
        })?;
        if commits.len() == 1
            && let Some(commit) = commits.pop()
        {
            return Ok(commit);
        }
        let mut names: Vec<String> = commits.iter().map(described).collect();
        names.sort_unstable();
        names.dedup();
        let names = names.join(", ");
        bail!(text!(
            "`{digits}` peut être plusieurs objets : écrivez plus de chiffres ({names})",
            "`{digits}` could be several objects: write more digits ({names})"
        ))
    }

    /// The newest commit of the first-parent line that is not after the limit.
    fn at(&self, limit: &Limit, head: Oid) -> anyhow::Result<Bare> {
        let boundary = commits::boundary(self.repository)?;
        let mut commit = self.commit(head)?;
        loop {
            let when = wording::when(commit.when);
            if limit.holds(&when) {
                return Ok(commit);
            }
            let day = |language| format::long_date(when.date(), language);
            let (fr, en) = (day(Language::Fr), day(Language::En));
            if boundary.contains(&commit.id) {
                bail!(text!(
                    "le clone est superficiel : son plus ancien commit est du {fr}, ce qui précède n’y est \
                     pas ; `git fetch --unshallow` le rapporte",
                    "the clone is shallow: its oldest commit was made on {en}, what came before is not in it; \
                     `git fetch --unshallow` brings it"
                ));
            }
            let Some(parent) = commit.parents.first().copied() else {
                bail!(text!(
                    "le dépôt n’a rien de si ancien : son premier commit est du {fr}",
                    "the repository holds nothing that old: its first commit was made on {en}"
                ));
            };
            commit = self.commit(parent)?;
        }
    }

    fn step(&self, from: Bare, step: Step, name: &str) -> anyhow::Result<Bare> {
        let boundary = commits::boundary(self.repository)?;
        let (count, place) = match step {
            Step::Up(count) => (count, 0),
            Step::Parent(0) => (0, 0),
            Step::Parent(number) => (1, number as usize - 1),
        };
        let mut commit = from;
        for _ in 0..count {
            if boundary.contains(&commit.id) {
                bail!(text!(
                    "`{name}` est avant la coupure de ce clone superficiel ; `git fetch --unshallow` rapporte \
                     ce qui manque",
                    "`{name}` lies before the cut of this shallow clone; `git fetch --unshallow` brings what \
                     is missing"
                ));
            }
            let Some(parent) = commit.parents.get(place).copied() else {
                let last = described(&commit);
                bail!(text!(
                    "`{name}` n’existe pas : on remonte jusqu’à {last}, qui n’a pas ce parent",
                    "there is no `{name}`: the way up ends at {last}, which has no such parent"
                ));
            };
            commit = self.commit(parent)?;
        }
        Ok(commit)
    }

    fn unknown(&self, name: &str) -> anyhow::Error {
        let boundary = commits::boundary(self.repository).unwrap_or_default();
        if !boundary.is_empty() {
            return anyhow!(text!(
                "`{name}` n’est ni un commit, ni une étiquette, ni une branche de ce clone, ni une date ; le clone \
                 est superficiel\u{a0}: `git fetch --unshallow --tags` rapporte ce qui manque, et en intégration continue \
                 `fetch-depth: 0` (GitHub, Gitea) ou `GIT_DEPTH: 0` (GitLab)",
                "`{name}` is no commit, tag or branch of this clone, and no date; the clone is shallow: \
                 `git fetch --unshallow --tags` brings what is missing, and in continuous integration \
                 `fetch-depth: 0` (GitHub, Gitea) or `GIT_DEPTH: 0` (GitLab)"
            ));
        }
        let names = self.names();
        let near = did_you_mean(name, names.iter().map(String::as_str));
        let near = near.unwrap_or_else(|| {
            text!(
                "`git tag` et `git log` disent ce qui existe",
                "`git tag` and `git log` say what there is"
            )
        });
        let (fr, en) = (near.fr, near.en);
        anyhow!(text!(
            "`{name}` n’est ni un commit, ni une étiquette, ni une branche, ni une date ; {fr}",
            "`{name}` is no commit, tag or branch, and no date; {en}"
        ))
    }

    /// A text that no tag or branch can have as its name.
    fn refused(&self, name: &str) -> anyhow::Error {
        let names = self.names();
        let shown = wording::printable(name, 80);
        let near = did_you_mean(name, names.iter().map(String::as_str));
        let near = near.unwrap_or_else(|| {
            text!(
                "écrivez un identifiant, une étiquette, une branche, `HEAD~3` ou une date comme 2026-03-01",
                "write a hash, a tag, a branch, `HEAD~3` or a date such as 2026-03-01"
            )
        });
        let (fr, en) = (near.fr, near.en);
        anyhow!(text!(
            "`{shown}` ne nomme pas un commit : {fr}",
            "`{shown}` does not name a commit: {en}"
        ))
    }

    /// Tags and branches, by the names that people use.
    fn names(&self) -> Vec<String> {
        let references = self.repository.references();
        let mut names = Vec::new();
        for reference in references.into_iter().flatten().flatten() {
            let whole = String::from_utf8_lossy(reference.name_bytes());
            let prefixes = ["refs/tags/", "refs/heads/", "refs/remotes/"];
            let name = prefixes.iter().find_map(|place| whole.strip_prefix(place));
            names.extend(name.map(str::to_owned));
        }
        names
    }
}

/// Whether the answer is that there is no such thing.
fn absent(error: &git2::Error) -> bool {
    matches!(error.code(), ErrorCode::NotFound | ErrorCode::InvalidSpec)
}

/// `1a2b3c4d (2026-03-01)`.
fn described(commit: &Bare) -> String {
    let day = wording::when(commit.when).date();
    let id = commit.id.to_string();
    format!("`{}` ({day})", &id[..8])
}

fn no_commit(name: &str) -> anyhow::Error {
    anyhow!(text!(
        "`{name}` n’est pas un commit, mais un fichier ou un dossier du dépôt",
        "`{name}` is no commit, but a file or folder of the repository"
    ))
}
