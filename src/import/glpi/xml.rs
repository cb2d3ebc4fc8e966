//! XML as the same tree that JSON gives: elements by lower-case name, repeated ones a list.
//!
//! Nothing is fetched and nothing expands: a document type is refused, the five entities of XML and
//! characters by number are all that is known. Depth and number of elements have an end.

use quick_xml::events::Event;
use quick_xml::{Error, Reader};
use serde_json::{Map, Value};

use crate::diagnostic::Text;
use crate::import::Refusal;
use crate::import::entity::entity;
use crate::text;

const DEEPEST: usize = 64;
const MOST_ELEMENTS: usize = 500_000;

/// The root element as an object of one key.
pub(super) fn tree(document: &str) -> Result<Value, Refusal> {
    let mut reader = Reader::from_str(document);
    let mut open: Vec<Element> = vec![Element::default()];
    let mut count = 0;
    loop {
        match reader.read_event().map_err(|error| broken(&why(&error)))? {
            Event::Start(start) => {
                count += 1;
                if open.len() > DEEPEST || count > MOST_ELEMENTS {
                    return Err(too_much());
                }
                let name = start.local_name();
                open.push(Element {
                    name: String::from_utf8_lossy(name.as_ref()).to_ascii_lowercase(),
                    ..Element::default()
                });
            }
            Event::Empty(_) => count += 1,
            Event::End(_) => close(&mut open)?,
            Event::Text(text) => {
                let text = text.decode().map_err(|error| broken(&why(&error.into())))?;
                last(&mut open).text.push_str(&text);
            }
            Event::CData(text) => {
                let text = text.decode().map_err(|error| broken(&why(&error.into())))?;
                last(&mut open).text.push_str(&text);
            }
            Event::GeneralRef(reference) => {
                let letter = entity(&reference).ok_or_else(undefined)?;
                last(&mut open).text.push(letter);
            }
            Event::DocType(_) => {
                return Err(Refusal::new(text!(
                    "ce XML déclare un type de document (`<!DOCTYPE`), ce qu’aucun agent n’écrit",
                    "this XML declares a document type (`<!DOCTYPE`), which no agent writes"
                )));
            }
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
        if count > MOST_ELEMENTS {
            return Err(too_much());
        }
    }
    if open.len() != 1 {
        return Err(broken(&text!(
            "un élément n’est pas fermé",
            "an element is not closed"
        )));
    }
    Ok(open.pop().unwrap_or_default().value())
}

#[derive(Default)]
struct Element {
    name: String,
    text: String,
    children: Map<String, Value>,
}

impl Element {
    fn value(self) -> Value {
        if self.children.is_empty() {
            Value::String(self.text.trim().to_owned())
        } else {
            Value::Object(self.children)
        }
    }
}

/// The innermost open element.
fn last(open: &mut [Element]) -> &mut Element {
    open.last_mut()
        .expect("the document itself is never closed")
}

fn close(open: &mut Vec<Element>) -> Result<(), Refusal> {
    let closed = open.pop().filter(|_| !open.is_empty());
    let closed = closed.ok_or_else(|| broken(&text!("</…>", "</…>")))?;
    let name = closed.name.clone();
    let value = closed.value();
    let children = &mut last(open).children;
    match children.get_mut(&name) {
        Some(Value::Array(items)) => items.push(value),
        Some(one) => *one = Value::Array(vec![one.take(), value]),
        None => drop(children.insert(name, value)),
    }
    Ok(())
}

fn undefined() -> Refusal {
    Refusal::new(text!(
        "ce XML nomme une entité que rien ne définit",
        "this XML names an entity that nothing defines"
    ))
}

/// What the parser says, in English alone, told in French by its sort.
fn why(error: &Error) -> Text {
    let fr = match error {
        Error::Syntax(_) => "une balise n’est pas complète",
        Error::IllFormed(_) => "les balises ne vont pas par paires",
        Error::Encoding(_) => "des octets n’y sont d’aucune lettre",
        _ => "une balise est mal formée",
    };
    Text {
        fr: fr.to_owned(),
        en: error.to_string(),
    }
}

fn broken(why: &Text) -> Refusal {
    let Text { fr, en } = why;
    Refusal::new(text!(
        "ce n’est pas du XML lisible ({fr})",
        "this is not readable XML ({en})"
    ))
}

fn too_much() -> Refusal {
    Refusal::new(text!(
        "ce XML est trop profond ou a trop d’éléments pour un inventaire",
        "this XML is too deep or has too many elements for an inventory"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_become_keys_and_lists() {
        let value = tree(
            "<?xml version=\"1.0\"?><!-- x --><A><B>1 &amp; 2&#233;</B><C/><D><![CDATA[<x>]]></D><D/><D>z</D></A>",
        );
        let expected = serde_json::json!({"a": {"b": "1 & 2é", "d": ["<x>", "z"]}});
        assert_eq!(value, Ok(expected));
    }

    #[test]
    fn bombs_and_broken_documents_are_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        assert!(tree(bomb).is_err_and(|refusal| refusal.message.en.contains("DOCTYPE")));
        assert!(tree("<a>&inconnue;</a>").is_err());
        assert!(tree(&"<a>".repeat(100_000)).is_err());
        assert!(tree(&format!("<a>{}</a>", "<b/>".repeat(MOST_ELEMENTS + 1))).is_err());
        for broken in ["<a><b></a>", "<a>", "</a>", "<a", "<a></a></a>"] {
            assert!(tree(broken).is_err(), "{broken}");
        }
    }
}
