//! Public holidays of France, computed: the whole country, Alsace and Moselle, and overseas.
//!
//! Sources: Code du travail, articles L3133-1 (the eleven days), L3134-13 (Good Friday and 26 December
//! in Alsace and Moselle) and L3422-2 (abolition of slavery overseas).

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::diagnostic::Language;
use crate::fold::slug;

/// Whose public holidays close a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum PublicHolidays {
    /// Nobody's: every day counts, own closures aside.
    None,
    /// Mainland France; Saint-Pierre-et-Miquelon has the same days.
    #[default]
    France,
    /// Bas-Rhin, Haut-Rhin and Moselle.
    AlsaceMoselle,
    /// Guadeloupe.
    Guadeloupe,
    /// Martinique.
    Martinique,
    /// Guyane.
    Guyane,
    /// La Réunion.
    LaReunion,
    /// Mayotte.
    Mayotte,
    /// Saint-Barthélemy.
    SaintBarthelemy,
    /// Saint-Martin.
    SaintMartin,
}

/// The names that [`PublicHolidays::named`] reads, as an author would write them, for help texts.
pub const NAMES: [&str; 10] = [
    "métropole",
    "alsace-moselle",
    "guadeloupe",
    "martinique",
    "guyane",
    "la-réunion",
    "mayotte",
    "saint-barthélemy",
    "saint-martin",
    "aucun",
];

impl PublicHolidays {
    /// Reads a region by name or by number of department: `Alsace-Moselle`, `67`, `La Réunion`, `974`,
    /// `métropole`, `aucun`.
    pub fn named(text: &str) -> Option<Self> {
        Some(match slug(text).as_str() {
            "aucun" | "aucune" | "none" => Self::None,
            "france"
            | "metropole"
            | "france-metropolitaine"
            | "mainland"
            | "mainland-france"
            | "saint-pierre-et-miquelon"
            | "975" => Self::France,
            "alsace-moselle" | "alsace" | "moselle" | "bas-rhin" | "haut-rhin" | "57" | "67"
            | "68" => Self::AlsaceMoselle,
            "guadeloupe" | "971" => Self::Guadeloupe,
            "martinique" | "972" => Self::Martinique,
            "guyane" | "french-guiana" | "973" => Self::Guyane,
            "la-reunion" | "reunion" | "974" => Self::LaReunion,
            "mayotte" | "976" => Self::Mayotte,
            "saint-barthelemy" | "977" => Self::SaintBarthelemy,
            "saint-martin" | "978" => Self::SaintMartin,
            _ => return None,
        })
    }

    /// The region's own name; empty for nobody's.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::France => "France",
            Self::AlsaceMoselle => "Alsace-Moselle",
            Self::Guadeloupe => "Guadeloupe",
            Self::Martinique => "Martinique",
            Self::Guyane => "Guyane",
            Self::LaReunion => "La Réunion",
            Self::Mayotte => "Mayotte",
            Self::SaintBarthelemy => "Saint-Barthélemy",
            Self::SaintMartin => "Saint-Martin",
        }
    }

    /// The region of a French postal code; `None` where the code says nothing special.
    pub fn of_postal_code(code: &str) -> Option<Self> {
        let code = code.trim();
        if code.len() != 5 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Some(match (&code[..2], &code[..3], code) {
            ("57" | "67" | "68", ..) => Self::AlsaceMoselle,
            (_, _, "97133") => Self::SaintBarthelemy,
            (_, _, "97150") => Self::SaintMartin,
            (_, "971", _) => Self::Guadeloupe,
            (_, "972", _) => Self::Martinique,
            (_, "973", _) => Self::Guyane,
            (_, "974", _) => Self::LaReunion,
            (_, "976", _) => Self::Mayotte,
            _ => return None,
        })
    }

    /// The public holidays of a year, sorted.
    pub fn in_year(self, year: i16) -> Vec<Date> {
        if self == Self::None {
            return Vec::new();
        }
        let easter = easter_sunday(year);
        let after = |days: i32| easter.saturating_add(days.days());
        let mut days = vec![
            date(year, 1, 1),
            after(1),
            date(year, 5, 1),
            date(year, 5, 8),
            after(39),
            after(50),
            date(year, 7, 14),
            date(year, 8, 15),
            date(year, 11, 1),
            date(year, 11, 11),
            date(year, 12, 25),
        ];
        match self {
            Self::None | Self::France => {}
            Self::AlsaceMoselle => days.extend([after(-2), date(year, 12, 26)]),
            Self::Mayotte => days.push(date(year, 4, 27)),
            Self::Martinique => days.push(date(year, 5, 22)),
            Self::Guadeloupe | Self::SaintMartin => days.push(date(year, 5, 27)),
            Self::Guyane => days.push(date(year, 6, 10)),
            Self::SaintBarthelemy => days.push(date(year, 10, 9)),
            Self::LaReunion => days.push(date(year, 12, 20)),
        }
        days.sort_unstable();
        // Ascension may be 1 May or 8 May.
        days.dedup();
        days
    }
}

