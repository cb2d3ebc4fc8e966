//! An invented desk for tests: every part of the page of statistics, what problems and procedures tell elsewhere.

use super::{columns, day, frame, link, row};
use crate::site::context::{
    ApplicableProcedures, Badge, DeskSection, Html, KnownError, KnownErrors, LicencePosition,
    Placeholders, ProblemIncidents, StatisticsContext, SuggestedProblem, Table, Tone, Value,
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

pub fn applicable() -> ApplicableProcedures {
    ApplicableProcedures {
        procedures: vec![(link("Débloquer le bac"), "pour ce modèle".to_owned())],
        more: Some(link("2 autres")),
    }
}

pub fn placeholders() -> Placeholders {
    Placeholders {
        expects: "Ouvrez-la depuis un équipement".to_owned(),
        choices: vec![link("ups-01")],
        more: Some("et 2 autres".to_owned()),
        asset: "../../assets/-asset-/".to_owned(),
    }
}

pub fn licence() -> LicencePosition {
    LicencePosition {
        bought: Some(50),
        assigned: 53,
        free: Some(0),
        over: 3,
        percent: 106,
        badge: Badge::new("Dépassement de 3", Tone::Danger),
        expires: Some(day(28)),
        expiry_badge: Some(Badge::new("dans 8 jours", Tone::Warning)),
        cost: Some("4 500,00 € par an".to_owned()),
        holders: vec![link("Inès Marchand")],
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
