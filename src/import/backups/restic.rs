//! `restic snapshots --json`: a list of snapshots, one alone, or groups (`--group-by`). A job is a
//! host and its folders, as `restic forget` groups them.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use serde_json::Value;

use crate::import::Refusal;
use crate::import::backups::undated::Undated;
use crate::import::backups::{Jobs, Outcome, shown};
use crate::import::documents::{documents, items, moment_of, text_of, texts_of};
use crate::text;

/// Reads a file into jobs. Refused when it holds something else than snapshots.
pub(super) fn read(bytes: &[u8], zone: &TimeZone, jobs: &mut Jobs) -> Result<(), Refusal> {
    let values = documents(bytes)?;
    let groups = values.iter().flat_map(|value| items(value, &[]));
    let snapshots: Vec<&Value> = groups
        .flat_map(|group| items(group, &["snapshots"]))
        .collect();
    let is_one =
        |snapshot: &&Value| text_of(snapshot, "time").is_some() && snapshot.get("paths").is_some();
    if !snapshots.iter().all(is_one) {
        return Err(Refusal::new(text!(
            "ce n’est pas la liste de `restic snapshots --json`",
            "this is not the list of `restic snapshots --json`"
        )));
    }
    let mut undated = Undated::default();
    for (at, snapshot) in snapshots.into_iter().enumerate() {
        // Without a summary (restic before 0.17), the moment at which it began.
        let end = moment_of(&snapshot["summary"], "backup_end", zone);
        let Some(end) = end.or_else(|| moment_of(snapshot, "time", zone)) else {
            undated.add(at + 1, text_of(snapshot, "time"));
            continue;
        };
        let host = text_of(snapshot, "hostname").unwrap_or_default();
        let folders: BTreeSet<String> = texts_of(snapshot, "paths").into_iter().collect();
        let joined = folders
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(",");
        let job = jobs.entry(format!("restic:{host}:{joined}")).or_default();
        job.tool = "restic";
        job.title = format!("restic {host} {}", shown(&folders));
        job.folders = folders;
        job.hosts.extend(Some(host).filter(|host| !host.is_empty()));
        // restic has no unencrypted repositories, and keeps no snapshot of a run that failed.
        job.encrypted = Some(true);
        job.ran(end, Outcome::Success);
    }
    undated.refusal().map_or(Ok(()), Err)
}
