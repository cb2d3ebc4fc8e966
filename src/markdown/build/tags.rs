//! Opening tags of the author's raw HTML, written anew: attributes of the list, links and images.

use super::raw::Written;
use super::{Builder, Open};
use crate::markdown::destination::{Destination, classify};
use crate::markdown::html::{Attribute, attribute};
use crate::markdown::rules::RAW_HTML;
use crate::markdown::{Part, Reference, ReferenceKind, escape};
use crate::text;

impl Builder<'_> {
    /// Writes a tag from its name and the attributes of the list.
    pub(super) fn raw_tag(&mut self, element: &'static str, tag: &Written<'_>) {
        self.html.push('<');
        self.html.push_str(element);
        let mut written: Vec<&str> = Vec::new();
        for (name, value) in tag.attributes {
            let (name, value) = match attribute(element, name, value) {
                Attribute::Keep(name) => (name, value.as_str()),
                Attribute::Flag(name) => (name, ""),
                Attribute::Align(class) => ("class", class),
                Attribute::Id if self.take_id(value) => ("id", value.as_str()),
                Attribute::Id | Attribute::Address | Attribute::Refuse => continue,
            };
            if !written.contains(&name) {
                written.push(name);
                self.html.push(' ');
                self.html.push_str(name);
                self.html.push_str("=\"");
                escape::attribute(&mut self.html, value);
                self.html.push('"');
            }
        }
        self.html.push('>');
    }

    /// Tells which attributes are left out.
    pub(super) fn report_attributes(&mut self, element: &'static str, tag: &Written<'_>) {
        let refused = |(name, value): &&(String, String)| {
            attribute(element, name, value) == Attribute::Refuse
        };
        let names: Vec<_> = tag
            .attributes
            .iter()
            .filter(refused)
            .map(|(name, _)| format!("`{name}`"))
            .collect();
        if names.is_empty() {
            return;
        }
        let names = names.join(", ");
        let message = text!(
            "attributs retirés de `<{element}>` : {names}",
            "attributes left out of `<{element}>`: {names}"
        );
        self.report(RAW_HTML, &tag.place, message, None);
    }

    /// Takes an id for the page, if it is free.
    fn take_id(&mut self, id: &str) -> bool {
        let free = self.slugger.reserve(id);
        if free {
            self.document.anchors.push(id.to_owned());
        }
        free
    }

    /// Opens `<a>`: its ids as an element of their own, then a link like any other, or nothing.
    pub(super) fn raw_link(&mut self, tag: &Written<'_>) {
        for (name, value) in tag.attributes {
            if attribute("a", name, value) == Attribute::Id && self.take_id(value) {
                self.html.push_str("<span id=\"");
                escape::attribute(&mut self.html, value);
                self.html.push_str("\"></span>");
            }
        }
        let Some(url) = tag.value("href") else {
            self.open.push(Open::Tag(""));
            return;
        };
        let title = tag.value("title").unwrap_or_default();
        let place = (ReferenceKind::Link, tag.place.clone());
        self.link_to(classify(url), url, title, place);
    }

    /// `<img>`: a picture of the site like any other, or a link to that of another site.
    pub(super) fn raw_image(&mut self, tag: &Written<'_>) {
        let value = |name| tag.value(name).filter(|value| !value.is_empty());
        let Some(url) = value("src") else {
            self.refuse_html(tag.text, &tag.place);
            return;
        };
        let alt = value("alt").map(str::to_owned);
        let (target, fragment) = match classify(url) {
            Destination::Internal { target, fragment } => (target, fragment),
            foreign => {
                self.foreign_image(&foreign, url, alt.as_deref(), &tag.place);
                return;
            }
        };
        let number = |name| value(name).and_then(|value| value.parse::<u32>().ok());
        let size = (number("width"), number("height"));
        self.words.push_str(alt.as_deref().unwrap_or_default());
        let index = self.document.references.len();
        self.document.references.push(Reference {
            kind: ReferenceKind::Image,
            target,
            fragment,
            text: alt,
            title: value("title").map(str::to_owned),
            size: (size != (None, None)).then_some(size),
            range: self.range(&tag.place),
        });
        self.part(Part::Image(index));
    }
}
