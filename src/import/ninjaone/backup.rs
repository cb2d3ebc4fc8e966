//! Backup runs of NinjaOne → jobs: one a plan and a device.

use std::collections::BTreeMap;

use crate::import::Inventory;
use crate::import::backups::{Jobs, Outcome};
use crate::import::documents::{epoch_of, text_of};
use crate::import::ninjaone::{Console, Place, to_device};

/// Adds the jobs of all runs. Runs that have not ended are counted.
pub(super) fn sightings(
    console: &Console,
    place: Place<'_>,
    places: &BTreeMap<String, usize>,
    inventory: &mut Inventory,
) {
    let mut jobs = Jobs::new();
    let mut devices = BTreeMap::new();
    let mut unfinished = 0;
    for run in &console.backups {
        let end = epoch_of(run, "jobEndTime", place.zone);
        let outcome = text_of(run, "jobStatus").and_then(|status| outcome(&status));
        let (Some(end), Some(outcome), Some(device)) = (end, outcome, text_of(run, "deviceId"))
        else {
            unfinished += 1;
            continue;
        };
        let plan = text_of(run, "planName")
            .or_else(|| text_of(run, "planType"))
            .unwrap_or_default();
        let title = places
            .get(&device)
            .map(|at| inventory.records[*at].title.clone());
        let alias = format!("{}:{device}:{plan}", super::SOURCE);
        let job = jobs.entry(alias.clone()).or_default();
        job.tool = "NinjaOne";
        let words = ["NinjaOne", &plan, &title.unwrap_or_else(|| device.clone())];
        let words: Vec<&str> = words
            .iter()
            .map(|word| word.trim())
            .filter(|word| !word.is_empty())
            .collect();
        job.title = words.join(" ");
        job.ran(end, outcome);
        devices.insert(alias, device);
    }
    for (alias, job) in &jobs {
        let mut sighting = job.sighting(alias);
        let device = devices.get(alias);
        sighting
            .links
            .extend(device.and_then(|device| to_device("targets", device, places)));
        inventory.records.push(sighting);
    }
    inventory.drop_some("unfinished-runs", unfinished);
}

/// What a run came to, by the words of `jobStatus`; nothing while it lasts.
fn outcome(status: &str) -> Option<Outcome> {
    let status = status.to_uppercase();
    let is = |words: &[&str]| words.iter().any(|word| status.contains(word));
    if is(&["WARN", "PARTIAL"]) {
        Some(Outcome::Warning)
    } else if is(&["FAIL", "ERROR", "ABORT", "CANCEL"]) {
        Some(Outcome::Failure)
    } else if is(&["COMPLETE", "SUCCE"]) {
        Some(Outcome::Success)
    } else {
        None
    }
}
