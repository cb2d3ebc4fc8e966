//! What the links of a text mean: records, headings, files, pages of the site.

use crate::estate::lookup::Found;
use crate::estate::{Estate, FIXED_PAGES, Record, RecordId, accounts, binders, desk, rights};
use crate::fold::case_fold;
use crate::markdown::{Reference, ReferenceKind};
use crate::project::path_from;

/// Kinds whose bare ids become links in running text.
const BARE_KINDS: [&str; 3] = ["asset", "ticket", "change"];

/// What a reference of a text means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A record's page, at a heading's id.
    Record {
        /// The record.
        id: RecordId,
        /// The id of a heading on its page.
        fragment: Option<String>,
    },
    /// A record's page, but the heading does not exist there.
    DeadAnchor {
        /// The record.
        id: RecordId,
    },
    /// A file of the repository, by path from the root.
    File(String),
    /// A page of the site that is no record: its address from the root.
    Page(String),
    /// Several records could be meant.
    Ambiguous(Vec<RecordId>),
    /// Nothing is there.
    Missing,
    /// A word that only looked like an id.
    Word,
}

/// What a reference in a text of `record` means.
pub(super) fn target(estate: &Estate, record: &Record, reference: &Reference) -> Target {
    match reference.kind {
        ReferenceKind::Bare => bare(estate, record, &reference.target),
        ReferenceKind::Wiki => wiki(estate, record, reference),
        ReferenceKind::Embed => embed(estate, record, reference),
        ReferenceKind::Link => link(estate, record, reference),
        ReferenceKind::Image => image(estate, record, &reference.target),
    }
}

fn bare(estate: &Estate, record: &Record, name: &str) -> Target {
    match estate.by_bare_id(name) {
        Some(id) if id != record.id => Target::Record { id, fragment: None },
        _ => Target::Word,
    }
}

fn wiki(estate: &Estate, record: &Record, reference: &Reference) -> Target {
    if reference.target.is_empty() {
        return with_fragment(estate, record.id, reference);
    }
    match estate.named(&reference.target, &[]) {
        Found::One(id) => with_fragment(estate, id, reference),
        Found::Several(ids) => Target::Ambiguous(ids),
        Found::Nothing => match by_path(estate, record, reference) {
            Target::Missing => embedded_file(estate, record, &reference.target),
            found => found,
        },
    }
}

fn embed(estate: &Estate, record: &Record, reference: &Reference) -> Target {
    match embedded_file(estate, record, &reference.target) {
        Target::Missing => wiki(estate, record, reference),
        file => file,
    }
}

/// A file as Obsidian finds it: beside the page, by path from the root, or by its name alone when
/// one file only has it.
fn embedded_file(estate: &Estate, record: &Record, target: &str) -> Target {
    let beside = image(estate, record, target);
    if beside != Target::Missing {
        return beside;
    }
    let from_root = target.trim_start_matches('/');
    if estate.attachments.contains_key(from_root) {
        return Target::File(from_root.to_owned());
    }
    let name = case_fold(target);
    let suffix = format!("/{name}");
    let mut named = estate
        .attachments
        .keys()
        .filter(|path| case_fold(path).ends_with(&suffix));
    match (named.next(), named.next()) {
        (Some(path), None) => Target::File(path.clone()),
        _ => Target::Missing,
    }
}

fn link(estate: &Estate, record: &Record, reference: &Reference) -> Target {
    if reference.target.is_empty() {
        return with_fragment(estate, record.id, reference);
    }
    match by_path(estate, record, reference) {
        Target::Missing => image(estate, record, &reference.target),
        found => found,
    }
}

/// A page by the path of its file, written from the page's folder or, with a leading `/`, from the
/// root of the repository or of the site.
fn by_path(estate: &Estate, record: &Record, reference: &Reference) -> Target {
    let target = &reference.target;
    if let Some(address) = target.strip_prefix('/') {
        if let Some(id) = estate.by_url.get(&with_slash(address)) {
            return with_fragment(estate, *id, reference);
        }
        if is_site_page(estate, address) {
            return Target::Page(address.to_owned());
        }
    }
    let Some(path) = path_from(&record.source.file.path, target) else {
        return Target::Missing;
    };
    let stem = ["", ".md", "/index.md", "/_index.md", "/README.md"];
    let candidates = stem.iter().map(|end| format!("{path}{end}"));
    for candidate in candidates {
        if let Some(id) = estate.lookup_file(&candidate) {
            return with_fragment(estate, id, reference);
        }
    }
    Target::Missing
}

