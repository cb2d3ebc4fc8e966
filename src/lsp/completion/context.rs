//! Where in a record the cursor stands, told from the lines before it: under which keys, behind which one, after which
//! letters. Nothing is parsed, because what is being typed cannot be.

use crate::source::SourceFile;

/// Where the cursor stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Context {
    /// The keys of the structures around it, the outermost first.
    pub parents: Vec<String>,
    /// The key whose value is being written; `None` where a key is.
    pub key: Option<String>,
    /// What is written of it so far.
    pub written: String,
    /// Keys that stand beside it already.
    pub siblings: Vec<String>,
}

/// A line of YAML in its parts.
struct Line<'t> {
    /// The column of its first dash; that of its content without one.
    dash: usize,
    /// The column of what follows the dashes.
    column: usize,
    /// What follows them.
    content: &'t str,
}

impl<'t> Line<'t> {
    /// `None` for a line that says nothing.
    fn read(text: &'t str) -> Option<Self> {
        let content = text.trim_start_matches(' ');
        let dash = text.len() - content.len();
        let mut rest = content;
        while let Some(inner) = rest.strip_prefix("- ") {
            rest = inner.trim_start_matches(' ');
        }
        if rest == "-" {
            rest = "";
        }
        let says = !content.trim().is_empty() && !content.starts_with('#');
        says.then(|| Self {
            dash,
            column: text.len() - rest.len(),
            content: rest,
        })
    }

    fn key(&self) -> Option<&'t str> {
        key_of(self.content).map(|(key, _)| key)
    }

    fn has_dash(&self) -> bool {
        self.dash < self.column
    }
}

/// The key at the start of a text, without quotes, and what follows its colon.
fn key_of(content: &str) -> Option<(&str, &str)> {
    let (key, rest) = content.split_once(':')?;
    let ends = rest.is_empty() || rest.starts_with([' ', '\r']);
    let key = key.trim().trim_matches(['"', '\'']);
    (ends && !key.is_empty() && !key.starts_with(['#', '[', '{'])).then_some((key, rest))
}

/// Where a byte of a file stands; `None` outside of its fields, in a comment, and behind what cannot be completed.
pub(super) fn context(file: &SourceFile, offset: u32, markdown: bool) -> Option<Context> {
    let place = file.place(offset).line;
    let (first, last) = if markdown {
        front_matter(file, place)?
    } else {
        (1, file.lines())
    };
    let start = file.line_start(place) as usize;
    let before = &file.text[start..offset as usize];
    let content = before.trim_start_matches(' ');
    if content.starts_with('#') || before.contains(" #") {
        return None;
    }
    let blank = Line {
        dash: before.len(),
        column: before.len(),
        content: "",
    };
    let own = Line::read(before).unwrap_or(blank);
    let above: Vec<Line<'_>> = (first..place)
        .rev()
        .filter_map(|line| Line::read(file.line(line)))
        .collect();
    let mut parents = parents(&above, own.column);
    // `- {a: b` is a part of what stands above it.
    let in_braces = own.content.starts_with('{').then(|| parents.pop());
    let around = in_braces.flatten().map(|key| (key, own.content));
    let written = key_of(own.content).map(|(key, value)| (key.to_owned(), value));
    if let Some((key, value)) = &around.or(written) {
        let (key, written) = within(&mut parents, key, value.trim_start());
        return Some(Context {
            parents,
            key,
            written,
            siblings: Vec::new(),
        });
    }
    let below = (place + 1..=last).filter_map(|line| Line::read(file.line(line)));
    let siblings = siblings(&own, &above, below);
    let written = own.content.trim_start_matches(['"', '\'']).to_owned();
    // `- lyon` below `sites:` is a value of it; whether it may be a key too is for the schema to say.
    let is_item = own.has_dash() && !parents.is_empty();
    let key = if is_item { parents.pop() } else { None };
    Some(Context {
        parents,
        key,
        written,
        siblings,
    })
}

/// The lines of the front matter of a Markdown file, when a line is one of them.
fn front_matter(file: &SourceFile, line: usize) -> Option<(usize, usize)> {
    if file.line(1) != "---" {
        return None;
    }
    let end = (2..=file.lines()).find(|line| matches!(file.line(*line), "---" | "..."))?;
    (line > 1 && line < end).then_some((2, end - 1))
}

