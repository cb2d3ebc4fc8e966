//! What the agents saw of a machine's protection: disk encryption, antivirus, firewall, last patches.
//!
//! Judged are machines in use that say anything of their system. What is not written is unknown, and
//! no fault.

use jiff::civil::Date;

use crate::estate::backups::is_in_use;
use crate::estate::deadlines::days_between;
use crate::estate::{Estate, Record, RecordId};
use crate::project::Value;

/// Patches older than so many days are late: two monthly rounds were missed.
pub const PATCHED_WITHIN: i32 = 60;

/// Types of asset that leave the building.
const CARRIED: [&str; 2] = ["laptop", "tablet"];

/// The protection of a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protection {
    /// Which.
    pub asset: RecordId,
    /// Whether its disk is encrypted.
    pub is_encrypted: Option<bool>,
    /// Whether an antivirus is at work and up to date.
    pub antivirus: Option<bool>,
    /// Whether its own firewall is at work.
    pub firewall: Option<bool>,
    /// When it was last patched.
    pub patched: Option<Date>,
    /// What is wrong, the worst first.
    pub gaps: Vec<Gap>,
}

/// What is wrong with a machine's protection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// It is carried about, and its disk is not encrypted.
    Unencrypted,
    /// Its antivirus is off or out of date.
    Antivirus,
    /// Its firewall is off.
    Firewall,
    /// It was not patched for [`PATCHED_WITHIN`] days.
    Unpatched,
}

/// The protection of all machines in use, by id.
pub(super) fn protections(estate: &Estate) -> Vec<Protection> {
    let assets = estate.listed("asset").filter(|asset| is_in_use(asset));
    assets
        .filter_map(|asset| protection(estate, asset))
        .collect()
}

/// The protection of a machine; `None` when its record tells nothing of its system.
fn protection(estate: &Estate, asset: &Record) -> Option<Protection> {
    let view = asset.view();
    let keys = [
        "os",
        "disk_encryption",
        "antivirus",
        "host_firewall",
        "last_patched",
    ];
    if keys.iter().all(|key| view.entry(key).is_none()) {
        return None;
    }
    let encryption = view.choice("disk_encryption");
    let protection = Protection {
        asset: asset.id,
        is_encrypted: encryption.map(|it| it.meaning() != "none"),
        antivirus: antivirus(asset),
        firewall: view.boolean("host_firewall"),
        patched: view.date("last_patched"),
        gaps: Vec::new(),
    };
    let is_carried = is_carried(asset);
    let is_late = |day| days_between(day, estate.as_of) > PATCHED_WITHIN;
    let gaps = [
        (
            Gap::Unencrypted,
            is_carried && protection.is_encrypted == Some(false),
        ),
        (Gap::Antivirus, protection.antivirus == Some(false)),
        (Gap::Firewall, protection.firewall == Some(false)),
        (Gap::Unpatched, protection.patched.is_some_and(is_late)),
    ];
    let gaps = gaps.into_iter().filter(|(_, is_open)| *is_open);
    Some(Protection {
        gaps: gaps.map(|(gap, _)| gap).collect(),
        ..protection
    })
}

/// Whether a machine is of a type that people carry about.
pub fn is_carried(asset: &Record) -> bool {
    let kind = asset.view().choice("type");
    kind.is_some_and(|kind| CARRIED.contains(&kind.meaning()))
}

/// Of several antiviruses one at work is enough. One that does not say that it is off or out of date works.
fn antivirus(asset: &Record) -> Option<bool> {
    let mut all = asset.view().structures("antivirus").peekable();
    all.peek()?;
    let says = |value: Option<bool>| value.unwrap_or(true);
    Some(all.any(|one| says(one.boolean("enabled")) && says(one.boolean("up_to_date"))))
}

/// The names of a machine's security tools: its antiviruses, and what else its record names.
pub fn tools(asset: &Record) -> Vec<String> {
    let view = asset.view();
    let antivirus = view.structures("antivirus");
    let named = antivirus.filter_map(|one| one.text("name").map(str::to_owned));
    let others = view.values("security_tools").iter();
    let others = others.filter_map(|placed| match &placed.value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    });
    named.chain(others).collect()
}
