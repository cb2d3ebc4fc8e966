//! Bytes that would be no French in Windows-1252: the file was written by MS-DOS or an old Macintosh, and `Noël` would
//! come in as `No‘l`. Nothing is guessed; it is told.

use crate::diagnostic::Text;
use crate::import::table::heading::lines;
use crate::text;

/// What is said of bytes that were read as Windows-1252, where they are hardly that.
pub(super) fn doubt(bytes: &[u8]) -> Option<Text> {
    let (mut dos, mut mac) = (0_usize, 0_usize);
    let mut places = Vec::new();
    let mut line = 1_usize;
    for (at, byte) in bytes.iter().enumerate() {
        line += usize::from(*byte == b'\n');
        if !(0x80..=0x9f).contains(byte) {
            continue;
        }
        let before = at.checked_sub(1).map_or(b' ', |at| bytes[at]);
        let after = bytes.get(at + 1).copied().unwrap_or(b' ');
        if !is_odd(*byte, before, after) {
            continue;
        }
        places.push(line);
        // É of Mac OS begins words, â of MS-DOS stands in them.
        let stands_in = is_letter(before);
        // é, è, ç, ô and û of code page 850; é, è, ç, ë, ô and ù of Mac OS.
        let is_dos = matches!(byte, 0x82 | 0x8a | 0x87 | 0x93 | 0x96);
        let is_mac = matches!(byte, 0x8e | 0x8f | 0x8d | 0x91 | 0x99 | 0x9d);
        dos += usize::from(is_dos || (*byte == 0x83 && stands_in));
        mac += usize::from(is_mac || (*byte == 0x83 && !stands_in));
    }
    if places.is_empty() {
        return None;
    }
    places.dedup();
    let (fr, en) = lines(&places);
    let (likely, english) = match dos.cmp(&mac) {
        std::cmp::Ordering::Greater => ("CP850 (MS-DOS)", "CP850 (MS-DOS)"),
        std::cmp::Ordering::Less => ("MacRoman", "MacRoman"),
        std::cmp::Ordering::Equal => ("CP850 ou MacRoman", "CP850 or MacRoman"),
    };
    Some(text!(
        "l’encodage n’est ni UTF-8 ni, sans doute, Windows-1252, par lequel ce fichier est lu\u{a0}: des lettres accentuées sont fausses ({fr})\u{202f}; il semble en {likely}\u{a0}: enregistrez-le en UTF-8, puis recommencez",
        "the encoding is neither UTF-8 nor, it seems, Windows-1252, as which this file is read: accented letters are wrong ({en}); it looks like {english}: save it as UTF-8, then import it again"
    ))
}

/// Whether Windows-1252 would hardly have a byte between these two.
fn is_odd(byte: u8, before: u8, after: u8) -> bool {
    let between = is_letter(before) && is_letter(after);
    match byte {
        // These mean nothing.
        0x81 | 0x8d | 0x8f | 0x90 | 0x9d => true,
        // Low quotation marks open words.
        0x82 | 0x84 => is_letter(before),
        // ƒ, ˆ and ˜ stand in no word.
        0x83 | 0x88 | 0x98 => is_letter(before) || is_letter(after),
        // Š and Ž are capitals.
        0x8a | 0x8e => before.is_ascii_lowercase(),
        0x86 | 0x87 | 0x89 | 0x8b | 0x91 | 0x93 | 0x94 | 0x99 | 0x9b => between,
        _ => false,
    }
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0xc0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_code_pages_are_told_from_french() {
        let said = |bytes: &[u8]| doubt(bytes).map(|text| text.en);
        // No‘l, ƒlo•se; ‚cran, gŠn‚ral; and Windows-1252 with all that French has of it.
        for (bytes, likely) in [
            (&b"No\x91l;\x83lo\x95se"[..], "MacRoman"),
            (&b"\nr\x82seau;g\x82n\x8arique"[..], "CP850 (MS-DOS)"),
            (&b"x\x90y"[..], "CP850 or MacRoman"),
        ] {
            let said = said(bytes).unwrap_or_default();
            assert!(said.contains(likely), "{said}");
        }
        let good = b"l\x92\xe9cran, \x9cuvre \x8cuvre, \x93oui\x94 \x96 12\x80 etc\x85 \x8ai\x9aka \x8ei\x9eka \xabNo\xebl\xbb";
        assert_eq!(said(good), None);
    }
}
