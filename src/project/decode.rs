//! Bytes → text: UTF-8 with or without byte order marks; anything else is told with its place.
//! The disk and the history read files through the same door.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::project::rules::INVALID_ENCODING;
use crate::source::{SourceFile, Span, TextRange};
use crate::text;

/// The longest YAML file that is read, in bytes.
pub const LARGEST_YAML: u64 = 8 << 20;
/// The longest Markdown file that is read, in bytes.
pub const LARGEST_MARKDOWN: u64 = 4 << 20;

/// The text of a file, or what is wrong with its bytes.
pub fn decode(path: &str, bytes: Vec<u8>) -> Result<Arc<SourceFile>, Box<Diagnostic>> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let message = text!("ce fichier est en UTF-16", "this file is UTF-16");
        let help = text!("enregistrez-le en UTF-8", "save it as UTF-8");
        return Err(Box::new(
            Diagnostic::on_path(INVALID_ENCODING, path, message).help(help),
        ));
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(Box::new(not_utf8(path, error.as_bytes()))),
    };
    // Some editors put a mark before the one that is there.
    let text = match text.trim_start_matches('\u{feff}') {
        rest if rest.len() < text.len() => rest.to_owned(),
        _ => text,
    };
    if let Some(at) = text.find('\0') {
        let file = Arc::new(SourceFile::new(path, text));
        let message = text!(
            "un octet nul : ce n’est pas un texte",
            "a null byte: this is not a text"
        );
        let span = Span::new(&file, TextRange::new(at, at + 1));
        return Err(Box::new(Diagnostic::at(INVALID_ENCODING, span, message)));
    }
    Ok(Arc::new(SourceFile::new(path, text)))
}

fn not_utf8(path: &str, bytes: &[u8]) -> Diagnostic {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let byte = bytes[valid];
    let shown = Arc::new(SourceFile::new(path, String::from_utf8_lossy(bytes)));
    let span = Span::new(&shown, TextRange::new(valid, valid + '\u{fffd}'.len_utf8()));
    let message = text!(
        "l’octet 0x{byte:02X} n’est pas de l’UTF-8",
        "byte 0x{byte:02X} is not UTF-8"
    );
    // 0xC0 to 0xFF are accented letters in Windows-1252, where French files come from.
    let help = if byte >= 0xc0 || matches!(byte, 0x80 | 0x91..=0x97 | 0xa0 | 0xab | 0xb0 | 0xbb) {
        text!(
            "le fichier semble être en Windows-1252 : enregistrez-le en UTF-8",
            "the file looks like Windows-1252: save it as UTF-8"
        )
    } else {
        text!("enregistrez le fichier en UTF-8", "save the file as UTF-8")
    };
    Diagnostic::at(INVALID_ENCODING, span, message).help(help)
}
