//! What a store answers in XML: a page of the list of its objects, or why it refuses.

use std::collections::BTreeMap;

use quick_xml::events::Event;
use quick_xml::{Reader, escape};

/// A page of a list.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// Lengths by key.
    pub objects: BTreeMap<String, u64>,
    /// Where the list goes on.
    pub next: Option<String>,
}

/// The page of a list in an answer; `None` when the answer is none.
pub(super) fn page(bytes: &[u8]) -> Option<Page> {
    let mut page = Page::default();
    let (mut key, mut is_list, mut is_cut) = (None, false, false);
    for (path, text) in texts(bytes)? {
        is_list |= path.starts_with("ListBucketResult");
        match path.as_str() {
            "ListBucketResult/Contents/Key" => key = Some(text),
            "ListBucketResult/Contents/Size" => {
                page.objects.insert(key.take()?, text.parse().ok()?);
            }
            "ListBucketResult/IsTruncated" => is_cut = text == "true",
            "ListBucketResult/NextContinuationToken" => page.next = Some(text),
            _ => {}
        }
    }
    // A list that is cut and does not say how it goes on would hide what is in the way.
    (is_list && is_cut == page.next.is_some()).then_some(page)
}

/// The code and the words of a refusal.
pub(super) fn refusal(bytes: &[u8]) -> (String, String) {
    let texts = texts(bytes).unwrap_or_default();
    let mut texts = texts.into_iter();
    let mut of = |wanted: &str| {
        let found = texts.find(|(path, _)| path == wanted);
        found.map(|(_, text)| text).unwrap_or_default()
    };
    (of("Error/Code"), of("Error/Message"))
}

/// The text of every element that has no elements in it, by the names that lead to it.
fn texts(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let mut reader = Reader::from_reader(bytes);
    let (mut path, mut text, mut found) = (Vec::new(), String::new(), Vec::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let name = start.local_name();
                path.push(String::from_utf8_lossy(name.as_ref()).into_owned());
                text.clear();
                if path.len() > 8 {
                    return None;
                }
            }
            Event::Empty(empty) => {
                let name = empty.local_name();
                let name = String::from_utf8_lossy(name.as_ref()).into_owned();
                found.push((format!("{}/{name}", path.join("/")), String::new()));
            }
            Event::Text(piece) => text.push_str(&piece.decode().ok()?),
            Event::CData(piece) => text.push_str(&piece.decode().ok()?),
            Event::GeneralRef(reference) => {
                if let Some(letter) = reference.resolve_char_ref().ok()? {
                    text.push(letter);
                } else {
                    let name = reference.decode().ok()?;
                    text.push_str(escape::resolve_predefined_entity(&name)?);
                }
            }
            Event::End(_) => {
                found.push((path.join("/"), std::mem::take(&mut text)));
                path.pop();
            }
            Event::Eof => return path.is_empty().then_some(found),
            Event::DocType(_) => return None,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_tells_keys_lengths_and_where_it_goes_on() {
        let answer = r#"<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
            <IsTruncated>true</IsTruncated><NextContinuationToken>a/b+c=</NextContinuationToken>
            <Contents><Key>site/a&amp;b&#233;.html</Key><Size>7</Size></Contents>
            <Contents><Key>site/c.html</Key><ETag>"x"</ETag><Size>0</Size></Contents></ListBucketResult>"#;
        let page = page(answer.as_bytes()).expect("a page");
        let objects = [
            ("site/a&bé.html".to_owned(), 7),
            ("site/c.html".to_owned(), 0),
        ];
        assert_eq!(page.objects, BTreeMap::from(objects));
        assert_eq!(page.next.as_deref(), Some("a/b+c="));
    }

    #[test]
    fn what_is_no_whole_page_is_none() {
        let cut = "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>";
        let open = "<ListBucketResult><Contents><Key>a</Key>";
        for answer in [cut, open, "<html>no</html>", "", "{}"] {
            assert_eq!(page(answer.as_bytes()), None, "{answer}");
        }
        assert_eq!(
            page(b"<ListBucketResult/>").map(|page| page.objects.len()),
            None,
            "a list says at least whether it is cut"
        );
    }

    #[test]
    fn a_refusal_has_a_code_and_words() {
        let answer = b"<Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>";
        let (code, words) = refusal(answer);
        assert_eq!(
            (code.as_str(), words.as_str()),
            ("AccessDenied", "Access Denied.")
        );
        assert_eq!(refusal(b"busy"), (String::new(), String::new()));
    }
}
