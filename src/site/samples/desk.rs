//! An invented desk for tests: every part of the page of statistics, and what problems tell elsewhere.

use super::{columns, day, frame, link, row};
use crate::site::context::{
    Badge, DeskSection, Html, KnownError, KnownErrors, ProblemIncidents, StatisticsContext,
    SuggestedProblem, Table, Tone, Value,
};

pub fn statistics() -> StatisticsContext {
    StatisticsContext {
        frame: frame("Statistiques"),
        lead: "Du 25 mai au 20 novembre 2026".to_owned(),
        undated: Some("1 ticket sans date".to_owned()),
        figures: vec![(
            "En attente".to_owned(),
            "12".to_owned(),
            Some(Badge::new("2 en retard", Tone::Danger)),
        )],
        suggestions: vec![SuggestedProblem {
            title: "Impression".to_owned(),
            subject: link("Imprimante du quai"),
            facts: "3 incidents".to_owned(),
            tickets: vec![link("Bourrage")],
            snippet: "- id: prb-2026-05\n".to_owned(),
        }],
        sections: vec![DeskSection {
            id: "weeks".to_owned(),
            title: "Par semaine".to_owned(),
            note: Some("Semaines ISO".to_owned()),
            chart: Some(Html("<svg class=\"chart\"></svg>".to_owned())),
            columns: columns(&["Semaine", "Ouverts"]),
            rows: vec![row(vec![Value::text("S47"), Value::number("3", "3")])],
            total: vec![Value::text("Total"), Value::number("3", "3")],
            tools: true,
            more: Some("2 autres".to_owned()),
            csv: link("CSV"),
        }],
        definitions: vec![("Délai".to_owned(), "Une durée.".to_owned())],
        matrix: Some(table()),
    }
}

pub fn known_errors() -> KnownErrors {
    KnownErrors {
        errors: vec![KnownError {
            problem: link("Journaux non purgés"),
            symptoms: Some("Le volume se remplit".to_owned()),
            workaround: Some(Html("<p>Purger à la main.</p>".to_owned())),
        }],
        more: Some(link("2 autres")),
    }
}

pub fn incidents() -> ProblemIncidents {
    ProblemIncidents {
        known_error: Some(Badge::new("erreur connue", Tone::Warning)),
        facts: "3 tickets".to_owned(),
        table: Some(table()),
    }
}

fn table() -> Table {
    Table {
        caption: None,
        columns: vec!["Ticket".to_owned(), "Ouvert le".to_owned()],
        rows: vec![vec![Value::link(link("Bourrage")), Value::date(day(12))]],
    }
}
