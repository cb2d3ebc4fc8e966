//! The zip archive that every workbook is: its parts by name, unpacked as they are read.
//!
//! Written here because what is read must have an end: a part gives no byte more than it declares, all
//! parts together no more than [`MOST_UNPACKED`], and its sum must be right at the end.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::Read;

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use crate::import::Refusal;
use crate::text;

/// The most bytes that are unpacked of one workbook: a sheet of four million cells takes 200 MiB.
pub(super) const MOST_UNPACKED: u64 = 256 << 20;
/// The most parts of an archive; a workbook has some dozens.
const MOST_PARTS: usize = 10_000;

/// An archive in memory.
#[derive(Debug)]
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    parts: BTreeMap<String, Part>,
    /// How many bytes may still be unpacked.
    left: Cell<u64>,
    fault: Cell<Option<Fault>>,
}

/// Where a part lies, and what it says of itself.
#[derive(Debug, Clone, Copy)]
struct Part {
    method: u16,
    flags: u16,
    sum: u32,
    packed: u64,
    unpacked: u64,
    header: u64,
}

/// Why a part stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    TooLarge,
    Damaged,
}

impl<'a> Archive<'a> {
    /// Reads the list of parts, at the archive's end.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let parts = parts(bytes).ok_or_else(damaged)?;
        if parts.len() > MOST_PARTS {
            return Err(too_large());
        }
        Ok(Self {
            bytes,
            parts,
            left: Cell::new(MOST_UNPACKED),
            fault: Cell::new(None),
        })
    }

    /// Whether there is a part of this name, whatever its case.
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&name.to_lowercase())
    }

    /// Whether the name of some part ends so.
    pub fn has_end(&self, end: &str) -> bool {
        self.parts.keys().any(|name| name.ends_with(end))
    }

    /// Opens a part. Refused when there is none of this name, it is encrypted, packed in another way
    /// than those of workbooks, or declares more than may be unpacked.
    pub fn part(&self, name: &str) -> Result<Unpacked<'_>, Refusal> {
        let part = self.parts.get(&name.to_lowercase()).copied();
        let part = part.ok_or_else(damaged)?;
        if part.flags & 1 != 0 {
            return Err(super::encrypted());
        }
        if part.unpacked > self.left.get() {
            return Err(too_large());
        }
        let packed = self.packed(part).ok_or_else(damaged)?;
        let source: Box<dyn Read + '_> = match part.method {
            0 => Box::new(packed),
            8 => Box::new(DeflateDecoder::new(packed)),
            _ => return Err(damaged()),
        };
        Ok(Unpacked {
            source,
            declared: part.unpacked,
            sum: part.sum,
            found: Crc::new(),
            archive: self,
        })
    }

    /// The packed bytes of a part, behind the header that repeats its name.
    fn packed(&self, part: Part) -> Option<&'a [u8]> {
        let header = usize::try_from(part.header).ok()?;
        let own = self.bytes.get(header..)?;
        if !own.starts_with(b"PK\x03\x04") {
            return None;
        }
        let from = 30 + usize::from(two(own, 26)?) + usize::from(two(own, 28)?);
        let to = from.checked_add(usize::try_from(part.packed).ok()?)?;
        own.get(from..to)
    }

    /// Why reading stopped, if the archive is the reason.
    pub fn refusal(&self) -> Option<Refusal> {
        self.fault.get().map(|fault| match fault {
            Fault::TooLarge => too_large(),
            Fault::Damaged => damaged(),
        })
    }
}

/// A part while it is read.
pub(super) struct Unpacked<'a> {
    source: Box<dyn Read + 'a>,
    declared: u64,
    sum: u32,
    found: Crc,
    archive: &'a Archive<'a>,
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let stop = |fault| {
            self.archive.fault.set(Some(fault));
            Err(std::io::Error::other("archive"))
        };
        let Ok(count) = self.source.read(buffer) else {
            return stop(Fault::Damaged);
        };
        self.found.update(&buffer[..count]);
        let unpacked = count as u64;
        if unpacked > self.declared {
            return stop(Fault::Damaged);
        }
        if unpacked > self.archive.left.get() {
            return stop(Fault::TooLarge);
        }
        self.declared -= unpacked;
        self.archive.left.set(self.archive.left.get() - unpacked);
        let ended = count == 0 && !buffer.is_empty();
        if ended && (self.declared > 0 || self.found.sum() != self.sum) {
            return stop(Fault::Damaged);
        }
        Ok(count)
    }
}

/// The parts by name in lower case, from the list at the end; nothing when there is no such list.
fn parts(bytes: &[u8]) -> Option<BTreeMap<String, Part>> {
    // A comment of at most 64 KiB may follow the last record.
    let from = bytes.len().saturating_sub(22 + 0xffff);
    let end = bytes[from..]
        .windows(4)
        .rposition(|four| four == b"PK\x05\x06")?;
    let end = bytes.get(from + end..)?;
    let mut at = usize::try_from(four(end, 16)?).ok()?;
    let mut parts = BTreeMap::new();
    for _ in 0..two(end, 10)? {
        let own = bytes.get(at..)?;
        if !own.starts_with(b"PK\x01\x02") {
            return None;
        }
        let [named, extra, comment] =
            [two(own, 28)?, two(own, 30)?, two(own, 32)?].map(usize::from);
        let mut part = Part {
            method: two(own, 10)?,
            flags: two(own, 8)?,
            sum: four(own, 16)?,
            packed: u64::from(four(own, 20)?),
            unpacked: u64::from(four(own, 24)?),
            header: u64::from(four(own, 42)?),
        };
        let after = 46 + named;
        large(&mut part, own.get(after..after + extra)?);
        let name = String::from_utf8_lossy(own.get(46..after)?);
        parts.insert(name.replace('\\', "/").to_lowercase(), part);
        at += after + extra + comment;
    }
    Some(parts)
}

/// Takes sizes from the record of large archives (ZIP64), which some programs write for small ones.
fn large(part: &mut Part, mut extra: &[u8]) {
    while let (Some(name), Some(length)) = (two(extra, 0), two(extra, 2)) {
        let Some(mut own) = extra.get(4..4 + usize::from(length)) else {
            return;
        };
        extra = &extra[4 + usize::from(length)..];
        if name != 1 {
            continue;
        }
        for value in [&mut part.unpacked, &mut part.packed, &mut part.header] {
            if *value == u64::from(u32::MAX)
                && let Some((eight, rest)) = own.split_first_chunk::<8>()
            {
                *value = u64::from_le_bytes(*eight);
                own = rest;
            }
        }
    }
}

fn two(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..)?.first_chunk::<2>()?;
    Some(u16::from_le_bytes(*two))
}

fn four(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*four))
}

pub(super) fn damaged() -> Refusal {
    Refusal::new(text!(
        "classeur coupé ou abîmé ; rouvrez-le dans un tableur et enregistrez-le de nouveau",
        "the workbook is cut or damaged; open it in a spreadsheet program and save it again"
    ))
}

fn too_large() -> Refusal {
    let most = MOST_UNPACKED >> 20;
    Refusal::new(text!(
        "classeur trop grand une fois décompressé : {most} Mio au plus",
        "the workbook is too large once unpacked: {most} MiB at most"
    ))
}
