//! A ticket held, reopened and sent back; one that leaves out a level; one without hours.

use std::fmt::Write as _;

use jiff::SignedDuration;

use super::{Journey, Unit};
use crate::estate::flow_as_ran::{Cut, Part, Period, as_ran, months, parts, within};
use crate::estate::samples::estate;
use crate::estate::workflows::{Fault, workflow, workflow_of};
use crate::estate::{Estate, Record};

const WORKFLOW: &str = "
name: Incidents
for: incident
service_hours: lun-ven 8:00-18:00
gti: 1 h
gtr: 4 h
states:
  - {key: new, name: Nouveau, phase: new}
  - {key: assigned, name: En cours, phase: assigned}
  - {key: pending, name: En attente, phase: pending}
  - {key: resolved, name: Résolu, phase: resolved}
  - {key: closed, name: Clos, phase: closed}
transitions:
  - {from: new, to: assigned, name: Prendre, promise: gti}
  - {from: assigned, to: assigned, name: Vers N2, level: n2}
  - {from: assigned, to: assigned, name: Vers N3, from_level: n2, level: n3}
  - {from: assigned, to: pending, name: Attendre}
  - {from: pending, to: assigned, name: Reprendre}
  - {from: assigned, to: resolved, name: Résoudre, promise: gtr}
  - {from: resolved, to: assigned, name: Rouvrir}
  - {from: resolved, to: closed, name: Clore}
levels:
  - {level: n1, escalate_after: 1 h}
  - {level: n2}
  - {level: n3}
";

fn ticket(status: &str, more: &str, events: &[&str]) -> String {
    let mut yaml = format!(
        "title: Panne\ntype: incident\nstatus: {status}\nrequester: a\nopened: 2026-11-16 09:00\n{more}timeline:\n"
    );
    for event in events {
        writeln!(yaml, "  - {{at: 2026-11-{event}}}").expect("memory");
    }
    yaml
}

fn desk() -> Estate {
    let long = ticket(
        "closed",
        "category: Impression\n",
        &[
            "16 09:00, event: opened",
            "16 09:10, event: taken, level: n1",
            "16 10:00, event: escalated, level: n2",
            "16 17:00, event: escalated, level: n1",
            "16 17:30, event: pending",
            "17 08:30, event: resumed",
            "17 09:00, event: resolved",
            "17 10:00, event: reopened",
            "17 10:15, event: resolved",
            "18 08:00, event: closed",
        ],
    );
    let jump = ticket(
        "assigned",
        "category: Réseau\n",
        &[
            "16 09:05, event: taken, level: n1",
            "16 09:30, event: escalated, level: n3",
        ],
    );
    estate(&[
        ("inventory/workflows/w.yaml", WORKFLOW),
        ("inventory/people/a.yaml", "name: A\n"),
        ("inventory/tickets/long.yaml", &long),
        ("inventory/tickets/jump.yaml", &jump),
    ])
}

fn journey<'a>(estate: &'a Estate, id: &str) -> (&'a Record, &'a Journey) {
    let record = estate.find("ticket", id).expect("a ticket");
    (record, estate.journeys().of(record.id).expect("a way"))
}

#[test]
fn stays_are_counted_in_open_hours() {
    let estate = desk();
    let (_, journey) = journey(&estate, "long");
    let lengths: Vec<i64> = journey
        .stays
        .iter()
        .map(|stay| stay.length.as_mins())
        .collect();
    let closed = 10 * 60 + 10 * 60 + 10 * 60;
    assert_eq!(lengths, [10, 500, 60, 30, 60, 15, 465, closed]);
    let end = journey.stays.last().expect("stays").end;
    assert_eq!(end, journey.stays.iter().map(|stay| stay.length).sum());
    assert_eq!(journey.unit, Unit::OpenHours);
    assert_eq!(journey.due[0], Some(SignedDuration::from_hours(1)));
    // Four hours, and half an hour on hold that evening and another the next morning never came to
    // count: the time was over before.
    assert_eq!(journey.due[1], Some(SignedDuration::from_hours(4)));
}

