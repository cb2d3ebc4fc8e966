//! Flows the diagram tests share: GLPI's incident, a request with an approval, a change in twelve
//! states, and made-up ones from a seed.

use carnet::site::diagrams::flow::{
    Clock, Flow, Level, Phase, Promise, Promises, State, Transition,
};

fn state(name: &str, who: &str, phase: Phase, clock: Clock) -> State {
    State {
        key: name.to_lowercase(),
        name: name.to_owned(),
        who: (!who.is_empty()).then(|| who.to_owned()),
        phase,
        clock,
        ..State::default()
    }
}

fn way(from: usize, to: usize, name: &str, who: &str) -> Transition {
    Transition {
        from,
        to,
        name: name.to_owned(),
        who: (!who.is_empty()).then(|| who.to_owned()),
        ..Transition::default()
    }
}

fn keeps(mut way: Transition, promise: Promise) -> Transition {
    way.promise = Some(promise);
    way
}

fn level(name: &str, who: &str, delay: &str) -> Level {
    Level {
        name: name.to_owned(),
        who: Some(who.to_owned()),
        delay: (!delay.is_empty()).then(|| delay.to_owned()),
        current: false,
    }
}

/// GLPI's incident workflow.
pub fn incident() -> Flow {
    use Clock::{Paused, Running, Stopped};
    Flow {
        id_prefix: "incident".to_owned(),
        title: "Flux d’un incident".to_owned(),
        description: "De l’ouverture à la clôture, avec les retours et les délais garantis."
            .to_owned(),
        states: vec![
            state("Nouveau", "Centre de services", Phase::New, Running),
            state(
                "En cours (Attribué)",
                "Technicien",
                Phase::Assigned,
                Running,
            ),
            state(
                "En cours (Planifié)",
                "Technicien",
                Phase::Assigned,
                Running,
            ),
            state(
                "En attente",
                "Demandeur ou fournisseur",
                Phase::Pending,
                Paused,
            ),
            state("Résolu", "Demandeur", Phase::Resolved, Stopped),
            state("Clos", "", Phase::Closed, Stopped),
        ],
        transitions: vec![
            keeps(way(0, 1, "Prendre en charge", "Technicien"), Promise::Gti),
            way(0, 5, "Annuler", "Demandeur"),
            way(1, 2, "Planifier", ""),
            way(2, 1, "Commencer", ""),
            way(1, 3, "Mettre en attente", "Technicien"),
            way(2, 3, "Mettre en attente", ""),
            way(3, 1, "Reprendre", "Technicien"),
            way(1, 1, "Escalader", "Technicien"),
            keeps(way(1, 4, "Résoudre", "Technicien"), Promise::Gtr),
            keeps(way(2, 4, "Résoudre", ""), Promise::Gtr),
            way(4, 1, "Rouvrir", "Demandeur"),
            way(4, 5, "Clore", "Demandeur, ou d’office après 5 jours"),
        ],
        levels: vec![
            level("N1", "Centre de services", "30 min"),
            level("N2", "Systèmes et réseaux", "4 h"),
            level("N3", "Éditeur ou constructeur", ""),
        ],
        promises: Promises {
            gti: Some("1 h ouvrée".to_owned()),
            gtr: Some("4 h ouvrées (lundi à vendredi, 8 h à 18 h)".to_owned()),
        },
        counts: false,
    }
}

/// An incident that waited, was resolved, reopened and resolved again.
pub fn resolved_ticket() -> Flow {
    let mut flow = Flow {
        id_prefix: "ticket-4512".to_owned(),
        title: "Flux du ticket 4512".to_owned(),
        ..incident()
    };
    for index in [0, 1, 3, 4] {
        flow.states[index].visited = true;
    }
    flow.states[4].current = true;
    flow.states[1].href = Some("../etats/en-cours/".to_owned());
    for (index, times) in [(0, 1), (4, 1), (6, 1), (7, 1), (8, 2), (10, 1)] {
        flow.transitions[index].taken = times;
    }
    flow.levels[1].current = true;
    flow
}

/// What forty incidents did to their workflow.
pub fn incidents_as_ran() -> Flow {
    let mut flow = Flow {
        id_prefix: "ran".to_owned(),
        title: "Le flux tel qu’il s’est déroulé".to_owned(),
        counts: true,
        ..incident()
    };
    flow.levels.clear();
    flow.states[1].times = vec!["médiane 45 min".to_owned(), "90 % en 3 h 4 min".to_owned()];
    for (index, times) in [(0, 40), (4, 13), (6, 1), (7, 22), (8, 30), (10, 38)] {
        flow.transitions[index].taken = times;
    }
    flow.transitions[0].late = 1;
    flow.transitions[8].late = 4;
    flow
}

