//! What a sound case has otherwise than an unsound one: the manual shows it below a rule's message.

use std::fs;
use std::path::{Path, PathBuf};

/// The most lines of a file that are shown.
const SHOWN: usize = 12;

/// A file of the sound case and the lines of it that tell: of the file that a finding is in, where that one is
/// otherwise; else of the first that is.
pub fn shown(bad: &Path, good: &Path, place: &str) -> Option<(String, String)> {
    let read = |folder: &Path, path: &str| fs::read_to_string(folder.join(path)).ok();
    let mut all = paths(good, good);
    all.sort();
    // What is mended elsewhere is shown there: a record that was missing, a setting.
    let all = std::iter::once(place.to_owned()).chain(all);
    let texts = all.filter(|path| language(path).is_some());
    let mut found = texts.filter_map(|path| {
        let lines = otherwise(&read(bad, &path).unwrap_or_default(), &read(good, &path)?)?;
        Some((path, lines))
    });
    found.next()
}

/// What a file of authors is written in; `None` for other files.
pub fn language(path: &str) -> Option<&'static str> {
    match Path::new(path).extension()?.to_str()? {
        "md" => Some("markdown"),
        "yaml" => Some("yaml"),
        _ => None,
    }
}

/// The files below a folder, by their paths from another one.
fn paths(folder: &Path, root: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let entries = entries.map(|entry| entry.expect("an entry").path());
    let own = |path: PathBuf| match path.strip_prefix(root) {
        Ok(below) if path.is_file() => vec![below.to_string_lossy().into_owned()],
        _ => paths(&path, root),
    };
    entries.flat_map(own).collect()
}

/// The lines of a text that another one has otherwise, with one around them; the whole text where it is short.
fn otherwise(bad: &str, good: &str) -> Option<String> {
    let lines: Vec<&str> = good.lines().collect();
    if bad == good || lines.iter().any(|line| line.starts_with("```")) {
        return None;
    }
    let diff = similar::TextDiff::from_lines(bad, good);
    let mut ops = diff.ops().iter();
    let first = ops.find(|op| op.tag() != similar::DiffTag::Equal)?;
    let (from, to) = if lines.len() <= SHOWN {
        (0, lines.len())
    } else {
        let (from, to) = (
            first.new_range().start.saturating_sub(1),
            first.new_range().end + 1,
        );
        (from, to.min(lines.len()).min(from + SHOWN))
    };
    // The manual's page is cut at its own headings.
    let lines = &lines[from..to];
    let is_whole = lines.iter().all(|line| !line.starts_with("##"));
    is_whole.then(|| lines.join("\n"))
}
