//! The core of imports, by small estates and invented sightings.

mod bombs;
mod identities;
mod lists;
mod missing;
mod names;
mod whole;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Span;
use jiff::civil::Date;

use super::*;
use crate::diagnostic::{Language, short};
use crate::project::{Config, Project, locate, parse_file};
use crate::schema::built_in;
use crate::source::SourceFile;

/// An estate's files and what was imported into it: what a disk holds between two imports.
#[derive(Default)]
struct Estate {
    files: BTreeMap<String, String>,
    states: States,
    before: Complete,
    /// After how long what is missing is out of use.
    retire_after: Option<Span>,
    last_seen: bool,
    allow_shrink: bool,
    /// The day of the next import; by default 20 November 2026.
    day: Option<Date>,
}

impl Estate {
    fn with(files: &[(&str, &str)]) -> Self {
        let files = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        Self {
            files: files.collect(),
            ..Self::default()
        }
    }

    fn project(&self) -> Project {
        let schema = built_in();
        let files = self.files.iter().map(|(path, text)| {
            let location = locate(path, &schema).expect("a record").expect("a kind");
            let source = Arc::new(SourceFile::new(path.clone(), text.clone()));
            let parsed = parse_file(source, &location);
            assert_eq!(short(&parsed.diagnostics, Language::En), "", "{text}");
            Arc::new(parsed)
        });
        Project {
            config: Config::default(),
            files: files.collect(),
            attachments: BTreeMap::new(),
            schema: Arc::clone(&schema),
            theme: BTreeMap::new(),
            past: None,
            is_part: false,
            is_partial_view: false,
            diagnostics: Vec::new(),
        }
    }

    fn plan(&self, sightings: &[Sighting], complete: bool) -> Plan {
        let request = Request {
            project: &self.project(),
            states: &self.states,
            light: None,
            complete,
            before: &self.before,
            others: &Others::new(),
            last_seen: self.last_seen,
            retire_after: self.retire_after,
            allow_shrink: self.allow_shrink,
            day: self.day.unwrap_or(Date::constant(2026, 11, 20)),
        };
        let inventory = Inventory {
            records: sightings.to_vec(),
            ..Inventory::new("test")
        };
        plan(&request, &inventory)
    }

    /// Imports, and holds that the same import again changes nothing.
    fn import(&mut self, sightings: &[Sighting]) -> Plan {
        self.import_all(sightings, false)
    }

    fn import_all(&mut self, sightings: &[Sighting], complete: bool) -> Plan {
        let plan = self.plan(sightings, complete);
        for (path, change) in &plan.files {
            assert_eq!(self.files.get(path), change.before.as_ref());
            let after = change.after.clone().expect("records are never deleted");
            self.files.insert(path.clone(), after);
        }
        for (path, change) in &plan.states {
            match &change.after {
                Some(text) if *path == Complete::path("test") => {
                    self.before = Complete::parse(text).expect("what was seen");
                }
                Some(text) => {
                    let state = State::parse(text).expect("a state");
                    self.states.insert(path.clone(), state);
                }
                None => drop(self.states.remove(path)),
            }
        }
        let again = self.plan(sightings, complete);
        assert_eq!(again.files, BTreeMap::new());
        assert_eq!(again.states, BTreeMap::new());
        plan
    }

    fn text(&self, path: &str) -> &str {
        &self.files[path]
    }

    fn edit(&mut self, path: &str, from: &str, to: &str) {
        let text = self.files.get_mut(path).expect("a file");
        assert!(text.contains(from), "{from} in {text}");
        *text = text.replace(from, to);
    }
}

/// A computer with a serial number, a name and addresses.
fn computer(serial: &str, name: &str) -> Sighting {
    let mut sighting = Sighting {
        kind: "asset",
        title: name.to_owned(),
        clues: vec![Clue::new(1, "serial", serial)],
        telling: &["serial", "uuid"],
        ..Sighting::default()
    };
    sighting.clues.extend(Clue::names(4, name));
    sighting.set("serial", serial);
    sighting.set("hostname", name);
    sighting
        .first
        .insert("status".to_owned(), Recorded::Text("in-service".to_owned()));
    sighting
}

fn with(mut sighting: Sighting, key: &str, value: &str) -> Sighting {
    sighting.set(key, value);
    sighting
}

fn counts(plan: &Plan) -> [usize; 4] {
    let of = |outcome| {
        plan.outcomes
            .values()
            .filter(|own| **own == outcome)
            .count()
    };
    [
        of(Outcome::Created),
        of(Outcome::Changed),
        of(Outcome::Unchanged),
        plan.kept.len(),
    ]
}

