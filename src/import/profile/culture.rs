//! What a country's way of writing says of days and numbers: `05/06/2026` and `1,234` have two readings
//! each until somebody has said whose they are.

use crate::fold::fold;

/// How a country writes days and numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Culture {
    /// 31/12/2026 rather than 12/31/2026.
    pub(super) day_first: bool,
    /// The sign before decimals; nothing where both are in use.
    pub(super) decimal: Option<char>,
    /// The comma or point between thousands; nothing where blanks stand there, or both are in use.
    pub(super) thousands: Option<char>,
}

impl Culture {
    /// That of numbers which no country has written: a workbook holds them as such.
    pub(super) const PLAIN: Self = Self {
        day_first: true,
        decimal: Some('.'),
        thousands: None,
    };

    /// A culture by its name (`fr`, `fr-FR`, `en-GB`, `en-US`); `en` alone says nothing of days.
    pub fn named(name: &str) -> Option<Self> {
        let name = fold(name).replace('_', "-");
        let (language, country) = name.split_once('-').unwrap_or((&name, ""));
        let day_first = match (language, country) {
            ("en" | "es", "us" | "ph") => false,
            ("en", "") => return None,
            (
                "fr" | "en" | "de" | "es" | "it" | "nl" | "pt" | "pl" | "da" | "nb" | "fi" | "cs"
                | "ro",
                _,
            ) => true,
            _ => return None,
        };
        // The signs are those of the Unicode Common Locale Data Repository.
        let (decimal, thousands) = match (language, country) {
            ("en", _) | ("es", "us" | "mx" | "ph") => (Some('.'), Some(',')),
            (_, "ch" | "li") => (None, None),
            ("de" | "es" | "it" | "nl" | "pt" | "da" | "ro", _) => (Some(','), Some('.')),
            _ => (Some(','), None),
        };
        Some(Self {
            day_first,
            decimal,
            thousands,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_differ_in_days_and_in_numbers() {
        let named = |name: &str| {
            let culture = Culture::named(name)?;
            Some((culture.day_first, culture.decimal, culture.thousands))
        };
        assert_eq!(named("fr-FR"), Some((true, Some(','), None)));
        assert_eq!(named("fr_CA"), named("fr"));
        assert_eq!(named("en-GB"), Some((true, Some('.'), Some(','))));
        assert_eq!(named("en-US"), Some((false, Some('.'), Some(','))));
        assert_eq!(named("de-DE"), Some((true, Some(','), Some('.'))));
        assert_eq!(named("fr-CH"), Some((true, None, None)));
        assert_eq!((named("en"), named("xx")), (None, None));
    }
}
