//! A desk small enough to be counted by hand; the day is Friday 20 November 2026.

use jiff::civil::date;
use rust_decimal::Decimal;

use crate::estate::samples::estate;
use crate::estate::{Estate, problems};

use super::sample::Measured;
use super::*;

const TICKETS: &str = "
- id: t1
  title: Bourrage
  type: incident
  status: resolved
  category: Impression
  requester: a
  opened: 2026-11-16 09:00
  assets: [p1]
  organisation: o
  services: [s]
  time_spent: 30 min
  timeline:
    - {at: 2026-11-16 09:00, event: opened, by: b}
    - {at: 2026-11-16 09:10, event: taken, by: a, level: n1}
    - {at: 2026-11-16 10:00, event: resolved, by: a}
- id: t2
  title: \"Bourrage : encore\"
  type: incident
  status: closed
  category: impression
  requester: a
  opened: 2026-11-17 09:00
  assets: [p2]
  organisation: o
  services: [s]
  procedures: [g]
  time_spent: 1 h
  timeline:
    - {at: 2026-11-17 09:30, event: taken, by: a, level: n1}
    - {at: 2026-11-17 09:40, event: escalated, by: a, level: n2}
    - {at: 2026-11-17 12:00, event: resolved, by: b}
    - {at: 2026-11-18 12:00, event: closed, by: b}
- id: t3
  title: Bourrage au bac 2
  type: incident
  status: resolved
  category: Impression
  requester: a
  opened: 2026-11-10 10:00
  assets: [p1, p2]
  organisation: o
  time_spent: 45 min
  timeline:
    - {at: 2026-11-10 10:20, event: taken, by: a}
    - {at: 2026-11-10 11:00, event: resolved, by: a}
    - {at: 2026-11-11 09:00, event: reopened, by: a}
    - {at: 2026-11-11 10:00, event: resolved, by: a}
- id: t4
  title: Souris
  type: request
  status: resolved
  requester: a
  opened: 2026-11-18 17:00
  contract: c
  timeline:
    - {at: 2026-11-19 09:00, event: taken, by: a}
    - {at: 2026-11-19 10:00, event: resolved, by: a}
- {id: t5, title: Lenteurs, type: incident, status: new, category: Réseau, priority: high, requester: a, opened: 2026-08-20 08:00}
- id: t6
  title: Panne
  status: assigned
  priority: major
  requester: a
  opened: 2026-05-01 08:00
  timeline: [{at: 2026-05-01 09:00, event: taken, by: a}]
- {id: t7, title: Sans date, type: request, status: closed, requester: a, opened: 2026-11-19 08:00}
- {id: t8, title: Demain, type: incident, status: new, requester: a, opened: 2026-11-21 08:00}
";

const PROBLEM: &str = "{id: pb, title: Bac 2, status: assigned, tickets: [t3], symptoms: Bourrages, workaround: Bac 1, causes: Galet}\n";

fn desk_with(more: &[(&str, &str)]) -> Estate {
    let mut files = vec![
        (
            "inventory/people/p.yaml",
            "- {id: a, name: A}\n- {id: b, name: B}\n",
        ),
        ("inventory/organisations/o.yaml", "name: O\n"),
        ("inventory/services/s.yaml", "name: S\n"),
        ("inventory/models/m.yaml", "name: M\n"),
        ("procedures/g.md", "---\ntitle: G\n---\nTexte.\n"),
        (
            "inventory/assets/p.yaml",
            "- {id: p1, name: P1, model: m}\n- {id: p2, name: P2, model: m}\n",
        ),
        (
            "inventory/contracts/c.yaml",
            "{name: C, gti: 1 h, gtr: 4 h, service_hours: 'lun-ven 8:00-18:00'}\n",
        ),
        ("inventory/tickets/t.yaml", TICKETS),
    ];
    files.extend(more);
    estate(&files)
}

fn ids(estate: &Estate, records: &[RecordId]) -> Vec<String> {
    let records = records.iter().map(|id| estate.record(*id));
    records.map(|record| record.source.id.clone()).collect()
}

#[test]
fn what_waits_by_age_and_priority() {
    let estate = desk_with(&[]);
    let desk = estate.desk();
    // t5 has waited 92 days, t6 203.
    assert_eq!(desk.backlog.counts[4], [0, 0, 0, 0, 1, 0, 1]);
    assert_eq!(desk.backlog.total(), 2);
    assert_eq!(desk.undated, 1, "t7");
}

