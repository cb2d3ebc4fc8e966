//! A record's file as a diff may show it, read as YAML: the values of its fields, without the secrets that people
//! wrote into them; stars for the values of secret fields and of keys that the schema does not know.

use std::ops::Range;
use std::sync::Arc;

use crate::project::free_text;
use crate::project::front_matter;
use crate::project::location::Location;
use crate::schema::{Field, find_field};
use crate::source::{SourceFile, TextRange};
use crate::yaml::{self, Node, Shape};

/// What is shown of a place.
enum Piece {
    /// Stars.
    Hidden(Range<usize>),
    /// A text of people's, and what it says.
    Text(Range<usize>, String),
}

impl Piece {
    fn range(&self) -> &Range<usize> {
        match self {
            Self::Hidden(range) | Self::Text(range, _) => range,
        }
    }
}

/// The file without its secrets; nothing where it cannot be read for sure, or repeats values by aliases.
pub(super) fn shown(file: &Arc<SourceFile>, location: &Location) -> Option<String> {
    let (fields, body) = if location.markdown {
        let parts = front_matter::split(file, location, &mut Vec::new());
        (parts.front_matter, parts.body)
    } else {
        (Some(file.whole()), None)
    };
    let mut pieces = Vec::new();
    if let Some(range) = fields {
        let (root, diagnostics) = yaml::parse(file, range);
        if !diagnostics.is_empty() || !yaml::anchored(file, range).is_empty() {
            return None;
        }
        if let Some(root) = root {
            walk(&root, &location.kind.fields, &mut pieces)?;
        }
    }
    if let Some(body) = body {
        let text = file.slice(body).to_owned();
        pieces.push(Piece::Text(bytes(body), text));
    }
    pieces.sort_by_key(|piece| piece.range().start);
    Some(joined(&file.text, &pieces))
}

fn bytes(range: TextRange) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// Notes the values of a record, or of records; nothing where a key is none.
fn walk(node: &Node, fields: &[Field], pieces: &mut Vec<Piece>) -> Option<()> {
    match &node.shape {
        Shape::Scalar { .. } => {
            let text = node.text().unwrap_or_default();
            pieces.push(Piece::Text(bytes(node.range), text.to_owned()));
        }
        Shape::Sequence(items) => {
            for item in items {
                walk(item, fields, pieces)?;
            }
        }
        Shape::Mapping(entries) => {
            for (key, value) in entries {
                let key = key.text()?;
                let field = find_field(fields, key).map(|(_, field)| field);
                match field {
                    Some(field) if !field.secret => walk(value, field.fields(), pieces)?,
                    None if key == "id" => walk(value, &[], pieces)?,
                    _ => pieces.push(Piece::Hidden(bytes(value.range))),
                }
            }
        }
    }
    Some(())
}

/// The text with each piece as it is shown. What stands between them is keys, signs and comments.
fn joined(text: &str, pieces: &[Piece]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for piece in pieces {
        let range = piece.range();
        if range.start < at {
            continue;
        }
        out.push_str(&without_comments(&text[at..range.start]));
        let raw = &text[range.clone()];
        match piece {
            Piece::Hidden(_) if raw.trim().is_empty() => out.push_str(raw),
            Piece::Hidden(_) => out.push_str(&stars(raw)),
            Piece::Text(_, said) if free_text::find(said).is_empty() => out.push_str(raw),
            Piece::Text(..) => match free_text::without(raw) {
                Some((shown, _)) => out.push_str(&shown),
                None => out.push_str(&stars(raw)),
            },
        }
        at = range.end;
    }
    out.push_str(&without_comments(&text[at..]));
    out
}

/// Stars for a value, on as many lines.
fn stars(raw: &str) -> String {
    let star = |letter: char| if letter.is_whitespace() { letter } else { '*' };
    raw.chars().map(star).collect()
}

/// What stands between values, without the secrets in its comments.
fn without_comments(text: &str) -> String {
    let Some(start) = text.find('#') else {
        return text.to_owned();
    };
    let (before, comments) = text.split_at(start);
    let shown = free_text::without(comments);
    format!(
        "{before}{}",
        shown.map_or(comments.to_owned(), |(shown, _)| shown)
    )
}

#[cfg(test)]
mod tests {
    use crate::project::secrets::without_unknown;
    use crate::schema::built_in;

    fn check(written: &str, expected: &str) {
        let shown = without_unknown("inventory/assets/a.yaml", written, &built_in());
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_an_import_writes_is_shown_as_it_is_written() {
        for text in [
            "name: SRV\nnotes: \"Note sur\\ndeux lignes: voir le couloir\"\n",
            "name: SRV\nnotes: |-\n  Note sur\n  deux lignes: voir le couloir\n",
            "name: PC\nnotes: \"mot de passe BIOS : ***\"\n",
            "name: PC\nnotes: \"Mot de passe :\\n\\nIl est dans le coffre.\"\n# voir le couloir: 2\n",
            "- id: a\n  name: 'x: y'\n  components:\n    - name: \"a: b\"\n",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn secrets_are_not_shown_wherever_they_stand() {
        check(
            "name: a # mdp : A1\nbitlocker_key: 1 2\nnotes: \"mdp : A2\"\n",
            "name: a # mdp : ***\nbitlocker_key: * *\nnotes: \"mdp : ***\"\n",
        );
        check(
            "name: a\ncoffre: {x: 1}\nnotes: |-\n  mdp :\n  A2\n",
            "name: a\ncoffre: *** **\nnotes: |-\n  mdp :\n  (***)\n",
        );
    }
}
