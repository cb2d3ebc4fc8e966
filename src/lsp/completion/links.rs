//! What a text may point at: records, headings, pages and files, after `[[` and `](`.

use lsp_types::CompletionItemKind as Kind;

use crate::estate::{Found, Record};
use crate::lsp::completion::Proposal;
use crate::lsp::draft::Draft;
use crate::lsp::spot::At;

/// What may follow a line, when it ends within a link: the letters written of it, and the proposals.
pub(super) fn after<'l>(draft: &Draft, at: &At, line: &'l str) -> Option<(&'l str, Vec<Proposal>)> {
    if let Some(start) = line.rfind("[[")
        && !line[start..].contains("]]")
    {
        let written = &line[start + 2..];
        if written.contains('|') {
            return Some(("", Vec::new()));
        }
        if let Some((target, fragment)) = written.split_once('#') {
            return Some((fragment, of_name(draft, at, target)));
        }
        return Some((written, records(draft)));
    }
    let start = line.rfind("](")? + 2;
    let written = &line[start..];
    if written.contains(')') {
        return None;
    }
    if let Some((target, fragment)) = written.split_once('#') {
        let page = page_at(draft, at, target);
        return Some((fragment, page.map(headings).unwrap_or_default()));
    }
    let mut all = pages(draft, at);
    all.extend(files(draft, at));
    for proposal in &mut all {
        // A destination ends at its first space.
        proposal.text = proposal.text.replace(' ', "%20");
    }
    Some((written, all))
}

/// All records by id; one that another kind has too by kind and id.
fn records(draft: &Draft) -> Vec<Proposal> {
    let estate = &draft.estate;
    let listed = estate.records().iter();
    let listed = listed.filter(|it| !it.is_folder_page() && it.source.language.is_none());
    let proposals = listed.map(|record| Proposal::of_record(estate, record, &[]));
    proposals.collect()
}

/// The headings of what a wiki link names; of the file itself where it names nothing.
fn of_name(draft: &Draft, at: &At, name: &str) -> Vec<Proposal> {
    let record = if name.trim().is_empty() {
        draft.records_of(&at.file.path).first().copied()
    } else {
        match draft.estate.named(name, &[]) {
            Found::One(id) => Some(draft.estate.record(id)),
            Found::Several(_) | Found::Nothing => None,
        }
    };
    record.map(headings).unwrap_or_default()
}

/// The page whose file a path names from the folder of the file at hand.
fn page_at<'d>(draft: &'d Draft, at: &At, path: &str) -> Option<&'d Record> {
    if path.is_empty() {
        return draft.records_of(&at.file.path).first().copied();
    }
    let mut records = draft.estate.records().iter();
    let written = |record: &&Record| relative(&at.file.path, &record.source.file.path) == path;
    records.find(written)
}

fn headings(record: &Record) -> Vec<Proposal> {
    let body = record.source.body().into_iter();
    let headings = body.flat_map(|body| &body.headings);
    headings
        .map(|heading| Proposal::new(&heading.id, &heading.text, Kind::TEXT))
        .collect()
}

/// The files of pages and procedures, as they are named from the folder of the file at hand.
fn pages(draft: &Draft, at: &At) -> Vec<Proposal> {
    let records = draft.estate.records().iter();
    let pages = records.filter(|record| record.source.body.is_some());
    let proposals = pages.map(|record| {
        let path = relative(&at.file.path, &record.source.file.path);
        Proposal::new(path, &record.title, Kind::FILE)
    });
    proposals.collect()
}

/// Pictures and documents, as they are named from the folder of the file at hand.
pub(super) fn files(draft: &Draft, at: &At) -> Vec<Proposal> {
    let paths = draft.estate.attachments.keys();
    let paths = paths.map(|path| relative(&at.file.path, path));
    paths
        .map(|path| Proposal::new(path, "", Kind::FILE))
        .collect()
}

/// The path from a file's folder to another file.
fn relative(from: &str, to: &str) -> String {
    let (folder, _) = from.rsplit_once('/').unwrap_or_default();
    let own: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let other: Vec<&str> = to.split('/').collect();
    let pairs = own.iter().zip(&other);
    let shared = pairs.take_while(|(own, other)| own == other).count();
    let up = "../".repeat(own.len() - shared);
    format!("{up}{}", other[shared..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn paths_are_written_from_the_file() {
        assert_eq!(relative("a/b/c.md", "a/b/d.md"), "d.md");
        assert_eq!(relative("a/b/c.md", "a/d/e.png"), "../d/e.png");
        assert_eq!(relative("carnet.yaml", "a/b.md"), "a/b.md");
    }
}
