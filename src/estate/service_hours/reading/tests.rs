//! What people write as opening hours, and what it opens.

use jiff::civil::Weekday;

use super::*;

/// The hours of a week as text: weekdays 1 to 7, `F` for public holidays.
fn shown(text: &str) -> String {
    let hours = match read(text) {
        Ok(hours) => hours,
        Err(why) => return format!("{why:?}"),
    };
    let time = |minute: i32| format!("{}:{:02}", minute / 60, minute % 60);
    let mut lines: Vec<(String, String)> = Vec::new();
    for day in 1..=8 {
        let (name, spans) = match Weekday::from_monday_one_offset(day) {
            Ok(weekday) => (day.to_string(), hours.on(weekday, false)),
            Err(_) => ("F".to_owned(), hours.on(Weekday::Monday, true)),
        };
        if spans.is_empty() {
            continue;
        }
        let spans = spans
            .iter()
            .map(|span| format!("{}-{}", time(span.from), time(span.to)));
        let spans = spans.collect::<Vec<_>>().join(",");
        match lines.last_mut() {
            Some((days, last)) if *last == spans => days.push_str(&name),
            _ => lines.push((name, spans)),
        }
    }
    let lines = lines.iter().map(|(days, spans)| format!("{days} {spans}"));
    lines.collect::<Vec<_>>().join(" | ")
}

#[test]
fn as_people_write_them() {
    let office = "12345 8:00-18:00";
    for text in [
        "lun-ven 08:00-18:00",
        "lun-ven 8h-18h",
        "lun.-ven. 8 h – 18 h",
        "Du lundi au vendredi, 8 h 00 – 18 h 00",
        "du lundi au vendredi de 8 h à 18 h",
        "jours ouvrés 8-18",
        "Mon-Fri 8:00-18:00",
        "Monday to Friday, 8:00 to 18:00",
        "lun, mar, mer, jeu et ven : 8:00-18:00",
        "lun-ven 8:00-12:00, 12:00-18:00",
        "lun-dim 8:00-18:00 ; week-ends fermé",
        "lundi au vendredi : de 8 heures à 18 heures",
        "weekdays 8:00-18:00",
        "lun\u{a0}-\tven\n8\u{a0}h\u{202f}–\u{202f}18\u{a0}h",
        "lun-ven et jours fériés 8:00-18:00 ; jours fériés fermé",
    ] {
        assert_eq!(shown(text), office, "{text}");
    }
    let split = shown("lun-jeu 8:00-12:00, 13:30-18:00 ; ven 8:00-12:00");
    assert_eq!(split, "1234 8:00-12:00,13:30-18:00 | 5 8:00-12:00");
    assert_eq!(shown("sam-lun 9h-midi"), "167 9:00-12:00");
}

#[test]
fn all_day_and_every_day() {
    let always = "1234567F 0:00-24:00";
    for text in [
        "24/7",
        "24 h/24, 7 j/7",
        "24h/24 7j/7",
        "24 h / 24, 7 j / 7",
        "7j/7, 24h/24",
        "24 h sur 24",
        "tous les jours 24h/24",
        "tous les jours",
        "lun-dim et jours fériés",
        "lun-dim et jours fériés 0h-24h",
    ] {
        assert_eq!(shown(text), always, "{text}");
    }
    assert_eq!(shown("lun-dim 0:00-24:00"), "1234567 0:00-24:00");
    for text in [
        "fériés 9-12",
        "férié 9-12",
        "holidays 9-12",
        "bank holidays 9-12",
    ] {
        assert_eq!(shown(text), "F 9:00-12:00", "{text}");
    }
    assert_eq!(shown("tous les jours 6h-22h"), "1234567F 6:00-22:00");
    assert_eq!(shown("lun-ven 22:00-minuit"), "12345 22:00-24:00");
}

#[test]
fn nights_belong_to_the_day_they_begin_on() {
    assert_eq!(shown("ven 22:00-06:00"), "5 22:00-30:00");
    // Beside nights, a whole day lasts until the night would have ended.
    assert_eq!(
        shown("lun-ven 18:00-08:00, week-ends et jours fériés"),
        "12345 18:00-32:00 | 67F 0:00-32:00"
    );
}

#[test]
fn what_is_not_understood_is_told() {
    let word = |word: &str| format!("{:?}", Unreadable::Word(word.to_owned()));
    assert_eq!(shown("lun-ven selon disponibilité"), word("selon"));
    assert_eq!(shown("lun-ven 8:00-25:00"), word("25:00"));
    assert_eq!(shown("lun-ven 8:75-18:00"), word("8:75-18:00"));
    assert_eq!(shown("8:00-18:00"), "NoDays");
    assert_eq!(shown("lun-ven 8:00"), "Order");
    assert_eq!(shown("lun- 8:00-18:00"), "Order");
    assert_eq!(shown("- lun"), "Order");
    assert_eq!(shown(""), "NeverOpens");
    assert_eq!(shown("dim fermé"), "NeverOpens");
    assert_eq!(shown("lun-ven 8:00-8:00"), "NeverOpens");
}
