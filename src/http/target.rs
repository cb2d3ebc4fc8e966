//! From a request's target to a key of the site, or to nothing: no normalising, only refusing.

use crate::address::percent_encoded;

/// The key that a target asks for (`assets/srv-ad-01/`), decoded once, without the query and the leading
/// slash. `None` when it is malformed or tries to be more than the address of a page.
pub(super) fn key(target: &str) -> Option<String> {
    if !target.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let path = target.split_once('?').map_or(target, |(path, _)| path);
    let decoded = decode(path.strip_prefix('/')?)?;
    let forbidden = |character: char| character.is_control() || character == '\\';
    if path.contains('#') || decoded.contains(forbidden) {
        return None;
    }
    let mut segments = decoded.split('/').rev();
    // The last segment is empty in the address of a folder.
    let last = segments.next().unwrap_or_default();
    let is_name = |segment: &str| !segment.is_empty() && segment != "." && segment != "..";
    let sound = (last.is_empty() || is_name(last)) && segments.all(is_name);
    sound.then_some(decoded)
}

/// Percent-decoding, once; `None` for a broken escape or for what is not UTF-8.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let value = digit()? * 16 + digit()?;
        bytes.push(u8::try_from(value).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// The target of a key, for a redirect.
pub(super) fn encode(key: &str) -> String {
    format!("/{}", percent_encoded(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_keys() {
        for (target, expected) in [
            ("/", ""),
            ("/assets/srv-ad-01/?x=1", "assets/srv-ad-01/"),
            ("/proc%C3%A9dure%20a.pdf", "procédure a.pdf"),
            ("/%252e%252e/x", "%2e%2e/x"),
        ] {
            assert_eq!(key(target).as_deref(), Some(expected), "{target}");
        }
        assert_eq!(encode("procédure a/"), "/proc%C3%A9dure%20a/");
    }

    #[test]
    fn anything_else_is_refused() {
        for target in [
            "",
            "x",
            "*",
            "//evil.example/",
            "/../x",
            "/a/../b",
            "/a/./b",
            "/a/.",
            "/a//b",
            "/..%2fx",
            "/%2e%2e/x",
            "/a%5cb",
            "/a\\b",
            "/%00",
            "/%zz",
            "/%e",
            "/%c0%ae",
            "/%ed%a0%80",
            "/x#y",
            "/?a\nb",
            "http://evil.example/",
        ] {
            assert_eq!(key(target), None, "{target}");
        }
    }
}
