//! How much of one file is found in another, counted in bytes of equal lines.

use std::hash::{DefaultHasher, Hasher};

/// Longer lines are cut into pieces of this many bytes, so that one edit in a long line or in a
/// binary file does not make it all different.
const PIECE: usize = 64;

/// The lines of a file, as hashes with the bytes they stand for, sorted.
#[derive(Debug)]
pub(super) struct Fingerprint {
    lines: Vec<(u64, usize)>,
    size: usize,
}

impl Fingerprint {
    /// Reads a file's bytes. Line ends count, whether written as on Unix or on Windows.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut pieces: Vec<(u64, usize)> = Vec::new();
        let mut size = 0;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let line = match line {
                [text @ .., b'\r', b'\n'] | [text @ .., b'\n'] | text => text,
            };
            let empty: &[&[u8]] = &[&[]];
            let (first, rest) = (empty.iter().copied(), line.chunks(PIECE));
            for piece in first.filter(|_| line.is_empty()).chain(rest) {
                let mut hasher = DefaultHasher::new();
                hasher.write(piece);
                pieces.push((hasher.finish(), piece.len() + 1));
                size += piece.len() + 1;
            }
        }
        pieces.sort_unstable();
        let mut lines: Vec<(u64, usize)> = Vec::with_capacity(pieces.len());
        for (hash, length) in pieces {
            match lines.last_mut() {
                Some(last) if last.0 == hash => last.1 += length,
                _ => lines.push((hash, length)),
            }
        }
        Self { lines, size }
    }

    /// How many pieces it is made of.
    pub(super) fn pieces(&self) -> usize {
        self.lines.len()
    }

    /// The share of the larger file that both have in common, in percent.
    pub(super) fn likeness(&self, other: &Self) -> usize {
        let larger = self.size.max(other.size);
        if larger == 0 {
            return 0;
        }
        // Even if one held all of the other, it would not be enough for any use.
        if self.size.min(other.size) * 2 < larger {
            return 0;
        }
        let (mut left, mut right) = (self.lines.as_slice(), other.lines.as_slice());
        let mut common = 0;
        while let ([(a, in_left), ..], [(b, in_right), ..]) = (left, right) {
            if a == b {
                common += in_left.min(in_right);
            }
            left = if a <= b { &left[1..] } else { left };
            right = if b <= a { &right[1..] } else { right };
        }
        common * 100 / larger
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_counts_bytes_of_equal_lines() {
        let ten = "abcdefghi\n".repeat(5) + &"012345678\n".repeat(5);
        let five = "012345678\n".repeat(5);
        let print = |text: &str| Fingerprint::of(text.as_bytes());
        assert_eq!(print(&ten).likeness(&print(&ten)), 100);
        assert_eq!(print(&ten).likeness(&print(&five)), 50);
        assert_eq!(
            print(&ten).likeness(&print(&ten.replace('\n', "\r\n"))),
            100
        );
        assert_eq!(print(&ten).likeness(&print("x\n")), 0);
        assert_eq!(print("").likeness(&print("")), 0);
    }
}
