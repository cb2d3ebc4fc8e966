//! Mermaid's diagrams in fences: drawn when the program was built with the feature `mermaid`, shown as they are written
//! otherwise. The text of a drawn one stays under it, to be read aloud and copied.

#[cfg(feature = "mermaid")]
mod clean;
#[cfg(feature = "mermaid")]
mod draw;
#[cfg(feature = "mermaid")]
mod fault;
#[cfg(feature = "mermaid")]
mod kinds;
#[cfg(feature = "mermaid")]
mod roles;
#[cfg(feature = "mermaid")]
mod settings;
#[cfg(all(test, feature = "mermaid"))]
mod tests;

use std::fmt::Write as _;
use std::hash::{Hash, Hasher};

#[cfg(feature = "mermaid")]
pub(super) use fault::Finding;

use super::code::Block;
use super::{Resolve, escape};
use crate::diagnostic::{Language, Text};
use crate::text;

/// The language of the fences.
pub(super) const LANGUAGE: &str = "mermaid";

/// A fence and its picture.
#[derive(Debug, Clone)]
pub(super) struct Diagram {
    /// The fence as it is written.
    pub block: Block,
    /// Its picture, or why there is none.
    drawing: Result<Drawing, Text>,
}

/// A picture that may stand on a page.
#[derive(Debug, Clone)]
struct Drawing {
    /// What readers who do not see it are told: the author's words, or the kind of diagram.
    name: Text,
    /// What the author says besides.
    description: Option<String>,
    /// A class for the whole, after a space; empty for none.
    class: &'static str,
    /// Left, top, width and height, in CSS pixels.
    view: [f64; 4],
    /// The elements of the picture.
    inner: String,
}

impl Hash for Diagram {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let Self { block, drawing } = self;
        block.hash(hasher);
        // Its view has broken numbers, which are hashed as they are written: to the last digit.
        format!("{drawing:?}").hash(hasher);
    }
}

impl Diagram {
    /// A fence that this program does not draw.
    pub(super) fn undrawn(block: Block) -> Self {
        let why = text!(
            "Schéma Mermaid, montré comme il est écrit\u{a0}: cette version de Carnet a été compilée sans le dessin.",
            "Mermaid diagram, shown as it is written: this Carnet was built without drawing."
        );
        let drawing = Err(why);
        Self { block, drawing }
    }

    /// Draws a fence, and says what there is to tell; `number` is its own among those of the text.
    #[cfg(feature = "mermaid")]
    pub(super) fn drawn(block: Block, number: usize) -> (Self, Vec<Finding>) {
        let picture = draw::draw(&block.code)
            .and_then(|svg| clean::clean(&svg, number).ok_or(draw::Fault::TooLarge));
        let (drawing, fault) = match picture {
            Ok(picture) => {
                let kind = kinds::named(&block.code);
                let own = picture.title.map(|title| Text {
                    fr: title.trim().to_owned(),
                    en: title.trim().to_owned(),
                });
                let drawing = Drawing {
                    name: own.unwrap_or_else(|| kind.map_or_else(kinds::any, kinds::Kind::name)),
                    description: picture.description,
                    class: picture.class,
                    view: picture.view,
                    inner: picture.inner,
                };
                (Ok(drawing), None)
            }
            Err(fault) => {
                let why = text!(
                    "Ce schéma Mermaid n’a pas pu être dessiné\u{a0}; en voici le texte.",
                    "This Mermaid diagram could not be drawn; here is its text."
                );
                (Err(why), Some(fault))
            }
        };
        let findings = fault::findings(&block.code, fault.as_ref());
        (Self { block, drawing }, findings)
    }

    /// Writes the picture with its text under it, or the text after the reason why there is none.
    pub(super) fn write(&self, out: &mut String, resolver: &dyn Resolve) {
        let language = resolver.language();
        match &self.drawing {
            Ok(drawing) => {
                let summary = text!("Texte du schéma", "Text of the diagram");
                out.push_str("<figure class=\"diagram-figure\">\n");
                drawing.write(out, language);
                let summary = summary.get(language);
                let _ = writeln!(out, "<details><summary>{summary}</summary>");
                self.block.write(out, resolver);
                out.push_str("</details>\n</figure>\n");
            }
            Err(why) => {
                out.push_str("<p class=\"hint\">");
                escape::text(out, why.get(language));
                out.push_str("</p>\n");
                self.block.write(out, resolver);
            }
        }
    }
}

impl Drawing {
    /// A wide picture scrolls in a frame that takes the focus, so that keys can move it.
    fn write(&self, out: &mut String, language: Language) {
        let mut name = String::new();
        escape::attribute(&mut name, self.name.get(language));
        let [left, top, width, height] = self.view;
        let _ = write!(
            out,
            "<div class=\"diagram-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{name}\">\
             <svg class=\"diagram mermaid{}\" viewBox=\"{left} {top} {width} {height}\" width=\"{}\" height=\"{}\" role=\"img\" aria-label=\"{name}\">",
            self.class,
            width.ceil(),
            height.ceil()
        );
        if let Some(description) = &self.description {
            out.push_str("<desc>");
            escape::text(out, description.trim());
            out.push_str("</desc>");
        }
        let _ = writeln!(out, "{}</svg></div>", self.inner);
    }
}
