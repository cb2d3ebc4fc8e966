//! What Git says, ready to read: the log of a record, the commits of the site, what lies between two tags.

use serde::Serialize;

use super::frame::Frame;
use super::list::Pager;
use super::value::{Badge, Link, Moment};

/// Changes of a record or page, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ChangeLog {
    /// The changes; the first ones when there are many.
    pub changes: Vec<Change>,
    /// Why there are none, or not all: no repository, shallow clone, not committed yet.
    pub notice: Option<String>,
    /// The rest.
    pub more: Option<Link>,
}

/// One commit, as far as it concerns what is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Who; empty for what is in no commit yet.
    pub author: String,
    /// When.
    pub date: Moment,
    /// Why: the message's first line.
    pub message: String,
    /// What the message says beyond it, without trailers; folded on the page.
    pub rest: String,
    /// Short object id, and the forge's page of the commit.
    pub revision: Link,
    /// The merge request that brought it in.
    pub request: Option<Link>,
    /// The changes that its trailers name, by their ids.
    pub carries: Vec<Link>,
    /// « pas encore enregistré dans Git », for what differs between the last commit and the disk.
    pub pending: Option<String>,
    /// What happened to the record of the page.
    pub what: Option<Alteration>,
}

/// What happened to one record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Alteration {
    /// In words: « ajoutée », « déplacée depuis … », « mise en forme seulement ».
    pub facts: Vec<String>,
    /// Field by field.
    pub fields: Vec<FieldChange>,
    /// How many fields more changed.
    pub more: usize,
}

/// A field before and after.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The field's key; `body` for the text of a page.
    #[serde(skip)]
    pub key: String,
    /// The field's label.
    pub label: String,
    /// Its value before, as text; `None` where there was none.
    pub before: Option<String>,
    /// Its value after.
    pub after: Option<String>,
    /// Items that came into a list.
    pub added: Vec<String>,
    /// Items that left it.
    pub removed: Vec<String>,
    /// What is said in place of values: « valeur non montrée », « ordre changé ».
    pub note: Option<String>,
    /// A long text.
    pub text: Option<TextChange>,
}

/// What changed in a long text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TextChange {
    /// The sections touched, in words.
    pub sections: Vec<String>,
    /// The passages that changed, word by word; folded on the page.
    pub passages: Vec<Vec<Piece>>,
    /// Whether there is more than `passages` shows.
    pub cut: bool,
}

/// A piece of a passage.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// `same`, `removed` or `added`.
    pub kind: &'static str,
    /// The words.
    pub text: String,
}

/// When what a page shows was changed last, and since when it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Dates {
    /// The last change of its facts.
    pub updated: Option<Moment>,
    /// By whom.
    pub author: String,
    /// When it first appeared; not told by a shallow clone.
    pub since: Option<Moment>,
}

/// A commit and what it touched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SiteChange {
    /// The commit.
    pub change: Change,
    /// What it touched.
    pub touched: Touched,
    /// What its message says that cannot be: a trailer that names no change.
    pub notice: Option<String>,
}

/// What a commit, or all between two tags, touched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Touched {
    /// Records that changed, with what changed in them.
    pub records: Vec<RecordLine>,
    /// More of them, folded.
    pub folded: Vec<RecordLine>,
    /// How many more changed than both list.
    pub more: usize,
    /// Records of which only the name is told: added, removed, reformatted, touched.
    pub lists: Vec<RecordList>,
    /// Files of which records do not say everything.
    pub files: Vec<FileLine>,
}

/// A record that changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RecordLine {
    /// Its page, with its kind as hint; without an address when it is gone.
    pub link: Link,
    /// What happened.
    pub what: Alteration,
}

/// Records that share a fate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RecordList {
    /// Which (« Ajoutées »); empty where it is not known.
    pub title: String,
    /// The records.
    pub links: Vec<Link>,
    /// How many more there are.
    pub more: usize,
}

/// A file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FileLine {
    /// Its path from the project's root.
    pub path: String,
    /// What happened to it, in words.
    pub what: String,
}

/// Received by `history.html`: changes of the whole site, or of one kind.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HistoryContext {
    /// Around the page.
    pub frame: Frame,
    /// Days, newest first.
    pub days: Vec<HistoryDay>,
    /// Why there are none, or not all.
    pub notice: Option<String>,
    /// The list of tags, for a history that has some.
    pub tags: Option<Link>,
    /// The history of each kind, how many commits as hint; on the first page of the whole.
    pub kinds: Vec<Link>,
    /// The months, newest first, how many commits as hint; on the first page of a log of several.
    pub months: Vec<Link>,
    /// The form that filters, which asks for JavaScript.
    pub filter: Option<HistoryFilter>,
    /// Pages of a long history.
    pub pager: Option<Pager>,
}

/// What `history.js` filters by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct HistoryFilter {
    /// The script's file name under `_carnet/`.
    pub script: String,
    /// The shards beside the page, newest first: `changes/2026.json`.
    pub shards: Vec<String>,
    /// Its selects: name in the address, label, and each choice's value and text.
    pub selects: Vec<FilterSelect>,
}

/// A select of the filter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FilterSelect {
    /// Its name in the address: `kind`.
    pub name: &'static str,
    /// What is read above it.
    pub label: String,
    /// Value and text, sorted by text; months newest first.
    pub options: Vec<(String, String)>,
}

/// The changes of a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct HistoryDay {
    /// The day, as read.
    pub date: Moment,
    /// Its commits, newest first.
    pub changes: Vec<SiteChange>,
}

/// Received by `tags.html`: the tags of the history.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TagsContext {
    /// Around the page.
    pub frame: Frame,
    /// Newest first.
    pub tags: Vec<TagLine>,
}

/// A tag.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TagLine {
    /// Its name, linked to what changed since the one before it, where that is known.
    pub link: Link,
    /// What an annotated tag says; empty for a light one.
    pub message: String,
    /// Its commit.
    pub change: Change,
    /// How many records were added, removed, changed.
    pub counts: Vec<Badge>,
}

/// Received by `tag.html`: what changed between two tags.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TagContext {
    /// Around the page.
    pub frame: Frame,
    /// The tag.
    pub tag: TagLine,
    /// The tag it is compared with.
    pub previous: String,
    /// The forge's page that compares both.
    pub compare: Option<Link>,
    /// By kind, in the order of the menu.
    pub kinds: Vec<TagKind>,
    /// Files of which records do not say everything.
    pub files: Vec<FileLine>,
}

/// What changed in a kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TagKind {
    /// Anchor.
    pub id: String,
    /// The kind's label in the plural.
    pub title: String,
    /// How many of its records are concerned.
    pub count: usize,
    /// Which, and how.
    pub touched: Touched,
}
