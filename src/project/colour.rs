//! Colours as pages use them, and whether a text in one can be read on another (WCAG 2.2, 1.4.3).

use std::fmt;

/// A colour of the sRGB space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Reads `#0b6e4f` or `#0a5`.
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        match digits.len() {
            6 => Some(Self([red, green, blue])),
            // Each digit stands for itself twice.
            3 => Some(Self(
                [green % 16, blue / 16, blue % 16].map(|digit| digit * 17),
            )),
            _ => None,
        }
    }

    /// Mixed with another, of which it takes so many hundredths.
    #[must_use]
    pub fn mixed(self, other: Self, hundredths: u16) -> Self {
        let part = |own: u8, other: u8| {
            let sum = u16::from(own) * (100 - hundredths) + u16::from(other) * hundredths;
            u8::try_from((sum + 50) / 100).expect("a mean of two bytes is one")
        };
        let Self([red, green, blue]) = other;
        Self([
            part(self.0[0], red),
            part(self.0[1], green),
            part(self.0[2], blue),
        ])
    }

    /// The relative luminance, from 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast with another colour, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (own, other) = (self.luminance(), other.luminance());
        (own.max(other) + 0.05) / (own.min(other) + 0.05)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(out, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::read(text).expect("a colour")
    }

    #[test]
    fn colours_are_read_and_written() {
        assert_eq!(colour("#0B6e4f").to_string(), "#0b6e4f");
        assert_eq!(colour(" #0a5 ").to_string(), "#00aa55");
        for wrong in [
            "0b6e4f",
            "#0b6e4",
            "#0b6e4f80",
            "#ggg",
            "#+12",
            "green",
            "#",
        ] {
            assert_eq!(Colour::read(wrong), None, "{wrong}");
        }
    }

    /// Figures that other checkers of contrast give for the same pairs.
    #[test]
    fn contrasts_are_those_of_the_guideline() {
        let white = colour("#fff");
        let close = |a: f64, b: f64| (a - b).abs() < 0.005;
        assert!(close(colour("#000").contrast(white), 21.0));
        assert!(close(white.contrast(colour("#777")), 4.48));
        assert!(close(colour("#767676").contrast(white), 4.54));
        assert!(close(colour("#00f").contrast(white), 8.59));
    }

    #[test]
    fn mixing_goes_from_one_to_the_other() {
        let (black, white) = (colour("#000"), colour("#fff"));
        assert_eq!(black.mixed(white, 0), black);
        assert_eq!(black.mixed(white, 50).to_string(), "#808080");
        assert_eq!(black.mixed(white, 100), white);
    }
}
