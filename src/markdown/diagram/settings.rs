//! What authors set beside a diagram: themes and HTML by `%%{init}%%` or a head, colours by `style`, links by `click`.
//! The page decides on looks, and a picture leads nowhere: none of it is kept, and the first of it is told.

use std::ops::Range;

/// Statements that say how something looks or where it leads.
const STATEMENTS: [&str; 9] = [
    "style",
    "classDef",
    "linkStyle",
    "cssClass",
    "click",
    "callback",
    "link",
    "links",
    "href",
];

/// The text without its directives and without a head's settings; each byte stays in its place.
pub(super) fn without(source: &str) -> String {
    let mut bytes = source.as_bytes().to_vec();
    for place in directives(source) {
        blank(&mut bytes[place]);
    }
    for place in head_settings(source) {
        blank(&mut bytes[place]);
    }
    String::from_utf8(bytes).expect("whole lines and whole directives were blanked")
}

/// The first thing that is not kept.
pub(super) fn first(source: &str) -> Option<Range<usize>> {
    let statement = lines(source).find(|(_, line)| {
        let word = line.split_whitespace().next().unwrap_or_default();
        STATEMENTS.contains(&word) && line.split_whitespace().count() > 1
    });
    let statement = statement.map(|(start, line)| {
        let indent = line.len() - line.trim_start().len();
        start + indent..start + line.trim_end().len()
    });
    let all = directives(source).into_iter().chain(head_settings(source));
    all.chain(statement).min_by_key(|place| place.start)
}

/// Turns everything but the ends of lines into spaces.
fn blank(bytes: &mut [u8]) {
    for byte in bytes {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

/// The places of `%%{…}%%`; one that is not closed goes to the end of its line.
fn directives(source: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = source[at..].find("%%{").map(|start| at + start) {
        let rest = &source[start..];
        let line = rest.find('\n').unwrap_or(rest.len());
        let end = start + rest.find("}%%").map_or(line, |end| end + "}%%".len());
        found.push(start..end);
        at = end;
    }
    found
}

/// The lines of a head (`---`) but its fences and the title.
fn head_settings(source: &str) -> Vec<Range<usize>> {
    let mut all = lines(source);
    if all.next().is_none_or(|(_, line)| line.trim() != "---") {
        return Vec::new();
    }
    let mut head = Vec::new();
    for (start, line) in all {
        if line.trim() == "---" {
            return head;
        }
        if !line.starts_with("title:") && !line.trim().is_empty() {
            head.push(start..start + line.len());
        }
    }
    Vec::new()
}

/// The lines with the places where they start.
pub(super) fn lines(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    source.split('\n').map(move |line| {
        let place = start;
        start += line.len() + 1;
        (place, line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_taken_out_and_the_rest_stays_in_place() {
        let source = "---\ntitle: É\nconfig:\n  theme: dark\n---\n%%{init: {\"a\":\n1}}%%\nflowchart LR\n  A --> B\n  style A fill:#f00\n";
        let clean = without(source);
        assert_eq!(clean.len(), source.len());
        for gone in ["config", "theme", "init"] {
            assert!(!clean.contains(gone), "{clean}");
        }
        assert_eq!(clean.find("A --> B"), source.find("A --> B"));
        assert!(clean.contains("title: É"));
        assert_eq!(&source[first(source).unwrap()], "config:");
        assert_eq!(
            &"a\n  style A b"[first("a\n  style A b").unwrap()],
            "style A b"
        );
        assert_eq!(first("sequenceDiagram\nA->>B: style"), None);
        assert_eq!(without("%%{init"), "       ");
        assert_eq!(without("---\ntitle: x\n"), "---\ntitle: x\n");
    }
}
