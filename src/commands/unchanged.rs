//! A build of what was built before: when every source, the history, the day and the program are the same, and every byte
//! of the published site still stands, there is nothing to do but to say again what was said.
//!
//! The note of a build is in `.carnet/build/`, for its owner's eyes: findings quote sources. It can be removed at any time.

use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::audience::Audience;
use crate::cli::{BuildArguments, Cli};
use crate::commands::build::State;
use crate::commands::timings::{COMPARING, HISTORY, Stages};
use crate::commands::{audience, in_place, input, output};
use crate::diagnostic::Language;
use crate::digest::Digesting;
use crate::history::History;
use crate::import::private;
use crate::load::{Loader, Sources};
use crate::pipeline;
use crate::publish::{self, Published};
use crate::remembered::Key;

/// Where notes are, from the project's folder; a folder of publication has its own.
const FOLDER: &str = ".carnet/build";

/// Longer notes are not kept: reading a hundred thousand findings again is no help to anybody.
const LARGEST: usize = 16 << 20;

/// What a build of the disk is made from.
#[derive(Debug)]
pub(super) struct OfDisk {
    note: Place,
    loader: Loader,
    sources: Sources,
    history: Arc<History>,
    as_of: Date,
    audience: Audience,
}

/// Where the note of a build is, and what it is of.
#[derive(Debug)]
pub(super) struct Place {
    key: String,
    /// The hash of the program and of whom it builds for: what another one found is no help.
    pub(super) maker: Key,
    out: PathBuf,
    root: PathBuf,
}

/// What a build said and did.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Note {
    key: String,
    /// The hash of the published manifest.
    site: String,
    /// All findings, as they were printed.
    pub findings: String,
    /// How many there are, for people.
    pub summary: String,
    pub code: u8,
}

impl OfDisk {
    /// Reads the bytes that the state on disk is made of. `None` when this program cannot be told from another one.
    pub(super) fn read(
        cli: &Cli,
        arguments: &BuildArguments,
        out: &Path,
        stages: &mut Stages,
    ) -> anyhow::Result<Option<Self>> {
        let Some(program) = program() else {
            return Ok(None);
        };
        let mut loader = Loader::new(&cli.root, pipeline::rule_names()).masking();
        let sources = stages.time(COMPARING, || loader.sources())?;
        let as_of = input::as_of(&arguments.source, sources.config(), None)?;
        let audience = audience::of_readers(cli.audience.as_deref(), sources.config())?;
        let history = stages.time(HISTORY, || {
            input::history(&cli.root, &arguments.source, sources.schema(), None)
        });
        let mut key = Digesting::default();
        program.hash(&mut key);
        sources.hash.hash(&mut key);
        history.hash(&mut key);
        (as_of, audience.name()).hash(&mut key);
        let BuildArguments {
            base_url,
            keep_going,
            strict,
            format,
            ..
        } = arguments;
        let colour = output::findings_have_colour();
        let asked = (base_url, keep_going, strict, format, cli.lang, colour);
        key.write(format!("{asked:?}").as_bytes());
        let mut maker = Digesting::default();
        (program, audience.name()).hash(&mut maker);
        Ok(Some(Self {
            note: Place {
                key: key.hex(),
                maker: maker.bytes(),
                out: in_place::place(cli, arguments, sources.config(), out),
                root: cli.root.clone(),
            },
            loader,
            sources,
            history,
            as_of,
            audience,
        }))
    }

    /// The language of the site.
    pub(super) fn language(&self) -> Language {
        self.sources.config().language
    }

    /// What the same build said before, if the site that it made still stands.
    pub(super) fn find(&self) -> anyhow::Result<Option<(Note, Published)>> {
        let place = &self.note;
        let Some(note) = place.read().filter(|note| note.key == place.key) else {
            return Ok(None);
        };
        let published = publish::stands(&place.out, &place.root, &note.site)?;
        Ok(published.map(|published| (note, published)))
    }

    /// Brings the site that still stands to its folder, if it stands elsewhere.
    pub(super) fn bring(&self, cli: &Cli, out: &Path) -> anyhow::Result<()> {
        in_place::bring(cli, &self.note.out, out)
    }

    /// Understands what was read, and says where the build's note will be.
    pub(super) fn understood(mut self) -> (State, Place) {
        let state = State {
            audience: self.audience,
            project: self.loader.project_of(self.sources),
            history: self.history,
            as_of: self.as_of,
        };
        (state, self.note)
    }
}

/// The hash of this program, read piece by piece: it is larger than most projects.
fn program() -> Option<Key> {
    let mut file = File::open(std::env::current_exe().ok()?).ok()?;
    let mut piece = vec![0; 1 << 16];
    let mut digesting = Digesting::default();
    loop {
        match file.read(&mut piece).ok()? {
            0 => return Some(digesting.bytes()),
            length => digesting.write(&piece[..length]),
        }
    }
}

impl Place {
    /// Keeps the note of a build that was published. Where that fails the next build does its work again.
    pub(super) fn remember(&self, findings: String, summary: String, code: u8) {
        let Some(site) = publish::hash_of(&self.out) else {
            return;
        };
        let path = self.path();
        let note = Note {
            key: self.key.clone(),
            site,
            findings,
            summary,
            code,
        };
        let text = serde_json::to_vec(&note).expect("texts and numbers always have a JSON form");
        if text.len() <= LARGEST && self.makes_folder() {
            let _ = private::put(&path, &text);
        }
    }

    /// Makes the folder of notes, unless a link would lead elsewhere or the disk refuses.
    pub(super) fn makes_folder(&self) -> bool {
        let folder = self.root.join(FOLDER);
        let made = || private::make(&folder).and_then(|()| private::ignore(&folder));
        self.is_ours() && made().is_ok()
    }

    /// Whether the folder of notes is no link to elsewhere.
    pub(super) fn is_ours(&self) -> bool {
        let mut folders = [".carnet", FOLDER].iter();
        folders.all(|folder| !self.root.join(folder).is_symlink())
    }

    fn read(&self) -> Option<Note> {
        let path = self.path();
        let metadata = path.symlink_metadata().ok()?;
        let is_small = usize::try_from(metadata.len()).is_ok_and(|length| length <= LARGEST);
        let text = (metadata.is_file() && is_small).then(|| fs::read(path).ok())??;
        serde_json::from_slice(&text).ok()
    }

    /// One note for each folder of publication.
    pub(super) fn path(&self) -> PathBuf {
        let out = std::path::absolute(&self.out).unwrap_or_else(|_| self.out.clone());
        let hash = publish::Entry::of(out.as_os_str().as_encoded_bytes()).sha256;
        self.root.join(FOLDER).join(format!("{}.json", &hash[..16]))
    }
}
