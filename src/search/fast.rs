//! A hash for maps that are asked ten million times and never seen from outside.

use std::hash::{BuildHasherDefault, Hasher};

/// FNV-1a over whole words: the maps here are never seen from outside, and asked ten million times.
#[derive(Default)]
pub(super) struct Fast(u64);

/// What maps need to use it.
pub(super) type BuildFast = BuildHasherDefault<Fast>;

impl Hasher for Fast {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..part.len()].copy_from_slice(part);
            let mixed = (self.0.rotate_left(5) ^ u64::from_le_bytes(word))
                .wrapping_mul(0x517c_c1b7_2722_0a95);
            self.0 = mixed ^ (mixed >> 32);
        }
    }
}
