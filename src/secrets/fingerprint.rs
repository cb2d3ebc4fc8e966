//! A value as a hash, so that the list of what is no secret after all does not hold it: with the list's salt, and many times
//! over, because a password is easily guessed.

use crate::digest::{hex, sha256};

/// How a fingerprint starts.
const START: &str = "sha256:";
/// Bytes of the hash that are kept.
const KEPT: usize = 16;
/// How often it is hashed: a thousand guesses cost a second, and what a build finds is little.
const ROUNDS: usize = 4_096;

/// A value that cannot be read from it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; KEPT]);

impl Fingerprint {
    /// The fingerprint of a value.
    pub fn of(salt: &str, value: &str) -> Self {
        let mut hash = sha256(format!("{salt}\n{}", value.trim()));
        for _ in 1..ROUNDS {
            hash = sha256([salt.as_bytes(), &hash].concat());
        }
        let mut kept = [0; KEPT];
        kept.copy_from_slice(&hash[..KEPT]);
        Self(kept)
    }

    /// Reads `sha256:…`; `None` for everything else.
    pub fn read(written: &str) -> Option<Self> {
        let digits = written.trim().strip_prefix(START)?;
        if digits.len() != 2 * KEPT || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let mut hash = [0; KEPT];
        for (byte, at) in hash.iter_mut().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(&digits[at..at + 2], 16).ok()?;
        }
        Some(Self(hash))
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{START}{}", hex(&self.0))
    }
}