/// A service request that somebody approves.
pub fn request() -> Flow {
    use Clock::{Paused, Running, Stopped};
    Flow {
        id_prefix: "request".to_owned(),
        title: "Flux d’une demande".to_owned(),
        description: "Une demande est validée avant d’être traitée.".to_owned(),
        states: vec![
            state("Nouvelle", "Centre de services", Phase::New, Running),
            state(
                "À valider",
                "Responsable du demandeur",
                Phase::Pending,
                Paused,
            ),
            state("Validée", "Centre de services", Phase::Assigned, Running),
            state("En cours", "Technicien", Phase::Assigned, Running),
            state("En attente", "Fournisseur", Phase::Pending, Paused),
            state("Livrée", "Demandeur", Phase::Resolved, Stopped),
            state("Refusée", "", Phase::Closed, Stopped),
            state("Close", "", Phase::Closed, Stopped),
        ],
        transitions: vec![
            way(0, 1, "Demander la validation", "Centre de services"),
            way(1, 2, "Valider", "Responsable"),
            way(1, 6, "Refuser", "Responsable"),
            way(1, 0, "Demander des précisions", "Responsable"),
            keeps(way(2, 3, "Prendre en charge", "Technicien"), Promise::Gti),
            way(3, 4, "Commander", "Technicien"),
            way(4, 3, "Réceptionner", "Technicien"),
            keeps(way(3, 5, "Livrer", "Technicien"), Promise::Gtr),
            way(5, 7, "Clore", "Demandeur"),
            way(5, 3, "Signaler un défaut", "Demandeur"),
        ],
        levels: Vec::new(),
        promises: Promises {
            gti: Some("1 jour ouvré".to_owned()),
            gtr: None,
        },
        counts: false,
    }
}

/// A change in twelve states.
pub fn change() -> Flow {
    use Clock::{Paused, Running, Stopped};
    Flow {
        id_prefix: "change".to_owned(),
        title: "Change workflow".to_owned(),
        description: "From the request to the review, with approval and rollback.".to_owned(),
        states: vec![
            state("New", "Requester", Phase::New, Running),
            state("Evaluation", "Change manager", Phase::Assigned, Running),
            state("Approval", "Advisory board", Phase::Pending, Paused),
            state("Accepted", "Change manager", Phase::Assigned, Running),
            state("Planned", "Technician", Phase::Assigned, Running),
            state("Pending", "Supplier", Phase::Pending, Paused),
            state("Test", "Technician", Phase::Assigned, Running),
            state("Qualification", "Key user", Phase::Pending, Paused),
            state("Applied", "Technician", Phase::Resolved, Stopped),
            state("Review", "Change manager", Phase::Resolved, Stopped),
            state("Cancelled", "", Phase::Closed, Stopped),
            state("Closed", "", Phase::Closed, Stopped),
        ],
        transitions: vec![
            way(0, 1, "Evaluate", "Change manager"),
            way(0, 10, "Withdraw", "Requester"),
            way(1, 2, "Submit", ""),
            way(2, 3, "Approve", "Advisory board"),
            way(2, 1, "Ask for more", "Advisory board"),
            way(2, 10, "Refuse", "Advisory board"),
            way(3, 4, "Schedule", ""),
            way(4, 5, "Wait for delivery", ""),
            way(5, 4, "Resume", ""),
            way(4, 6, "Build and test", "Technician"),
            way(6, 7, "Hand over", ""),
            way(6, 6, "Fix and test again", ""),
            way(7, 6, "Report a defect", "Key user"),
            way(7, 8, "Apply", "Technician"),
            way(8, 4, "Roll back", "Technician"),
            way(8, 9, "Review", ""),
            way(9, 11, "Close", "Change manager"),
        ],
        levels: vec![
            level("L1", "Service desk", "1 h"),
            level("L2", "Infrastructure", "4 h"),
            level("L3", "Vendor", "1 day"),
            level("Crisis", "Management", ""),
        ],
        promises: Promises::default(),
        counts: false,
    }
}

/// Small steps of a generator (xorshift), the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).expect("below a usize")
    }

    fn name(&mut self) -> String {
        const WORDS: [&str; 10] = [
            "En",
            "attente",
            "<R&D>",
            "réseau",
            "\"à\"",
            "l’été",
            "anticonstitutionnellement",
            "N2/N3",
            "pré-approbation",
            "WWWWWW",
        ];
        let count = 1 + self.below(5);
        let words: Vec<&str> = (0..count).map(|_| WORDS[self.below(WORDS.len())]).collect();
        words.join(" ")
    }

    fn perhaps(&mut self) -> Option<String> {
        (self.below(2) == 0).then(|| self.name())
    }
}

/// A made-up flow of at most so many states and transitions.
pub fn random(seed: u64, states: usize, transitions: usize) -> Flow {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let phases = [
        Phase::New,
        Phase::Assigned,
        Phase::Pending,
        Phase::Resolved,
        Phase::Closed,
    ];
    let clocks = [Clock::Running, Clock::Paused, Clock::Stopped];
    let count = states / 2 + 1 + dice.below(states / 2 + 1);
    let mut flow = Flow {
        id_prefix: "x".to_owned(),
        ..Flow::default()
    };
    for _ in 0..count {
        flow.states.push(State {
            name: dice.name(),
            who: dice.perhaps(),
            phase: phases[dice.below(5)],
            clock: clocks[dice.below(3)],
            current: dice.below(4) == 0,
            visited: dice.below(2) == 0,
            ..State::default()
        });
    }
    for _ in 0..dice.below(transitions + 1) {
        flow.transitions.push(Transition {
            from: dice.below(count),
            to: dice.below(count),
            name: dice.name(),
            who: dice.perhaps(),
            promise: [None, Some(Promise::Gti), Some(Promise::Gtr)][dice.below(3)],
            taken: u32::try_from(dice.below(4)).expect("small"),
            late: u32::try_from(dice.below(3)).expect("small"),
        });
    }
    for _ in 0..dice.below(6) {
        let level = Level {
            name: dice.name(),
            who: dice.perhaps(),
            delay: dice.perhaps(),
            current: dice.below(3) == 0,
        };
        flow.levels.push(level);
    }
    flow.promises = Promises {
        gti: dice.perhaps(),
        gtr: dice.perhaps(),
    };
    flow
}
