//! Which groups a training has reached: who of them followed it, whose turn it is again, and who never did.
//!
//! A training that names its attendees says who; one that only counts them per group is believed as written.
//! Members are the people of a group and of the groups in it, by their own record or that of an account.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use crate::estate::accounts::has_left;
use crate::estate::{Estate, Record, RecordId};

/// A training and a group that it is meant for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The training.
    pub training: RecordId,
    /// The group.
    pub group: RecordId,
    /// How many are to be trained, as written; else the members.
    pub expected: usize,
    /// How many are, as written or by name, whichever is more.
    pub trained: usize,
    /// The day of the count as written.
    pub counted: Option<Date>,
    /// Members by name whose training is still valid.
    pub done: Vec<RecordId>,
    /// Members by name who are to follow it again.
    pub expired: Vec<RecordId>,
    /// The other members, when every trained one is named; else nobody can tell who they are.
    pub missing: Vec<RecordId>,
}

impl Coverage {
    /// How many still are to be trained.
    pub fn left(&self) -> usize {
        self.expected.saturating_sub(self.trained)
    }
}

/// The coverage of all trainings that are not cancelled, by training, groups as written.
pub(super) fn coverage(estate: &Estate) -> Vec<Coverage> {
    let trainings = estate.listed("training").filter(|it| !is_cancelled(it));
    let trainings: Vec<&Record> = trainings.collect();
    if trainings.is_empty() {
        return Vec::new();
    }
    let members = members(estate);
    let nobody = BTreeSet::new();
    let mut all = Vec::new();
    for training in trainings {
        let attended = attended(estate, training);
        for entry in training.view().structures("coverage") {
            let group = estate.linked_in(training, entry, "group").next();
            let Some(group) = group else { continue };
            let number = |key| {
                entry
                    .integer(key)
                    .and_then(|number| usize::try_from(number).ok())
            };
            let members = members.get(&group.id).unwrap_or(&nobody);
            all.push(of_group(
                estate,
                training,
                members,
                &attended,
                &Written {
                    group: group.id,
                    expected: number("expected"),
                    trained: number("trained"),
                    counted: entry.date("date"),
                },
            ));
        }
    }
    all
}

/// What a line of the coverage says.
struct Written {
    group: RecordId,
    expected: Option<usize>,
    trained: Option<usize>,
    counted: Option<Date>,
}

fn of_group(
    estate: &Estate,
    training: &Record,
    members: &BTreeSet<RecordId>,
    attended: &BTreeMap<RecordId, Option<Date>>,
    written: &Written,
) -> Coverage {
    let months = training.view().integer("valid_months");
    let is_valid = |last: Option<Date>| match (last, months) {
        (Some(last), Some(months)) => {
            let months = i32::try_from(months).unwrap_or(i32::MAX).clamp(0, 12 * 100);
            last.saturating_add(months.months()) >= estate.as_of
        }
        _ => true,
    };
    let (mut done, mut expired, mut missing) = (Vec::new(), Vec::new(), Vec::new());
    for member in members {
        match attended.get(member) {
            Some(last) if is_valid(*last) => done.push(*member),
            Some(_) => expired.push(*member),
            None => missing.push(*member),
        }
    }
    let trained = written.trained.unwrap_or(0).max(done.len());
    if done.len() + expired.len() < trained {
        missing.clear();
    }
    Coverage {
        training: training.id,
        group: written.group,
        expected: written.expected.unwrap_or(members.len()),
        trained,
        counted: written.counted,
        done,
        expired,
        missing,
    }
}

fn is_cancelled(training: &Record) -> bool {
    let status = training.view().choice("status");
    status.is_some_and(|status| status.meaning() == "cancelled")
}

/// Who attended, with the last day on which they did.
fn attended(estate: &Estate, training: &Record) -> BTreeMap<RecordId, Option<Date>> {
    let mut attended: BTreeMap<RecordId, Option<Date>> = BTreeMap::new();
    for entry in training.view().structures("attendees") {
        let date = entry.date("date").filter(|date| *date <= estate.as_of);
        if entry.date("date").is_some() && date.is_none() {
            continue;
        }
        for person in estate.linked_in(training, entry, "person") {
            let last = attended.entry(person.id).or_default();
            *last = (*last).max(date);
        }
    }
    attended
}

/// The people of each group who have not left.
fn members(estate: &Estate) -> BTreeMap<RecordId, BTreeSet<RecordId>> {
    let mut members: BTreeMap<RecordId, BTreeSet<RecordId>> = BTreeMap::new();
    let people = estate.listed("person").map(|person| (person, person));
    let accounts = estate.listed("account");
    let accounts = accounts.filter_map(|account| Some((account, estate.first(account, "person")?)));
    for (record, person) in people.chain(accounts) {
        if has_left(estate, person) {
            continue;
        }
        for member in estate.membership().of(estate, record) {
            members.entry(member.group).or_default().insert(person.id);
        }
    }
    members
}
