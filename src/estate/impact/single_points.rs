//! Single points of failure: what alone stops a service, because nothing is declared to take over.

use std::collections::{BTreeMap, BTreeSet};

use crate::estate::{Estate, Record, RecordId, backups};

use super::Dependencies;

impl Dependencies {
    /// Everything that a record needs, directly or through others, without the record itself.
    pub fn all_below(&self, record: RecordId) -> BTreeSet<RecordId> {
        let mut found = BTreeSet::new();
        let mut waiting = vec![record];
        while let Some(next) = waiting.pop() {
            for below in self.needs.get(&next).into_iter().flatten().flatten() {
                if *below != record && found.insert(*below) {
                    waiting.push(*below);
                }
            }
        }
        found
    }

    /// What alone stops a record, sorted.
    pub fn single_points(&self, record: RecordId) -> Vec<RecordId> {
        let below = self.all_below(record);
        let among = |id: RecordId| id == record || below.contains(&id);
        let stops = |id: &RecordId| {
            let stopped = self.stopped_among(*id, among);
            stopped.iter().any(|it| it.record == record)
        };
        below.iter().copied().filter(stops).collect()
    }
}

/// A service with what alone stops it.
#[derive(Debug)]
pub struct Fragile<'a> {
    /// The service.
    pub service: &'a Record,
    /// What alone stops it, sorted.
    pub single_points: Vec<RecordId>,
}

/// The services in use, the most critical first, then by name; each with its single points.
pub fn services(estate: &Estate) -> Vec<Fragile<'_>> {
    let dependencies = estate.dependencies();
    let used = estate.listed("service").filter(|it| backups::is_in_use(it));
    let mut all: Vec<&Record> = used.collect();
    all.sort_by_cached_key(|service| {
        let rank = std::cmp::Reverse(criticality(service));
        (rank, crate::fold::fold(&service.title), service.id)
    });
    let fragile = |service: &'_ Record| dependencies.single_points(service.id);
    all.into_iter()
        .map(|service| Fragile {
            service,
            single_points: fragile(service),
        })
        .collect()
}

/// How critical a record is: the place of the value among those of its field, from 1; 0 when it is not said.
pub fn criticality(record: &Record) -> usize {
    let view = record.view();
    let Some((field, _)) = view.get("criticality") else {
        return 0;
    };
    let own = view.choice("criticality");
    let place = field
        .choices()
        .iter()
        .position(|choice| Some(choice) == own);
    place.map_or(0, |place| place + 1)
}

/// Whether a service must not stop: high or critical, by key.
pub fn is_vital(service: &Record) -> bool {
    let own = service.view().choice("criticality");
    own.is_some_and(|own| matches!(own.key.as_str(), "high" | "critical"))
}

/// What alone stops the most vital services: each with them, the worst first.
pub fn weakest(fragile: &[Fragile<'_>]) -> Vec<(RecordId, Vec<RecordId>)> {
    let mut stops: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
    for it in fragile.iter().filter(|it| is_vital(it.service)) {
        for point in &it.single_points {
            stops.entry(*point).or_default().push(it.service.id);
        }
    }
    let mut all: Vec<(RecordId, Vec<RecordId>)> = stops.into_iter().collect();
    all.sort_by_key(|(point, services)| (std::cmp::Reverse(services.len()), *point));
    all
}
