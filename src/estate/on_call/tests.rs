//! A rota small enough to be drawn on paper; the day is Friday 20 November 2026.

use jiff::civil::{DateTime, date};

use super::*;
use crate::estate::samples::estate;

/// An estate of one rota; a shift a line: from, to, who, level.
fn with(lines: &[(&str, &str, &str, &str)]) -> Estate {
    let mut rota = "name: Astreinte\nshifts:\n".to_owned();
    for (from, to, who, level) in lines {
        rota += &format!("  - {{from: 2026-{from}, to: 2026-{to}, person: {who}{level}}}\n");
    }
    estate(&[
        (
            "inventory/people/liste.yaml",
            "- id: a\n  name: Ada\n- id: b\n  name: Bob\n- id: c\n  name: Cléo\n",
        ),
        ("inventory/rotas/r.yaml", &rota),
    ])
}

fn of(estate: &Estate) -> Vec<Shift<'_>> {
    let rota = estate.listed("rota").next().expect("the rota");
    shifts(estate, rota)
}

fn when(text: &str) -> DateTime {
    text.parse().expect("a moment")
}

fn names(shifts: &[Shift<'_>]) -> Vec<String> {
    let person = |shift: &Shift<'_>| shift.person.map_or("?", |it| &it.title).to_owned();
    shifts.iter().map(person).collect()
}

/// Bounds of windows as `month-day hour`, to be compared at a glance.
fn bounds(windows: impl Iterator<Item = Window>) -> Vec<String> {
    let text = |it: DateTime| it.strftime("%m-%d %H:%M").to_string();
    windows
        .map(|it| format!("{} / {}", text(it.start), text(it.end)))
        .collect()
}

#[test]
fn shifts_come_in_order_and_backwards_ones_not_at_all() {
    let estate = with(&[
        ("11-27 18:00", "12-04 18:00", "b", ""),
        ("12-11 18:00", "12-04 18:00", "c", ""),
        ("11-20 18:00", "11-27 18:00", "a", ", level: n2"),
    ]);
    let shifts = of(&estate);
    assert_eq!(names(&shifts), ["Ada", "Bob"]);
    assert_eq!(shifts[0].level, Some("n2"));
}

#[test]
fn a_start_is_in_a_shift_and_its_end_is_in_the_next() {
    let estate = with(&[
        ("11-20 18:00", "11-27 18:00", "a", ", level: n2"),
        ("11-20 18:00", "11-27 18:00", "c", ", level: n3"),
        ("11-27 18:00", "12-04 18:00", "b", ", level: n2"),
    ]);
    let shifts = of(&estate);
    let who = |moment: &str| names(&at(&shifts, when(moment)));
    assert_eq!(who("2026-11-20 17:59"), [""; 0]);
    assert_eq!(who("2026-11-20 18:00"), ["Ada", "Cléo"]);
    assert_eq!(who("2026-11-27 18:00"), ["Bob"]);
    let on = |day| shifts.iter().filter(|shift| shift.is_on(day)).count();
    let days = [19, 20, 26, 27, 28].map(|day| on(date(2026, 11, day)));
    assert_eq!(days, [0, 2, 2, 3, 1]);
}

#[test]
fn a_shift_that_ends_at_midnight_is_not_on_the_day_after() {
    let estate = with(&[("11-20 08:00", "11-21 00:00", "a", "")]);
    let shift = of(&estate)[0];
    assert!(shift.is_on(date(2026, 11, 20)));
    assert!(!shift.is_on(date(2026, 11, 21)));
}

#[test]
fn a_gap_is_what_no_shift_covers_however_they_lie() {
    let estate = with(&[
        ("11-01 08:00", "11-10 08:00", "a", ""),
        ("11-02 08:00", "11-03 08:00", "b", ", level: n3"),
        ("11-11 08:00", "11-12 08:00", "b", ""),
        ("11-12 08:00", "11-13 08:00", "a", ""),
    ]);
    let shifts = of(&estate);
    let gaps = gaps(&shifts);
    let found = bounds(gaps.iter().map(|gap| gap.window));
    assert_eq!(found, ["11-10 08:00 / 11-11 08:00"]);
    assert_eq!(names(&[gaps[0].after]), ["Ada"]);
    assert!(at(&shifts, when("2026-11-10 08:00")).is_empty());
}

#[test]
fn an_overlap_is_two_people_for_one_level() {
    let estate = with(&[
        ("11-01 08:00", "11-10 08:00", "a", ""),
        ("11-02 08:00", "11-03 08:00", "a", ""),
        ("11-04 08:00", "11-05 08:00", "b", ", level: n3"),
        ("11-09 08:00", "11-12 08:00", "b", ""),
        ("11-12 08:00", "11-13 08:00", "c", ""),
    ]);
    let shifts = of(&estate);
    let overlaps = overlaps(&shifts);
    let found = bounds(overlaps.iter().map(|overlap| overlap.window));
    assert_eq!(found, ["11-09 08:00 / 11-10 08:00"]);
    assert_eq!(
        names(&[overlaps[0].first, overlaps[0].second]),
        ["Ada", "Bob"]
    );
}

#[test]
fn shifts_to_come_are_those_called_first_and_those_as_backup() {
    let estate = with(&[
        ("11-06 18:00", "11-13 18:00", "a", ""),
        ("11-27 18:00", "12-04 18:00", "b", ", backup: a"),
        ("11-13 18:00", "11-20 18:00", "a", ""),
        ("12-04 18:00", "12-11 18:00", "c", ""),
    ]);
    let ada = estate.find("person", "a").expect("Ada");
    let own = to_come(&estate, ada, estate.as_of);
    assert_eq!(names(&own), ["Ada", "Bob"]);
}
