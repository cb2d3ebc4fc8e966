//! GTI and GTR through whole estates: every line of `tests/service_levels/cases.txt` is a ticket with
//! a contract of its own, written as a person would; what the estate says of it must be the line's.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use carnet::diagnostic::{Language, short};
use carnet::estate::Estate;
use carnet::estate::service_levels::{Clock, Standing};
use carnet::history::{Absence, History};
use carnet::load::Loader;
use carnet::pipeline;
use jiff::SignedDuration;

/// One line, with the words of its part.
#[derive(Debug, Clone)]
struct Case {
    line: usize,
    words: Vec<(String, String)>,
    opened: String,
    events: String,
    promise: String,
    due: String,
    standing: String,
}

impl Case {
    fn word(&self, key: &str) -> Option<&str> {
        let found = self.words.iter().find(|(known, _)| known == key);
        found.map(|(_, value)| value.as_str())
    }

    fn id(&self) -> String {
        format!("case-{}", self.line)
    }

    /// `gti` or `gtr`, and the length.
    fn promised(&self) -> (String, &str) {
        let (which, length) = self.promise.split_once(' ').expect("`GTR 4 h`");
        (which.to_lowercase(), length)
    }

    fn contract(&self) -> String {
        let (which, length) = self.promised();
        let (length, end_of_day) = match length.strip_suffix(", end of day") {
            Some(length) => (length, true),
            None => (length, false),
        };
        let mut yaml = format!("- id: {}\n  name: C\n  {which}: {length}\n", self.id());
        let names = [
            ("hours", "service_hours"),
            ("on-call", "on_call_hours"),
            ("holidays", "holidays"),
            ("zone", "time_zone"),
        ];
        for (word, key) in names {
            if let Some(value) = self.word(word) {
                writeln!(yaml, "  {key}: '{value}'").expect("memory");
            }
        }
        if self.word("on-call").is_some() {
            yaml.push_str("  on_call_priorities: [very-high, major]\n");
        }
        if end_of_day {
            yaml.push_str("  end_of_day: true\n");
        }
        let closed: Vec<&str> = self
            .words
            .iter()
            .filter(|(key, _)| key == "closed")
            .map(|(_, days)| days.as_str())
            .collect();
        if !closed.is_empty() {
            yaml.push_str("  closures:\n");
        }
        for days in closed {
            let (from, to) = days.split_once(' ').expect("two days");
            writeln!(yaml, "    - {{from: {from}, to: {to}}}").expect("memory");
        }
        yaml
    }

    fn ticket(&self) -> String {
        let mut yaml = format!(
            "- id: {}\n  title: T\n  requester: zoe\n  opened: {}\n  contract: {}\n",
            self.id(),
            self.opened,
            self.id()
        );
        if let Some(priority) = self.word("priority") {
            writeln!(yaml, "  priority: {priority}").expect("memory");
        }
        if self.events != "-" {
            yaml.push_str("  timeline:\n");
            for event in self.events.split(", ") {
                let (event, at) = event.split_once(' ').expect("event and time");
                writeln!(yaml, "    - {{at: {at}, event: {event}}}").expect("memory");
            }
        }
        yaml
    }
}

fn cases() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/service_levels/cases.txt");
    let text = fs::read_to_string(path).expect("the cases");
    let mut cases = Vec::new();
    let mut words: Vec<(String, String)> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.starts_with("## ") {
            words.clear();
        } else if line.starts_with('#') || line.is_empty() {
        } else if let Ok([opened, events, promise, due, standing]) =
            <[&str; 5]>::try_from(line.split(" | ").collect::<Vec<_>>())
        {
            cases.push(Case {
                line: number + 1,
                words: words.clone(),
                opened: opened.to_owned(),
                events: events.to_owned(),
                promise: promise.to_owned(),
                due: due.to_owned(),
                standing: standing.to_owned(),
            });
        } else {
            let (key, value) = line
                .split_once(": ")
                .expect("`word: value` or five columns");
            words.push((key.to_owned(), value.to_owned()));
        }
    }
    cases
}

/// The estate of cases that share their day.
fn estate(as_of: &str, cases: &[Case]) -> Arc<Estate> {
    let root = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("carnet.yaml", &format!("as_of: {as_of}\n"));
    write("inventory/people/zoe.yaml", "name: Zoé\n");
    let all = |part: fn(&Case) -> String| cases.iter().map(part).collect::<String>();
    write("inventory/contracts/all.yaml", &all(Case::contract));
    write("inventory/tickets/all.yaml", &all(Case::ticket));
    let project = Loader::new(root.path(), pipeline::rule_names())
        .load(&BTreeSet::new())
        .expect("a project");
    let day = project.config.as_of.expect("a day");
    let history = History::absent(Absence::TurnedOff);
    let build = pipeline::build(&project, Arc::new(history), day);
    // Two cases are about a time that the clocks skipped, which a rule finds.
    let found = short(&build.diagnostics, Language::En);
    let others: Vec<&str> = found
        .lines()
        .filter(|line| !line.contains("nonexistent-time") && line.contains("inventory"))
        .collect();
    assert!(others.is_empty(), "{}", others.join("\n"));
    build.estate
}

fn length(length: SignedDuration) -> String {
    let (hours, minutes) = (length.as_mins() / 60, length.as_mins() % 60);
    match (hours, minutes) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn told(clock: &Clock) -> String {
    match clock.standing {
        Standing::Kept => format!("kept in {}", clock.used.map_or_else(String::new, length)),
        Standing::Missed(by) => format!("missed by {}", length(by)),
        Standing::Running(left) => format!("running, left {}", length(left)),
        Standing::Paused(left) => format!("paused, left {}", length(left)),
        Standing::Late(by) => format!("late by {}", length(by)),
        Standing::Unknown(why) => format!("{why:?}"),
    }
}

#[test]
fn every_case_is_as_written() {
    let mut by_day: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    for case in cases() {
        let day = case.word("as of").unwrap_or("2026-12-31").to_owned();
        by_day.entry(day).or_default().push(case);
    }
    let mut count = 0;
    let mut wrong = Vec::new();
    for (day, cases) in &by_day {
        let estate = estate(day, cases);
        for case in cases {
            count += 1;
            let ticket = estate.find("ticket", &case.id()).expect("the ticket");
            let clocks = estate.service_levels().of(ticket).expect("its clocks");
            let clock = if case.promised().0 == "gti" {
                &clocks.gti
            } else {
                &clocks.gtr
            };
            let clock = clock.as_ref().expect("the promise");
            let due = clock
                .due
                .expect("a due time")
                .strftime("%Y-%m-%d %H:%M")
                .to_string();
            let told = told(clock);
            if (&due, &told) != (&case.due, &case.standing) {
                let line = case.line;
                wrong.push(format!("line {line}: {due} | {told}\n  {case:?}"));
            }
        }
    }
    assert!(count >= 150, "{count} cases");
    assert!(
        wrong.is_empty(),
        "{} of {count}\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
