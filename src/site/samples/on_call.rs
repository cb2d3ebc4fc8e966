//! An invented rota for tests: a day of handover, and a week after it.

use super::{day, link};
use crate::site::context::{Duty, Field, Link, OnCallCard, ShiftsToCome, Value};

fn duty() -> Duty {
    Duty {
        rota: Some(link("Astreinte infrastructure")),
        person: Some(link("Inès Marchand")),
        phone: Some(Link::new("+33 1 99 00 12 34", "tel:+33199001234")),
        backup: Some(link("Karim Benali")),
        backup_phone: Some(Link::new("+33 1 99 00 12 35", "tel:+33199001235")),
        level: Some("N2".to_owned()),
        from: Some(day(20)),
        until: day(27),
        note: Some("Échange".to_owned()),
    }
}

pub fn card() -> OnCallCard {
    OnCallCard {
        phone: Some(Link::new("+33 1 99 00 12 30", "tel:+33199001230")),
        day: day(20),
        today: vec![duty(), Duty::default()],
        week: vec![duty(), Duty::default()],
        facts: vec![Field {
            label: "Délai de rappel".to_owned(),
            value: Value::text("30 min"),
            wide: false,
        }],
        calendar: link("Pour un agenda"),
    }
}

pub fn shifts() -> ShiftsToCome {
    ShiftsToCome {
        shifts: vec![duty(), Duty::default()],
        more: Some("et 2 autres tours".to_owned()),
    }
}