/// The keys above that a column stands under, the outermost first.
fn parents(above: &[Line<'_>], column: usize) -> Vec<String> {
    let mut parents = Vec::new();
    let mut column = column;
    for line in above {
        if line.column < column
            && let Some(key) = line.key()
        {
            parents.push(key.to_owned());
            column = line.column;
        }
    }
    parents.reverse();
    parents
}

/// The keys of the mapping that a line is, or will be, a part of.
fn siblings<'t>(
    own: &Line<'_>,
    above: &[Line<'t>],
    below: impl Iterator<Item = Line<'t>>,
) -> Vec<String> {
    let mut keys = Vec::new();
    for line in above {
        if own.has_dash() || line.column < own.column {
            break;
        }
        if line.column == own.column {
            keys.extend(line.key().map(str::to_owned));
            if line.has_dash() {
                break;
            }
        }
    }
    for line in below {
        if line.dash < own.column {
            break;
        }
        if line.column == own.column {
            keys.extend(line.key().map(str::to_owned));
        }
    }
    keys
}

/// The key and the letters of a value on its key's line: of `[a, b` the last item, of `{a: b` the value of `a`.
fn within(parents: &mut Vec<String>, key: &str, value: &str) -> (Option<String>, String) {
    let bare = |text: &str| text.trim_start().trim_start_matches(['"', '\'']).to_owned();
    let open = |bracket: char, closing: char| {
        let at = value.rfind(bracket)?;
        (!value[at..].contains(closing)).then_some(&value[at + 1..])
    };
    if let Some(inner) = open('{', '}') {
        parents.push(key.to_owned());
        let list = inner.rfind('[').filter(|at| !inner[*at..].contains(']'));
        let (before, item) = inner.split_at(list.unwrap_or(inner.len()));
        let part = before.rsplit(',').next().unwrap_or_default().trim_start();
        let item = item.trim_start_matches('[').rsplit(',').next();
        return match (key_of(part), list) {
            (Some((key, _)), Some(_)) => (Some(key.to_owned()), bare(item.unwrap_or_default())),
            (Some((key, value)), None) => (Some(key.to_owned()), bare(value)),
            (None, _) => (None, bare(part)),
        };
    }
    if let Some(inner) = open('[', ']') {
        let item = inner.rsplit(',').next().unwrap_or_default();
        return (Some(key.to_owned()), bare(item));
    }
    (Some(key.to_owned()), bare(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The context at `|`, as `a/b key=written (siblings)`.
    fn told(text: &str) -> String {
        let offset = text.find('|').expect("a cursor");
        let file = SourceFile::new("a.yaml", text.replacen('|', "", 1));
        let offset = u32::try_from(offset).expect("a short text");
        let markdown = text.starts_with("---");
        let Some(context) = context(&file, offset, markdown) else {
            return "nothing".to_owned();
        };
        format!(
            "{} {}={} ({})",
            context.parents.join("/"),
            context.key.unwrap_or_default(),
            context.written,
            context.siblings.join(" ")
        )
    }

    #[test]
    fn the_lines_before_say_where_the_cursor_is() {
        for (text, expected) in [
            ("name: a\nsi|", " =si (name)"),
            ("name: a\n|\nsite: b", " = (name site)"),
            ("site: ly|", " site=ly ()"),
            ("site: \"ly|", " site=ly ()"),
            ("- id: a\n  site: b\n- id: c\n  si|", " =si (id)"),
            ("- id: a\n- i|\n  site: b", " =i (site)"),
            ("sites:\n  - ly|", " sites=ly ()"),
            ("sites:\n- ly|", " sites=ly ()"),
            ("sites: [a, ly|", " sites=ly ()"),
            ("parts:\n  - name: a\n    se|", "parts =se (name)"),
            ("parts:\n  - name: a\n    serial: x|", "parts serial=x ()"),
            ("parts: {name: a, se|", "parts =se ()"),
            ("parts: {name: a, serial: x|", "parts serial=x ()"),
            ("parts: {name: a, sites: [ly|", "parts sites=ly ()"),
            ("parts: {sites: [a, ly|", "parts sites=ly ()"),
            ("parts: {sites: [a], se|", "parts =se ()"),
            ("parts:\n  - {name: a, se|", "parts =se ()"),
            ("parts:\n  - {sites: [a, ly|", "parts sites=ly ()"),
            ("name: a # si|", "nothing"),
            ("---\ntitle: a\nsi|\n---\ntext", " =si (title)"),
            ("---\ntitle: a\n---\ntext|", "nothing"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
