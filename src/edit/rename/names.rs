//! One name at a time: an id, a link or the name of a file, with the old id in it, and as it is with the new one.

use crate::diagnostic::Text;
use crate::edit::rename::{Naming, last};
use crate::estate::Record;
use crate::fold::{case_fold, slug};
use crate::markdown::ReferenceKind;
use crate::source::TextRange;
use crate::text;

/// What becomes of a place that names a record: the letters that change, and the new ones; nothing where another name
/// than the id is written. Refused where the letters of the name cannot be told from others.
pub(super) fn renamed(
    place: &Naming<'_>,
    record: &Record,
    new: &str,
) -> Result<Option<(TextRange, String)>, Text> {
    let old = record.source.id.as_str();
    let is_path = matches!(place.kind, Some(ReferenceKind::Link | ReferenceKind::Image));
    let text = if is_path {
        path(place.name, record, new)
    } else {
        name(place.name, old, new)
    };
    let Some(text) = text else {
        return Ok(None);
    };
    let file = &place.record.source.file;
    let written = file.slice(place.range);
    // A name in quotes, or before `#heading`, stands there once; encoded or folded over lines it does not.
    let mut found = written.match_indices(place.name);
    match (found.next(), found.next()) {
        (Some((at, _)), None) => {
            let start = place.range.start as usize + at;
            let range = TextRange::new(start, start + place.name.len());
            Ok(Some((range, text)))
        }
        // `[[vpn#vpn]]`: the name comes before the heading.
        (Some((0, _)), Some(_)) => {
            let start = place.range.start as usize;
            let range = TextRange::new(start, start + place.name.len());
            Ok(Some((range, text)))
        }
        _ => {
            let (path, line) = (&file.path, file.place(place.range.start).line);
            Err(text!(
                "{path}:{line}\u{a0}: ce nom n’est pas écrit en toutes lettres\u{a0}; changez-le d’abord à la main",
                "{path}:{line}: this name is not written letter by letter; change it by hand first"
            ))
        }
    }
}

/// `id`, `kind:id`, or the last part of an id, with the new id.
fn name(written: &str, old: &str, new: &str) -> Option<String> {
    let same = |one: &str, other: &str| case_fold(one) == case_fold(other);
    if same(written, old) {
        return Some(new.to_owned());
    }
    if let Some((kind, id)) = written.split_once(':')
        && same(id, old)
    {
        return Some(format!("{kind}:{new}"));
    }
    same(written, last(old)).then(|| last(new).to_owned())
}

/// The path of the record's file, or the address of its page, with the new id at its end.
fn path(written: &str, record: &Record, new: &str) -> Option<String> {
    let old = last(&record.source.id);
    let trimmed = written.trim_end_matches('/');
    let slash = &written[trimmed.len()..];
    let (folder, name) = match trimmed.rfind('/') {
        Some(at) => trimmed.split_at(at + 1),
        None => ("", trimmed),
    };
    if let Some(rest) = name.strip_prefix(old)
        && (rest.is_empty() || rest.starts_with('.'))
        // A file that is not called after the id keeps its name.
        && (written.starts_with('/') || stem(&record.source.file.path) == old)
    {
        return Some(format!("{folder}{}{rest}{slash}", last(new)));
    }
    (written.starts_with('/') && name == slug(old))
        .then(|| format!("{folder}{}{slash}", slug(last(new))))
}

/// The name of a file without its folder and endings.
pub(super) fn stem(path: &str) -> &str {
    let name = last(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A path whose file is called after an id, with another id; `None` when it is called otherwise.
pub(super) fn moved(path: &str, old: &str, new: &str) -> Option<String> {
    let (folder, name) = match path.rfind('/') {
        Some(at) => path.split_at(at + 1),
        None => ("", path),
    };
    let rest = name.strip_prefix(old)?;
    rest.starts_with('.')
        .then(|| format!("{folder}{new}{rest}"))
}
