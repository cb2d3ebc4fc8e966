//! `borg info --json` and `borg list --json`: archives of a repository. A job is a repository and
//! what stays of its archives' names without their dates (`srv-1-home-2026-11-20`), with the host
//! where the name does not say it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::import::backups::undated::Undated;
use crate::import::backups::{Job, Jobs, Outcome};
use crate::import::documents::{documents, moment_of, text_of};
use crate::import::{Inventory, Refusal};
use crate::text;

/// The archives of all files of an import, by the repository's id or place and by name: `list`
/// names them all, `info` says whose they are.
#[derive(Debug, Default)]
pub(super) struct Archives(BTreeMap<(String, String), Archive>);

#[derive(Debug, Default)]
struct Archive {
    place: String,
    encrypted: Option<bool>,
    host: Option<String>,
    end: Option<DateTime>,
}

impl Archives {
    /// Reads one file. Refused when it is no list of archives.
    pub fn read(&mut self, bytes: &[u8], zone: &TimeZone) -> Result<(), Refusal> {
        let mut undated = Undated::default();
        for value in documents(bytes)? {
            let repository = &value["repository"];
            let place = text_of(repository, "location").unwrap_or_default();
            let id = text_of(repository, "id").unwrap_or_else(|| place.clone());
            let Some(archives) = value["archives"].as_array().filter(|_| !id.is_empty()) else {
                return Err(no_archives(&value));
            };
            // `none`, or `plaintext` in older versions; all other modes encrypt but for `authenticated`.
            let mode = text_of(&value["encryption"], "mode")
                .or_else(|| text_of(&value["encryption"], "encryption"));
            let encrypted = mode.map(|mode| {
                !["none", "plaintext", "authenticated"]
                    .iter()
                    .any(|open| mode.starts_with(open))
            });
            for (at, one) in archives.iter().enumerate() {
                let name = text_of(one, "name").or_else(|| text_of(one, "archive"));
                let end = ["end", "start", "time"]
                    .iter()
                    .find_map(|key| moment_of(one, key, zone));
                let is_backup = !is_checkpoint(name.as_deref().unwrap_or_default());
                if end.is_none() && is_backup {
                    let mut keys = ["end", "start", "time"].iter();
                    undated.add(at + 1, keys.find_map(|key| text_of(one, key)));
                }
                let archive = self
                    .0
                    .entry((id.clone(), name.unwrap_or_default()))
                    .or_default();
                archive.place.clone_from(&place);
                archive.encrypted = encrypted.or(archive.encrypted);
                archive.host = text_of(one, "hostname").or_else(|| archive.host.take());
                archive.end = archive.end.max(end);
            }
        }
        undated.refusal().map_or(Ok(()), Err)
    }

    /// The jobs that the archives are of. Checkpoints, which an interrupted run leaves, are no backup
    /// and counted; so are archives of which it is not said which of several hosts they are.
    pub fn jobs(&self, jobs: &mut Jobs, inventory: &mut Inventory) {
        let hosts = self.hosts();
        let (mut checkpoints, mut nobody) = (0, 0);
        for ((id, name), archive) in &self.0 {
            if is_checkpoint(name) {
                checkpoints += 1;
                continue;
            }
            let Some(end) = archive.end else { continue };
            let series = series(name);
            let known = hosts.get(&(id.as_str(), series));
            let host = match (&archive.host, known) {
                (Some(host), _) => Some(host.as_str()),
                (None, None) => None,
                (None, Some(all)) if all.len() == 1 => all.first().copied(),
                (None, Some(_)) => {
                    nobody += 1;
                    continue;
                }
            };
            // The host is told by the name of most archives: `list` alone then finds the same job.
            let apart = host.filter(|host| !says(series, host));
            let words = [Some(series).filter(|series| !series.is_empty()), apart];
            let words: Vec<&str> = words.into_iter().flatten().collect();
            let words = words.join(" ");
            let short = id.get(..12).unwrap_or(id);
            let job = jobs.entry(format!("borg:{short}:{words}")).or_default();
            describe(job, archive, &words);
            job.hosts.extend(host.map(str::to_owned));
            job.ran(end, Outcome::Success);
        }
        inventory.drop_some("checkpoints", checkpoints);
        if nobody > 0 {
            inventory.notes.push(text!(
                "archives dont l’hôte n’est pas dit, laissées de côté : {nobody} ; `borg list --json --format '{{hostname}}'` le dit",
                "archives whose host is not said, left aside: {nobody}; `borg list --json --format '{{hostname}}'` says it"
            ));
        }
    }

