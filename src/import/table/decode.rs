//! Bytes → text: UTF-8 and UTF-16 with or without their marks, else Windows-1252, which French
//! spreadsheets still write.

use std::borrow::Cow;

use crate::diagnostic::Text;
use crate::import::Refusal;
use crate::import::table::code_page::doubt;
use crate::import::table::heading::lines;
use crate::text;

/// What the bytes 0x80 to 0x9F of Windows-1252 stand for, as the Encoding Standard has them
/// (`index-windows-1252`): the five that mean nothing keep their number.
const WINDOWS_1252: [char; 32] = [
    '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}',
    '\u{2c6}', '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}',
    '\u{90}', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{2022}', '\u{2013}', '\u{2014}',
    '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\u{9d}', '\u{17e}', '\u{178}',
];

/// How many bytes are looked at to tell UTF-16 without a mark, and a file that is no text.
const LOOKED_AT: usize = 4_096;

/// The text of a file. Refused when it is no text in any of these.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    decode_and_tell(bytes, &mut Vec::new())
}

/// The same; damaged letters are told with their lines.
pub(in crate::import) fn decode_and_tell<'a>(
    bytes: &'a [u8],
    notes: &mut Vec<Text>,
) -> Result<Cow<'a, str>, Refusal> {
    let mut eight = |bytes| eight(bytes, notes);
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => eight(rest),
        [0xff, 0xfe, rest @ ..] => sixteen(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => sixteen(rest, u16::from_be_bytes)?,
        _ => match zeroes(bytes) {
            Zeroes::Odd => sixteen(bytes, u16::from_le_bytes)?,
            Zeroes::Even => sixteen(bytes, u16::from_be_bytes)?,
            Zeroes::None => eight(bytes),
            Zeroes::Anywhere => return Err(no_text()),
        },
    };
    if text.contains('\0') {
        Err(no_text())
    } else {
        Ok(text)
    }
}

fn no_text() -> Refusal {
    Refusal::new(text!(
        "ce n’est pas un fichier de texte",
        "this is no text file"
    ))
}

/// UTF-8, else Windows-1252. A text with more letters of UTF-8 than damaged ones is UTF-8 still: by chance
/// two letters of Windows-1252 seldom make one.
fn eight<'a>(bytes: &'a [u8], notes: &mut Vec<Text>) -> Cow<'a, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let (mut letters, mut line) = (0_usize, 1_usize);
    let mut damaged = Vec::new();
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|it| !it.is_ascii()).count();
        line += chunk.valid().matches('\n').count();
        if !chunk.invalid().is_empty() {
            damaged.push(line);
        }
    }
    if letters <= damaged.len() {
        notes.extend(doubt(bytes));
        return Cow::Owned(bytes.iter().map(|byte| windows_1252(*byte)).collect());
    }
    damaged.dedup();
    let (fr, en) = lines(&damaged);
    notes.push(text!(
        "octets qui ne sont pas de l’UTF-8, remplacés par « � » : {fr}",
        "bytes that are no UTF-8, replaced by “�”: {en}"
    ));
    String::from_utf8_lossy(bytes)
}

/// The letter of a byte of Windows-1252.
pub fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

fn sixteen(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, Refusal> {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    match text {
        Ok(text) if bytes.len().is_multiple_of(2) => Ok(Cow::Owned(text)),
        _ => Err(Refusal::new(text!(
            "texte UTF-16 coupé ou abîmé",
            "UTF-16 text that is cut or damaged"
        ))),
    }
}

/// Where the zero bytes of a file stand: letters of our languages have one in UTF-16.
enum Zeroes {
    None,
    Odd,
    Even,
    Anywhere,
}

fn zeroes(bytes: &[u8]) -> Zeroes {
    let mut count = [0_usize; 2];
    let looked_at = &bytes[..bytes.len().min(LOOKED_AT)];
    for (at, byte) in looked_at.iter().enumerate() {
        count[at % 2] += usize::from(*byte == 0);
    }
    let many = looked_at.len() / 4;
    match count {
        [0, 0] => Zeroes::None,
        [0, odd] if odd > many => Zeroes::Odd,
        [even, 0] if even > many => Zeroes::Even,
        _ => Zeroes::Anywhere,
    }
}
