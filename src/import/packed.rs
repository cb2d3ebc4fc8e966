//! What zlib packed, unpacked up to a limit: a small file or message must not become a large one in memory.

use std::io::Read;

/// Why packed bytes are not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// They are not what they begin like.
    Broken,
    /// More comes out of them than is taken.
    TooLarge,
}

/// Whether bytes begin as zlib does (RFC 1950, 2.2): method 8, a window of at most 32 KiB, and a number that 31
/// divides. No text begins so.
pub fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [first, second, ..]
        if first & 0x0f == 8
            && first >> 4 <= 7
            && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31))
}

/// All that a decoder gives, if it is at most so many bytes; no more than that is ever held.
pub fn unpack(decoder: impl Read, most: usize) -> Result<Vec<u8>, Damage> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let read = decoder.take(limit).read_to_end(&mut bytes);
    match read {
        _ if bytes.len() > most => Err(Damage::TooLarge),
        Ok(_) => Ok(bytes),
        Err(_) => Err(Damage::Broken),
    }
}
