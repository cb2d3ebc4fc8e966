//! Bodies as agents send them: zlib (`application/x-compress-zlib`), gzip
//! (`application/x-compress-gzip`), raw deflate or nothing. What comes out has an end
//! ([`crate::import::packed`]).

use std::io::Write;

use flate2::Compression;
use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};
use flate2::write::{GzEncoder, ZlibEncoder};

pub use crate::import::packed::Damage;
use crate::import::packed::{is_zlib, unpack};

/// How a body is packed; the answer to it is packed likewise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coding {
    /// As it is.
    Plain,
    /// RFC 1950, what agents send unless told otherwise.
    Zlib,
    /// RFC 1952, what agents send that lack the library for zlib.
    Gzip,
    /// RFC 1951 alone, what some libraries send as `Content-Encoding: deflate`.
    Deflate,
}

impl Coding {
    /// How a body is packed, by its first bytes: no text of an agent begins like these. The two
    /// headers are only asked about raw deflate, which begins like nothing in particular.
    pub fn of(body: &[u8], says_deflate: bool) -> Self {
        match body {
            [0x1f, 0x8b, ..] => Self::Gzip,
            _ if is_zlib(body) => Self::Zlib,
            _ if says_deflate => Self::Deflate,
            _ => Self::Plain,
        }
    }

    /// The media type of an answer packed so, where the text has a type of its own.
    pub fn media_type(self, plain: &'static str) -> &'static str {
        match self {
            Self::Plain | Self::Deflate => plain,
            Self::Zlib => "application/x-compress-zlib",
            Self::Gzip => "application/x-compress-gzip",
        }
    }

    /// An answer, packed.
    pub fn pack(self, text: &[u8]) -> Vec<u8> {
        let written = match self {
            Self::Plain | Self::Deflate => Ok(text.to_vec()),
            Self::Zlib => {
                let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
                encoder.write_all(text).and_then(|()| encoder.finish())
            }
            Self::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
                encoder.write_all(text).and_then(|()| encoder.finish())
            }
        };
        written.expect("writing to memory cannot fail")
    }

    /// What is in a body, if it is at most so many bytes.
    pub fn unpack(self, body: Vec<u8>, most: usize) -> Result<Vec<u8>, Damage> {
        let bytes = body.as_slice();
        match self {
            Self::Plain if body.len() <= most => Ok(body),
            Self::Plain => Err(Damage::TooLarge),
            Self::Zlib => unpack(ZlibDecoder::new(bytes), most),
            Self::Gzip => unpack(GzDecoder::new(bytes), most),
            Self::Deflate => unpack(DeflateDecoder::new(bytes), most),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &[u8] = b"{\"action\": \"contact\"}";

    #[test]
    fn what_is_packed_is_read() {
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), Compression::fast());
        raw.write_all(TEXT).expect("memory");
        let raw = raw.finish().expect("memory");
        let bodies = [
            (Coding::Plain, TEXT.to_vec()),
            (Coding::Zlib, Coding::Zlib.pack(TEXT)),
            (Coding::Gzip, Coding::Gzip.pack(TEXT)),
            (Coding::Deflate, raw),
        ];
        for (coding, body) in bodies {
            assert_eq!(Coding::of(&body, coding == Coding::Deflate), coding);
            assert_eq!(coding.unpack(body, 100), Ok(TEXT.to_vec()), "{coding:?}");
        }
        for begin in [
            &b"{"[..],
            b"<?xml",
            b" [",
            b"\xef\xbb\xbf{",
            b"\xff\xfe<\0",
            b"",
        ] {
            assert_eq!(Coding::of(begin, false), Coding::Plain, "{begin:?}");
        }
    }

    #[test]
    fn bombs_and_torn_bodies_are_refused() {
        let zeros = vec![b'0'; 4 << 20];
        for coding in [Coding::Zlib, Coding::Gzip] {
            let bomb = coding.pack(&zeros);
            assert!(bomb.len() < 10_000);
            assert_eq!(
                coding.unpack(bomb.clone(), (4 << 20) - 1),
                Err(Damage::TooLarge)
            );
            assert_eq!(
                coding.unpack(bomb, 4 << 20).map(|all| all.len()),
                Ok(4 << 20)
            );
            let mut torn = coding.pack(TEXT);
            torn.truncate(torn.len() - 6);
            assert_eq!(coding.unpack(torn, 100), Err(Damage::Broken));
        }
        assert_eq!(
            Coding::Plain.unpack(TEXT.to_vec(), 5),
            Err(Damage::TooLarge)
        );
    }
}