fn image(estate: &Estate, record: &Record, target: &str) -> Target {
    match path_from(&record.source.file.path, target) {
        Some(path) if estate.attachments.contains_key(&path) => Target::File(path),
        _ => Target::Missing,
    }
}

fn with_fragment(estate: &Estate, id: RecordId, reference: &Reference) -> Target {
    let Some(fragment) = &reference.fragment else {
        return Target::Record { id, fragment: None };
    };
    let body = estate.record(id).source.body();
    let Some(body) = body.filter(|body| body.has_fragment(fragment)) else {
        return Target::DeadAnchor { id };
    };
    let heading = body.heading(fragment).map(|heading| heading.id.as_str());
    let anchor = heading.or_else(|| body.block_id(fragment));
    Target::Record {
        id,
        fragment: Some(anchor.unwrap_or(fragment).to_owned()),
    }
}

fn with_slash(address: &str) -> String {
    let address = address.trim_end_matches("index.html").trim_end_matches('/');
    if address.is_empty() {
        String::new()
    } else {
        format!("{address}/")
    }
}

/// Whether an address without a leading slash is a page or table of the site that is no record.
fn is_site_page(estate: &Estate, address: &str) -> bool {
    if let Some((folder, name)) = address.rsplit_once('/')
        && let Some((stem, extension)) = name.rsplit_once('.')
        && estate
            .schema
            .kind_of_folder(stem)
            .is_some_and(|kind| kind.name != "page")
    {
        return match extension {
            "csv" => folder == "data" || folder == stem,
            "json" => folder == "data",
            _ => false,
        };
    }
    if is_of_history(estate, address) {
        return true;
    }
    let address = with_slash(address);
    if address == desk::PAGE {
        return estate.listed("ticket").next().is_some();
    }
    if address == accounts::PAGE {
        return estate.listed("account").next().is_some();
    }
    if address == rights::PAGE {
        return estate.listed("access-right").next().is_some();
    }
    if address.ends_with(binders::NAME) {
        return estate.binders().contains_key(&address);
    }
    let folder = address.trim_end_matches('/');
    let own = estate.config.without_language(&address);
    if own != address
        && matches!(own, "" | "offline/" | "search/")
        && !estate.config.languages.is_empty()
    {
        return true;
    }
    address.is_empty()
        || FIXED_PAGES.contains(&address.as_str())
        // Questions are known where SQL is: which of them there are is not known here.
        || address.starts_with("data/questions/")
        || estate
            .schema
            .kind_of_folder(folder)
            .is_some_and(|kind| kind.name != "page")
}

/// Whether an address is that of a feed, of a kind's history or of the tags. They are there once the
/// project has a history, and a text that names them stays right without one.
fn is_of_history(estate: &Estate, address: &str) -> bool {
    let is_folder = |folder: &str| estate.schema.kind_of_folder(folder).is_some();
    if let Some(feed) = address.strip_suffix("feed.xml") {
        return feed.is_empty() || feed.strip_suffix('/').is_some_and(is_folder);
    }
    let address = address.trim_end_matches('/');
    let kind = address.strip_prefix("history/kinds/");
    address == "history/tags" || kind.is_some_and(is_folder)
}

impl Estate {
    /// The record that a bare id in running text means.
    pub fn by_bare_id(&self, name: &str) -> Option<RecordId> {
        let mut kinds = BARE_KINDS.iter();
        kinds.find_map(|kind| self.lookup.by_id(kind, name))
    }

    /// The record whose page a Markdown file is, or the only record of a YAML file.
    fn lookup_file(&self, path: &str) -> Option<RecordId> {
        self.lookup.by_file(path)
    }

    /// The file that a field names: beside the record's own file, or by its path from the root.
    pub fn file_of(&self, record: &Record, written: &str) -> Option<&str> {
        let beside = path_from(&record.source.file.path, written);
        let from_root = Some(written.trim_start_matches('/').to_owned());
        let known = |path: Option<String>| self.attachments.get_key_value(&path?);
        known(beside)
            .or_else(|| known(from_root))
            .map(|(path, _)| path.as_str())
    }
}
