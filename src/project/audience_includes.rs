//! What each audience of `carnet.yaml` includes, itself or by others. Names that are none and circles open nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::nearest::did_you_mean;
use crate::project::audiences::example;
use crate::project::section::Section;
use crate::text;
use crate::yaml::{Node, Shape};

/// The names after `includes`, as they are written.
pub(super) fn included<'n>(node: &'n Node, section: &mut Section) -> Vec<&'n Node> {
    if node.is_empty() {
        return Vec::new();
    }
    let Shape::Mapping(entries) = &node.shape else {
        let message = text!(
            "ce que ce public comprend s’écrit `{{includes: […]}}`",
            "what this audience includes is written `{{includes: […]}}`"
        );
        section.report(node, message, Some(example()));
        return Vec::new();
    };
    let mut names = Vec::new();
    for (key, value) in entries {
        if key.text() != Some("includes") {
            section.unknown(key, &text!("d’un public", "of an audience"), &["includes"]);
            continue;
        }
        match &value.shape {
            Shape::Sequence(items) if !items.is_empty() => names.extend(items),
            Shape::Scalar { .. } if !value.is_empty() => names.push(value),
            _ => {
                let message = text!(
                    "`includes` attend au moins un nom de public",
                    "`includes` expects the name of one audience or more"
                );
                let help = text!(
                    "enlevez `includes` d’un public qui n’en comprend pas d’autre",
                    "remove `includes` of an audience that includes no other"
                );
                section.report(value, message, Some(help));
            }
        }
    }
    names
}

/// All that an audience includes, itself among it. Names that are none and circles are told once each, and open nothing.
pub(super) fn closure(
    name: &str,
    included: &[&Node],
    written: &BTreeMap<&str, Vec<&Node>>,
    section: &mut Section,
) -> BTreeSet<String> {
    let mut all = BTreeSet::from([name.to_owned()]);
    let mut open: Vec<&Node> = Vec::new();
    for node in included {
        let other = node.text().unwrap_or_default().trim();
        if !written.contains_key(other) {
            let message = text!(
                "`{other}` n’est pas un public déclaré ici",
                "`{other}` is not an audience declared here"
            );
            let help = did_you_mean(other, written.keys().copied());
            section.report(node, message, help);
        } else if leads_to(other, name, written) {
            let message = text!(
                "`{name}` se comprend lui-même par `{other}`",
                "`{name}` includes itself by `{other}`"
            );
            let help = text!(
                "enlevez un des deux `includes`",
                "remove one of the two `includes`"
            );
            section.report(node, message, Some(help));
        } else {
            open.push(node);
        }
    }
    while let Some(node) = open.pop() {
        let other = node.text().unwrap_or_default().trim();
        let Some(more) = written.get(other) else {
            continue;
        };
        if leads_to_itself(other, written) {
            all.insert(other.to_owned());
        } else if all.insert(other.to_owned()) {
            open.extend(more);
        }
    }
    all
}

fn leads_to_itself(name: &str, written: &BTreeMap<&str, Vec<&Node>>) -> bool {
    let next = written.get(name).into_iter().flatten();
    let mut names = next.filter_map(|node| node.text());
    names.any(|next| leads_to(next.trim(), name, written))
}

/// Whether one audience includes another, by however many others.
fn leads_to(from: &str, to: &str, written: &BTreeMap<&str, Vec<&Node>>) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            let next = written.get(name).into_iter().flatten();
            open.extend(next.filter_map(|node| node.text()).map(str::trim));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::project::config;
    use crate::source::SourceFile;

    fn sees(text: &str, name: &str) -> Vec<String> {
        let file = Arc::new(SourceFile::new("carnet.yaml", text));
        let (config, _) = config(&file, &[]);
        let all = config.audiences.includes(name);
        all.into_iter().flatten().cloned().collect()
    }

    #[test]
    fn what_is_included_is_included_by_many_steps() {
        let text = "audiences:\n  a: {}\n  b: {includes: [a]}\n  c: {includes: b}\n  d:\n";
        assert_eq!(sees(text, "a"), ["a"]);
        assert_eq!(sees(text, "c"), ["a", "b", "c"]);
        assert_eq!(sees(text, "d"), ["d"]);
        assert!(sees(text, "e").is_empty());
    }

    #[test]
    fn circles_open_nothing() {
        let text = "audiences:\n  a: {includes: [b]}\n  b: {includes: [a]}\n  c: {includes: [a]}\n";
        assert_eq!(sees(text, "a"), ["a"]);
        assert_eq!(sees(text, "b"), ["b"]);
        assert_eq!(sees(text, "c"), ["a", "c"]);
    }
}
