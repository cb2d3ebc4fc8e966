//! From a grammar's scopes to a dozen classes: enough for a theme, and a page stays small.

use std::sync::OnceLock;

use syntect::parsing::Scope;

/// The class of a run of code, one letter; `None` is the text's own colour.
pub(super) type Class = Option<&'static str>;

/// Prefixes of scopes, the more special first. `""` ends the search: the text's own colour.
/// `-` goes on with the scope below, so that a string's quotes are of the string.
const CLASSES: [(&str, &str); 46] = [
    ("comment", "c"),
    ("punctuation.definition", "-"),
    ("meta.tag.section.ini", "t"),
    ("entity.section", "t"),
    ("keyword.name.ini", "a"),
    ("punctuation.section", "-"),
    ("punctuation.separator", "-"),
    ("punctuation.terminator", "-"),
    ("punctuation.accessor", "-"),
    ("punctuation.support", "-"),
    ("constant.character", "n"),
    ("constant.numeric", "n"),
    ("constant.language", "n"),
    ("constant", "n"),
    ("string.unquoted.plain.out.yaml", "s"),
    ("string.unquoted.argument", ""),
    ("string", "s"),
    ("keyword.operator", "o"),
    ("keyword", "k"),
    ("storage.type.function", "k"),
    ("storage.type.class", "k"),
    ("storage", "k"),
    ("meta.group.expansion.parameter", "v"),
    ("variable.function", "f"),
    ("variable.annotation", "a"),
    ("variable.parameter.option", "a"),
    ("variable", "v"),
    ("support.function", "f"),
    ("support.type.property-name", "a"),
    ("support.type", "t"),
    ("support.class", "t"),
    ("support.constant", "n"),
    ("support.variable", "v"),
    ("support", "f"),
    ("entity.name.function", "f"),
    ("entity.name.tag.yaml", "a"),
    ("entity.name.tag", "k"),
    ("entity.name.section", "k"),
    ("entity.name", "t"),
    ("entity.other.attribute-name", "a"),
    ("entity.other.inherited-class", "t"),
    ("markup.inserted", "i"),
    ("markup.deleted", "d"),
    ("meta.diff.header", "c"),
    ("meta.diff.range", "k"),
    ("invalid", "e"),
];

/// The class of the innermost scope that has one.
pub(super) fn class(scopes: &[Scope]) -> Class {
    for scope in scopes.iter().rev() {
        let found = prefixes()
            .iter()
            .find(|(prefix, _)| prefix.is_prefix_of(*scope));
        match found {
            None | Some((_, "-")) => {}
            Some((_, "")) => return None,
            Some((_, "s")) if is_key(scopes) => return Some("a"),
            Some((_, class)) => return Some(class),
        }
    }
    None
}

/// Whether the text is a key of JSON and the like, which grammars mark as a string in a key.
fn is_key(scopes: &[Scope]) -> bool {
    static KEY: OnceLock<Scope> = OnceLock::new();
    let key = KEY.get_or_init(|| Scope::new("meta.mapping.key").expect("three short atoms"));
    scopes.iter().any(|scope| key.is_prefix_of(*scope))
}

fn prefixes() -> &'static [(Scope, &'static str)] {
    static PREFIXES: OnceLock<Vec<(Scope, &'static str)>> = OnceLock::new();
    PREFIXES.get_or_init(|| {
        let scope = |name| Scope::new(name).expect("a scope of at most eight short atoms");
        CLASSES
            .iter()
            .map(|(name, class)| (scope(name), *class))
            .collect()
    })
}
