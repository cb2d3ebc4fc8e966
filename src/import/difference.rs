//! A unified diff of two texts, for `--dry-run`: what `git diff` would show.

use std::fmt::Write;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

/// Lines shown around a change.
const AROUND: usize = 3;

/// The diff of a file; nothing when both are the same.
pub fn difference(path: &str, before: Option<&str>, after: Option<&str>) -> String {
    if before == after {
        return String::new();
    }
    let old: Vec<&str> = before.unwrap_or_default().split_inclusive('\n').collect();
    let new: Vec<&str> = after.unwrap_or_default().split_inclusive('\n').collect();
    let mut out = String::new();
    let name = |side: &str, text: Option<&str>| match text {
        Some(_) => format!("{side}/{path}"),
        None => "/dev/null".to_owned(),
    };
    let _ = writeln!(out, "--- {}", name("a", before));
    let _ = writeln!(out, "+++ {}", name("b", after));
    let operations = capture_diff_slices(Algorithm::Myers, &old, &new);
    for group in group_diff_ops(operations, AROUND) {
        hunk(&mut out, &group, (&old, &new));
    }
    out
}

fn hunk(out: &mut String, group: &[DiffOp], (old, new): (&[&str], &[&str])) {
    let (Some(first), Some(last)) = (group.first(), group.last()) else {
        return;
    };
    let from = first.old_range().start..last.old_range().end;
    let to = first.new_range().start..last.new_range().end;
    let _ = writeln!(out, "@@ -{} +{} @@", place(&from), place(&to));
    for operation in group {
        let (from, to) = (operation.old_range(), operation.new_range());
        if matches!(operation, DiffOp::Equal { .. }) {
            lines(out, ' ', &old[from]);
        } else {
            lines(out, '-', &old[from]);
            lines(out, '+', &new[to]);
        }
    }
}

fn place(range: &Range<usize>) -> String {
    let start = if range.is_empty() {
        range.start
    } else {
        range.start + 1
    };
    format!("{start},{}", range.len())
}

fn lines(out: &mut String, mark: char, lines: &[&str]) {
    for line in lines {
        let _ = writeln!(out, "{mark}{}", line.trim_end_matches(['\n', '\r']));
        if !line.ends_with('\n') {
            out.push_str("\\ No newline at end of file\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_have_their_lines_around() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n";
        let after = "1\n2\n3\n4\ncinq\n6\n7\n8\n9";
        let expected = "--- a/x\n+++ b/x\n@@ -2,7 +2,8 @@\n 2\n 3\n 4\n-5\n+cinq\n 6\n 7\n 8\n+9\n\\ No newline at end of file\n";
        assert_eq!(difference("x", Some(before), Some(after)), expected);
        assert_eq!(
            difference("x", None, Some("a\n")),
            "--- /dev/null\n+++ b/x\n@@ -0,0 +1,1 @@\n+a\n"
        );
        assert_eq!(difference("x", Some("a"), Some("a")), "");
    }
}
