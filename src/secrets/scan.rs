//! The secrets of a file: what is said of them, and the file without them.

use std::ops::Range;
use std::sync::Arc;

use super::masked::{Hidden, dotted, replaced, shown};
use super::rules::{PUBLISHED_SECRET, published, what_to_do};
use super::{Allowed, Fingerprint, Secret, find};
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;
use crate::text;

/// What a file holds.
#[derive(Debug, Clone, Default)]
pub struct Scan {
    /// Its secrets, without showing them.
    pub diagnostics: Vec<Diagnostic>,
    /// The file with dots in their place, every byte where it was; `None` where it has none.
    pub without: Option<Arc<SourceFile>>,
    /// What of it is allowed.
    pub used: Vec<Fingerprint>,
}

/// The secrets of a file. `unpublished` says where its secret fields stand, once there is something to ask.
pub fn file(
    file: &Arc<SourceFile>,
    allowed: &Allowed,
    unpublished: impl FnOnce() -> Vec<Range<usize>>,
) -> Scan {
    let mut scan = Scan::default();
    let mut found = published_of(&file.text, unpublished);
    found.retain(|secret| {
        let value = &file.text[secret.range.clone()];
        let is_allowed = allowed.allows(value);
        if is_allowed {
            scan.used.push(Fingerprint::of(allowed.salt(), value));
        }
        !is_allowed
    });
    if found.is_empty() {
        return scan;
    }
    let without = dotted(file, &ranges(&found));
    let hidden: Vec<Hidden> = found
        .iter()
        .map(|secret| Hidden {
            from: secret.range.start,
            value: secret.range.clone(),
        })
        .collect();
    let spans = shown(&without, &hidden).into_iter();
    let told = spans.zip(&found);
    scan.diagnostics = told
        .map(|(span, secret)| published(span, secret.kind))
        .collect();
    scan.without = Some(without);
    scan
}

/// A text with the mask in the place of its secrets, its secret fields left as they are; nothing where it has none.
pub fn masked(
    text: &str,
    allowed: &Allowed,
    unpublished: impl FnOnce() -> Vec<Range<usize>>,
) -> Option<String> {
    let mut found = published_of(text, unpublished);
    found.retain(|secret| !allowed.allows(&text[secret.range.clone()]));
    (!found.is_empty()).then(|| replaced(text, &ranges(&found)))
}

/// The secrets of a text outside of its secret fields.
fn published_of(text: &str, unpublished: impl FnOnce() -> Vec<Range<usize>>) -> Vec<Secret> {
    let mut found = find(text);
    if !found.is_empty() {
        let mut unpublished = unpublished();
        unpublished.sort_by_key(|range| range.start);
        // How far the ranges up to each reach: some stand in others.
        let mut reached = 0;
        for range in &mut unpublished {
            reached = reached.max(range.end);
            range.end = reached;
        }
        found.retain(|secret| {
            let before = unpublished.partition_point(|range| range.start <= secret.range.start);
            let reached = before.checked_sub(1).map(|last| unpublished[last].end);
            reached.is_none_or(|reached| reached < secret.range.end)
        });
    }
    found
}

fn ranges(found: &[Secret]) -> Vec<Range<usize>> {
    found.iter().map(|secret| secret.range.clone()).collect()
}

/// The secret in the name of a file, which is then not read: no place and no address can show it.
pub fn path(path: &str, allowed: &Allowed) -> Option<Diagnostic> {
    let found = allowed.find(path);
    if found.is_empty() {
        return None;
    }
    let message = text!(
        "le nom de ce fichier contient un secret\u{a0}: il n’est pas lu",
        "this file’s name holds a secret: it is not read"
    );
    let help = text!(
        "renommez-le, et changez le secret là où il sert\u{a0}: Git garde ce nom",
        "rename it, and change the secret where it is used: Git keeps this name"
    );
    let shown = replaced(path, &ranges(&found));
    Some(Diagnostic::on_path(PUBLISHED_SECRET, shown, message).help(help))
}

/// The secret of a file to download, which is then not published. Text in UTF-16, as Windows writes it, is read too; what is
/// packed, and pictures, are not.
pub fn refused(
    path: &str,
    bytes: &[u8],
    allowed: &Allowed,
) -> (Option<Diagnostic>, Vec<Fingerprint>) {
    let Some(text) = decoded(bytes) else {
        return (None, Vec::new());
    };
    let source = Arc::new(SourceFile::new(path, text));
    let mut scan = file(&source, allowed, Vec::new);
    let count = scan.diagnostics.len();
    if count == 0 {
        return (None, scan.used);
    }
    let mut first = scan.diagnostics.swap_remove(0);
    first.message = text!(
        "ce fichier n’est pas publié\u{a0}: il contient des secrets (places\u{a0}: {count})",
        "this file is not published: it holds secrets (places: {count})"
    );
    (Some(first.help(what_to_do())), scan.used)
}

/// A file's text, if it is one: UTF-8, what stands for it, or UTF-16 with its mark.
pub fn decoded(bytes: &[u8]) -> Option<String> {
    let wide = |read: fn([u8; 2]) -> u16| {
        let pairs = bytes[2..].chunks_exact(2);
        let units: Vec<u16> = pairs.map(|pair| read([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, ..] => Some(wide(u16::from_le_bytes)),
        [0xfe, 0xff, ..] => Some(wide(u16::from_be_bytes)),
        _ if bytes.contains(&0) => None,
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            Some(String::from_utf8_lossy(bytes).into_owned())
        }
    }
}
