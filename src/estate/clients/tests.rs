//! Whose records are, and a client's months, each figure computed by hand beside it.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::months::{Figures, Mean, Median, Month};
use super::*;
use crate::estate::deadlines::between;
use crate::estate::samples::estate;
use crate::estate::service_levels::months::Tally;

const ORGANISATIONS: (&str, &str) = (
    "inventory/organisations/all.yaml",
    "- {id: esn, name: ESN, type: company}\n- {id: filiale, name: Filiale, type: company, parent: esn}\n\
     - {id: lait, name: Laiterie, type: client}\n- {id: orme, name: Orme, type: client}\n",
);

const PLACES: (&str, &str) = (
    "inventory/sites/all.yaml",
    "- {id: usine, name: Usine, organisation: lait}\n- {id: quai, name: Quai, parent: usine}\n\
     - {id: ailleurs, name: Ailleurs}\n",
);

/// 1 h to intervene, 4 h to restore, 50 € and 150 € a miss, at most 18 % of 1 000 €: 180 €.
/// The other is a supplier's, so that its 999 € are not the provider's.
const CONTRACTS: (&str, &str) = (
    "inventory/contracts/all.yaml",
    "- {id: ctr, name: Infogérance, organisation: lait, gti: 1 h, gtr: 4 h, service_hours: 'lun-ven 08:00-18:00',\n  \
     penalty_gti: 50, penalty_gtr: 150, penalty_cap: 18, cost: 1000, cost_period: monthly}\n\
     - {id: four, name: Lien, organisation: lait, supplier: telecom, penalty_per_miss: 999}\n",
);

const SUPPLIERS: (&str, &str) = (
    "inventory/suppliers/all.yaml",
    "- {id: telecom, name: Telecom}\n",
);

const PEOPLE: (&str, &str) = (
    "inventory/people/all.yaml",
    "- {id: ada, name: Ada, site: quai}\n- {id: bob, name: Bob}\n",
);

/// October 2026 begins on a Thursday; the 2nd is a Friday, the 26th and 2 November are Mondays.
const TICKETS: (&str, &str) = (
    "inventory/tickets/all.yaml",
    "- id: t1\n  title: Vite\n  type: incident\n  status: closed\n  opened: 2026-10-01 09:00\n  requester: ada\n  \
     organisation: lait\n  contract: ctr\n  satisfaction: 5\n  time_spent: 30 min\n  timeline:\n  \
     - {at: 2026-10-01 09:30, event: taken}\n  - {at: 2026-10-01 11:00, event: resolved}\n  \
     - {at: 2026-10-05 09:00, event: closed}\n\
     - id: t2\n  title: Lent\n  type: incident\n  status: closed\n  opened: 2026-10-02 17:00\n  requester: ada\n  \
     contract: ctr\n  satisfaction: 4\n  time_spent: 1 h\n  timeline:\n  \
     - {at: 2026-10-05 08:30, event: taken}\n  - {at: 2026-10-05 12:00, event: resolved}\n  \
     - {at: 2026-10-06 09:00, event: closed}\n\
     - id: t3\n  title: Rouvert\n  type: incident\n  status: resolved\n  opened: 2026-10-26 10:00\n  requester: ada\n  \
     site: quai\n  contract: ctr\n  timeline:\n  - {at: 2026-10-26 10:10, event: taken}\n  \
     - {at: 2026-10-26 11:00, event: pending}\n  - {at: 2026-10-26 14:00, event: resumed}\n  \
     - {at: 2026-10-26 15:00, event: resolved}\n  - {at: 2026-11-02 09:00, event: reopened}\n  \
     - {at: 2026-11-02 10:00, event: resolved}\n\
     - id: t4\n  title: Demande\n  type: request\n  status: assigned\n  opened: 2026-10-30 16:00\n  requester: ada\n  \
     organisation: lait\n  timeline:\n  - {at: 2026-10-30 16:20, event: taken}\n\
     - id: t5\n  title: Oublié\n  type: incident\n  status: new\n  opened: 2026-11-19 10:00\n  requester: ada\n  \
     organisation: lait\n  contract: ctr\n\
     - id: t6\n  title: Demain\n  type: incident\n  status: new\n  opened: 2026-11-23 10:00\n  requester: ada\n  \
     organisation: lait\n",
);

fn desk() -> Estate {
    estate(&[ORGANISATIONS, PLACES, CONTRACTS, SUPPLIERS, PEOPLE, TICKETS])
}

fn record<'a>(estate: &'a Estate, kind: &str, id: &str) -> &'a Record {
    estate.find(kind, id).expect("a record")
}

