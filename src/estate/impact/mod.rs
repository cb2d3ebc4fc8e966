//! What stops with what: services and machines depend on one another (`depends_on`), and a machine that names
//! no dependence of its own hangs on the network devices it is plugged into (`connected_to`), whichever end
//! declares the cable.
//!
//! A dependence is met as long as one of those who can take over (`redundant_with`, read both ways) still
//! stands. The ways back are found once for the whole estate; a question then costs what it answers.

mod single_points;

pub use single_points::{Fragile, criticality, is_vital, services, weakest};

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::estate::topology::is_network;
use crate::estate::{Estate, Record, RecordId, backups};
use crate::project::Duration;

/// The page of services by criticality, with what stops them.
pub const PAGE: &str = "services/impact/";

/// Types of assets that go on when their network is cut: their plug is for those who watch them.
const ON_THEIR_OWN: [&str; 2] = ["ups", "rack"];

/// Who needs whom.
#[derive(Debug, Default)]
pub struct Dependencies {
    /// What each record needs: one of each set.
    needs: BTreeMap<RecordId, Vec<BTreeSet<RecordId>>>,
    /// Where a record stands among the needs of others.
    needed: BTreeMap<RecordId, Vec<(RecordId, usize)>>,
    /// Who can take over from whom, both ways.
    relief: BTreeMap<RecordId, BTreeSet<RecordId>>,
}

/// What stops with a record.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// Everything that stops, the nearest first, each with what it hangs on.
    pub stopped: Vec<Stopped>,
    /// The contracts that cover the record or what stops with it and promise a time to restore, the
    /// shortest time first.
    pub contracts: Vec<(RecordId, Duration)>,
}

/// A record that stops with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped {
    /// Which.
    pub record: RecordId,
    /// Through what: the record asked about, or another that stops.
    pub through: RecordId,
    /// How many steps away.
    pub distance: usize,
}

impl Dependencies {
    fn new(estate: &Estate) -> Self {
        let mut all = Self {
            relief: relief(estate),
            ..Self::default()
        };
        let kinds = ["asset", "service"].into_iter();
        let records = kinds.flat_map(|kind| estate.listed(kind));
        for record in records.filter(|record| backups::is_in_use(record)) {
            let needs = all.needs_of(estate, record);
            for (place, need) in needs.iter().enumerate() {
                for one in need {
                    all.needed.entry(*one).or_default().push((record.id, place));
                }
            }
            if !needs.is_empty() {
                all.needs.insert(record.id, needs);
            }
        }
        all
    }

    /// Each thing named, or one that takes over from it; for a machine that names none, any of the network
    /// devices that it is plugged into.
    fn needs_of(&self, estate: &Estate, record: &Record) -> Vec<BTreeSet<RecordId>> {
        let mut needs: Vec<BTreeSet<RecordId>> = Vec::new();
        for below in estate.all(record, "depends_on") {
            let mut need = BTreeSet::from([below.id]);
            need.extend(self.relief_of(below.id));
            if !needs.contains(&need) && !need.contains(&record.id) {
                needs.push(need);
            }
        }
        if needs.is_empty() && !is_network(record) && !is_of(record, &ON_THEIR_OWN) {
            let links = estate.topology().of(record.id);
            let peers = links.map(|link| estate.record(link.from(record.id).1.asset));
            let peers: BTreeSet<RecordId> = peers
                .filter(|peer| is_network(peer))
                .map(|peer| peer.id)
                .collect();
            needs.extend(Some(peers).filter(|peers| !peers.is_empty()));
        }
        needs
    }

    /// Who can take over from a record.
    pub fn relief_of(&self, record: RecordId) -> impl Iterator<Item = RecordId> {
        self.relief.get(&record).into_iter().flatten().copied()
    }

    /// What a record itself needs, without those who can take over; sorted.
    pub fn below(&self, record: RecordId) -> BTreeSet<RecordId> {
        let needs = self.needs.get(&record).into_iter().flatten();
        needs.flatten().copied().collect()
    }

    /// Whether something names a record among what it needs.
    pub fn is_needed(&self, record: RecordId) -> bool {
        self.needed.contains_key(&record)
    }

    /// How many of the needs of a record are not met when some records are down, and how many it has.
    pub fn lost(&self, record: RecordId, is_down: impl Fn(RecordId) -> bool) -> (usize, usize) {
        let needs = self.needs.get(&record).map_or(&[][..], Vec::as_slice);
        let lost = needs
            .iter()
            .filter(|need| need.iter().all(|id| is_down(*id)));
        (lost.count(), needs.len())
    }