#[test]
fn weeks_add_up() {
    let estate = desk_with(&[]);
    let desk = estate.desk();
    assert_eq!(desk.from, date(2026, 5, 25));
    assert_eq!(desk.weeks.len(), 26);
    let figures = |week: usize| {
        let week = desk.weeks[week];
        [week.opened, week.reopened, week.resolved, week.backlog]
    };
    assert_eq!(figures(0), [0, 0, 0, 1], "t6 was there before");
    assert_eq!(figures(12), [1, 0, 0, 2], "t5, in the week of 17 August");
    assert_eq!(figures(24), [1, 1, 2, 2], "t3 twice");
    assert_eq!(figures(25), [4, 0, 3, 2], "t1, t2, t4; t7 only came in");
    assert_eq!(desk.weeks[25].monday, date(2026, 11, 16));
    assert_eq!(desk.weeks[25].number(), 47);
    assert_eq!(desk.weeks[25].backlog, desk.backlog.total());
}

#[test]
fn times_and_shares() {
    let estate = desk_with(&[]);
    let whole = &estate.desk().whole;
    assert_eq!((whole.tickets, whole.open), (6, 1));
    // 10, 20, 30, and t4's 120 open minutes from 17:00 to 9:00 the next day.
    let own = Sample {
        count: 4,
        open_time: 1,
        median: 25,
        mean: 45,
        ninetieth: 120,
    };
    assert_eq!(whole.to_own, Some(own));
    // 60; 60 + 60; 180; t4's 180 open minutes.
    let resolve = Sample {
        count: 4,
        open_time: 1,
        median: 150,
        mean: 135,
        ninetieth: 180,
    };
    assert_eq!(whole.to_resolve, Some(resolve));
    assert_eq!((whole.first_contact, whole.over), (2, 4), "t1 and t4");
    assert_eq!((whole.reopened, whole.resolved), (1, 4), "t3");
    assert_eq!(
        (whole.gti.kept, whole.gti.missed),
        (0, 1),
        "120 minutes of 60"
    );
    assert_eq!(
        (whole.gtr.kept, whole.gtr.missed),
        (1, 0),
        "180 minutes of 240"
    );
    assert_eq!(whole.spent, 135);
    assert_eq!(estate.desk().incidents.tickets, 4);
    assert_eq!(estate.desk().requests.tickets, 2);
}

#[test]
fn by_category_model_and_procedure() {
    let estate = desk_with(&[]);
    let desk = estate.desk();
    let lines = |lines: &[Line]| -> Vec<(Subject, usize)> {
        let lines = lines.iter();
        lines
            .map(|line| (line.subject.clone(), line.tickets))
            .collect()
    };
    let text = |text: &str| Subject::Text(text.to_owned());
    let expected = [
        (text("Impression"), 3),
        (Subject::None, 2),
        (text("Réseau"), 1),
    ];
    assert_eq!(lines(&desk.categories), expected);
    let id = |kind, id| {
        estate
            .find(kind, id)
            .map(|record| record.id)
            .expect("written")
    };
    let model = &desk.models[0];
    assert_eq!(desk.models.len(), 1);
    assert_eq!(model.subject, Subject::Record(id("model", "m")));
    assert_eq!((model.tickets, model.assets, model.spent), (3, 2, 135));
    assert_eq!(model.spent_by_asset(), Some(67));
    let procedure = (Subject::Record(id("procedure", "g")), 1);
    assert_eq!(lines(&desk.procedures), [procedure]);
    let organisations = [
        (Subject::None, 3),
        (Subject::Record(id("organisation", "o")), 3),
    ];
    let mut found = lines(&desk.organisations);
    found.sort_by_key(|(subject, _)| *subject != Subject::None);
    assert_eq!(found, organisations);
}

#[test]
fn incidents_that_come_back() {
    let estate = desk_with(&[]);
    let [suggestion] = &estate.desk().recurring[..] else {
        panic!("{:?}", estate.desk().recurring);
    };
    assert_eq!(
        ids(&estate, &[suggestion.subject]),
        ["m"],
        "no asset and no service has three"
    );
    assert_eq!(ids(&estate, &suggestion.tickets), ["t3", "t1", "t2"]);
    assert_eq!(ids(&estate, &suggestion.assets), ["p1", "p2"]);
    assert_eq!(
        (suggestion.first, suggestion.last),
        (date(2026, 11, 10), date(2026, 11, 17))
    );
    assert_eq!(suggestion.spent, 135);
    assert!(suggestion.services.is_empty(), "t3 names none");
    let explained = desk_with(&[("inventory/problems/pb.yaml", PROBLEM)]);
    assert!(explained.desk().recurring.is_empty());
}