    /// The hosts that archives of one series are said to be of.
    fn hosts(&self) -> BTreeMap<(&str, &str), BTreeSet<&str>> {
        let mut hosts: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
        for ((id, name), archive) in &self.0 {
            if let Some(host) = &archive.host {
                hosts.entry((id, series(name))).or_default().insert(host);
            }
        }
        hosts
    }
}

fn describe(job: &mut Job, archive: &Archive, words: &str) {
    let place = archive.place.trim_end_matches('/');
    let folder = place.rsplit(['/', ':']).next().unwrap_or_default();
    job.tool = "Borg";
    let parts = ["Borg", words, folder];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    job.title = parts.join(" ");
    job.encrypted = archive.encrypted.or(job.encrypted);
    job.store = store(place).or_else(|| job.store.take());
}

fn no_archives(value: &Value) -> Refusal {
    if value.get("repository").is_some() {
        return Refusal::new(text!(
            "ce fichier ne nomme aucune archive : `borg info --json --last 20` ou `borg list --json` les donnent",
            "this file names no archive: `borg info --json --last 20` or `borg list --json` gives them"
        ));
    }
    Refusal::new(text!(
        "ce n’est ni `borg info --json` ni `borg list --json`",
        "this is neither `borg info --json` nor `borg list --json`"
    ))
}

fn is_checkpoint(name: &str) -> bool {
    let end = name.rsplit_once(".checkpoint").map(|(_, end)| end);
    end.is_some_and(|end| {
        end.trim_start_matches('.')
            .bytes()
            .all(|byte| byte.is_ascii_digit())
    })
}

/// Whether the name of a series holds that of a host, with or without its domain.
fn says(series: &str, host: &str) -> bool {
    let series = series.to_lowercase();
    let host = host.to_lowercase();
    let short = host.split('.').next().unwrap_or(&host);
    !short.is_empty() && series.contains(short)
}

/// What stays of a name before its date (`2026-11-20…`, `20261120…`, `@1700000000`); nothing when it
/// has none: such names are one series.
fn series(name: &str) -> &str {
    let bytes = name.as_bytes();
    let digits = |from: usize, count: usize| {
        bytes
            .get(from..from + count)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let begins = |at: usize| at == 0 || !bytes[at - 1].is_ascii_digit();
    let month = |at: usize| {
        matches!(
            bytes.get(at..at + 2),
            Some([b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2'])
        )
    };
    let is_date = |at: &usize| {
        let year = digits(*at, 4) && matches!(&bytes[*at..*at + 2], b"19" | b"20");
        let sign = bytes.get(*at + 4).copied().unwrap_or_default();
        let parted = matches!(sign, b'-' | b'_' | b'.') && month(*at + 5);
        let plain = digits(*at, 8) && month(*at + 4);
        begins(*at) && ((year && (parted || plain)) || digits(*at, 10))
    };
    match (0..bytes.len()).find(is_date) {
        Some(at) => name[..at].trim_end_matches(['-', '_', '.', ':', '@', ' ']),
        None => "",
    }
}

/// The machine of a repository that is reached over the network (`ssh://user@nas:22/./x`, `nas:x`).
fn store(place: &str) -> Option<String> {
    let rest = match place.split_once("://") {
        Some(("file", _)) => return None,
        Some((_, rest)) => rest.split('/').next()?,
        None => place
            .split_once(':')
            .map(|(host, _)| host)
            .filter(|host| !host.contains('/'))?,
    };
    let host = rest.rsplit('@').next()?;
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    // A single letter is a drive of Windows.
    (host.len() > 1).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_their_dates() {
        let cases = [
            ("srv-1-home-2026-11-20", "srv-1-home"),
            ("srv-1-2026-11-20T02:31:20.789", "srv-1"),
            ("srv2019_20261120-0231", "srv2019"),
            ("paie@1700000000", "paie"),
            ("2026-11-20", ""),
            ("lundi", ""),
            ("été-2026.11.20", "été"),
        ];
        for (name, expected) in cases {
            assert_eq!(series(name), expected, "{name}");
        }
        assert_eq!(
            store("ssh://borg@nas-1.example:2222/./depot").as_deref(),
            Some("nas-1.example")
        );
        assert_eq!(store("borg@nas-1:depot").as_deref(), Some("nas-1"));
        for local in ["/srv/depot", "file:///srv/depot", "C:\\depot", "./a:b"] {
            assert_eq!(store(local), None, "{local}");
        }
        assert!(is_checkpoint("a-2026-11-20.checkpoint") && is_checkpoint("a.checkpoint.2"));
        assert!(!is_checkpoint("a.checkpoints") && !is_checkpoint("a-2026-11-20"));
    }
}