    /// What goes on although something it needs is down, because another takes over; by id.
    pub fn relieved(&self, first: RecordId, stopped: &[Stopped]) -> Vec<RecordId> {
        let down: BTreeSet<RecordId> = stopped.iter().map(|it| it.record).chain([first]).collect();
        let needing = down.iter().filter_map(|id| self.needed.get(id)).flatten();
        let needing: BTreeSet<RecordId> = needing.map(|(record, _)| *record).collect();
        needing.difference(&down).copied().collect()
    }

    /// Everything that stops when `first` does, the nearest first.
    pub fn stopped(&self, first: RecordId) -> Vec<Stopped> {
        self.stopped_among(first, |_| true)
    }

    /// The same among some records.
    fn stopped_among(&self, first: RecordId, among: impl Fn(RecordId) -> bool) -> Vec<Stopped> {
        let mut down = BTreeSet::from([first]);
        let mut waiting = VecDeque::from([(first, 0)]);
        let mut stopped = Vec::new();
        while let Some((through, distance)) = waiting.pop_front() {
            for (record, need) in self.needed.get(&through).into_iter().flatten() {
                let is_met = || !self.needs[record][*need].is_subset(&down);
                if down.contains(record) || !among(*record) || is_met() {
                    continue;
                }
                down.insert(*record);
                waiting.push_back((*record, distance + 1));
                stopped.push(Stopped {
                    record: *record,
                    through,
                    distance: distance + 1,
                });
            }
        }
        stopped
    }
}

impl Estate {
    /// Who needs whom, worked out when it is first asked for.
    pub fn dependencies(&self) -> &Dependencies {
        self.dependencies.get_or_init(|| Dependencies::new(self))
    }
}

/// What stops with a record, and the contracts that promise to restore it.
pub fn impact(estate: &Estate, record: &Record) -> Impact {
    let stopped = estate.dependencies().stopped(record.id);
    let all = stopped.iter().map(|it| estate.record(it.record));
    let covering = std::iter::once(record).chain(all);
    let contracts: BTreeSet<RecordId> = covering
        .flat_map(|record| contracts(estate, record))
        .collect();
    let promised = contracts
        .into_iter()
        .filter_map(|id| Some((id, time_to_restore(estate.record(id))?)));
    let mut contracts: Vec<(RecordId, Duration)> = promised.collect();
    contracts.sort_by_key(|(id, time)| (length(*time), *id));
    Impact { stopped, contracts }
}

/// The contracts that a record names, and those that name it.
fn contracts<'a>(estate: &'a Estate, record: &'a Record) -> impl Iterator<Item = RecordId> {
    let named = ["contracts", "contract"].into_iter();
    let named = named.flat_map(move |key| estate.all(record, key));
    let naming = record.back_links.iter().filter_map(|link| {
        link.field?;
        Some(estate.record(link.from))
    });
    let all = named.chain(naming);
    all.filter(|it| it.kind().name == "contract" && it.view().date("terminated").is_none())
        .map(|it| it.id)
}

/// The shortest time to restore that a contract promises.
fn time_to_restore(contract: &Record) -> Option<Duration> {
    let view = contract.view();
    let lines = view.structures("promises");
    let all = lines.filter_map(|line| line.duration("gtr"));
    all.chain(view.duration("gtr")).min_by_key(|it| length(*it))
}

/// For comparing lengths alone: a month counts as thirty days.
fn length(time: Duration) -> i64 {
    let days = i64::from(time.months) * 30 + i64::from(time.days);
    days * 24 * 60 + i64::from(time.minutes)
}

fn relief(estate: &Estate) -> BTreeMap<RecordId, BTreeSet<RecordId>> {
    let mut relief: BTreeMap<RecordId, BTreeSet<RecordId>> = BTreeMap::new();
    let kinds = ["asset", "service"].into_iter();
    for record in kinds.flat_map(|kind| estate.listed(kind)) {
        for other in estate.all(record, "redundant_with") {
            if other.id != record.id && backups::is_in_use(other) && backups::is_in_use(record) {
                relief.entry(record.id).or_default().insert(other.id);
                relief.entry(other.id).or_default().insert(record.id);
            }
        }
    }
    relief
}

fn is_of(record: &Record, types: &[&str]) -> bool {
    let own = record.view().choice("type");
    own.is_some_and(|own| types.contains(&own.key.as_str()))
}

#[cfg(test)]
mod tests;
