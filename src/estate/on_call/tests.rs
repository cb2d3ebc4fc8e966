//! Rotas of two or three shifts: who is called when, what is left open, what is manned twice.

use jiff::civil::{DateTime, date};

use super::*;
use crate::estate::samples::estate;

const PEOPLE: (&str, &str) = (
    "inventory/people/all.yaml",
    "- {id: ana, name: Ana}\n- {id: bo, name: Bo}\n- {id: cy, name: Cy}\n",
);

/// The estate of one rota: its hours covered, and its shifts as `from to person level`.
fn rota(coverage: &str, lines: &[&str]) -> Estate {
    use std::fmt::Write;
    let mut text = format!("id: r\nname: R\ncoverage: {coverage}\nshifts:\n");
    for line in lines {
        let words: Vec<&str> = line.split(' ').collect();
        let [day, time, to_day, to_time, person, level] = words[..] else {
            panic!("{line}");
        };
        let _ = writeln!(
            text,
            "  - {{from: {day} {time}, to: {to_day} {to_time}, person: {person}, level: {level}}}"
        );
    }
    estate(&[PEOPLE, ("inventory/rotas/r.yaml", &text)])
}

fn moment_of(estate: &Estate, civil: DateTime) -> Timestamp {
    moment(&estate.config.time_zone, civil).expect("a moment")
}

fn on_call(estate: &Estate, civil: DateTime) -> Vec<String> {
    let rota = estate.find("rota", "r").expect("the rota");
    let shifts = shifts(estate, rota);
    at(&shifts, moment_of(estate, civil))
        .map(|shift| shift.person.expect("a person").title.clone())
        .collect()
}

/// The holes of the rota as `from to minutes`.
fn told(estate: &Estate) -> Vec<String> {
    let rota = estate.find("rota", "r").expect("the rota");
    let holes = holes(estate, rota, &shifts(estate, rota));
    holes
        .iter()
        .map(|hole| format!("{} {} {}", hole.from, hole.to, hole.minutes))
        .collect()
}

#[test]
fn a_shift_takes_its_start_and_leaves_its_end() {
    let estate = rota(
        "24/7",
        &[
            "2026-11-20 18:00 2026-11-27 18:00 bo n2",
            "2026-11-13 18:00 2026-11-20 18:00 ana n2",
            "2026-11-20 18:00 2026-11-21 18:00 cy n1",
        ],
    );
    assert_eq!(
        on_call(&estate, date(2026, 11, 20).at(17, 59, 0, 0)),
        ["Ana"]
    );
    assert_eq!(
        on_call(&estate, date(2026, 11, 20).at(18, 0, 0, 0)),
        ["Cy", "Bo"]
    );
    assert!(on_call(&estate, date(2026, 11, 27).at(18, 0, 0, 0)).is_empty());
    assert!(told(&estate).is_empty());
    let rota = estate.find("rota", "r").expect("the rota");
    assert!(
        overlaps(&estate, rota, &shifts(&estate, rota)).is_empty(),
        "other levels"
    );
}

#[test]
fn a_hole_is_told_to_the_minute() {
    let lines = [
        "2026-11-13 18:00 2026-11-20 18:00 ana n2",
        "2026-11-20 22:30 2026-11-27 18:00 bo n2",
    ];
    let expected = ["2026-11-20T18:00:00 2026-11-20T22:30:00 270"];
    assert_eq!(told(&rota("24/7", &lines)), expected);
    assert_eq!(
        told(&rota("demander à Ana", &lines)),
        expected,
        "unreadable hours"
    );
}

#[test]
fn hours_that_nobody_covers_are_no_hole() {
    let day = [
        "2026-11-16 18:00 2026-11-17 08:00 ana n2",
        "2026-11-17 18:00 2026-11-18 08:00 bo n2",
    ];
    assert!(told(&rota("lun-ven 18:00-08:00", &day)).is_empty());
    // Two nights are open, and the two days around and between them are not.
    let nights = [
        "2026-11-16 18:00 2026-11-17 06:00 ana n2",
        "2026-11-18 20:00 2026-11-19 08:00 bo n2",
    ];
    assert_eq!(
        told(&rota("lun-ven 18:00-08:00", &nights)),
        ["2026-11-17T06:00:00 2026-11-18T20:00:00 1080"]
    );
}

