//! A part of an answer, for who asks to go on where a download stopped or to jump within a recording (RFC 9110 §14).
//! One part at a time: what asks for several, or cannot be understood, gets the whole.

use std::ops::Range;

use crate::http::head::Head;

/// What of an answer is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    Whole,
    Part(Range<usize>),
    /// It begins after the end.
    Beyond,
}

/// What a request asks of content with this tag and length.
pub(super) fn asked(head: &Head, tag: &str, length: usize) -> Asked {
    let mut ranges = head.values("range");
    let (Some(range), None) = (ranges.next(), ranges.next()) else {
        return Asked::Whole;
    };
    // The part of another version is no part of this one.
    let is_same = head.values("if-range").all(|known| known == tag);
    if head.method != "GET" || !is_same {
        return Asked::Whole;
    }
    part(range, length).unwrap_or(Asked::Whole)
}

/// `None` for what is not one part.
fn part(range: &str, length: usize) -> Option<Asked> {
    let (unit, range) = range.split_once('=')?;
    let (first, last) = range.trim().split_once('-')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let (start, end) = match (first, last) {
        ("", suffix) => (length.saturating_sub(number(suffix)?), length),
        (first, "") => (number(first)?, length),
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if last < first {
                return None;
            }
            (first, last.saturating_add(1).min(length))
        }
    };
    Some(if start < end {
        Asked::Part(start..end)
    } else {
        Asked::Beyond
    })
}

/// Digits only; a number that is too large for us is larger than any content.
fn number(digits: &str) -> Option<usize> {
    let is_sound = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_sound.then(|| digits.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_is_understood_and_all_else_is_the_whole() {
        let of = |range: &str| part(range, 10);
        for (range, expected) in [
            ("bytes=0-3", 0..4),
            ("bytes=4-", 4..10),
            ("bytes=-3", 7..10),
            ("bytes=-99", 0..10),
            ("bytes=8-99999999999999999999999", 8..10),
            ("Bytes=9-9", 9..10),
        ] {
            assert_eq!(of(range), Some(Asked::Part(expected)), "{range}");
        }
        for beyond in ["bytes=10-", "bytes=10-12", "bytes=-0"] {
            assert_eq!(of(beyond), Some(Asked::Beyond), "{beyond}");
        }
        for whole in [
            "bytes=0-1,3-4",
            "bytes=3-1",
            "bytes=a-b",
            "bytes=-",
            "bytes=+1-2",
            "lines=0-1",
            "bytes",
            "",
        ] {
            assert_eq!(of(whole), None, "{whole}");
        }
        assert_eq!(part("bytes=0-", 0), Some(Asked::Beyond));
    }
}
