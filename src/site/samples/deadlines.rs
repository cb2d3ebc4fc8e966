//! Invented deadlines, as a list and by month.

use super::{columns, day, frame, link, pager, whole};
use crate::site::context::{
    Badge, CalendarMonth, CalendarRow, DeadlineCalendarContext, DeadlinesContext, Row, Tone,
    UrgencyCount, Value,
};

pub fn deadlines() -> DeadlinesContext {
    let badge = Badge::new("Dépassée", Tone::Danger);
    let count = |count, url: Option<&str>| UrgencyCount {
        badge: badge.clone(),
        count,
        url: url.map(str::to_owned),
    };
    DeadlinesContext {
        frame: frame("Échéances"),
        count: 2,
        urgencies: vec![count(2, Some("?urgency=x")), count(0, None)],
        calendar: Some(link("Calendrier")),
        downloads: vec![link("CSV")],
        feed: Some(link("Flux")),
        columns: columns(&["Fiche", "Date"]),
        rows: vec![Row {
            cells: vec![Value::link(link("Infogérance")), Value::date(day(3))],
        }],
        pager: Some(pager()),
        whole: Some(whole()),
    }
}

pub fn deadline_calendar() -> DeadlineCalendarContext {
    DeadlineCalendarContext {
        frame: frame("Calendrier des échéances"),
        months: vec![CalendarMonth {
            id: "m2026-11".to_owned(),
            title: "novembre 2026".to_owned(),
            rows: vec![CalendarRow {
                kind: "deadline",
                from: day(18),
                title: Some("Préavis à donner".to_owned()),
                link: Some(link("Infogérance")),
                badges: vec![Badge::new("il y a 2 jours", Tone::Danger)],
                facts: vec!["Contrat".to_owned(), "Lyon".to_owned()],
                ..CalendarRow::default()
            }],
        }],
        download: Some(link("Pour un agenda")),
        list: Some(link("Échéances")),
    }
}