fn month(estate: &Estate, first: Date) -> Figures {
    Month::new(estate, record(estate, "organisation", "lait"), first).figures(estate)
}

fn ids<'a>(records: &[&'a Record]) -> Vec<&'a str> {
    records
        .iter()
        .map(|record| record.source.id.as_str())
        .collect()
}

const OCTOBER: Date = Date::constant(2026, 10, 1);
const NOVEMBER: Date = Date::constant(2026, 11, 1);

#[test]
fn a_record_belongs_by_its_own_word_then_its_place_then_its_contract() {
    let estate = estate(&[
        ORGANISATIONS,
        PLACES,
        CONTRACTS,
        SUPPLIERS,
        (
            "inventory/assets/all.yaml",
            "- {id: a1, name: a1, site: quai, contracts: [four]}\n- {id: a2, name: a2, site: quai, organisation: orme}\n\
             - {id: a3, name: a3, site: ailleurs}\n- {id: a4, name: a4, contracts: [four]}\n",
        ),
        ("inventory/software/all.yaml", "- {id: s, name: S}\n"),
        (
            "inventory/licences/all.yaml",
            "- {id: l1, name: l1, software: s, contract: ctr}\n\
             - {id: l2, name: l2, software: s, contract: ctr, organisation: esn}\n",
        ),
    ]);
    let owner = |kind: &str, id: &str| {
        let owner = estate.clients().owner(record(&estate, kind, id))?;
        Some(estate.record(owner).source.id.as_str())
    };
    assert_eq!(owner("site", "quai"), Some("lait"));
    assert_eq!(owner("asset", "a1"), Some("lait"));
    assert_eq!(owner("asset", "a2"), Some("orme"));
    assert_eq!(owner("asset", "a3"), None);
    assert_eq!(
        owner("asset", "a4"),
        None,
        "who maintains it does not own it"
    );
    assert_eq!(owner("licence", "l1"), Some("lait"));
    assert_eq!(owner("licence", "l2"), Some("esn"));
    let lait = record(&estate, "organisation", "lait");
    let assets: Vec<&Record> = estate.clients().of_kind(&estate, lait, "asset").collect();
    assert_eq!(ids(&assets), ["a1"]);
    let kinds: BTreeSet<&str> = (estate.clients().all(&estate, lait))
        .map(|record| record.kind().name.as_str())
        .collect();
    assert_eq!(
        kinds,
        BTreeSet::from(["asset", "contract", "licence", "site"])
    );
    assert_eq!(
        provider(&estate).map(|it| it.source.id.as_str()),
        Some("esn")
    );
}

#[test]
fn october_in_figures() {
    let estate = desk();
    let figures = month(&estate, OCTOBER);
    let tally = |kept, missed| Tally {
        kept,
        missed,
        ..Tally::default()
    };
    // t1 was taken after 30 min and restored after 2 h; t2, from Friday 17:00, after 1 h + 30 min and
    // 1 h + 4 h; t3 after 10 min and 5 h - 3 h, with 1 h more in November; t4 has no promise.
    let expected = Figures {
        opened: 4,
        closed: 3,
        reopened: 0,
        backlog: 1,
        gti: tally(2, 1),
        gtr: tally(2, 1),
        // 50 + 150, of which the cap leaves 180.
        penalties: Some(Decimal::from(180)),
        // 10, 20 by the calendar, 30, 90: the second of four.
        to_own: Some(Median {
            minutes: 20,
            of: 4,
            by_calendar: 1,
        }),
        // 120, 180, 300: the second of three.
        to_resolve: Some(Median {
            minutes: 180,
            of: 3,
            by_calendar: 0,
        }),
        // (5 + 4) / 2.
        satisfaction: Some(Mean {
            mean: Decimal::new(45, 1),
            of: 2,
        }),
        spent: crate::project::Duration {
            minutes: 90,
            ..crate::project::Duration::default()
        },
    };
    assert_eq!(figures, expected);
    assert_eq!(month(&estate, Date::constant(2026, 9, 1)).opened, 0);
}

#[test]
fn the_current_month_ends_with_the_day() {
    let estate = desk();
    let lait = record(&estate, "organisation", "lait");
    let november = Month::new(&estate, lait, NOVEMBER);
    assert!(november.is_partial);
    assert_eq!(november.last, estate.as_of);
    assert!(!november.previous(&estate).is_partial);
    assert_eq!(november.previous(&estate).first, OCTOBER);
    let figures = november.figures(&estate);
    // t6 comes on Monday; t3 was opened again and closed again; t5 is 17 h and 14 h over.
    assert_eq!(
        (figures.opened, figures.closed, figures.reopened),
        (1, 1, 1)
    );
    assert_eq!(ids(&november.backlog(&estate)), ["t4", "t5"]);
    assert_eq!((figures.gti.missed, figures.gtr.missed), (1, 1));
    assert_eq!(figures.penalties, Some(Decimal::from(180)));
    assert_eq!(figures.to_own, None, "nobody took t5");
    assert_eq!(estate.clients().months(&estate, lait), [NOVEMBER, OCTOBER]);
    assert!(
        estate
            .clients()
            .months(&estate, record(&estate, "organisation", "orme"))
            .is_empty()
    );
}

