//! Whether an SVG is more than a drawing: what a browser that opens it would run, whoever wrote it.

/// What runs or follows something, without the name's prefix: scripts, foreign documents, animated addresses.
const ACTIVE: [&str; 8] = [
    "script",
    "handler",
    "foreignobject",
    "iframe",
    "set",
    "animate",
    "animatetransform",
    "animatemotion",
];

/// Whether an SVG could run something: an active element, a script's address, an event's attribute (`onload=`), an
/// entity that hides one. A text that is not UTF-8 is not looked into, and so counts as active.
pub fn is_active(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return true;
    };
    let text = text.to_ascii_lowercase();
    text.contains("<!entity")
        || text.contains("<?xml-stylesheet")
        || written_out(&text).contains("javascript:")
        || text.split('<').skip(1).any(opens_active)
        || holds_event(&text)
}

/// Whether what follows a `<` is the name of an active element, with any prefix.
fn opens_active(tag: &str) -> bool {
    let end = tag.find(|letter: char| !letter.is_alphanumeric() && !"_-.:".contains(letter));
    let name = &tag[..end.unwrap_or(tag.len())];
    let local = name.rsplit(':').next().unwrap_or(name);
    ACTIVE.contains(&local)
}

/// Whether an attribute is that of an event, however it is set apart from the one before.
fn holds_event(text: &str) -> bool {
    let apart = |at: usize| text[..at].ends_with([' ', '\t', '\n', '\r', '/', '"', '\'']);
    text.match_indices("on").any(|(at, _)| {
        let rest = &text[at..];
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric());
        apart(at)
            && rest[end.unwrap_or(rest.len())..]
                .trim_start()
                .starts_with('=')
    })
}

/// The text with its characters that are written as numbers, and without the blanks that addresses ignore.
fn written_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("&#") {
        out.push_str(before);
        let (number, next) = after.split_once(';').unwrap_or((after, ""));
        let code = match number.strip_prefix('x') {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        match code.ok().and_then(char::from_u32) {
            Some(letter) => {
                out.push(letter.to_ascii_lowercase());
                rest = next;
            }
            None => rest = after,
        }
    }
    out.push_str(rest);
    out.retain(|letter| !letter.is_ascii_control());
    out
}

#[cfg(test)]
mod tests {
    use super::is_active;

    #[test]
    fn drawings_are_drawings() {
        for drawing in [
            "<svg><title>Plan on one page</title><path d='M0 0'/></svg>",
            "<svg><desc>&#233;t&#xE9; &#; javascript</desc><settings/></svg>",
        ] {
            assert!(!is_active(drawing.as_bytes()), "{drawing}");
        }
        for active in [
            "<svg><script>1</script></svg>",
            "<svg><SVG:Script>1</SVG:Script></svg>",
            "<svg><script/></svg>",
            "<svg onload=\"x()\"/>",
            "<svg\nONLOAD = 'x()'/>",
            "<svg/onload='x()'/>",
            "<svg id='a'onload='x()'/>",
            "<svg><a href='javascript:1'/></svg>",
            "<svg><a href='java&#115;cript&#x3a;1'/></svg>",
            "<svg><a href='java\nscript:1'/></svg>",
            "<svg><set attributeName='href' to='x'/></svg>",
            "<svg><foreignObject/></svg>",
            "<!DOCTYPE svg [<!ENTITY x '<script/>'>]><svg>&x;</svg>",
        ] {
            assert!(is_active(active.as_bytes()), "{active}");
        }
        assert!(is_active(b"\xff\xfe<\0s\0v\0g\0"));
    }
}
