//! Which findings are new since another state, and which are mended: those who change a file answer for what they
//! bring, not for what was there.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;

/// The findings of a state beside those of an earlier one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// Those that the earlier state lacked, in their order.
    pub new: Vec<Diagnostic>,
    /// How many both have.
    pub old: usize,
    /// Those that the earlier state alone has, in their order.
    pub mended: Vec<Diagnostic>,
}

/// Compares findings by rule, path and message, as often as each stands there: one that moved to another line is old,
/// one more of the same is new. `renamed` says by the path of today which one a file had.
pub fn compare(
    now: Vec<Diagnostic>,
    before: Vec<Diagnostic>,
    renamed: &BTreeMap<String, String>,
) -> Compared {
    let mut compared = Compared::default();
    let mut left: BTreeMap<_, usize> = BTreeMap::new();
    for diagnostic in &before {
        *left.entry(owned(diagnostic.likeness())).or_default() += 1;
    }
    for diagnostic in now {
        let (rule, path, message) = diagnostic.likeness();
        let path = renamed.get(path).map_or(path, String::as_str);
        match left.get_mut(&owned((rule, path, message))) {
            Some(number) if *number > 0 => {
                *number -= 1;
                compared.old += 1;
            }
            _ => compared.new.push(diagnostic),
        }
    }
    for diagnostic in before {
        let number = left.entry(owned(diagnostic.likeness())).or_default();
        if *number > 0 {
            *number -= 1;
            compared.mended.push(diagnostic);
        }
    }
    compared
}

fn owned((rule, path, message): (&'static str, &str, &str)) -> (&'static str, String, String) {
    (rule, path.to_owned(), message.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Rule, Severity};
    use crate::text;

    fn found(path: &str, message: &str) -> Diagnostic {
        let rule = Rule {
            name: "dead-link",
            level: Severity::Error,
        };
        Diagnostic::on_path(rule, path, text!("{message}", "{message}"))
    }

    #[test]
    fn each_finding_is_counted_as_often_as_it_stands_there() {
        let now = vec![found("a", "x"), found("a", "x"), found("b", "x")];
        let before = vec![found("a", "x"), found("b", "y"), found("b", "y")];
        let compared = compare(now, before, &BTreeMap::new());
        assert_eq!(compared.new, [found("a", "x"), found("b", "x")]);
        assert_eq!(compared.old, 1);
        assert_eq!(compared.mended, [found("b", "y"), found("b", "y")]);
    }

    #[test]
    fn a_renamed_file_keeps_what_was_wrong_with_it() {
        let renamed = BTreeMap::from([("new".to_owned(), "old".to_owned())]);
        let compared = compare(vec![found("new", "x")], vec![found("old", "x")], &renamed);
        assert_eq!((compared.new.len(), compared.old), (0, 1));
        assert_eq!(compared.mended, []);
    }
}
