//! Problems: their incidents, and the known errors that concern other records.
//!
//! A known error is a problem that is not closed and whose causes or workaround are written (ITIL: it
//! was analysed, and the incidents it causes can be dealt with). Nothing else has to say so.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime};

use crate::estate::{Estate, Record, RecordId, tickets};

/// Fields of problems and tickets that name what they concern.
const CONCERNED: [&str; 5] = ["assets", "models", "services", "software", "procedures"];

/// The known errors of every record that they concern.
#[derive(Debug, Default)]
pub struct KnownErrors {
    by_record: BTreeMap<RecordId, BTreeSet<RecordId>>,
    /// Those of a model that the problem itself names: they concern every asset of it.
    by_model: BTreeMap<RecordId, BTreeSet<RecordId>>,
}

/// The incidents of a problem.
#[derive(Debug, PartialEq, Eq)]
pub struct Incidents {
    /// The tickets that the problem names or that name it, oldest first.
    pub tickets: Vec<RecordId>,
    /// The days on which the first and the last were opened.
    pub span: Option<[Date; 2]>,
    /// Minutes of work.
    pub spent: i64,
}

impl KnownErrors {
    fn new(estate: &Estate) -> Self {
        let mut known = Self::default();
        for problem in estate
            .listed("problem")
            .filter(|problem| is_known_error(problem))
        {
            let mut concerned = concerned(estate, problem);
            let own = tickets_of(estate, problem);
            for ticket in &own {
                concerned.extend(self::concerned(estate, estate.record(*ticket)));
            }
            for model in estate.all(problem, "models") {
                known
                    .by_model
                    .entry(model.id)
                    .or_default()
                    .insert(problem.id);
            }
            let models = concerned.iter().filter_map(|id| {
                let asset = estate.record(*id);
                let model = estate
                    .first(asset, "model")
                    .filter(|_| asset.kind().name == "asset")?;
                Some(model.id)
            });
            let models: Vec<RecordId> = models.collect();
            concerned.extend(models);
            for id in concerned.into_iter().chain(own) {
                known.by_record.entry(id).or_default().insert(problem.id);
            }
        }
        known
    }

    /// The known errors to tell on a record's page: those that concern it; for an asset, those of its
    /// model too; for a ticket, while it is open, those that name it or an asset of it.
    pub fn of(&self, estate: &Estate, record: &Record) -> Vec<RecordId> {
        let mut found: BTreeSet<RecordId> = BTreeSet::new();
        let mut find = |record: &Record| {
            found.extend(self.by_record.get(&record.id).into_iter().flatten());
            if let Some(model) = estate.first(record, "model") {
                found.extend(self.by_model.get(&model.id).into_iter().flatten());
            }
        };
        match record.kind().name.as_str() {
            "ticket" if tickets::is_open(record) => {
                find(record);
                estate.all(record, "assets").for_each(find);
            }
            "ticket" | "problem" => {}
            _ => find(record),
        }
        found.into_iter().collect()
    }
}

impl Estate {
    /// The known errors, found when they are first asked for.
    pub fn known_errors(&self) -> &KnownErrors {
        self.known_errors.get_or_init(|| KnownErrors::new(self))
    }
}

/// Whether a problem is a known error.
pub fn is_known_error(problem: &Record) -> bool {
    let view = problem.view();
    let is_written = |key| view.entry(key).is_some();
    tickets::phase(problem) != "closed" && (is_written("causes") || is_written("workaround"))
}

/// The incidents of a problem, from both sides.
pub fn incidents(estate: &Estate, problem: &Record) -> Incidents {
    let mut tickets: Vec<RecordId> = tickets_of(estate, problem).into_iter().collect();
    let opened = |id: &RecordId| estate.record(*id).view().date_time("opened");
    tickets.sort_by_key(|id| (opened(id), *id));
    let spent = tickets
        .iter()
        .map(|id| tickets::minutes_spent(estate.record(*id)));
    let mut days = tickets.iter().filter_map(opened).map(DateTime::date);
    let first = days.next();
    Incidents {
        span: first.map(|first| [first, days.last().unwrap_or(first)]),
        spent: spent.sum(),
        tickets,
    }
}

fn tickets_of(estate: &Estate, problem: &Record) -> BTreeSet<RecordId> {
    let named = estate.all(problem, "tickets").map(|ticket| ticket.id);
    let naming = problem.back_links.iter().filter_map(|link| {
        let from = estate.record(link.from);
        let field = from.kind().fields.get(link.field?)?;
        (from.kind().name == "ticket" && field.key == "problem").then_some(from.id)
    });
    named.chain(naming).collect()
}

fn concerned(estate: &Estate, record: &Record) -> BTreeSet<RecordId> {
    let fields = CONCERNED.iter().flat_map(|key| estate.all(record, key));
    fields.map(|record| record.id).collect()
}
