//! Files with long lists, read without the lines that another file had: machines have the same
//! programs, and a line that says the same in every file is parsed once.
//!
//! Only lines that are a whole item each are cut (`  - {name: A}` in YAML, `{"name":"A"}` in a state),
//! and only where the rest reads as it did beside them. Every other file is read whole.

use std::ops::Range;
use std::sync::Arc;

use crate::history::Recorded;
use crate::history::semantic::values;
use crate::import::long::{LONG, Lines, LongLists, Pool};
use crate::import::state::State;
use crate::project::{Location, ParsedFile, Record, Value, parse_file};
use crate::source::{SourceFile, TextRange};

/// A file with one record, read without most items of its long lists.
pub(super) struct Short {
    /// The file; its text and places are those of the shorter one.
    pub file: ParsedFile,
    /// The long lists, whole.
    pub long: LongLists,
    /// All lines of the file.
    pub lines: Box<[Arc<str>]>,
}

/// A list whose items are a line each.
struct Run<'t> {
    /// The items' lines, by position in the file.
    lines: Range<usize>,
    /// What is known of lines under this key.
    known: Arc<Lines>,
    /// The items, as far as they are known.
    items: Vec<Option<(Arc<str>, Arc<Recorded>)>>,
    /// The lines that are read, and where they stand in the shorter text.
    read: Vec<(usize, &'t str, TextRange)>,
}

/// Reads a file with long lists in YAML. `None` where it must be read whole: nothing is long, an item
/// goes over several lines, something in it is wrong or is asked for more than its value.
pub(super) fn file(source: &Arc<SourceFile>, location: &Location, pool: &Pool) -> Option<Short> {
    if location.markdown {
        return None;
    }
    let lines: Vec<&str> = source.text.split_inclusive('\n').collect();
    let (short, mut runs) = without_known(&lines, &location.kind.name, pool);
    if runs.is_empty() {
        return None;
    }
    let short = Arc::new(SourceFile::new(source.path.clone(), short));
    let file = parse_file(short, location);
    let [record] = &file.records[..] else {
        return None;
    };
    if !file.diagnostics.is_empty() || !record.documents.is_empty() {
        return None;
    }
    let mut fields = values(record);
    let mut long = LongLists::new();
    for run in &mut runs {
        let key = field_of(record, &run.read)?;
        let Some(Recorded::List(items)) = fields.remove(&key) else {
            return None;
        };
        if items.len() != run.read.len() || !items.iter().all(Recorded::is_structure) {
            return None;
        }
        for ((at, line, _), item) in run.read.iter().zip(items) {
            let known = &mut run.items[*at];
            if known.is_none() {
                *known = Some(learn(&run.known, line, item, pool));
            }
        }
        let items: Option<Vec<_>> = run.items.iter().map(|one| Some(&one.as_ref()?.1)).collect();
        long.insert(key, pool.list_of(items?.into_iter().map(Arc::clone)));
    }
    let lines = shared_lines(&lines, &runs, pool);
    Some(Short { file, long, lines })
}

/// The text without the lines that are known, and its lists. Of each list the first item stays, so
/// that the list is one.
fn without_known<'t>(lines: &[&'t str], kind: &str, pool: &Pool) -> (String, Vec<Run<'t>>) {
    let (mut short, mut runs) = (String::new(), Vec::new());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        short.push_str(line);
        at += 1;
        let count = lines[at..].iter().take_while(|line| is_item(line)).count();
        if count < LONG || !is_key(line) {
            continue;
        }
        let known = pool.lines_of(&format!("{kind} {line}"));
        let mut run = Run {
            lines: at..at + count,
            items: lines[at..at + count]
                .iter()
                .map(|line| known.get(line))
                .collect(),
            known,
            read: Vec::new(),
        };
        for (number, line) in lines[at..at + count].iter().enumerate() {
            if number == 0 || run.items[number].is_none() {
                let start = short.len();
                short.push_str(line);
                let range = TextRange::new(start, short.len());
                run.read.push((number, line, range));
            }
        }
        runs.push(run);
        at += count;
    }
    (short, runs)
}

/// Whether a line is the key of a list that follows.
fn is_key(line: &str) -> bool {
    line.ends_with(":\n") && line.starts_with(char::is_alphabetic)
}

