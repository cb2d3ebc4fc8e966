//! The XML of a workbook's parts, piece by piece, so that no part is held whole. Nothing is fetched and
//! nothing expands: a document type is refused.

use std::borrow::Cow;
use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::import::Refusal;
use crate::import::entity::entity;
use crate::import::table::LONGEST_CELL;
use crate::import::table::workbook::archive::{Archive, Unpacked, damaged};
use crate::text;

/// The longest text, tag or comment, in bytes: two of the longest cells.
const LONGEST_PIECE: usize = 2 * LONGEST_CELL;

/// A part that is read.
pub(super) struct Xml<'a> {
    reader: Reader<BufReader<Piecewise<'a>>>,
    archive: &'a Archive<'a>,
    buffer: Vec<u8>,
}

/// The bytes of a part, of which one piece takes so many at most: the parser holds it whole.
struct Piecewise<'a> {
    source: Unpacked<'a>,
    left: usize,
}

impl Read for Piecewise<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Err(std::io::Error::other("piece"));
        }
        let most = buffer.len().min(self.left);
        let count = self.source.read(&mut buffer[..most])?;
        self.left -= count;
        Ok(count)
    }
}

/// A piece of it.
pub(super) enum Piece {
    /// An element begins; one without content begins and ends.
    Start(Tag),
    /// An element ends: its whole name.
    End(String),
    /// Letters.
    Text(String),
}

/// The begin of an element.
pub(super) struct Tag(BytesStart<'static>);

impl Tag {
    /// The name without its prefix, which differs from one program to the next.
    pub fn local(&self) -> &str {
        std::str::from_utf8(self.0.local_name().into_inner()).unwrap_or_default()
    }

    /// The name with its prefix.
    pub fn name(&self) -> &str {
        std::str::from_utf8(self.0.name().into_inner()).unwrap_or_default()
    }

    /// An attribute: by its whole name when that has a prefix, else by what follows the prefix.
    pub fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.0.attributes();
        let own = attributes.with_checks(false).flatten().find(|own| {
            let own = if name.contains(':') {
                own.key.into_inner()
            } else {
                own.key.local_name().into_inner()
            };
            own == name.as_bytes()
        });
        own?.unescape_value().ok()
    }

    /// An attribute that is a whole number.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.trim().parse().ok()
    }
}

impl<'a> Xml<'a> {
    /// Opens a part of an archive.
    pub fn open(archive: &'a Archive<'a>, name: &str) -> Result<Self, Refusal> {
        let source = Piecewise {
            source: archive.part(name)?,
            left: LONGEST_PIECE,
        };
        let mut reader = Reader::from_reader(BufReader::new(source));
        reader.config_mut().expand_empty_elements = true;
        Ok(Self {
            reader,
            archive,
            buffer: Vec::new(),
        })
    }

    /// The next piece; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Piece>, Refusal> {
        loop {
            self.buffer.clear();
            self.reader.get_mut().get_mut().left = LONGEST_PIECE;
            let Ok(event) = self.reader.read_event_into(&mut self.buffer) else {
                if self.reader.get_ref().get_ref().left == 0 {
                    return Err(too_long());
                }
                return Err(self.archive.refusal().unwrap_or_else(damaged));
            };
            let piece = match event {
                Event::Start(start) => Piece::Start(Tag(start.into_owned())),
                Event::End(end) => {
                    Piece::End(String::from_utf8_lossy(end.name().as_ref()).into_owned())
                }
                Event::Text(text) => Piece::Text(text.decode().map_err(|_| damaged())?.into()),
                Event::CData(text) => Piece::Text(text.decode().map_err(|_| damaged())?.into()),
                Event::GeneralRef(reference) => {
                    Piece::Text(entity(&reference).ok_or_else(damaged)?.into())
                }
                Event::DocType(_) => {
                    return Err(Refusal::new(text!(
                        "ce classeur déclare un type de document (`<!DOCTYPE`), ce qu’aucun tableur n’écrit",
                        "this workbook declares a document type (`<!DOCTYPE`), which no spreadsheet program writes"
                    )));
                }
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => continue,
            };
            return Ok(Some(piece));
        }
    }

    /// Passes over the rest of the element that has just begun.
    pub fn skip(&mut self) -> Result<(), Refusal> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Some(Piece::Start(_)) => depth += 1,
                Some(Piece::End(_)) => depth -= 1,
                Some(Piece::Text(_)) => {}
                None => return Err(damaged()),
            }
        }
        Ok(())
    }
}

/// Adds a piece to a text, which has the same bound as a piece.
pub(super) fn add(text: &mut String, piece: &str) -> Result<(), Refusal> {
    if text.len() + piece.len() > LONGEST_PIECE {
        return Err(too_long());
    }
    text.push_str(piece);
    Ok(())
}

/// That one text, tag or comment is too long.
fn too_long() -> Refusal {
    let most = LONGEST_PIECE >> 20;
    Refusal::new(text!(
        "un texte de ce classeur dépasse {most} Mio",
        "a text of this workbook is longer than {most} MiB"
    ))
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
