//! SHA-256, the only hash of content here, and its digits: names of files, marks of what they hold, keys of what is
//! remembered.

use std::fmt;
use std::hash::Hasher;

use sha2::{Digest, Sha256};

/// The hash of some bytes.
pub fn sha256(bytes: impl AsRef<[u8]>) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Bytes in hexadecimal digits, two each.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves
        .map(|half| char::from(DIGITS[usize::from(half)]))
        .collect()
}

/// The first digits of the hash of some bytes, two for each of `length` bytes of it.
pub fn short(bytes: impl AsRef<[u8]>, length: usize) -> String {
    hex(&sha256(bytes)[..length])
}

/// Feeds SHA-256 with whatever can be hashed, or written as text.
#[derive(Default)]
pub struct Digesting(Sha256);

impl Digesting {
    /// The hash so far, 64 hexadecimal digits.
    pub fn hex(self) -> String {
        hex(&self.bytes())
    }

    /// The same as bytes.
    pub fn bytes(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

impl Hasher for Digesting {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Nobody asks for it: the digest is longer.
    fn finish(&self) -> u64 {
        0
    }
}

impl fmt::Write for Digesting {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    /// The hash of `abc` that FIPS 180-4 gives as its example.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn a_hash_is_the_same_whole_or_in_parts() {
        assert_eq!(hex(&sha256("abc")), ABC);
        assert_eq!(short("abc", 3), "ba7816");
        let mut digesting = Digesting::default();
        digesting.write(b"a");
        write!(digesting, "bc").expect("hashing does not fail");
        assert_eq!(digesting.hex(), ABC);
    }
}
