//! Dates, numbers and lengths of time as a language that a site brings along writes them.

use jiff::civil::{Date, DateTime};

use crate::locale::{Locale, convention};

/// Within what lines must not break.
const NBSP: &str = "\u{a0}";

impl Locale {
    /// The text of a convention, or of a label that is shared: the file's, else the English one.
    pub fn convention(&self, key: &str) -> &str {
        let own = self.conventions.get(key).map(String::as_str);
        own.or_else(|| convention(key).map(|convention| convention.english))
            .unwrap_or_default()
    }

    /// A text that is shared with the labels, or that the file alone may say.
    pub fn own(&self, key: &str) -> Option<&str> {
        self.conventions.get(key).map(String::as_str)
    }

    /// The translation of an English text, if the file has one.
    pub fn translated(&self, english: &str) -> Option<&str> {
        self.texts.get(english).map(String::as_str)
    }

    /// The English texts that the file translates, sorted.
    pub fn translates(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// The language's own name, or its tag.
    pub fn name(&self) -> &str {
        self.own("language-name").unwrap_or(&self.tag)
    }

    /// A name of a list between commas, by its place from 0.
    pub fn name_of(&self, key: &str, place: usize) -> &str {
        let mut names = self.convention(key).split(',');
        names.nth(place).unwrap_or_default().trim()
    }

    /// A pattern of a date, filled in.
    pub fn date(&self, key: &str, date: Date) -> String {
        let month = usize::try_from(date.month() - 1).unwrap_or_default();
        let key = match self.own("date-long-first") {
            Some(_) if key == "date-long" && date.day() == 1 => "date-long-first",
            _ => key,
        };
        self.convention(key)
            .replace("{dd}", &format!("{:02}", date.day()))
            .replace("{mm}", &format!("{:02}", date.month()))
            .replace("{day}", &date.day().to_string())
            .replace("{year}", &format!("{:04}", date.year()))
            .replace("{month}", self.name_of("month-names", month))
    }

    /// A day of a week whose year is known; its line does not break.
    pub fn day_of_week(&self, date: Date) -> String {
        let month = usize::try_from(date.month() - 1).unwrap_or_default();
        self.convention("date-week")
            .replace("{day}", &date.day().to_string())
            .replace("{month}", self.name_of("month-names-short", month))
            .replace("{weekday}", self.weekday("weekday-names-short", date))
            .replace(' ', NBSP)
    }

    /// The name of a day.
    pub fn weekday(&self, key: &str, date: Date) -> &str {
        let place = date.weekday().to_monday_zero_offset();
        self.name_of(key, usize::try_from(place).unwrap_or_default())
    }

    /// A day and a time in words.
    pub fn moment(&self, moment: DateTime, time: &str) -> String {
        self.convention("date-moment")
            .replace("{time}", time)
            .replace("{weekday}", self.weekday("weekday-names", moment.date()))
            .replace("{date}", &self.date("date-long", moment.date()))
    }

    /// A counted word, with its number as it is written.
    pub fn counted(&self, key: &str, count: u128, number: &str) -> String {
        let forms: Vec<&str> = self.convention(key).split('|').collect();
        self.plural.choose(&forms, count).replace("{n}", number)
    }

    /// How far a day is, in days.
    pub fn distance(&self, days: i32, number: &str) -> String {
        let count = u128::from(days.unsigned_abs());
        match days {
            0 => self.convention("day-today").to_owned(),
            1 => self.convention("day-tomorrow").to_owned(),
            -1 => self.convention("day-yesterday").to_owned(),
            days if days > 0 => self.counted("days-ahead", count, number),
            _ => self.counted("days-ago", count, number),
        }
    }

    /// A pattern with one place, filled in.
    pub fn filled(&self, key: &str, place: &str, value: &str) -> String {
        self.convention(key).replace(&format!("{{{place}}}"), value)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use crate::locale::Locale;

    const GERMAN: &str = "\
month-names: Januar, Februar, März, April, Mai, Juni, Juli, August, September, Oktober, November, Dezember
month-names-short: \"Jan., Feb., März, Apr., Mai, Juni, Juli, Aug., Sept., Okt., Nov., Dez.\"
weekday-names: Montag, Dienstag, Mittwoch, Donnerstag, Freitag, Samstag, Sonntag
weekday-names-short: Mo, Di, Mi, Do, Fr, Sa, So
date-long: \"{day}. {month} {year}\"
date-short: \"{dd}.{mm}.{year}\"
date-week: \"{weekday}, {day}. {month}\"
date-moment: \"{weekday}, {date} um {time} Uhr\"
days-ahead: \"in {n} Tag|in {n} Tagen\"
\"Serial number\": Seriennummer
home: Startseite
";

    #[test]
    fn a_file_says_how_dates_are_written() {
        let (german, mistakes) = Locale::read("de", GERMAN);
        assert_eq!(mistakes, []);
        let day = Date::constant(2026, 3, 1);
        assert_eq!(german.date("date-long", day), "1. März 2026");
        assert_eq!(german.date("date-short", day), "01.03.2026");
        assert_eq!(german.date("date-month", day), "März 2026");
        let evening = day.at(18, 5, 0, 0);
        assert_eq!(
            german.moment(evening, "18:05"),
            "Sonntag, 1. März 2026 um 18:05 Uhr"
        );
        assert_eq!(german.day_of_week(day), "So,\u{a0}1.\u{a0}März");
        assert_eq!(german.distance(12, "12"), "in 12 Tagen");
        assert_eq!(german.distance(-3, "3"), "3 days ago");
        assert_eq!(german.translated("Serial number"), Some("Seriennummer"));
        assert_eq!(german.own("home"), None);
    }

    #[test]
    fn what_cannot_be_used_is_told_and_english_holds() {
        let file = "month-names: Januar\ndate-long: \"{tag}. {month}\"\ndate-short: \"{dd}/{mm}\"\n\
                    plural-rule: n is 1\ndays-ago: \"vor {m}\"\n";
        let (locale, mistakes) = Locale::read("de", file);
        let told: Vec<String> = mistakes
            .iter()
            .map(|(line, column, message)| format!("{line}:{column} {}", message.en))
            .collect();
        assert_eq!(
            told,
            [
                "1:14 `month-names` has 1 names, and 12 are expected, between commas",
                "2:12 `{tag}` means nothing here; `{year}`, `{day}`, `{dd}`, `{mm}`, `{month}` do",
                "3:13 `{year}` is missing in `date-short`",
                "4:14 `n is 1` is no rule of plurals, such as `n = 1` or `n % 10 = 2..4 and n % 100 != 12..14`",
                "5:11 `{m}` means nothing here; `{n}` do",
            ]
        );
        assert_eq!(
            locale.date("date-long", Date::constant(2026, 3, 2)),
            "2 March 2026"
        );
    }
}
