//! What a link points at: another site, a place in this one, or something no page may open.

/// Schemes a link may have. Everything else (`javascript:`, `data:`, `file:`, …) is refused.
const SCHEMES: [&str; 8] = [
    "http", "https", "mailto", "tel", "ftp", "ssh", "rdp", "sftp",
];

/// A destination after its scheme was judged.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// An address outside the site, with a scheme of the list (or `//host`).
    External,
    /// A path and a fragment for the resolver, both percent-decoded.
    Internal {
        /// Path, maybe empty.
        target: String,
        /// Fragment without `#`.
        fragment: Option<String>,
    },
    /// A scheme that is not on the list.
    Unsafe {
        /// The scheme, in lower case.
        scheme: String,
    },
}

/// Judges the destination of a Markdown link, an image or an HTML attribute (entities decoded).
pub(super) fn classify(url: &str) -> Destination {
    // Browsers skip spaces and control characters in a scheme, and `javascript%3A` may be decoded
    // once more by whatever handles the page next: the strictest reading of all decides.
    let mut reading = url.to_owned();
    for _ in 0..3 {
        if let Some(scheme) = scheme(&reading) {
            return if SCHEMES.contains(&scheme.as_str()) && reading == url {
                Destination::External
            } else {
                Destination::Unsafe { scheme }
            };
        }
        reading = percent_decode(&reading);
    }
    if url.starts_with("//") {
        return Destination::External;
    }
    let (target, fragment) = split_fragment(url);
    Destination::Internal {
        target: percent_decode(target),
        fragment: fragment.map(percent_decode),
    }
}

/// Judges the destination of a `[[wiki link]]`: only `http(s)://` leaves the site, since a colon
/// stands between kind and id (`[[ticket:INC-1]]`); nothing is percent-decoded.
pub(super) fn classify_wiki(url: &str) -> Destination {
    let lower = url.trim().to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return Destination::External;
    }
    let (target, fragment) = split_fragment(url);
    Destination::Internal {
        target: target.trim().to_owned(),
        fragment: fragment.map(|fragment| fragment.trim().to_owned()),
    }
}

/// Whether an external address gets the class and `rel` of another web site.
pub(super) fn opens_a_site(url: &str) -> bool {
    !matches!(scheme(url).as_deref(), Some("mailto" | "tel"))
}

/// Whether a path names a picture a browser shows.
pub(super) fn is_picture(path: &str) -> bool {
    const EXTENSIONS: [&str; 9] = [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico",
    ];
    path.rsplit_once('.')
        .is_some_and(|(_, extension)| EXTENSIONS.contains(&&*extension.to_ascii_lowercase()))
}

fn split_fragment(url: &str) -> (&str, Option<&str>) {
    match url.split_once('#') {
        Some((target, fragment)) => (target, Some(fragment)),
        None => (url, None),
    }
}

/// The scheme of an address in lower case, read as leniently as a browser does.
fn scheme(url: &str) -> Option<String> {
    let mut name = String::new();
    for char in url.chars() {
        match char {
            ':' => return (!name.is_empty()).then_some(name),
            _ if char.is_control() || char.is_whitespace() || is_invisible(char) => {}
            'a'..='z' | 'A'..='Z' => name.push(char.to_ascii_lowercase()),
            '0'..='9' | '+' | '-' | '.' if !name.is_empty() => name.push(char),
            _ => return None,
        }
    }
    None
}

fn is_invisible(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Decodes `%XX`; what does not decode to UTF-8 stays as written.
pub(crate) fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        let value = pair
            .filter(|pair| pair.iter().all(u8::is_ascii_hexdigit))
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        decoded.push(value.unwrap_or(bytes[at]));
        at += if value.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(url: &str) -> bool {
        matches!(classify(url), Destination::Unsafe { .. })
    }

    #[test]
    fn schemes_are_judged_by_the_strictest_reading() {
        for url in [
            "javascript:alert(1)",
            "JaVaScript:alert(1)",
            " java\tscript:alert(1)",
            "java\u{200b}script:x",
            "javascript%3Aalert(1)",
            "javascript%253Aalert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "C:\\Windows",
            "\u{1}javascript:x",
        ] {
            assert!(refused(url), "{url:?}");
        }
        for url in [
            "https://a.example",
            "MAILTO:a@b.example",
            "//a.example/x",
            "rdp://x",
        ] {
            assert_eq!(classify(url), Destination::External, "{url:?}");
        }
    }

    #[test]
    fn paths_go_to_the_resolver() {
        let internal = |target: &str, fragment: Option<&str>| Destination::Internal {
            target: target.to_owned(),
            fragment: fragment.map(str::to_owned),
        };
        assert_eq!(classify("a%20b.md#%C3%A9"), internal("a b.md", Some("é")));
        assert_eq!(classify("a/b:c"), internal("a/b:c", None));
        assert_eq!(classify("#x"), internal("", Some("x")));
        assert_eq!(classify("100%"), internal("100%", None));
        assert_eq!(
            classify_wiki("ticket:INC-1"),
            internal("ticket:INC-1", None)
        );
        assert_eq!(
            classify_wiki("javascript:x"),
            internal("javascript:x", None)
        );
    }
}
