//! Several texts on one page: their anchors are made unique by a prefix, links between them lead to the part of this
//! page. The headings of a binder's texts stand one level lower.
//!
//! It reads Carnet's own HTML alone, in which every attribute has double quotes and no text holds a `<`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Attributes that hold anchors of their own page.
const REFERENCES: [&str; 8] = [
    "id",
    "for",
    "name",
    "headers",
    "popovertarget",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
];

/// The prefix of a text on its page, and those of the other texts by the links that lead to their pages.
type Place<'a> = (&'a str, &'a BTreeMap<String, String>);

/// A text as part of a page. `part` is its own anchor there; `parts` has those of all texts, by the link that leads from
/// this page to the page of each.
pub(super) fn part_of(html: &str, part: &str, parts: &BTreeMap<String, String>) -> String {
    rewritten(html, (part, parts), true)
}

/// A text within another one: its anchors, and the links that lead to them by `#` alone, have a prefix.
pub(super) fn apart(html: &str, part: &str) -> String {
    rewritten(html, (part, &BTreeMap::new()), false)
}

fn rewritten(html: &str, place: Place<'_>, is_lower: bool) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let end = start + tag_length(&rest[start..]);
        tag(&mut out, &rest[start..end], place, is_lower);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// How long a tag is: up to the first `>` outside of quotes.
fn tag_length(text: &str) -> usize {
    let mut is_quoted = false;
    // Both marks are one byte, and no part of another letter.
    for (place, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'>' if !is_quoted => return place + 1,
            _ => {}
        }
    }
    text.len()
}

fn tag(out: &mut String, tag: &str, parts: Place<'_>, is_lower: bool) {
    if is_plain(tag) {
        return out.push_str(tag);
    }
    let mut attribute = "";
    for (place, piece) in tag.split('"').enumerate() {
        if place > 0 {
            out.push('"');
        }
        if place % 2 == 1 {
            value(out, attribute, piece, parts);
            continue;
        }
        let before = piece.trim_end_matches('=');
        attribute = before.rsplit(' ').next().unwrap_or_default();
        match lower_heading(piece).filter(|_| is_lower && place == 0) {
            Some(lowered) => out.push_str(&lowered),
            None => out.push_str(piece),
        }
    }
}

/// Whether a tag has no anchor and is no heading: coloured code is made of such tags by the thousand.
fn is_plain(tag: &str) -> bool {
    if let Some(name) = tag.strip_prefix("</") {
        return !name.starts_with('h');
    }
    let class = tag
        .strip_prefix("<span class=\"")
        .and_then(|rest| rest.strip_suffix("\">"));
    class.is_some_and(|class| !class.contains(['"', '(']))
}

/// The beginning of a heading's tag, one level lower; the sixth is the last.
fn lower_heading(tag: &str) -> Option<String> {
    let (start, name) = match tag.strip_prefix("</") {
        Some(name) => ("</", name),
        None => ("<", tag.strip_prefix('<')?),
    };
    let (level, rest) = name.strip_prefix('h')?.split_at_checked(1)?;
    let level: u8 = level.parse().ok().filter(|level| (1..6).contains(level))?;
    Some(format!("{start}h{}{rest}", level + 1))
}

fn value(out: &mut String, attribute: &str, value: &str, (part, parts): Place<'_>) {
    if REFERENCES.contains(&attribute) {
        let anchors = value.split(' ').map(|anchor| format!("{part}-{anchor}"));
        out.push_str(&anchors.collect::<Vec<_>>().join(" "));
    } else if attribute == "href" {
        let (url, anchor) = value
            .split_once('#')
            .map_or((value, None), |(url, anchor)| (url, Some(anchor)));
        let target = match url {
            "" => Some(part),
            url => parts.get(url).map(String::as_str),
        };
        match (target, anchor.filter(|anchor| !anchor.is_empty())) {
            (Some(target), Some(anchor)) => {
                let _ = write!(out, "#{target}-{anchor}");
            }
            (Some(target), None) => {
                let _ = write!(out, "#{target}");
            }
            (None, _) => out.push_str(value),
        }
    } else {
        // What a drawing takes from itself: a gradient, the head of an arrow.
        for (place, piece) in value.split("url(#").enumerate() {
            if place > 0 {
                out.extend(["url(#", part, "-"]);
            }
            out.push_str(piece);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn as_part(html: &str) -> String {
        let parts = [("../vpn/", "p1"), ("../poste/", "p2")];
        let parts = parts.map(|(url, part)| (url.to_owned(), part.to_owned()));
        part_of(html, "p2", &BTreeMap::from(parts))
    }

    #[test]
    fn anchors_and_what_leads_to_them_stay_together() {
        assert_eq!(
            as_part("<h2 id=\"but\">But <a class=\"anchor\" href=\"#but\">#</a></h2>"),
            "<h3 id=\"p2-but\">But <a class=\"anchor\" href=\"#p2-but\">#</a></h3>"
        );
        assert_eq!(
            as_part("<sup><a href=\"#fn:1\" id=\"fnref:1\">1</a></sup><td headers=\"a b\">"),
            "<sup><a href=\"#p2-fn:1\" id=\"p2-fnref:1\">1</a></sup><td headers=\"p2-a p2-b\">"
        );
        assert_eq!(
            as_part("<path fill=\"url(#g)\"/>"),
            "<path fill=\"url(#p2-g)\"/>"
        );
    }

    #[test]
    fn links_between_the_texts_stay_on_the_page() {
        assert_eq!(
            as_part(
                "<a href=\"../vpn/\">a</a><a href=\"../vpn/#étape-1\">b</a><a href=\"../poste/\">c</a>"
            ),
            "<a href=\"#p1\">a</a><a href=\"#p1-étape-1\">b</a><a href=\"#p2\">c</a>"
        );
        let others = "<a href=\"../autre/#x\">a</a> <a href=\"https://x.example/#y\">b</a>";
        assert_eq!(as_part(others), others);
    }

    #[test]
    fn a_text_within_another_keeps_its_level() {
        assert_eq!(
            apart(
                "<h2 id=\"but\">But <a href=\"#but\">#</a></h2><a href=\"../vpn/#but\">",
                "e:1"
            ),
            "<h2 id=\"e:1-but\">But <a href=\"#e:1-but\">#</a></h2><a href=\"../vpn/#but\">"
        );
    }

    #[test]
    fn texts_are_left_as_they_are() {
        let text = "<p title=\"a > b\">id=\"x\" &lt;h2 id=\"y\"&gt; <code>href=\"#z\"</code></p>";
        assert_eq!(as_part(text), text);
        assert_eq!(as_part("<h6>a</h6><hr><html>"), "<h6>a</h6><hr><html>");
        assert_eq!(as_part("a < b"), "a < b");
    }
}
