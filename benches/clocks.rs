//! Time to read GTI and GTR of 20,000 invented tickets, with six contracts and some years of pauses; then to
//! count them for the page of statistics, to follow each through its workflow, and to count the flow as it ran.
//! `cargo bench --bench clocks`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;
use std::time::Instant;

use carnet::estate::Estate;
use carnet::estate::desk::Desk;
use carnet::estate::flow_as_ran::{Cut, Period, as_ran, months, parts, within};
use carnet::estate::journeys::Journeys;
use carnet::estate::service_levels::ServiceLevels;
use carnet::estate::workflows::workflow;
use carnet::history::{Absence, History};
use carnet::load::Loader;
use carnet::pipeline;
use jiff::civil::{DateTime, date};
use jiff::{SignedDuration, ToSpan};

const TICKETS: u64 = 20_000;
const ASSETS: u64 = 1_000;
const MODELS: u64 = 40;
const CATEGORIES: u64 = 30;
const HOURS: [&str; 6] = [
    "lun-ven 8:00-18:00",
    "lun-ven 8:00-12:00, 13:30-18:00",
    "lun-sam 7:00-20:00",
    "24 h/24, 7 j/7",
    "lun-ven 18:00-08:00, week-ends et jours fériés",
    "lun-jeu 9:00-12:30, 14:00-18:00 ; ven 9:00-17:00",
];

const WORKFLOW: &str = "name: Incidents
for: incident
states:
  - {key: new, name: New, phase: new}
  - {key: assigned, name: Assigned, phase: assigned}
  - {key: pending, name: On hold, phase: pending}
  - {key: resolved, name: Resolved, phase: resolved}
  - {key: closed, name: Closed, phase: closed}
transitions:
  - {from: new, to: assigned, name: Take, promise: gti}
  - {from: assigned, to: pending, name: Hold}
  - {from: pending, to: assigned, name: Resume}
  - {from: assigned, to: resolved, name: Resolve, promise: gtr}
  - {from: resolved, to: closed, name: Close}
levels:
  - {level: n1, escalate_after: 1 h}
";

/// A small generator of numbers (xorshift), so that every run sees the same tickets.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    /// Minutes that mostly are few and sometimes are weeks.
    fn minutes(&mut self) -> SignedDuration {
        let most = [30, 300, 3_000, 30_000][usize::try_from(self.roll(4)).expect("few")];
        SignedDuration::from_mins(i64::try_from(1 + self.roll(most)).expect("few"))
    }
}

fn contracts() -> String {
    let mut yaml = String::new();
    for (number, hours) in HOURS.iter().enumerate() {
        let promise = if number % 2 == 0 { "8 h" } else { "2 j" };
        writeln!(
            yaml,
            "- {{id: ctr-{number}, name: C, gti: 1 h, gtr: {promise}, service_hours: '{hours}'}}"
        )
        .expect("memory");
    }
    yaml
}

fn assets() -> String {
    let line = |number| {
        let model = number % MODELS;
        format!("- {{id: pc-{number}, name: P, model: mod-{model}}}\n")
    };
    (0..ASSETS).map(line).collect()
}

fn models() -> String {
    let line = |number| format!("- {{id: mod-{number}, name: M{number}}}\n");
    (0..MODELS).map(line).collect()
}

fn ticket(number: u64, dice: &mut Dice) -> String {
    let minute = i64::try_from(dice.roll(3 * 365 * 24 * 60)).expect("few");
    let opened = date(2023, 11, 1).at(0, 0, 0, 0) + minute.minutes();
    let contract = dice.roll(6);
    let shown = |at: DateTime| at.strftime("%Y-%m-%d %H:%M").to_string();
    let mut yaml = format!(
        "- id: inc-{number}\n  title: T\n  requester: zoe\n  opened: {}\n  contract: ctr-{contract}\n  category: C{}\n  assets: [pc-{}, pc-{}]\n  time_spent: {} min\n  timeline:\n",
        shown(opened),
        dice.roll(CATEGORIES),
        dice.roll(ASSETS),
        dice.roll(ASSETS),
        dice.roll(300),
    );
    let mut at = opened;
    let mut add = |event: &str, dice: &mut Dice| {
        at += dice.minutes();
        writeln!(yaml, "    - {{at: {}, event: {event}}}", shown(at)).expect("memory");
    };
    add("taken", dice);
    for _ in 0..dice.roll(4) {
        add("pending", dice);
        add("resumed", dice);
    }
    if dice.roll(20) > 0 {
        add("resolved", dice);
        add("closed", dice);
    }
    yaml
}

fn main() {
    let root = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    let mut dice = Dice(0x2026_1120);
    write("carnet.yaml", "as_of: 2026-11-20\n");
    write("inventory/people/zoe.yaml", "name: Zoé\n");
    write("inventory/contracts/all.yaml", &contracts());
    write("inventory/models/all.yaml", &models());
    write("inventory/assets/all.yaml", &assets());
    write("inventory/workflows/incidents.yaml", WORKFLOW);
    for file in 0..TICKETS / 1000 {
        let tickets = (0..1000).map(|number| ticket(file * 1000 + number, &mut dice));
        let text: String = tickets.collect();
        write(&format!("inventory/tickets/{file}.yaml"), &text);
    }
    let project = Loader::new(root.path(), pipeline::rule_names())
        .load(&BTreeSet::new())
        .expect("a project");
    let history = History::absent(Absence::TurnedOff);
    let build = pipeline::build(&project, Arc::new(history), date(2026, 11, 20));
    for _ in 0..5 {
        let start = Instant::now();
        let levels = ServiceLevels::new(&build.estate);
        let spent = start.elapsed();
        let missed = levels
            .all()
            .filter(|(_, clocks)| clocks.is_missed())
            .count();
        println!(
            "{} tickets, {missed} with a miss: {:.1} ms",
            levels.all().count(),
            spent.as_secs_f64() * 1000.0
        );
    }
    build.estate.service_levels();
    for _ in 0..5 {
        let start = Instant::now();
        let desk = Desk::new(&build.estate);
        println!(
            "{} waiting, {} in the period, {} suggested problems: {:.1} ms",
            desk.backlog.total(),
            desk.whole.tickets,
            desk.recurring.len(),
            start.elapsed().as_secs_f64() * 1000.0
        );
    }
    flows(&build.estate);
}

/// The ways of all tickets, then everything that pages ask of them.
fn flows(estate: &Estate) {
    for _ in 0..5 {
        let start = Instant::now();
        let journeys = Journeys::new(estate);
        println!(
            "{} ways: {:.1} ms",
            journeys.all().count(),
            start.elapsed().as_secs_f64() * 1000.0
        );
    }
    let incidents = workflow(estate.find("workflow", "incidents").expect("written"));
    let own = incidents.record.id;
    for _ in 0..5 {
        let start = Instant::now();
        let mut periods: Vec<Period> = months(estate, own).into_iter().map(Period::Month).collect();
        periods.extend([Period::LastYear, Period::All]);
        let mut counted = 0;
        for period in &periods {
            let chosen = within(estate, own, *period);
            counted += as_ran(estate, &incidents, &chosen).count;
            for cut in [Cut::Client, Cut::Site, Cut::Category, Cut::Level] {
                for (_, members) in parts(estate, &incidents, &chosen, cut) {
                    counted += as_ran(estate, &incidents, &members).count;
                }
            }
        }
        println!(
            "flow as ran over {} periods with four cuts, {counted} tickets counted: {:.1} ms",
            periods.len(),
            start.elapsed().as_secs_f64() * 1000.0
        );
    }
}