#[test]
fn loops_are_told() {
    let estate = desk();
    let flow = workflow(estate.find("workflow", "w").expect("a workflow"));
    let (_, long) = journey(&estate, "long");
    assert_eq!((long.reopened(&flow), long.bounced()), (1, 1));
    assert_eq!(long.levels, [0, 1, 0]);
    let (_, jump) = journey(&estate, "jump");
    assert_eq!((jump.reopened(&flow), jump.bounced()), (0, 0));
}

#[test]
fn a_level_left_out_takes_nobody_elses_way() {
    let estate = desk();
    let (_, jump) = journey(&estate, "jump");
    assert_eq!(jump.walk.taken, [1, 0, 0, 0, 0, 0, 0, 0]);
    let skipped = Fault::Skipped {
        event: 1,
        from: 0,
        to: 2,
    };
    assert_eq!(jump.walk.faults, [skipped]);
}

#[test]
fn the_flow_adds_up() {
    let estate = desk();
    let flow = workflow(estate.find("workflow", "w").expect("a workflow"));
    let all = within(&estate, flow.record.id, Period::LastYear);
    let ran = as_ran(&estate, &flow, &all);
    let times: Vec<usize> = ran.ways.iter().map(|way| way.times).collect();
    assert_eq!(times, [2, 1, 0, 1, 1, 2, 1, 1]);
    assert_eq!(
        (ran.count, ran.reopened, ran.bounced, ran.astray),
        (2, 1, 1, 0)
    );
    assert_eq!((ran.gti.kept, ran.gtr.missed), (2, 2));
    // The one still open is late too, but took no way to its end.
    assert_eq!(ran.ways[5].late, 1);
    let minutes = |length: Option<SignedDuration>| length.map(|length| length.as_mins());
    assert_eq!(minutes(ran.states[1].median()), Some(30));
    assert_eq!(minutes(ran.states[1].percentile(90)), Some(500));
    assert_eq!(ran.states[1].present, 1);
    assert_eq!(months(&estate, flow.record.id).len(), 1);
    let cut = parts(&estate, &flow, &all, Cut::Category);
    let names: Vec<Part<'_>> = cut.iter().map(|(part, _)| *part).collect();
    assert_eq!(names, [Part::Text("Impression"), Part::Text("Réseau")]);
    let cut = parts(&estate, &flow, &all, Cut::Client);
    assert_eq!(cut[0].0, Part::Untold);
}

#[test]
fn the_nearest_workflow_is_taken() {
    let flow = |more: &str| format!("name: W\nfor: incident\n{more}");
    let (general, mother, other) = (
        flow(""),
        flow("organisation: mother\n"),
        flow("organisation: other\n"),
    );
    let of_contract = flow("contract: ctr\n");
    let plain = ticket("new", "", &[]).replace("timeline:\n", "");
    let asks = |more: &str| plain.replace("requester", &format!("{more}\nrequester"));
    let (daughter, contract) = (
        asks("organisation: daughter"),
        asks("organisation: other\ncontract: ctr"),
    );
    let stranger = asks("organisation: stranger");
    let estate = estate(&[
        ("inventory/organisations/mother.yaml", "name: M\n"),
        (
            "inventory/organisations/daughter.yaml",
            "name: D\nparent: mother\n",
        ),
        ("inventory/organisations/other.yaml", "name: O\n"),
        ("inventory/organisations/stranger.yaml", "name: S\n"),
        ("inventory/contracts/ctr.yaml", "name: C\n"),
        ("inventory/people/a.yaml", "name: A\n"),
        ("inventory/workflows/a-other.yaml", &other),
        ("inventory/workflows/b-general.yaml", &general),
        ("inventory/workflows/c-mother.yaml", &mother),
        ("inventory/workflows/d-contract.yaml", &of_contract),
        ("inventory/tickets/of-daughter.yaml", &daughter),
        ("inventory/tickets/of-contract.yaml", &contract),
        ("inventory/tickets/of-stranger.yaml", &stranger),
        ("inventory/tickets/of-nobody.yaml", &plain),
    ]);
    let own = |id: &str| {
        let record = estate.find("ticket", id).expect("a ticket");
        let found = workflow_of(&estate, record).expect("a workflow");
        found.record.source.id.clone()
    };
    assert_eq!(own("of-daughter"), "c-mother");
    assert_eq!(own("of-contract"), "d-contract");
    assert_eq!(own("of-stranger"), "b-general");
    assert_eq!(own("of-nobody"), "b-general");
}