/// Whether a line looks like a whole item. Whether it is one, the parser says the first time.
fn is_item(line: &str) -> bool {
    line.starts_with("  - {") && line.ends_with("}\n")
}

/// The field whose items stand on just these lines, one on each.
fn field_of(record: &Record, read: &[(usize, &str, TextRange)]) -> Option<String> {
    let stands = |(item, line): (TextRange, TextRange)| {
        line.start <= item.start && item.start < item.end && item.end <= line.end
    };
    let entry = record
        .entries
        .iter()
        .find(|entry| match &entry.value.value {
            Value::List(items) => {
                let places = items.iter().zip(read);
                let mut places = places.map(|(item, (_, _, line))| (item.range, *line));
                items.len() == read.len() && places.all(stands)
            }
            _ => false,
        })?;
    Some(record.kind.fields[entry.field].key.clone())
}

/// Remembers what a line says, unless it may say something else beside other lines.
fn learn(known: &Lines, line: &str, item: Recorded, pool: &Pool) -> (Arc<str>, Arc<Recorded>) {
    let item = pool.item(item);
    if may_depend(line) {
        return (pool.line(line), item);
    }
    known.learn(line, item)
}

/// Whether a line may hold an anchor or an alias of YAML: what these mean, another line says.
fn may_depend(line: &str) -> bool {
    let bytes = line.as_bytes();
    line.match_indices(['&', '*']).any(|(at, _)| {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        before.is_none_or(|byte| byte.is_ascii_whitespace() || b"[{,:".contains(&byte))
    })
}

/// All lines of a file, those of lists as they are known.
fn shared_lines(lines: &[&str], runs: &[Run<'_>], pool: &Pool) -> Box<[Arc<str>]> {
    let mut all = Vec::with_capacity(lines.len());
    for run in runs {
        let between = &lines[all.len()..run.lines.start];
        all.extend(between.iter().map(|line| pool.line(line)));
        let known = run.items.iter().flatten();
        all.extend(known.map(|(line, _)| Arc::clone(line)));
    }
    let rest = &lines[all.len()..];
    all.extend(rest.iter().map(|line| pool.line(line)));
    all.into()
}

/// Reads a state with long lists; `None` where it must be read whole.
pub(super) fn state(text: &str, pool: &Pool) -> Option<State> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let known = pool.lines_of("");
    let (mut short, mut long) = (String::new(), LongLists::new());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        short.push_str(line);
        at += 1;
        let is_item = |line: &&&str| line.starts_with("      {");
        let count = lines[at..].iter().take_while(is_item).count();
        if count < LONG {
            continue;
        }
        let key: String = serde_json::from_str(line.trim().strip_suffix(": [")?).ok()?;
        let items = lines[at..at + count].iter().enumerate();
        let items = items.map(|(number, line)| {
            // Between two items stands a comma, after the last the list ends.
            let end = if number + 1 == count { "\n" } else { ",\n" };
            json_item(line.strip_suffix(end)?, &known, pool)
        });
        let items: Option<Vec<Arc<Recorded>>> = items.collect();
        at += count;
        let ends = lines.get(at).is_some_and(|line| line.starts_with("    ]"));
        if !ends || long.insert(key, pool.list_of(items?)).is_some() {
            return None;
        }
    }
    if long.is_empty() {
        return None;
    }
    let mut state = State::parse(&short)?;
    for key in long.keys() {
        // Without its lines a list is empty; a key that stands elsewhere, too, is another value.
        let name = serde_json::to_string(key).ok()?;
        let is_once = short.matches(&name).count() == 1;
        let Some(Recorded::List(items)) = state.fields.remove(key).filter(|_| is_once) else {
            return None;
        };
        if !items.is_empty() {
            return None;
        }
    }
    state.share(pool);
    state.long.extend(long);
    Some(state)
}

fn json_item(line: &str, known: &Lines, pool: &Pool) -> Option<Arc<Recorded>> {
    if let Some((_, item)) = known.get(line) {
        return Some(item);
    }
    let item: Recorded = serde_json::from_str(line).ok()?;
    let item = item.is_structure().then(|| pool.item(item))?;
    Some(known.learn(line, item).1)
}

#[cfg(test)]
mod tests;