const PC: &str = "inventory/assets/pc-1.yaml";

#[test]
fn new_things_become_files_that_a_person_would_write() {
    let mut estate = Estate::default();
    let mut one = with(computer("000123", "PC-1"), "memory", "16 Go");
    one.set_list("ip", ["192.0.2.7".to_owned(), "pas une adresse".to_owned()]);
    let two = with(computer("B2", "PC-1.nacelle.example"), "os", "no");
    let plan = estate.import(&[one, two]);
    assert_eq!(counts(&plan), [1, 0, 0, 0]);
    assert_eq!(plan.unfit, [("asset.ip".to_owned(), 1)].into());
    assert_eq!(
        estate.text(PC),
        "name: PC-1\nstatus: in-service\nserial: \"000123\"\nmemory: 16 Go\nhostname: PC-1\nip: [192.0.2.7]\n"
    );
    // Two numbers under one name: nobody can tell but a person.
    assert!(
        matches!(&plan.doubts[..], [Doubt::Several(..)]),
        "{:?}",
        plan.doubts
    );
}

#[test]
fn what_people_wrote_wins() {
    let mut estate = Estate::default();
    let sighting =
        |memory: &str, os: &str| with(with(computer("A1", "PC-1"), "memory", memory), "os", os);
    estate.import(&[sighting("8 Go", "Windows 10")]);
    estate.edit(
        PC,
        "os: Windows 10\n",
        "# Passé à la main\nos: Debian # le 3\n",
    );
    let plan = estate.import(&[sighting("16 Go", "Windows 11")]);
    assert_eq!(counts(&plan), [0, 1, 0, 1]);
    assert_eq!(plan.kept[0].field, "os");
    assert_eq!(
        estate.text(PC),
        "name: PC-1\nstatus: in-service\nserial: A1\n# Passé à la main\nos: Debian # le 3\nmemory: 16 Go\nhostname: PC-1\n"
    );
    // Taken back: the source speaks again. Taken out: it stays out.
    estate.edit(PC, "os: Debian", "os: Windows 11");
    assert_eq!(
        counts(&estate.import(&[sighting("16 Go", "Windows 11")])),
        [0, 0, 1, 0]
    );
    assert_eq!(
        counts(&estate.import(&[sighting("16 Go", "Windows 12")])),
        [0, 1, 0, 0]
    );
    estate.edit(PC, "memory: 16 Go\n", "");
    let plan = estate.import(&[sighting("32 Go", "Windows 12")]);
    assert_eq!(counts(&plan), [0, 0, 1, 1]);
    assert_eq!(plan.kept[0].ours, None);
    // A partial inventory erases nothing.
    assert_eq!(
        counts(&estate.import(&[computer("A1", "PC-1")])),
        [0, 0, 1, 0]
    );
}

#[test]
fn records_written_by_hand_are_completed() {
    let list = "inventory/assets/postes.yaml";
    let mut estate = Estate::with(&[(
        list,
        "# Postes\n- id: pf-1 # bureau\n  name: Poste de Léa\n  serial: a1\n  memory: 8 Go\n\n- id: pf-2\n  name: Autre\n",
    )]);
    let mut sighting = with(
        with(computer("A1", "PF-1"), "memory", "16 Go"),
        "os",
        "Debian 13",
    );
    sighting.set("name", "PF-1");
    let plan = estate.import(&[sighting]);
    assert_eq!(counts(&plan), [0, 1, 0, 2]);
    let kept = plan.kept.iter();
    let kept: Vec<(&str, &str)> = kept
        .map(|kept| (kept.record.as_str(), kept.field.as_str()))
        .collect();
    assert_eq!(kept, [("asset:pf-1", "memory"), ("asset:pf-1", "name")]);
    assert_eq!(
        estate.text(list),
        "# Postes\n- id: pf-1 # bureau\n  name: Poste de Léa\n  serial: a1\n  os: Debian 13\n  memory: 8 Go\n  hostname: PF-1\n\n- id: pf-2\n  name: Autre\n"
    );
}

