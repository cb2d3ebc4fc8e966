//! What a commit touched, or all commits between two tags: records with what changed in them first,
//! then those of which the name says enough, then files.

use crate::history::{Changes, Commit, FileChange, FileWhat, RecordChange, What, visible};
use crate::site::context::{FileLine, Link, RecordLine, RecordList, SiteChange, Touched};
use crate::site::page::Page;

use super::alteration::{Room, alteration, shorten};
use super::{change, known, query};

/// How much of what a commit touched is shown.
#[derive(Debug, Clone, Copy)]
pub(in crate::site) struct Extent {
    /// Records shown with their fields.
    pub records: usize,
    /// More of them, folded.
    pub folded: usize,
    /// Fields of each.
    pub fields: usize,
    /// Records of which the name is told, of each sort.
    pub names: usize,
    /// Files.
    pub files: usize,
    /// Whether what imports remember between two runs is told, which nobody reads.
    pub memory: bool,
}

/// Where imports remember what they said last.
const MEMORY: &str = "inventory/_imports/";

/// Whether a commit touched something beside what imports remember.
pub(in crate::site) fn is_told_at_home(commit: &Commit) -> bool {
    let Changes { records, files } = &commit.changes;
    let is_memory = |file: &FileChange| file.path.starts_with(MEMORY);
    !records.is_empty() || files.is_empty() || !files.iter().all(is_memory)
}

/// On the pages of the history.
pub(in crate::site) const ON_HISTORY: Extent = Extent {
    records: 3,
    folded: 40,
    fields: 5,
    names: 8,
    files: 6,
    memory: true,
};
/// On the home page.
pub(in crate::site) const ON_HOME: Extent = Extent {
    records: 2,
    folded: 0,
    fields: 3,
    names: 4,
    files: 2,
    memory: false,
};
/// Between two tags, of each kind.
pub(in crate::site) const OF_TAG: Extent = Extent {
    records: 200,
    folded: 0,
    fields: 12,
    names: 200,
    files: 200,
    memory: true,
};

/// A commit with what it touched; of one kind only, when one is named.
pub(in crate::site) fn site_change(
    page: &Page<'_>,
    commit: &Commit,
    kind: Option<&str>,
    extent: Extent,
) -> SiteChange {
    let Changes { records, files } = &commit.changes;
    let of_kind = records
        .iter()
        .filter(|change| kind.is_none_or(|kind| change.record.kind == kind));
    let of_kind: Vec<&RecordChange> = of_kind.collect();
    let mut touched = touched(page, &of_kind, extent);
    if kind.is_none() {
        let told = files.iter();
        let told = told.filter(|file| extent.memory || !file.path.starts_with(MEMORY));
        let told: Vec<FileChange> = told.cloned().collect();
        touched.files = file_lines(page, &told, extent.files);
    }
    let as_files = page.site.known().touched(page.estate(), &commit.id);
    if !as_files.is_empty() {
        let links = as_files.iter().take(extent.names).map(|id| {
            let record = page.estate().record(*id);
            page.link(record)
                .hint(record.kind().labels.get(page.language))
        });
        touched.lists.push(RecordList {
            title: String::new(),
            links: links.collect(),
            more: as_files.len().saturating_sub(extent.names),
        });
    }
    SiteChange {
        change: change(page, commit),
        touched,
        notice: unknown(page, commit),
    }
}

/// Says which trailers of a commit name no change: a message cannot be mended any more, so that this
/// is told beside it and is no finding.
fn unknown(page: &Page<'_>, commit: &Commit) -> Option<String> {
    let mut names = commit.carries();
    names.retain(|name| known::named(page.estate(), name).is_none());
    let names = names.iter().map(|name| shorten(name, 60));
    let names = names.collect::<Vec<_>>().join(", ");
    (!names.is_empty()).then(|| page.word("trailer-unknown").replace("{names}", &names))
}

