//! The identities of Active Directory, which stay when everything else changes: an account that is renamed
//! keeps its `objectGUID` and its `objectSid`. Directories write them as bytes (LDIF) or as texts (CSV);
//! here is the one form that is remembered, of both.

use std::fmt::Write;

/// What the identity is called in clues and in what was imported last. No kind has a field for it: nobody
/// reads one on a page.
pub(in crate::import) const GUID: &str = "object_guid";
/// The same of the security identifier, which changes when an account goes to another domain.
pub(in crate::import) const SID: &str = "object_sid";

/// A GUID in its text form, from its 16 bytes or a text with or without braces and hyphens
/// (`{6FA459EA-EE8A-3CA4-894E-DB77E160355E}`): in lower case with hyphens. The first three parts stand in
/// the bytes with their lowest byte first (MS-DTYP 2.3.4.2). Nothing where it is none, or all zeros.
pub(in crate::import) fn guid(value: &[u8]) -> Option<String> {
    let digits = if let Ok(bytes) = <[u8; 16]>::try_from(value) {
        let order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
        order.iter().fold(String::new(), |mut digits, at| {
            let _ = write!(digits, "{:02x}", bytes[*at]);
            digits
        })
    } else {
        let text = std::str::from_utf8(value).ok()?.trim();
        let inner = text
            .strip_prefix('{')
            .and_then(|text| text.strip_suffix('}'));
        inner.unwrap_or(text).replace('-', "").to_ascii_lowercase()
    };
    let is_one = digits.len() == 32 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    if !is_one || digits.bytes().all(|digit| digit == b'0') {
        return None;
    }
    let part = |from: usize, to: usize| &digits[from..to];
    let parts = [
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32),
    ];
    Some(parts.join("-"))
}

/// A SID in its text form (`S-1-5-21-…`), from its bytes (MS-DTYP 2.4.2.2) or a text. Nothing where it is
/// none.
pub(in crate::import) fn sid(value: &[u8]) -> Option<String> {
    if let [b'S' | b's', b'-', rest @ ..] = value {
        let rest = std::str::from_utf8(rest).ok()?.trim();
        let numbers: Vec<&str> = rest.split('-').collect();
        let is_number =
            |text: &&str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
        let is_one = (3..=17).contains(&numbers.len()) && numbers.iter().all(is_number);
        return is_one.then(|| format!("S-{rest}"));
    }
    let (head, rest) = value.split_first_chunk::<8>()?;
    let [1, count, authority @ ..] = head else {
        return None;
    };
    let (numbers, more) = rest.as_chunks::<4>();
    if !(1..=15).contains(count) || numbers.len() != usize::from(*count) || !more.is_empty() {
        return None;
    }
    let authority = authority
        .iter()
        .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    let mut text = format!("S-1-{authority}");
    for number in numbers {
        let _ = write!(text, "-{}", u32::from_le_bytes(*number));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guids_have_one_form() {
        // 01 02 03 04 | 05 06 | 07 08 are numbers with their lowest byte first.
        let bytes = [
            0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e,
            0x0f, 0x10,
        ];
        let expected = Some("04030201-0605-0807-090a-0b0c0d0e0f10".to_owned());
        assert_eq!(guid(&bytes), expected);
        for text in [
            "04030201-0605-0807-090a-0b0c0d0e0f10",
            " {04030201-0605-0807-090A-0B0C0D0E0F10} ",
            "0403020106050807090a0b0c0d0e0f10",
        ] {
            assert_eq!(guid(text.as_bytes()), expected, "{text}");
        }
        let zeros = "00000000-0000-0000-0000-000000000000";
        for wrong in ["", "x", zeros, "0403020106050807090a0b0c0d0e0f1g"] {
            assert_eq!(guid(wrong.as_bytes()), None, "{wrong}");
        }
        assert_eq!(guid(&[0; 16]), None);
        assert_eq!(guid(&[1; 15]), None);
    }

    #[test]
    fn sids_have_one_form() {
        // S-1-5-21-1-2-258-1104: five numbers; 258 is 02 01, 1104 is 50 04, lowest byte first.
        let mut bytes = vec![1, 5, 0, 0, 0, 0, 0, 5];
        bytes.extend([
            21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 1, 0, 0, 0x50, 4, 0, 0,
        ]);
        assert_eq!(sid(&bytes).as_deref(), Some("S-1-5-21-1-2-258-1104"));
        assert_eq!(sid(b" S-1-5-32-544"), None);
        assert_eq!(sid(b"s-1-5-32-544 ").as_deref(), Some("S-1-5-32-544"));
        // The greatest number, and an authority of two bytes.
        let bytes = [1, 1, 0, 0, 0, 0, 1, 0, 0xff, 0xff, 0xff, 0xff];
        assert_eq!(sid(&bytes).as_deref(), Some("S-1-256-4294967295"));
        for wrong in [&bytes[..11], &bytes[..8], b"S-1", b"S-1-5-x", b"", &[2; 12]] {
            assert_eq!(sid(wrong), None, "{wrong:?}");
        }
    }
}
