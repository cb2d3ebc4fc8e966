//! `theme:` of `carnet.yaml` with settings: a house's colour and logo, without a style sheet of its own.
//!
//! The accent is the colour of links and of what is chosen, so that it must be read on every ground of the theme. One
//! that is too weak is told with its contrast, and the nearest that will do takes its place.

use std::sync::Arc;

use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Text};
use crate::project::colour::Colour;
use crate::project::config::INVALID_CONFIG;
use crate::project::rules::WEAK_CONTRAST;
use crate::source::{SourceFile, Span};
use crate::text;
use crate::yaml::{Node, Shape};

pub(super) const KEYS: [&str; 4] = ["folder", "accent", "accent_dark", "logo"];
/// What WCAG 2.2 asks of texts at level AA.
const LEAST: f64 = 4.5;
/// The grounds of the default theme (`1-ground.css`), light and dark, and what is written on the accent itself.
const GROUNDS: [[&str; 5]; 2] = [
    ["#fdfcfa", "#ffffff", "#f4f2ed", "#eeebe5", "#fff"],
    ["#14171d", "#1a1e26", "#0f1217", "#272d38", "#10141b"],
];
/// How much of the accent is in the ground of what is chosen, in hundredths.
const WASH: [u16; 2] = [10, 18];

/// What a site says about its looks, beside the folder of its theme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThemeSettings {
    /// The colours, of which each can be read; `None` for those of the theme.
    pub accent: Option<Accent>,
    /// The picture in the place of the site's name, by its path from the root, and where that is written.
    pub logo: Option<(String, Span)>,
}

/// The accent on light and on dark grounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    /// For texts, light and dark.
    pub colours: [Colour; 2],
    /// For the grounds of what is chosen, light and dark.
    pub washes: [Colour; 2],
}

impl ThemeSettings {
    /// Reads the section, with the name of the folder that it gives; what is wrong keeps its default, and is told.
    pub(super) fn read(
        node: &Node,
        file: &Arc<SourceFile>,
    ) -> (Self, Option<Node>, Vec<Diagnostic>) {
        let mut settings = Self::default();
        let (mut folder, mut faults) = (None, Vec::new());
        let mut written = [None, None];
        let Shape::Mapping(entries) = &node.shape else {
            return (settings, folder, faults);
        };
        for (key, value) in entries {
            let name = key.text().unwrap_or_default();
            let place = match name {
                _ if value.is_empty() && KEYS.contains(&name) => continue,
                "folder" => {
                    folder = Some(value.clone());
                    continue;
                }
                "logo" => {
                    let path = value.text().unwrap_or_default().trim_start_matches('/');
                    settings.logo = Some((path.to_owned(), Span::new(file, value.range)));
                    continue;
                }
                "accent" => 0,
                "accent_dark" => 1,
                _ => {
                    let message = text!(
                        "`{name}` n’est pas un réglage du thème",
                        "`{name}` is not a setting of the theme"
                    );
                    let at = Diagnostic::at(INVALID_CONFIG, Span::new(file, key.range), message);
                    faults.push(at.maybe_help(did_you_mean(name, KEYS.into_iter())));
                    continue;
                }
            };
            let text = value.text().unwrap_or_default();
            match Colour::read(text) {
                Some(colour) => written[place] = Some((colour, Span::new(file, value.range))),
                None => faults.push(no_colour(text, Span::new(file, value.range))),
            }
        }
        settings.accent = accent(&written, &mut faults);
        (settings, folder, faults)
    }
}

/// The accent as written, mended where it is too weak; one for dark grounds that is not written follows from the
/// other.
fn accent(written: &[Option<(Colour, Span)>; 2], faults: &mut Vec<Diagnostic>) -> Option<Accent> {
    let [light, dark] = written;
    let (first, _) = light.as_ref().or(dark.as_ref())?;
    let mut accent = Accent {
        colours: [*first; 2],
        washes: [*first; 2],
    };
    for (side, own) in written.iter().enumerate() {
        let wanted = own.as_ref().map_or(*first, |(colour, _)| *colour);
        let colour = readable(wanted, side);
        if let Some((_, span)) = own
            && colour != wanted
        {
            faults.push(weak(wanted, colour, side, span.clone()));
        }
        accent.colours[side] = colour;
        accent.washes[side] = wash(colour, side);
    }
    Some(accent)
}

fn fixed(text: &str) -> Colour {
    Colour::read(text).expect("a colour of this file")
}

fn wash(colour: Colour, side: usize) -> Colour {
    fixed(GROUNDS[side][1]).mixed(colour, WASH[side])
}

/// The least contrast of a colour with the grounds of a side, its own wash included.
fn contrast(colour: Colour, side: usize) -> f64 {
    let grounds = GROUNDS[side].map(fixed).into_iter();
    let all = grounds.chain([wash(colour, side)]);
    all.map(|ground| colour.contrast(ground))
        .fold(f64::INFINITY, f64::min)
}

/// The colour, or the nearest on the way to black (on light grounds) or white (on dark ones) that can be read.
fn readable(colour: Colour, side: usize) -> Colour {
    let end = fixed(["#000", "#fff"][side]);
    let steps = (0..=100).map(|step| colour.mixed(end, step));
    let mut readable = steps.filter(|step| contrast(*step, side) >= LEAST);
    readable.next().unwrap_or(end)
}

fn no_colour(text: &str, span: Span) -> Diagnostic {
    let message = text!("`{text}` n’est pas une couleur", "`{text}` is not a colour");
    let help = text!(
        "écrivez par exemple `\"#0b6e4f\"`, entre guillemets",
        "write for example `\"#0b6e4f\"`, between quotation marks"
    );
    Diagnostic::at(INVALID_CONFIG, span, message).help(help)
}

/// A colour that is too weak, with the one that is used.
fn weak(colour: Colour, used: Colour, side: usize, span: Span) -> Diagnostic {
    // Cut, not rounded: 4.496 is not enough.
    let ratio = (contrast(colour, side) * 100.0).floor() / 100.0;
    let english = format!("{ratio:.2}");
    let french = english.replace('.', ",");
    let (grounds, fonds) = [("light", "clairs"), ("dark", "sombres")][side];
    let message: Text = text!(
        "`{colour}` n’a qu’un contraste de {french} sur les fonds {fonds} ; il en faut 4,5",
        "`{colour}` has a contrast of only {english} on {grounds} grounds; 4.5 is needed"
    );
    let help = text!(
        "la couleur la plus proche qui convient est `\"{used}\"` ; le site s’en sert",
        "the nearest colour that will do is `\"{used}\"`; the site uses it"
    );
    Diagnostic::at(WEAK_CONTRAST, span, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_colour_becomes_one_that_can_be_read() {
        for red in (0..=255).step_by(51) {
            for green in (0..=255).step_by(51) {
                for blue in (0..=255).step_by(51) {
                    let colour = fixed(&format!("#{red:02x}{green:02x}{blue:02x}"));
                    for side in [0, 1] {
                        let used = readable(colour, side);
                        assert!(contrast(used, side) >= LEAST, "{colour} {side} {used}");
                        let kept = contrast(colour, side) >= LEAST;
                        assert_eq!(kept, used == colour, "{colour} is changed in need only");
                    }
                }
            }
        }
    }

    #[test]
    fn the_accent_of_the_default_theme_is_fit() {
        for (side, own) in ["#24509a", "#93b8f7"].iter().enumerate() {
            assert_eq!(readable(fixed(own), side), fixed(own));
        }
    }
}