#[test]
fn identity_is_sure_or_in_doubt() {
    let file = |name: &str, rest: &str| format!("name: {name}\n{rest}");
    let estate = |one: &str, two: &str| {
        Estate::with(&[
            ("inventory/assets/a.yaml", file("Un", one).as_str()),
            ("inventory/assets/b.yaml", file("Deux", two).as_str()),
        ])
    };
    let outcome = |estate: &Estate, sighting: Sighting| {
        let plan = estate.plan(&[sighting], false);
        let changed = plan.outcomes.keys().next().cloned();
        (changed, plan.doubts.len())
    };
    let is = |id: &str| (Some(format!("asset:{id}")), 0);
    let doubt = (None, 1);
    // A serial number before a name; a placeholder is no number.
    assert_eq!(
        outcome(
            &estate("serial: X9\n", "hostname: pc\n"),
            computer("x9", "PC")
        ),
        is("a")
    );
    let placeholder = "To Be Filled By O.E.M.";
    assert_eq!(
        outcome(
            &estate("serial: To Be Filled By O.E.M.\n", "hostname: pc\n"),
            computer(placeholder, "PC.lan")
        ),
        is("b")
    );
    // Two of one number, and a name that belongs to another number.
    assert_eq!(
        outcome(
            &estate("serial: X9\n", "serial: X9\n"),
            computer("X9", "PC")
        ),
        doubt
    );
    assert_eq!(
        outcome(
            &estate("serial: X8\nhostname: pc\n", ""),
            computer("X9", "PC")
        ),
        doubt
    );
    // The address of an adapter that is plugged here and there says nothing against a number.
    let mut shared = computer("X9", "neuf");
    shared.clues.push(Clue::new(3, "mac", "02:00:5E:00:53:01"));
    assert_eq!(
        outcome(
            &estate("serial: X8\nmac: [02-00-5e-00-53-01]\n", ""),
            shared.clone()
        ),
        is("neuf")
    );
    // Nor for a name that is another; the same name and the address are one machine.
    assert_eq!(
        outcome(&estate("mac: 0200.5e00.5301\n", ""), shared.clone()),
        doubt
    );
    assert_eq!(
        outcome(&estate("mac: 0200.5e00.5301\nhostname: neuf\n", ""), shared),
        is("a")
    );
}

#[test]
fn renamed_and_deleted_records_are_followed() {
    let mut estate = Estate::default();
    estate.import(&[with(computer("A1", "PC-1"), "os", "Debian 12")]);
    let text = estate.files.remove(PC).expect("created");
    // People gave it another id; what was imported moves with it.
    estate.files.insert(
        "inventory/assets/lyon/accueil.yaml".to_owned(),
        text.clone(),
    );
    let plan = estate.import(&[with(computer("A1", "PC-1"), "os", "Debian 13")]);
    assert_eq!(counts(&plan), [0, 1, 0, 0]);
    assert!(
        estate
            .states
            .contains_key("inventory/_imports/test/asset/lyon/accueil.json")
    );
    assert_eq!(estate.states.len(), 1);
    // People deleted it: it does not come back by itself.
    estate.files.clear();
    let plan = estate.import(&[computer("A1", "PC-1")]);
    assert!(matches!(&plan.doubts[..], [Doubt::Deleted(..)]));
    assert_eq!(counts(&plan), [0, 0, 0, 0]);
}

#[test]
fn links_lead_to_records_or_are_told() {
    let mut estate = Estate::with(&[
        ("inventory/people/lea.yaml", "name: Léa Garnier\n"),
        (
            "inventory/accounts/lea.yaml",
            "login: lgarnier\nperson: lea\n",
        ),
    ]);
    let link = |field, name: &str, otherwise| Link {
        field,
        part: None,
        target: Target::Named(name.to_owned()),
        otherwise,
    };
    let mut one = computer("A1", "PC-1");
    one.links
        .push(link("user", "LGarnier", Some("alternate_user")));
    one.links.push(link("model", "XPS 13", None));
    let mut two = computer("A2", "PC-2");
    two.links
        .push(link("user", "inconnu", Some("alternate_user")));
    let mut screen = computer("E1", "Écran");
    screen.links.push(Link {
        field: "connected_to",
        part: Some(("asset", BTreeMap::new())),
        target: Target::Sighting(0),
        otherwise: None,
    });
    let plan = estate.import(&[one, two, screen]);
    assert!(estate.text(PC).contains("user: lea\n"));
    assert!(
        estate
            .text("inventory/assets/pc-2.yaml")
            .contains("alternate_user: inconnu\n")
    );
    assert!(
        estate
            .text("inventory/assets/ecran.yaml")
            .contains("connected_to:\n  - {asset: pc-1}\n")
    );
    let names: Vec<&str> = plan.to_link.keys().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["XPS 13", "inconnu"]);
}