#[test]
fn the_night_that_gains_an_hour_is_longer() {
    let lines = [
        "2026-10-24 18:00 2026-10-25 00:00 ana n2",
        "2026-10-25 06:00 2026-10-26 00:00 bo n2",
    ];
    assert_eq!(
        told(&rota("24/7", &lines)),
        ["2026-10-25T00:00:00 2026-10-25T06:00:00 420"]
    );
}

#[test]
fn a_short_shift_within_a_long_one_opens_nothing() {
    let estate = rota(
        "24/7",
        &[
            "2026-11-13 18:00 2026-11-20 18:00 ana n2",
            "2026-11-14 18:00 2026-11-15 18:00 bo n3",
            "2026-11-20 18:00 2026-11-27 18:00 cy n2",
        ],
    );
    assert!(told(&estate).is_empty());
}

#[test]
fn two_persons_at_one_level_overlap() {
    let estate = rota(
        "24/7",
        &[
            "2026-11-13 18:00 2026-11-20 18:00 ana n2",
            "2026-11-20 12:00 2026-11-27 18:00 bo n2",
            "2026-11-27 12:00 2026-11-30 18:00 bo n2",
            "2026-11-30 18:00 2026-11-30 17:00 cy n2",
        ],
    );
    let rota = estate.find("rota", "r").expect("the rota");
    assert_eq!(written(&estate, rota).len(), 4);
    let overlaps = overlaps(&estate, rota, &shifts(&estate, rota));
    assert_eq!(overlaps.len(), 1, "one with oneself is none");
    assert_eq!(overlaps[0].from, date(2026, 11, 20).at(12, 0, 0, 0));
    assert_eq!(overlaps[0].to, date(2026, 11, 20).at(18, 0, 0, 0));
}

#[test]
fn a_person_has_shifts_to_come() {
    let estate = rota(
        "24/7",
        &[
            "2026-11-13 18:00 2026-11-20 00:00 ana n2",
            "2026-11-20 00:00 2026-11-27 18:00 bo n2",
            "2026-11-27 18:00 2026-12-04 18:00 ana n2",
        ],
    );
    let starts = |id: &str| -> Vec<String> {
        let person = estate.find("person", id).expect("a person");
        let mut shifts = of_person(&estate, person);
        shifts.retain(|shift| is_to_come(&estate, shift));
        shifts.iter().map(|shift| shift.from.to_string()).collect()
    };
    assert_eq!(
        starts("ana"),
        ["2026-11-27T18:00:00"],
        "the day is the 20th"
    );
    assert_eq!(starts("bo"), ["2026-11-20T00:00:00"]);
    assert!(starts("cy").is_empty());
    assert_eq!(monday(estate.as_of), date(2026, 11, 16));
    let (start, end) = this_week(&estate);
    assert_eq!(end.duration_since(start).as_hours(), 7 * 24);
}

#[test]
fn two_persons_outside_the_hours_covered_are_none_too_many() {
    let told = |lines: &[&str]| -> Vec<String> {
        let estate = rota("lun-ven 18:00-08:00", lines);
        let rota = estate.find("rota", "r").expect("the rota");
        let overlaps = overlaps(&estate, rota, &shifts(&estate, rota));
        let told = overlaps.iter();
        told.map(|overlap| format!("{} {}", overlap.from, overlap.to))
            .collect()
    };
    let by_day = [
        "2026-11-16 18:00 2026-11-17 12:00 ana n2",
        "2026-11-17 09:00 2026-11-18 08:00 bo n2",
    ];
    assert!(told(&by_day).is_empty());
    let into_the_night = [
        "2026-11-16 18:00 2026-11-17 20:00 ana n2",
        "2026-11-17 09:00 2026-11-18 08:00 bo n2",
    ];
    assert_eq!(
        told(&into_the_night),
        ["2026-11-17T18:00:00 2026-11-17T20:00:00"]
    );
}