#[test]
fn the_snippet_is_a_record() {
    let estate = desk_with(&[]);
    let yaml = snippet(
        &estate,
        &estate.desk().recurring[0],
        "Impression : \"bac\" 2",
    );
    let after = desk_with(&[("inventory/problems/new.yaml", &yaml)]);
    let problem = after
        .find("problem", "prb-2026-01")
        .expect("the first of its year");
    assert_eq!(problem.title, "Impression : \"bac\" 2");
    assert_eq!(after.all(problem, "tickets").count(), 3);
    assert_eq!(
        after.first(problem, "organisation").expect("shared").title,
        "O"
    );
    assert!(after.desk().recurring.is_empty());
    let other = (
        "inventory/problems/nine.yaml",
        "{id: prb-2026-09, title: P}\n",
    );
    let estate = desk_with(&[other]);
    let next = snippet(&estate, &estate.desk().recurring[0], "Suivant");
    assert!(next.starts_with("- id: prb-2026-10\n"), "{next}");
}

#[test]
fn a_known_error_is_told_where_it_matters() {
    let estate = desk_with(&[("inventory/problems/pb.yaml", PROBLEM)]);
    let told = |kind: &str, id: &str| {
        let record = estate.find(kind, id).expect("written");
        estate.known_errors().of(&estate, record).len()
    };
    assert_eq!(told("asset", "p1"), 1);
    assert_eq!(told("model", "m"), 1);
    assert_eq!(told("service", "s"), 0, "t3 names no service");
    assert_eq!(told("ticket", "t3"), 0, "it is over");
    assert_eq!(told("problem", "pb"), 0);
    let problem = estate.find("problem", "pb").expect("written");
    let incidents = problems::incidents(&estate, problem);
    assert_eq!(incidents.spent, 45);
    assert_eq!(incidents.span, Some([date(2026, 11, 10); 2]));
}

#[test]
fn a_known_error_of_a_model_concerns_its_assets() {
    let problem = "{id: pb, title: P, status: new, models: [m], workaround: W}\n";
    let open = "{id: t9, title: T, requester: a, opened: 2026-11-20 08:00, assets: [p2]}\n";
    let estate = desk_with(&[
        ("inventory/problems/pb.yaml", problem),
        ("inventory/tickets/t9.yaml", open),
    ]);
    for (kind, id, known) in [
        ("asset", "p2", 1),
        ("ticket", "t9", 1),
        ("ticket", "t1", 0),
        ("person", "a", 0),
    ] {
        let record = estate.find(kind, id).expect("written");
        let told = estate.known_errors().of(&estate, record);
        assert_eq!(told.len(), known, "{kind} {id}");
    }
}

#[test]
fn a_closed_or_unexplained_problem_is_no_known_error() {
    for (problem, known) in [
        (
            "{id: pb, title: P, status: closed, assets: [p1], causes: C}\n",
            0,
        ),
        (
            "{id: pb, title: P, status: new, assets: [p1], symptoms: S}\n",
            0,
        ),
        (
            "{id: pb, title: P, status: new, assets: [p1], workaround: W}\n",
            1,
        ),
        (
            "{id: pb, title: P, status: observed, assets: [p1], causes: C}\n",
            1,
        ),
    ] {
        let estate = desk_with(&[("inventory/problems/pb.yaml", problem)]);
        let asset = estate.find("asset", "p1").expect("written");
        assert_eq!(
            estate.known_errors().of(&estate, asset).len(),
            known,
            "{problem}"
        );
    }
}

#[test]
fn percentiles_are_by_nearest_rank() {
    let sample = |minutes: &[i64]| {
        let lengths = minutes.iter().map(|minutes| Measured {
            minutes: *minutes,
            is_open_time: false,
        });
        Sample::new(lengths)
    };
    assert_eq!(sample(&[]), None);
    let one = sample(&[7]).expect("one");
    assert_eq!((one.median, one.mean, one.ninetieth), (7, 7, 7));
    let ten: Vec<i64> = (1..=10).collect();
    let ten = sample(&ten).expect("ten");
    assert_eq!(
        (ten.median, ten.mean, ten.ninetieth),
        (6, 6, 9),
        "5.5 goes up"
    );
    let eleven: Vec<i64> = (1..=11).collect();
    assert_eq!(sample(&eleven).expect("eleven").ninetieth, 10);
    assert_eq!(share(1, 3), Some(Decimal::new(333, 1)));
    assert_eq!(share(0, 0), None);
}