#[test]
fn a_ticket_closed_without_a_date_is_no_backlog() {
    let estate = estate(&[
        ORGANISATIONS,
        PEOPLE,
        (
            "inventory/tickets/all.yaml",
            "- {id: t1, title: Importé, status: closed, opened: 2026-10-05 09:00, requester: bob, organisation: lait}\n\
             - {id: t2, title: Importé, status: assigned, opened: 2026-10-06 09:00, requester: bob, organisation: lait}\n",
        ),
    ]);
    let figures = month(&estate, OCTOBER);
    assert_eq!((figures.opened, figures.closed, figures.backlog), (2, 1, 1));
    assert_eq!(figures.penalties, None, "no contract says an amount");
    assert_eq!(figures.gti.rate(), None);
}

#[test]
fn reports_reach_back_thirteen_months() {
    let estate = estate(&[
        ORGANISATIONS,
        PEOPLE,
        (
            "inventory/tickets/all.yaml",
            "- {id: t1, title: a, opened: 2025-10-31 09:00, requester: bob, organisation: lait}\n\
             - {id: t2, title: b, opened: 2025-11-02 09:00, requester: bob, organisation: lait}\n",
        ),
        (
            "inventory/changes/all.yaml",
            "- {id: c1, title: c, status: closed, done: 2026-03-04, organisation: lait}\n\
             - {id: c2, title: d, status: refused, planned_start: 2026-05-04 09:00, organisation: lait}\n\
             - {id: c3, title: e, status: accepted, planned_start: 2026-11-30 09:00, organisation: lait}\n",
        ),
    ]);
    let lait = record(&estate, "organisation", "lait");
    let months: Vec<String> = (estate.clients().months(&estate, lait).iter())
        .map(|month| month.strftime("%Y-%m").to_string())
        .collect();
    assert_eq!(months, ["2026-11", "2026-03", "2025-11"]);
    let open = holdings::open_changes(&estate, lait);
    assert_eq!(ids(&open), ["c3"]);
    assert_eq!(
        report_url(lait, NOVEMBER),
        "organisations/lait/reports/2026-11/"
    );
}

#[test]
fn what_a_client_holds() {
    let estate = estate(&[
        ORGANISATIONS,
        PLACES,
        (
            "inventory/assets/all.yaml",
            "- {id: a1, name: a1, site: quai, type: server, status: in-service, warranty_end: 2026-12-01}\n\
             - {id: a2, name: a2, site: quai, type: laptop, status: in-stock}\n\
             - {id: a3, name: a3, site: quai, type: laptop, status: retired, warranty_end: 2026-12-01}\n\
             - {id: a4, name: a4, site: quai}\n- {id: a5, name: a5, site: ailleurs, type: laptop}\n",
        ),
        (
            "inventory/problems/all.yaml",
            "- {id: p1, title: a, status: assigned, opened: 2026-10-10 09:00, organisation: lait, priority: low}\n\
             - {id: p2, title: b, status: closed, opened: 2026-09-10 09:00, resolved: 2026-11-05, organisation: lait,\n   \
             priority: high}\n",
        ),
    ]);
    let lait = record(&estate, "organisation", "lait");
    let machines: Vec<(Option<&str>, usize)> = (holdings::machines(&estate, lait).iter())
        .map(|row| (row.of_type.map(|choice| choice.key.as_str()), row.total))
        .collect();
    assert_eq!(
        machines,
        [(Some("laptop"), 2), (Some("server"), 1), (None, 1)]
    );
    let october = Date::constant(2026, 10, 31);
    assert_eq!(
        ids(&holdings::open_problems(&estate, lait, october)),
        ["p2", "p1"]
    );
    assert_eq!(
        ids(&holdings::open_problems(&estate, lait, estate.as_of)),
        ["p1"]
    );
    let until = |day| {
        let all = estate.clients().all(&estate, lait);
        between(&estate, all, [estate.as_of, day]).len()
    };
    assert_eq!(
        until(Date::constant(2026, 12, 1)),
        1,
        "a retired machine asks for nothing"
    );
    assert_eq!(until(Date::constant(2026, 11, 30)), 0);
}
