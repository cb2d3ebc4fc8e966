//! One version of one file: its records' facts, or that it cannot be read.

use std::sync::{Arc, OnceLock, PoisonError};

use super::Reader;
use super::facts::{Facts, With};
use super::list::{self, Item};
use crate::digest::sha256;
use crate::project::{
    LARGEST_MARKDOWN, LARGEST_YAML, Location, ParsedFile, Tree, decode, locate, parse_past,
    unpublished,
};
use crate::secrets;
use crate::source::SourceFile;
use crate::yaml::Shape;

/// The first line of what Git LFS keeps in the place of a large file.
const LFS_POINTER: &str = "version https://git-lfs.github.com/spec/";

/// One version of one file: of a file with records its text and facts, of any other a digest.
pub struct Version {
    pub(super) path: String,
    pub(super) content: Content,
}

/// What a version holds.
pub(super) enum Content {
    /// A file without records, by the SHA-256 of its bytes.
    Bytes([u8; 32]),
    Records(Records),
}

/// A file of records.
pub(super) struct Records {
    /// Whether a byte order mark stands before its text.
    marked: bool,
    /// The items of a list that can be read one by one.
    items: Option<Vec<Arc<Item>>>,
    whole: OnceLock<Whole>,
    context: Context,
}

/// What is needed to read the text when it is asked for.
pub(super) struct Context {
    source: Option<Arc<SourceFile>>,
    location: Location,
    with: With,
}

/// A whole file, read.
pub(super) enum Whole {
    Broken,
    /// Its records, in the order written.
    Read(Vec<Arc<Facts>>),
}

impl Reader {
    /// Reads one version of a file by its path from the project's root. Never fails: bytes that
    /// are no text and text that is no YAML make a broken version.
    pub fn version(&self, path: &str, bytes: &[u8]) -> Version {
        let content = match locate(path, &self.schema) {
            Some(Ok(location)) => Content::Records(self.records(path, bytes, location)),
            // Whatever a folder of no kind holds has no records.
            Some(Err(_)) | None => Content::Bytes(sha256(bytes)),
        };
        Version {
            path: path.to_owned(),
            content,
        }
    }

    fn records(&self, path: &str, bytes: &[u8], location: Location) -> Records {
        let limit = if location.markdown {
            LARGEST_MARKDOWN
        } else {
            LARGEST_YAML
        };
        let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= limit);
        let source = fits.then(|| decode(path, bytes.to_vec()).ok()).flatten();
        let source = source.filter(|source| !source.text.starts_with(LFS_POINTER));
        let source = source.map(|source| self.without_secrets(source, &location));
        let secret = self.secret.get(&location.kind.name).cloned();
        let context = Context {
            source,
            location,
            with: With {
                secret: secret.unwrap_or_default(),
                meanings: Arc::clone(&self.meanings),
            },
        };
        let items = match &context.source {
            Some(source) if !context.location.markdown => list::split(&source.text),
            _ => None,
        };
        let items = items.map(|items| {
            let kind = &context.location.kind.name;
            let mut known = self.items.lock().unwrap_or_else(PoisonError::into_inner);
            known.items(kind, items)
        });
        Records {
            marked: bytes.starts_with(b"\xef\xbb\xbf"),
            items,
            whole: OnceLock::new(),
            context,
        }
    }
}

impl Reader {
    /// A version without the secrets that people wrote into it: nobody can mend the past, and what is told of it is kept on
    /// disk. Secret fields are compared, and never told.
    fn without_secrets(&self, source: Arc<SourceFile>, location: &Location) -> Arc<SourceFile> {
        let allowed = self.schema.allowed_secrets();
        let unpublished = || unpublished(&source, location);
        let masked = secrets::masked(&source.text, allowed, unpublished);
        match masked {
            Some(text) => Arc::new(SourceFile::new(source.path.clone(), text)),
            None => source,
        }
    }
}

impl Version {
    /// Whether it should hold records and cannot be read: no UTF-8, no YAML, front matter without
    /// an end, too large, or what Git LFS left in its place. Values that do not fit their fields do
    /// not break a file.
    pub fn is_broken(&self) -> bool {
        match &self.content {
            Content::Bytes(_) => false,
            Content::Records(records) => records.facts().is_none(),
        }
    }
}

impl Records {
    /// The items of a list all of whose items can be read one by one.
    pub(super) fn items(&self) -> Option<&[Arc<Item>]> {
        let items = self.items.as_deref()?;
        let good = items.iter().all(|item| item.head(&self.context).is_some());
        good.then_some(items)
    }

    /// All its records in the order written; `None` when it is broken.
    pub(super) fn facts(&self) -> Option<Vec<Arc<Facts>>> {
        if let Some(items) = self.items() {
            let facts = items.iter().filter_map(|item| item.facts(&self.context));
            return Some(facts.collect());
        }
        match self.whole.get_or_init(|| self.context.whole()) {
            Whole::Broken => None,
            Whole::Read(facts) => Some(facts.clone()),
        }
    }

    /// Whether both were written byte for byte the same; broken files never were.
    pub(super) fn same_writing(&self, other: &Self) -> bool {
        match (&self.context.source, &other.context.source) {
            (Some(ours), Some(theirs)) => self.marked == other.marked && ours.text == theirs.text,
            _ => false,
        }
    }

    /// What its items are read with.
    pub(super) fn context(&self) -> &Context {
        &self.context
    }
}

impl Context {
    fn whole(&self) -> Whole {
        let Some(source) = &self.source else {
            return Whole::Broken;
        };
        self.read(Arc::clone(source)).0
    }

    /// Reads a text, a whole file or one item of a list; tells too whether the parser of YAML had
    /// nothing to say.
    pub(super) fn read(&self, source: Arc<SourceFile>) -> (Whole, bool) {
        let (file, tree) = parse_past(source, &self.location);
        let silent = file
            .diagnostics
            .iter()
            .all(|found| found.rule != crate::yaml::YAML_SYNTAX);
        (self.whole_of(&file, &tree), silent)
    }

    fn whole_of(&self, file: &ParsedFile, tree: &Tree) -> Whole {
        let shape = tree.root.as_ref().map(|root| &root.shape);
        // A text where keys should be hides all that was there.
        let fits = match shape {
            None | Some(Shape::Mapping(_)) => true,
            Some(Shape::Sequence(_)) => !self.location.markdown,
            Some(Shape::Scalar { .. }) => false,
        };
        if !tree.readable || !fits {
            return Whole::Broken;
        }
        let facts = file.records.iter().map(|record| {
            let node = match (shape, &tree.root) {
                (Some(Shape::Sequence(items)), _) => {
                    items.iter().find(|item| item.range == record.range)
                }
                (_, root) => root.as_ref(),
            };
            Arc::new(Facts::new(record, node, tree, &self.with))
        });
        Whole::Read(facts.collect())
    }

    /// The path, for the items of a list.
    pub(super) fn source_of(&self, text: &str) -> Arc<SourceFile> {
        let path = self.source.as_ref().map_or("", |source| &source.path);
        Arc::new(SourceFile::new(path, text))
    }
}
