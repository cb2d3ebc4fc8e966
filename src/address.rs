//! Paths as they stand in addresses: percent-encoded, letter by letter of RFC 3986.

use std::fmt::Write;

/// A path as a part of an address: everything but ASCII letters, digits, `-`, `.`, `_`, `~` and the slashes between
/// names is written as its bytes.
pub fn percent_encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_letters_and_slashes_stay() {
        assert_eq!(
            percent_encoded("baie n°1/100%: a,b.md"),
            "baie%20n%C2%B01/100%25%3A%20a%2Cb.md"
        );
    }
}