/// What a public holiday is called; `None` for a day that is none anywhere in France.
pub fn name_of(day: Date, language: Language) -> Option<&'static str> {
    let from_easter = easter_sunday(day.year()).until(day).ok()?.get_days();
    let [french, english] = match (day.month(), day.day(), from_easter) {
        (1, 1, _) => ["Jour de l’An", "New Year’s Day"],
        (5, 1, _) => ["Fête du Travail", "Labour Day"],
        (5, 8, _) => ["Victoire de 1945", "Victory Day 1945"],
        (7, 14, _) => ["Fête nationale", "Bastille Day"],
        (8, 15, _) => ["Assomption", "Assumption Day"],
        (11, 1, _) => ["Toussaint", "All Saints’ Day"],
        (11, 11, _) => ["Armistice de 1918", "Armistice Day"],
        (12, 25, _) => ["Noël", "Christmas Day"],
        (12, 26, _) => ["Saint-Étienne", "Saint Stephen’s Day"],
        (.., -2) => ["Vendredi saint", "Good Friday"],
        (.., 1) => ["Lundi de Pâques", "Easter Monday"],
        (.., 39) => ["Ascension", "Ascension Day"],
        (.., 50) => ["Lundi de Pentecôte", "Whit Monday"],
        (4, 27, _) | (5, 22 | 27, _) | (6, 10, _) | (10, 9, _) | (12, 20, _) => {
            ["Abolition de l’esclavage", "Abolition of slavery"]
        }
        _ => return None,
    };
    Some(match language {
        Language::Fr => french,
        Language::En => english,
        Language::Other(locale) => locale.translated(english).unwrap_or(english),
    })
}

/// Easter Sunday of the Gregorian calendar, from year 1 on.
///
/// The anonymous algorithm printed in *Nature* of 20 April 1876, as Jean Meeus gives it in
/// *Astronomical Algorithms* (1991), chapter 8; the letters are his.
#[expect(
    clippy::many_single_char_names,
    reason = "the letters of the published algorithm let a reader compare"
)]
pub fn easter_sunday(year: i16) -> Date {
    let x = i32::from(year);
    let a = x % 19;
    let (b, c) = (x / 100, x % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    let [month, day] = [n / 31, n % 31 + 1].map(|part| i8::try_from(part).unwrap_or(1));
    Date::new(year, month, day).unwrap_or(date(year, 3, 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_as_the_almanacs_print_it() {
        // The earliest and the latest of the century around, and the years that other formulas miss.
        let known = [
            (1818, 3, 22),
            (1943, 4, 25),
            (1954, 4, 18),
            (1981, 4, 19),
            (2008, 3, 23),
            (2019, 4, 21),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
            (2049, 4, 18),
            (2076, 4, 19),
        ];
        for (year, month, day) in known {
            assert_eq!(easter_sunday(year), date(year, month, day));
        }
    }

    #[test]
    fn easter_is_always_a_sunday_from_22_march_to_25_april() {
        for year in 1583..=4099 {
            let easter = easter_sunday(year);
            assert_eq!(easter.weekday(), jiff::civil::Weekday::Sunday, "{year}");
            let range = date(year, 3, 22)..=date(year, 4, 25);
            assert!(range.contains(&easter), "{year}");
        }
    }

    #[test]
    fn every_public_holiday_has_a_name() {
        let regions = NAMES.iter().filter_map(|name| PublicHolidays::named(name));
        for region in regions {
            for day in (1990..2050).flat_map(|year| region.in_year(year)) {
                for language in [Language::Fr, Language::En] {
                    assert!(name_of(day, language).is_some(), "{day}");
                }
            }
        }
        let french = |month, day| name_of(date(2026, month, day), Language::Fr);
        assert_eq!(french(4, 6), Some("Lundi de Pâques"));
        assert_eq!(french(5, 14), Some("Ascension"));
        assert_eq!(french(11, 11), Some("Armistice de 1918"));
        assert_eq!(french(11, 12), None);
    }

    #[test]
    fn the_eleven_days_of_2026_and_those_of_a_region() {
        let days = PublicHolidays::France.in_year(2026);
        let text: Vec<String> = days
            .iter()
            .map(|day| day.strftime("%m-%d").to_string())
            .collect();
        assert_eq!(
            text.join(" "),
            "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25"
        );
        let alsace = PublicHolidays::AlsaceMoselle.in_year(2026);
        assert!(alsace.contains(&date(2026, 4, 3)) && alsace.contains(&date(2026, 12, 26)));
        assert!(PublicHolidays::None.in_year(2026).is_empty());
        // In 2008 Ascension was 1 May: ten days only.
        assert_eq!(PublicHolidays::France.in_year(2008).len(), 10);
    }

    #[test]
    fn regions_by_name_number_and_postal_code() {
        for name in NAMES {
            assert!(PublicHolidays::named(name).is_some(), "{name}");
        }
        assert_eq!(
            PublicHolidays::named("67"),
            Some(PublicHolidays::AlsaceMoselle)
        );
        assert_eq!(PublicHolidays::named("Bretagne du Sud"), None);
        let of = PublicHolidays::of_postal_code;
        let names = |codes: &[&str]| -> Vec<_> {
            codes
                .iter()
                .map(|code| of(code).map(PublicHolidays::name))
                .collect()
        };
        let alsace = ["57000", "67000", " 68100 "];
        assert_eq!(names(&alsace), [Some("Alsace-Moselle"); 3]);
        let overseas = [
            "97133", "97150", "97100", "97200", "97300", "97400", "97600",
        ];
        assert_eq!(
            names(&overseas),
            [
                Some("Saint-Barthélemy"),
                Some("Saint-Martin"),
                Some("Guadeloupe"),
                Some("Martinique"),
                Some("Guyane"),
                Some("La Réunion"),
                Some("Mayotte"),
            ]
        );
        let others = ["69007", "97500", "6700", "670000", "67 00", "été00", ""];
        assert_eq!(names(&others), [None; 7]);
    }
}
