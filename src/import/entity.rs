//! What stands between `&` and `;` in XML, where no document type may define more.

use quick_xml::events::BytesRef;

/// The letter of one of XML's own entities, or of a number; nothing of a name that nothing defines.
pub(super) fn entity(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return Some(letter);
    }
    match reference.decode().unwrap_or_default().as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => None,
    }
}