/// Records with what happened to them, as far as the extent goes.
pub(in crate::site) fn touched(
    page: &Page<'_>,
    changes: &[&RecordChange],
    extent: Extent,
) -> Touched {
    let is_told = |change: &RecordChange| {
        let moved = change.moved_from.is_some() || change.renamed_from.is_some();
        change.what == What::Changed || (moved && change.what != What::Removed)
    };
    let told: Vec<&&RecordChange> = changes.iter().filter(|change| is_told(change)).collect();
    let line = |change: &&&RecordChange| RecordLine {
        link: link(page, change),
        what: alteration(page, change, &mut Room::of_line(extent.fields)),
    };
    let sorts = [
        (What::Added, "list-added"),
        (What::Removed, "list-removed"),
        (What::Reformatted, "list-reformatted"),
    ];
    let list = |(what, title): (What, &str)| {
        let those = changes
            .iter()
            .filter(|change| change.what == what && !is_told(change));
        let those: Vec<&&RecordChange> = those.collect();
        RecordList {
            title: page.word(title),
            links: those
                .iter()
                .take(extent.names)
                .map(|change| link(page, change))
                .collect(),
            more: those.len().saturating_sub(extent.names),
        }
    };
    let lists = sorts.into_iter().map(list);
    let folded = told.iter().skip(extent.records).take(extent.folded);
    Touched {
        records: told.iter().take(extent.records).map(line).collect(),
        folded: folded.map(line).collect(),
        more: told.len().saturating_sub(extent.records + extent.folded),
        lists: lists.filter(|list| !list.links.is_empty()).collect(),
        files: Vec::new(),
    }
}

/// A record of the history: its page where it still is, else what it was called.
pub(in crate::site) fn link(page: &Page<'_>, change: &RecordChange) -> Link {
    let estate = page.estate();
    let kind = estate.schema.kind(&change.record.kind);
    let kind = kind.map(|kind| kind.labels.get(page.language).to_owned());
    let hint = kind.or_else(|| Some(change.record.kind.clone()));
    if let Some(record) = page.site.known().record(estate, &change.record) {
        let shown = page.link(record);
        return Link {
            text: visible(&shown.text),
            hint,
            ..shown
        };
    }
    let id = &change.record.id;
    let named = name(change);
    let is_named = id.is_empty() || named == *id;
    Link {
        text: if is_named {
            named
        } else {
            format!("{named} ({})", visible(id))
        },
        // No page of its own is left, and its log is.
        url: (!id.is_empty()).then(|| {
            let record = query(&format!("{}:{id}", change.record.kind));
            format!("{}?record={record}", page.to("history/"))
        }),
        hint,
    }
}

/// What a record was called, or its id.
pub(in crate::site) fn name(change: &RecordChange) -> String {
    let id = &change.record.id;
    let folder = if id.is_empty() { &change.path } else { id };
    shorten(change.title.as_ref().unwrap_or(folder), 120)
}

/// Files of which records do not say everything.
pub(in crate::site) fn file_lines(
    page: &Page<'_>,
    files: &[FileChange],
    most: usize,
) -> Vec<FileLine> {
    let line = |file: &FileChange| {
        let key = match file.what {
            FileWhat::Added => "file-added",
            FileWhat::Removed => "file-removed",
            FileWhat::Changed => "file-changed",
            FileWhat::Reformatted => "file-reformatted",
            FileWhat::Broken => "file-broken",
            FileWhat::Mended => "file-mended",
        };
        FileLine {
            path: visible(&file.path),
            what: page.word(key),
        }
    };
    let mut lines: Vec<FileLine> = files.iter().take(most).map(line).collect();
    if files.len() > most {
        lines.push(FileLine {
            path: String::new(),
            what: page.count("and-more", files.len() - most),
        });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(paths: &[&str]) -> bool {
        let files = paths.iter().map(|path| FileChange {
            path: (*path).to_owned(),
            what: FileWhat::Changed,
        });
        is_told_at_home(&Commit {
            id: "a".repeat(40),
            author: String::new(),
            when: jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC),
            summary: String::new(),
            body: String::new(),
            files: 1,
            changes: Changes {
                records: Vec::new(),
                files: files.collect(),
            },
            request: None,
        })
    }

    #[test]
    fn what_imports_remember_is_no_news() {
        let memory = "inventory/_imports/glpi/asset/pc-1.json";
        assert!(!told(&[memory]));
        assert!(told(&[memory, "carnet.yaml"]));
        assert!(told(&[]));
    }
}
